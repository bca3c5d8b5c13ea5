"""Leader election by a lease: one process at a time serves an account; when it falls silent, another does.

The platform's limit is per account: one sender can reach it, and a second one would only break it.
"""

import asyncio
import math
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.chats.chat import AccountId
from bot.domain.clock import Clock
from bot.services.aio import at_most
from bot.store.coordination import leases
from bot.store.engine.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LeaseRules:
    """In seconds: for how long an account is ours without a word from us, and how often we say one.

    We think it ours for *margin* less than the database does: no two clocks run equally fast, and a request
    that we have just begun must have reached the platform before somebody else begins.
    """

    lease: float = 10.0
    beat: float = 3.0
    margin: float = 1.0


DEFAULT_LEASE_RULES = LeaseRules()

_ASKS_PER_BEAT = 3
"""How often who waits for the account asks for it while its holder would say one word."""


def lease_name(account: AccountId) -> str:
    """Return what the lease of *account* is called."""
    return f"account {account}"


class LeaderLease:
    """The lease on one account. An SQLite file has one process, to whom the account belongs."""

    def __init__(
        self, database: Database, clock: Clock, *, account: AccountId, owner: str, rules: LeaseRules
    ) -> None:
        self._database = database
        self._clock = clock
        self._name = lease_name(account)
        self._owner = owner
        self._rules = rules
        self._ours_until = -math.inf
        self._asking: set[asyncio.Task[bool]] = set()
        """What was asked of the database and has not come to its end; it may be given up already."""

    def owns(self) -> bool:
        """Return whether the account is ours at this very moment; it costs nothing to ask."""
        return self._clock.monotonic() < self._ours_until

    async def win(self) -> None:
        """Wait until the account is ours."""
        if not self._database.is_shared:
            self._ours_until = math.inf
        await self._beat()
        while not self.owns():
            await self._clock.sleep(self._rules.beat / _ASKS_PER_BEAT)
            await self._beat()

    async def keep(self) -> None:
        """Hold on to the account; return when it is lost."""
        while self.owns():
            left = self._ours_until - self._clock.monotonic()
            await self._clock.sleep(min(self._rules.beat, left))
            await self._beat()

    async def release(self) -> None:
        """Let somebody else have the account at once.

        What is still being asked comes to its end first: a lease that is taken behind the release would keep
        everybody else waiting until it lapses.
        """
        self._ours_until = -math.inf
        if self._database.is_shared:
            if self._asking:
                await asyncio.wait(self._asking)
            async with self._database.write() as tx:
                await leases.release(tx, self._name, owner=self._owner)

    async def _beat(self) -> None:
        """Take or renew the lease; a database that is away, or does not answer in time, changes nothing."""
        if self._ours_until == math.inf:
            return
        asked_at = self._clock.monotonic()
        try:
            is_ours = await at_most(self._rules.beat, self._asked())
        except TimeoutError:
            return
        except Exception as error:  # noqa: BLE001 - a fault of ours lets the lease lapse, too
            log.warning("the lease could not be asked for", lease=self._name, error=str(error))
        else:
            lease = self._rules.lease - self._rules.margin
            self._ours_until = asked_at + lease if is_ours else -math.inf

    def _asked(self) -> asyncio.Task[bool]:
        asking = asyncio.create_task(self._ask())
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        return asking

    async def _ask(self) -> bool:
        lease = timedelta(seconds=self._rules.lease)
        async with self._database.write() as tx:
            return await leases.acquire(tx, self._name, owner=self._owner, lease=lease)
