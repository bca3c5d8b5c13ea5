"""When owners are told that a stranger has let the bot into chats: once an hour, and then of how many more.

Anybody can let the bot into any number of chats, and out again.
"""

from collections import OrderedDict
from dataclasses import dataclass

EVERY = 3600.0
"""Seconds between two notices about the same stranger."""

_REMEMBERED = 10_000


@dataclass(slots=True)
class _Told:
    at: float
    untold: int = 0


class ArrivalNotices:
    """Who was told of lately. *now* is in seconds and never steps back."""

    def __init__(self) -> None:
        self._told: OrderedDict[str, _Told] = OrderedDict()

    def note(self, stranger: str, now: float) -> int | None:
        """Take note that *stranger* let the bot in; None if nobody is to be told of it now.

        Else the number of chats that nobody was told of since the last notice.
        """
        told = self._told.pop(stranger, None)
        if told and now - told.at < EVERY:
            told.untold += 1
            self._told[stranger] = told
            return None
        self._told[stranger] = _Told(now)
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        return told.untold if told else 0
