"""Owing failed deliveries once more, however many there are, without holding up whoever else writes."""

from datetime import datetime

from bot.domain.clock import Clock
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.audit import EVERY, Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import outbox
from bot.store.runtime import audit

BATCH = 1_000

EVERYTHING = Subject(SubjectKind.DELIVERIES, EVERY)

Group = tuple[ArticleId, DeliveryStatus]


async def retry_some(tx: Transaction, *, now: datetime, group: Group) -> int:
    """Owe at most BATCH deliveries of *group* that have failed by *now* once more; return how many."""
    return await outbox.retry_some(tx, ended_by=now, now=now, limit=BATCH, group=group)


async def retry_all(
    database: Database, clock: Clock, *, group: Group | None = None, actor: Actor | None = None
) -> int:
    """Owe all that has failed by now once more, or one group of it; return how many deliveries there were.

    With an *actor*, who has not been written down yet, the first step writes down how many it will be.
    """
    now, total = clock.now(), 0
    while True:
        async with database.write() as tx:
            failed = 0 if actor is None or total else await outbox.failed_within_reach(tx, ended_by=now)
            owed = await outbox.retry_some(tx, ended_by=now, now=now, limit=BATCH, group=group)
            if actor and failed:
                act = Act(AuditAction.DELIVERIES_RETRIED, EVERYTHING, after={"deliveries": failed})
                await audit.record(tx, actor, act, now=now)
        total += owed
        if owed < BATCH:
            return total
        await clock.sleep(0)
