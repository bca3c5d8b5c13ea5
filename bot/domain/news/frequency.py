"""How often something comes, as people say it: about three a week."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LOOKED_BACK = timedelta(weeks=8)
_SHORTEST = timedelta(weeks=1)


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Frequency:
    """About *count* in each *unit* of time."""

    count: int
    unit: Unit


def frequency(count: int, span: timedelta) -> Frequency:
    """Return how often it comes that came *count* times in *span*: the unit is such that it is at least one.

    What has begun only lately is spread over a week, or two on one day would be a flood.
    """
    per_day = count / max(span, _SHORTEST).total_seconds() * 86_400
    if per_day >= 1.5:
        return Frequency(round(per_day), Unit.DAY)
    if per_day * 7 >= 0.75:
        return Frequency(max(1, round(per_day * 7)), Unit.WEEK)
    return Frequency(max(1, round(per_day * 30)), Unit.MONTH)
