"""Whether the service can do its work, and those figures that are measured, not counted."""

import math

import structlog

from bot.domain.clock import Clock
from bot.domain.delivery.monthly_quota import MonthCount, month_of
from bot.metrics import Metrics
from bot.runtime.accounts import AccountWorkers
from bot.store.chats import waiting
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.outbox import outbox
from bot.store.quotas import monthly_quota

_FRESH = 5.0
"""Seconds for which what was measured says that the database can be read."""

log = structlog.get_logger(__name__)


class Readiness:
    """Looks at the database and the accounts when it is asked, and measures the backlog."""

    def __init__(self, database: Database, clock: Clock, metrics: Metrics, accounts: AccountWorkers) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._accounts = accounts
        self._measured_at = -math.inf

    async def problem(self) -> str | None:
        """Return what keeps the service from working, in one line."""
        if self._database.lost:
            return "the database is lost, and the service ends: put it back, or restore a backup"
        try:
            if self._clock.monotonic() - self._measured_at > _FRESH:
                await self.measure()
            if self._database.write_failure:
                await self._database.probe()
        except DatabaseUnavailable as error:
            log.warning("not ready", error=str(error))
            takes_none = self._database.write_failure is not None
            return "the database takes no writes" if takes_none else "the database cannot be reached"
        return self._accounts.problem

    async def measure(self) -> None:
        """Set the gauges; raises DatabaseUnavailable."""
        for worker in self._accounts:
            self._metrics.speaking.labels(worker.id).set(worker.is_ours)
        now = self._clock.now()
        async with self._database.read() as tx:
            backlog = await outbox.backlog(tx, now=now)
            used = await monthly_quota.used(tx, month_of(now))
            places = {
                worker.id: await waiting.places(tx, worker.id, month_of(now), users=users)
                for worker in self._accounts
                if (users := worker.messenger.pacing.users) is not None
            }
        for worker in self._accounts:
            if quota := worker.messenger.pacing.monthly:
                self._metrics.month_plan.labels(worker.id).set(quota.messages)
                self._metrics.month_used.labels(worker.id).set(used.get(worker.id, MonthCount()).messages)
        for account, found in places.items():
            self._metrics.plan_users.labels(account).set(found.users)
            self._metrics.users.labels(account, "served").set(found.used)
            self._metrics.users.labels(account, "waiting").set(found.waiting)
        self._metrics.backlog.set(backlog.pending)
        self._metrics.due.set(backlog.due)
        oldest = (now - backlog.oldest_due_at).total_seconds() if backlog.oldest_due_at else 0.0
        self._metrics.oldest_due.set(oldest)
        self._measured_at = self._clock.monotonic()
