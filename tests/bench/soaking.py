"""The service in a process of its own, whose time a driver pushes on: each SIGUSR1 is so many seconds.

Its argument is how many. Its ticks come at least once a second, as its days are short.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Resources, Service, accounts_of
from bot.domain.clock import SystemClock
from bot.domain.news.feed import Feed, Topic
from bot.runtime import logs, scheduler
from bot.runtime.from_settings import RulesInForce
from bot.runtime.process import gc_tuning, malloc_tuning
from bot.runtime.shutdown import stopped_by_signal
from bot.runtime.web_source import open_web_source
from bot.services.coordination.database_clock import DatabaseClock
from bot.services.coordination.leader import LeaseRules
from bot.settings.feeds_file import load_sources
from bot.settings.loading import load_settings
from bot.settings.roles import ALL_ROLES, ProcessRole
from bot.settings.settings import Settings
from bot.settings.stored import Layered
from bot.store.engine.notify import Signal
from bot.store.feeds import feeds
from bot.store.integrity.current import open_current
from bot.store.integrity.watch import Watch

SLOWEST_TICK = timedelta(seconds=1)
_FOR_EVER = LeaseRules(lease=1e9)
"""No jump of the clock costs the account, as no second does in a service."""


class PushedClock:
    """The machine's clock, and what it was pushed on by."""

    def __init__(self) -> None:
        self._machine = SystemClock()
        self._ahead = 0.0

    def push(self, seconds: float) -> None:
        self._ahead += seconds

    def now(self) -> datetime:
        return self._machine.now() + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        return self._machine.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        await self._machine.sleep(seconds)


class OwnClock(DatabaseClock):
    """Does not ask the database, whose clock nobody can push on."""

    async def ask(self) -> None:
        """Go on by the machine's clock."""


class FastService(Service):
    """The service whose ticks come as often as its days."""

    def _ticks(self, roles: frozenset[ProcessRole]) -> tuple[scheduler.Tick, ...]:
        return tuple(replace(tick, every=min(tick.every, SLOWEST_TICK)) for tick in super()._ticks(roles))

    def look(self) -> None:
        """Look at once what has become due."""
        self._accounts.hear(Signal.DELIVERIES)


async def run(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], step: float) -> None:
    machine = PushedClock()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_current(settings.database.url, exclusive=True))
        clock = OwnClock(database, machine)
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, clock.now())
        source = await stack.enter_async_context(open_web_source(settings, clock))
        accounts = accounts_of(settings)
        for account in accounts:
            stack.push_async_callback(account.messenger.close)
        rules, resources = RulesInForce(settings, Layered(settings)), Resources(database, source, clock)
        service = FastService(rules, resources, accounts, _FOR_EVER)

        def jump() -> None:
            machine.push(step)
            service.look()

        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, jump)
        await service.run(stopped_by_signal(), ALL_ROLES, await Watch.begin(database))


def main(step: float) -> None:
    malloc_tuning.give_memory_back()
    folder = Path(os.environ["BANTIN_CONFIG"])
    settings = load_settings(folder)
    logs.set_up(level=settings.log.level, style="text", secrets=())
    topics, defined = load_sources(folder, settings)
    gc_tuning.freeze_startup_objects()
    asyncio.run(run(settings, topics, defined, step))


if __name__ == "__main__":
    main(float(sys.argv[1]))
