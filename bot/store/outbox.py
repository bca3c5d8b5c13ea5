"""The outbox: all deliveries. What is owed, how much of it, and what went wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import ArticleId
from bot.domain.chat import AccountId, Address, ChatId, TopicId
from bot.domain.delivery import DeliveryId, DeliveryStatus
from bot.store.columns import milliseconds
from bot.store.delivering import claim, inherit, release, settle
from bot.store.fanout import FANOUT_SLICE, continue_fanouts, enqueue
from bot.store.schema import FAILED, HELD, PENDING, WAITING, accounts, articles, chats, fanouts
from bot.store.schema import deliveries as table

__all__ = [
    "FANOUT_SLICE",
    "Backlog",
    "Failure",
    "backlog",
    "claim",
    "continue_fanouts",
    "counts",
    "enqueue",
    "failures",
    "inherit",
    "release",
    "retry",
    "settle",
]


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is owed: all of it, what of it is due, since when, and the fan-outs still being worked off."""

    pending: int
    due: int
    oldest_due_at: datetime | None
    fanouts: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A delivery that ended without a receipt, and why."""

    delivery: DeliveryId
    chat: ChatId
    address: Address
    article: ArticleId
    title: str
    topic: TopicId
    status: DeliveryStatus
    reason: str
    settled_at: datetime


async def backlog(tx: AsyncConnection, *, now: datetime) -> Backlog:
    """Count what is owed, in the indexes alone: it is asked often, and there may be millions."""
    pending = await _count(tx, PENDING)
    later = 0
    oldest: list[datetime] = []
    for account in (await tx.execute(select(accounts.c.id))).scalars().all():
        for part in (WAITING & (table.c.account_id == account), HELD & (table.c.account_id == account)):
            later += await _count(tx, part & (table.c.due_at > now))
            first = (
                select(table.c.due_at).where(part, table.c.due_at <= now).order_by(table.c.due_at).limit(1)
            )
            oldest += (await tx.execute(first)).scalars()
    running = (await tx.execute(select(func.count()).select_from(fanouts))).scalar_one()
    return Backlog(pending, pending - later, min(oldest, default=None), running)


async def _count(tx: AsyncConnection, condition: ColumnElement[bool]) -> int:
    return (await tx.execute(select(func.count()).where(condition))).scalar_one()


async def counts(tx: AsyncConnection) -> dict[DeliveryStatus, int]:
    """Return how many deliveries stand at each status; it reads them all, so ask seldom."""
    query = select(table.c.status, func.count()).group_by(table.c.status).order_by(table.c.status)
    return {DeliveryStatus(status): count for status, count in await tx.execute(query)}


async def failures(tx: AsyncConnection, *, limit: int) -> tuple[Failure, ...]:
    """Return what the messenger refused, what grew too old and what was set aside, latest first."""
    query = (
        select(table, chats.c.chat, chats.c.thread, articles.c.title)
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .join(articles, articles.c.id == table.c.article_id)
        .where(FAILED)
        .order_by(table.c.settled_at.desc())
        .limit(limit)
    )
    return tuple(
        Failure(
            delivery=DeliveryId(row.id),
            chat=ChatId(row.chat_id),
            address=Address(AccountId(row.account_id), row.chat, row.thread or None),
            article=ArticleId(row.article_id),
            title=row.title,
            topic=TopicId(row.topic_id),
            status=DeliveryStatus(row.status),
            reason=row.reason or "",
            settled_at=row.settled_at,
        )
        for row in await tx.execute(query)
    )


async def retry(tx: AsyncConnection, ids: Collection[DeliveryId], now: datetime) -> int:
    """Owe failed deliveries once more, due now, for as long as the first time; return how many there were."""
    span = type_coerce(table.c.expires_at, BigInteger) - type_coerce(table.c.created_at, BigInteger)
    again = {
        "status": DeliveryStatus.PENDING,
        "due_at": now,
        "expires_at": milliseconds(now) + span,
        "created_at": now,
        "settled_at": None,
        "held_until": None,
        "lease_owner": None,
        "claims": 0,
    }
    owed = update(table).where(table.c.id.in_(ids), FAILED).values(again)
    return (await tx.execute(owed)).rowcount
