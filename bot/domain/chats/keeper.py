"""Keepers: who decides for a group where the messenger does not say who administers it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OFFERED_FOR = timedelta(minutes=15)
"""How long a keeper who passes a group on waits for another member to take it."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """The person who agreed to decide for a group, at *since*; until *offered_until* another may take it."""

    user: str
    since: datetime
    offered_until: datetime | None = None

    def is_offered(self, now: datetime) -> bool:
        return self.offered_until is not None and now < self.offered_until


class Standing(StrEnum):
    """What somebody may do about a group: decide for it, take it into keeping, or neither."""

    DECIDES = "decides"
    MAY_TAKE = "may_take"
    NEITHER = "neither"


def standing(keeper: Keeper | None, user: str, *, is_manager: bool, now: datetime) -> Standing:
    """Return what *user* may do; a manager of the bot decides for every group that has a keeper.

    Whoever agrees first keeps a group without one, managers too: what they decide is theirs to defend then.
    """
    if keeper is None:
        return Standing.MAY_TAKE
    if is_manager or user == keeper.user:
        return Standing.DECIDES
    return Standing.MAY_TAKE if keeper.is_offered(now) else Standing.NEITHER
