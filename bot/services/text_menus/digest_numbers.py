"""Numbers of articles in the digests of a chat: typed, they must not mean two articles of one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cachetools import LRUCache

from bot.domain.chats.chat import ChatId
from bot.domain.delivery.delivery import Delivery, DeliveryId
from bot.domain.messaging.typed_menu import HIGHEST
from bot.services.rendering.digest import Edition

CHATS = 10_000
"""Chats whose last digest is remembered. After a restart numbers begin with 1, as on a new day."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The last digest of a chat: its *day*, its *deliveries*, and their numbers from *first* on."""

    day: date
    deliveries: frozenset[DeliveryId]
    first: int


class DigestNumbers:
    """What the digests of the day have used, chat by chat."""

    def __init__(self) -> None:
        self._last: LRUCache[ChatId, _Numbered] = LRUCache(CHATS)

    def first(self, group: Sequence[Delivery], day: date) -> int:
        """Return with which number a digest of *group* begins, which is for one chat.

        A further digest of a *day* goes on behind the one before; one that comes again, since it was not
        sent, has its old numbers. Where they would become too long to type, they begin with 1 again.
        """
        last = self._last.get(group[0].chat)
        if last is None or last.day != day:
            return 1
        is_again = any(each.id in last.deliveries for each in group)
        first = last.first if is_again else last.first + len(last.deliveries)
        return first if first + len(group) - 1 <= HIGHEST else 1

    def note(self, shown: Sequence[Delivery], edition: Edition) -> None:
        """Remember that a digest of *shown* was made as *edition* says."""
        ids = frozenset(each.id for each in shown)
        self._last[shown[0].chat] = _Numbered(edition.day, ids, edition.first)
