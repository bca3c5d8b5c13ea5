"""WebSub, as a publisher: the hub of the public page's feeds is told which of them have changed.

What the feeds show is looked at, whatever has changed it: a release, a correction, a recall, a stop. Nothing
of it is stored: a process that starts tells of every feed once, and the hub finds out which are new to it.
"""

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.news.feed import SourceError
from bot.store.articles import released
from bot.store.choices.visibility import visible_topics
from bot.store.coordination import leases
from bot.store.engine.database import Database

LOOK_EVERY = timedelta(seconds=5)
SHOWN = 30
"""Articles of a feed."""
SETTLES = 20.0
"""Seconds from a change until the hub is told: for so long the feed may be read from a cache as it was."""
POLICY = RetryPolicy(first_wait=timedelta(seconds=30), longest_wait=timedelta(hours=1))
AT_ONCE = 5
"""Feeds of which the hub is told at one look."""
LEASE = timedelta(seconds=60)

_LEASE_NAME = "publisher at the hub"

log = structlog.get_logger(__name__)

Ping = Callable[[str], Awaitable[None]]
"""Tells the hub that the feed at that address has changed; raises SourceError."""

FeedAddresses = Callable[[TopicId | None], Sequence[str]]
"""Returns the addresses of the feeds of a topic, or of those of all topics."""

_Shown = Mapping[TopicId | None, Sequence[tuple[int, int, int]]]


@dataclass(slots=True)
class _Owed:
    """What the hub is to be told: the feeds by their addresses, each with when it may be told of.

    Times are those of the monotonic clock.
    """

    feeds: dict[str, float] = field(default_factory=dict)
    failures: int = 0
    not_before: float = -math.inf


class HubPublisher:
    """Tells the hub; of several processes on one database only one does."""

    def __init__(
        self, database: Database, ping: Ping, clock: Clock, *, owner: str, addresses: FeedAddresses
    ) -> None:
        self._database = database
        self._ping = ping
        self._clock = clock
        self._owner = owner
        self._addresses = addresses
        self._shown: _Shown = {}
        self._owed = _Owed()

    async def look(self) -> None:
        """See which feeds have changed, and tell the hub of those that are due."""
        if not await self._is_ours():
            # The process that has it begins anew.
            self._shown, self._owed = {}, _Owed()
            return
        shown = await self._read()
        told_at = self._clock.monotonic() + SETTLES
        for topic in shown:
            if shown[topic] != self._shown.get(topic):
                # One that goes on changing is not put off again and again.
                for address in self._addresses(topic):
                    self._owed.feeds.setdefault(address, told_at)
        self._shown = shown
        await self._tell()

    async def _is_ours(self) -> bool:
        if not self._database.is_shared:
            return True
        async with self._database.write() as tx:
            return await leases.acquire(tx, _LEASE_NAME, owner=self._owner, lease=LEASE, inherits=True)

    async def _read(self) -> _Shown:
        """Return what each feed shows; that of all topics is under None."""
        async with self._database.read() as tx:
            topics = [topic.id for topic in await visible_topics(tx, None)]
            found = await released.versions(tx, topics, limit=SHOWN)
        shown: dict[TopicId | None, Sequence[tuple[int, int, int]]] = dict(found.items())
        shown[None] = sorted(version for each in found.values() for version in each)
        return shown

    async def _tell(self) -> None:
        now, owed = self._clock.monotonic(), self._owed
        if now < owed.not_before:
            return
        due = [address for address, at in owed.feeds.items() if at <= now]
        for address in due[:AT_ONCE]:
            try:
                await self._ping(address)
            except SourceError as error:
                owed.failures += 1
                wait = POLICY.wait(owed.failures)
                owed.not_before = now + wait.total_seconds()
                log.warning("the hub could not be told", feed=address, again_in=str(wait), error=str(error))
                return
            del owed.feeds[address]
            owed.failures = 0
            log.info("the hub was told", feed=address)
