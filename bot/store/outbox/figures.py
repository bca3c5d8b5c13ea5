"""How much is owed, and how it ended: figures of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.chat_queue import Lane
from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.publications import pauses
from bot.store.schema import HELD, PENDING, SETTLED, WAITING, accounts, fanouts
from bot.store.schema import deliveries as table


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is owed: all of it, what of it is due, since when, and the fan-outs still being worked off.

    What is paused is owed and not due.
    """

    pending: int
    due: int
    oldest_due_at: datetime | None
    fanouts: int


async def backlog(tx: AsyncConnection, *, now: datetime) -> Backlog:
    """Count what is owed, in the indexes alone: it is asked often, and there may be millions."""
    pending = await _count(tx, PENDING)
    paused = await pauses.known(tx)
    due = 0
    oldest: list[datetime] = []
    served = [each for each in (await tx.execute(select(accounts.c.id))).scalars() if not paused.stops(each)]
    for account in served:
        # Each part is a range of an index, in which moments stand behind the lane.
        lanes = (WAITING & (table.c.lane == lane) for lane in Lane)
        held = HELD & pauses.is_held_by_none(table.c.held_until)
        for part in (condition & (table.c.account_id == account) for condition in (*lanes, held)):
            is_due = part & (table.c.due_at <= now)
            due += await _count(tx, is_due)
            first = select(table.c.due_at).where(is_due).order_by(table.c.due_at).limit(1)
            oldest += (await tx.execute(first)).scalars()
    running = (await tx.execute(select(func.count()).select_from(fanouts))).scalar_one()
    return Backlog(pending, due, min(oldest, default=None), running)


async def ended_since(tx: AsyncConnection, at: datetime) -> int:
    """Return how many deliveries have ended since then, one way or another, as an index tells it."""
    return await _count(tx, SETTLED & (table.c.settled_at >= at))


async def _count(tx: AsyncConnection, condition: ColumnElement[bool]) -> int:
    return (await tx.execute(select(func.count()).where(condition))).scalar_one()


async def counts(tx: AsyncConnection) -> dict[DeliveryStatus, int]:
    """Return how many deliveries stand at each status; it reads them all, so ask seldom."""
    query = select(table.c.status, func.count()).group_by(table.c.status).order_by(table.c.status)
    return {DeliveryStatus(status): count for status, count in await tx.execute(query)}


async def lost_answers(tx: AsyncConnection) -> int:
    """Return how many answers were lost on the way: each of those messages may have arrived twice.

    An attempt is charged for a lost answer and for the end that the messenger gave, and for nothing else.
    """
    answered = table.c.status.in_([DeliveryStatus.SENT, DeliveryStatus.REJECTED])
    lost = func.sum(case((answered, table.c.attempts - 1), else_=table.c.attempts))
    query = select(func.coalesce(lost, 0)).where(table.c.attempts > 0)
    return int((await tx.execute(query)).scalar_one())
