"""Broadcasts: at most one a day and so many a month, counted before each is made."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.publication.publication import PublicationState
from bot.store.engine.dialect import insert_missing, take_turn
from bot.store.schema import SETTLED, articles, deliveries, publications
from bot.store.schema import broadcasts as table

_LOCK = 0x62726F616463
"""One transaction at a time counts broadcasts: two days may be counted by two processes."""


class BroadcastState(StrEnum):
    """BEGUN is one of which nobody knows what became of it; a REFUSED one was certainly not made."""

    BEGUN = "begun"
    TAKEN = "taken"
    REFUSED = "refused"


async def begin(
    tx: AsyncConnection, account: AccountId, day: str, pages: list[str], *, a_month: int, now: datetime
) -> bool:
    """Count the broadcast of *day*; False if there was one, or the month has had *a_month*."""
    await take_turn(tx, _LOCK)
    if await counted(tx, account, day[:7]) >= a_month:
        return False
    row = {"account_id": account, "day": day, "pages": pages, "state": BroadcastState.BEGUN, "begun_at": now}
    return await insert_missing(tx, table, [row]) == 1


async def is_made(tx: AsyncConnection, account: AccountId, day: str) -> bool:
    """Return whether that day's broadcast was begun."""
    return (await tx.execute(select(table.c.day).where(_of(account, day)))).first() is not None


async def end(
    tx: AsyncConnection,
    account: AccountId,
    day: str,
    state: BroadcastState,
    *,
    receipt: str | None = None,
    reason: str | None = None,
) -> None:
    """Note what became of the broadcast of *day*."""
    values = {"state": state, "receipt": receipt, "reason": reason}
    await tx.execute(update(table).where(_of(account, day)).values(values))


async def take_back(tx: AsyncConnection, account: AccountId, day: str) -> None:
    """Forget the broadcast of *day*: it never left, and may be made yet."""
    await tx.execute(delete(table).where(_of(account, day)))


async def counted(tx: AsyncConnection, account: AccountId, month: str) -> int:
    """Return how many broadcasts of a *month*, as 2026-11, may have been made."""
    query = select(func.count()).where(
        table.c.account_id == account,
        table.c.day.startswith(month),
        table.c.state != BroadcastState.REFUSED,
    )
    return (await tx.execute(query)).scalar_one()


async def pages_made(tx: AsyncConnection, account: AccountId, *, since: str) -> frozenset[str]:
    """Return the pages of the broadcasts since a day, as 2026-11-27, that may have been made."""
    may_be = (table.c.account_id == account, table.c.day >= since, table.c.state != BroadcastState.REFUSED)
    rows = (await tx.execute(select(table.c.pages).where(*may_be))).scalars()
    return frozenset(page for pages in rows for page in pages)


async def pages_sent(
    tx: AsyncConnection,
    account: AccountId,
    *,
    since: datetime,
    but: Collection[str],
    paused: Collection[TopicId],
    limit: int,
) -> tuple[str, ...]:
    """Return the newest pages of the account that were settled since then, urgent ones first.

    What is stopped, over or recalled by now is left out, what is in *paused* topics, and what is among *but*.
    """
    is_out = exists().where(
        publications.c.article_id == deliveries.c.article_id,
        publications.c.state == PublicationState.RELEASED,
    )
    is_urgent = case((deliveries.c.lane == Lane.URGENT, 0), else_=1)
    query = (
        select(deliveries.c.message_id)
        .join_from(deliveries, articles, articles.c.id == deliveries.c.article_id)
        .where(
            SETTLED,
            deliveries.c.settled_at >= since,
            deliveries.c.account_id == account,
            deliveries.c.status == DeliveryStatus.SENT,
            deliveries.c.revision == 0,
            deliveries.c.message_id.is_not(None),
            deliveries.c.message_id.not_in(but),
            deliveries.c.topic_id.not_in(paused),
            articles.c.withdrawn_at.is_(None),
            is_out,
        )
        .order_by(is_urgent, deliveries.c.settled_at.desc(), deliveries.c.id.desc())
        .limit(limit)
    )
    return tuple((await tx.execute(query)).scalars())


def _of(account: AccountId, day: str) -> ColumnElement[bool]:
    return (table.c.account_id == account) & (table.c.day == day)
