"""Durations as settings write them."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(value: object) -> object:
    """Return *value*, written as 30s, 5m, 2h or 1d, as a timedelta."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a duration as a number and a unit, for example 30s, 5m or 2h")
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        raise ValueError("no duration is that long") from None


def lasting(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("write a duration that is longer than nothing")
    return value


Duration = Annotated[timedelta, BeforeValidator(duration), AfterValidator(lasting)]
