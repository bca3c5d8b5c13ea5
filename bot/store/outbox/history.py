"""How deliveries ended, and owing once more those that failed, or one to a chat that is named."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, exists, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, Address, ChatId, ChatStatus, TopicId
from bot.domain.delivery.delivery import DeliveryId, DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import ArticleId
from bot.domain.reason import Reason
from bot.store.engine import notify
from bot.store.engine.dialect import ROWS_AT_ONCE, among, insert, picked
from bot.store.outbox.receipts import keep_copy
from bot.store.schema import FAILED, SETTLED, articles, chats
from bot.store.schema import deliveries as table
from bot.store.schema.types import Moment, milliseconds


@dataclass(frozen=True, slots=True)
class EndedDelivery:
    """A delivery that ended, and why: the reason has no words where it was sent."""

    delivery: DeliveryId
    chat: ChatId
    address: Address
    article: ArticleId
    title: str
    topic: TopicId
    status: DeliveryStatus
    reason: Reason
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class RecentDelivery:
    """One delivery to a chat, as it stands: *at* is when it ended, or else when it is due.

    *reason* has no words where it was sent, or where nothing has gone wrong so far.
    """

    title: str
    topic: TopicId
    revision: int
    status: DeliveryStatus
    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """The failures of one article that ended alike, in chats that we may write to.

    *reasons* are the most frequent ones, each with how often it was met; *hours* is how long the deliveries
    were owed at most.
    """

    article: ArticleId
    title: str
    status: DeliveryStatus
    deliveries: int
    reasons: tuple[tuple[Reason, int], ...]
    last_at: datetime
    hours: int = 0


_SPAN = type_coerce(table.c.expires_at, BigInteger) - type_coerce(table.c.created_at, BigInteger)
"""For how many milliseconds a delivery is owed."""

_REACHABLE = exists().where(chats.c.id == table.c.chat_id, chats.c.status == ChatStatus.ACTIVE)


async def failed_out_of_reach(
    tx: AsyncConnection, *, ended_by: datetime, topics: Collection[TopicId] | None = None
) -> int:
    """Count the failed deliveries, for any or for some *topics*, of chats that we may not write to.

    `retry_some` leaves them out.
    """
    chosen = FAILED & among(table.c.topic_id, topics)
    query = select(func.count()).where(chosen, table.c.settled_at <= ended_by, ~_REACHABLE)
    return (await tx.execute(query)).scalar_one()


async def failed_within_reach(tx: AsyncConnection, *, ended_by: datetime) -> int:
    """Count the failed deliveries of chats that we may write to, which `retry_some` owes once more."""
    query = select(func.count()).where(FAILED, table.c.settled_at <= ended_by, _REACHABLE)
    return (await tx.execute(query)).scalar_one()


async def ended(tx: AsyncConnection, *, limit: int) -> tuple[EndedDelivery, ...]:
    """Return what ended, well or not, latest first."""
    return await _ended(tx, _listed(SETTLED, limit))


async def failures(tx: AsyncConnection, *, limit: int) -> tuple[EndedDelivery, ...]:
    """Return what the messenger refused, what grew too old and what was set aside, latest first."""
    return await _ended(tx, _listed(FAILED, limit))


_LOOKED_BACK = 500
"""Articles, the newest ones, among which the last deliveries of a chat are looked for, by the unique key."""


async def recent(tx: AsyncConnection, chat: ChatId, *, limit: int) -> tuple[RecentDelivery, ...]:
    """Return the last deliveries to *chat*, of whatever state, the newest first."""
    newest = select(articles.c.id).order_by(articles.c.id.desc()).limit(_LOOKED_BACK).subquery()
    query = (
        select(table, articles.c.title)
        .join_from(table, articles, articles.c.id == table.c.article_id)
        .where(table.c.article_id.in_(select(newest.c.id)), table.c.chat_id == chat)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return tuple(
        RecentDelivery(
            title=row.title,
            topic=TopicId(row.topic_id),
            revision=row.revision,
            status=DeliveryStatus(row.status),
            reason=Reason.of(row.reason or ""),
            at=row.settled_at or row.due_at,
        )
        for row in await tx.execute(query)
    )


def _listed(condition: ColumnElement[bool], limit: int) -> Select[Any]:
    return (
        select(table, chats.c.chat, chats.c.thread, articles.c.title)
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .join(articles, articles.c.id == table.c.article_id)
        .where(condition)
        .order_by(table.c.settled_at.desc())
        .limit(limit)
    )


async def _ended(tx: AsyncConnection, query: Select[Any]) -> tuple[EndedDelivery, ...]:
    return tuple(
        EndedDelivery(
            delivery=DeliveryId(row.id),
            chat=ChatId(row.chat_id),
            address=Address(AccountId(row.account_id), row.chat, row.thread or None),
            article=ArticleId(row.article_id),
            title=row.title,
            topic=TopicId(row.topic_id),
            status=DeliveryStatus(row.status),
            reason=Reason.of(row.reason or ""),
            settled_at=row.settled_at,
        )
        for row in await tx.execute(query)
    )


async def failure_groups(
    tx: AsyncConnection,
    *,
    limit: int,
    only: tuple[ArticleId, DeliveryStatus] | None = None,
    topics: Collection[TopicId] | None = None,
) -> tuple[FailureGroup, ...]:
    """Return the failures by article and kind, the group with the latest one first; no chat is named.

    Chats that shut the bot out are left out: nothing can be sent to them again. *only* names one group; with
    *topics* what was for one of these counts alone.
    """
    counted = FAILED & _REACHABLE & among(table.c.topic_id, topics)
    chosen = and_(counted, *([_is_of(*only)] if only else []))
    last_at = func.max(table.c.settled_at, type_=Moment).label("last_at")
    span = func.max(_SPAN).label("span")
    groups = (
        select(table.c.article_id, table.c.status, func.count().label("deliveries"), last_at, span)
        .where(chosen)
        .group_by(table.c.article_id, table.c.status)
        .order_by(last_at.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(groups, articles.c.title)
        .join_from(groups, articles, articles.c.id == groups.c.article_id)
        .order_by(groups.c.last_at.desc(), groups.c.article_id.desc(), groups.c.status)
    )
    rows = (await tx.execute(query)).all()
    reasons = await _reasons(tx, counted & table.c.article_id.in_([row.article_id for row in rows]))
    return tuple(_group(row, reasons[row.article_id, row.status]) for row in rows)


def _group(row: Row[Any], reasons: Iterable[tuple[Reason, int]]) -> FailureGroup:
    return FailureGroup(
        article=ArticleId(row.article_id),
        title=row.title,
        status=DeliveryStatus(row.status),
        deliveries=row.deliveries,
        reasons=tuple(reasons),
        last_at=row.last_at,
        hours=round(row.span / timedelta(hours=1).total_seconds() / 1000),
    )


async def _reasons(
    tx: AsyncConnection, chosen: ColumnElement[bool]
) -> dict[tuple[int, str], list[tuple[Reason, int]]]:
    """Return why the *chosen* deliveries failed, by article and kind, the most frequent reason first."""
    many = func.count().label("many")
    query = (
        select(table.c.article_id, table.c.status, table.c.reason, many)
        .where(chosen)
        .group_by(table.c.article_id, table.c.status, table.c.reason)
        .order_by(many.desc(), table.c.reason)
        .limit(_REASONS)
    )
    found: dict[tuple[int, str], list[tuple[Reason, int]]] = defaultdict(list)
    for row in await tx.execute(query):
        found[row.article_id, row.status].append((Reason.of(row.reason or ""), row.many))
    return found


_REASONS = 200
"""How many different reasons are looked at: a messenger may put a number of its own into each."""


async def owe_again(
    tx: AsyncConnection,
    article: ArticleId,
    chat: ChatId,
    topic: TopicId,
    *,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Owe *article* to *chat*, due now; what is being sent to it at this moment is not disturbed.

    Of what it was sent before it stays known which message that is.
    """
    await keep_copy(tx, article, chat)
    account = select(chats.c.account_id).where(chats.c.id == chat).scalar_subquery()
    again = {
        "topic_id": topic,
        "status": DeliveryStatus.PENDING,
        "lane": int(Lane.NEWS),
        "digest": False,
        "due_at": now,
        "expires_at": expires_at,
        "claims": 0,
        "attempts": 0,
        "created_at": now,
        "held_until": None,
        "lease_owner": None,
        "message_id": None,
        "reason": None,
        "settled_at": None,
    }
    owed = insert(tx, table).values(account_id=account, chat_id=chat, article_id=article, revision=0, **again)
    await tx.execute(
        owed.on_conflict_do_update(
            index_elements=["article_id", "chat_id", "revision"],
            set_=again,
            where=table.c.status != DeliveryStatus.PENDING,
        )
    )
    await notify.announce(tx, notify.Signal.DELIVERIES)


async def retry(tx: AsyncConnection, ids: Collection[DeliveryId], now: datetime) -> int:
    """Owe failed deliveries once more, due now, for as long as the first time; return how many there were."""
    owed, numbers = 0, list(ids)
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        owed += await _owe(tx, table.c.id.in_(numbers[start : start + ROWS_AT_ONCE]), now)
    return owed


async def retry_some(
    tx: AsyncConnection,
    *,
    ended_by: datetime,
    now: datetime,
    limit: int,
    group: tuple[ArticleId, DeliveryStatus] | None = None,
) -> int:
    """Owe up to *limit* failed deliveries once more, all or those of one group; return how many there were.

    What ended after *ended_by* is left alone, so that whoever asks again and again comes to an end; so is
    what was for a chat that we may not write to.
    """
    chosen = and_(FAILED, table.c.settled_at <= ended_by, _REACHABLE)
    if group:
        chosen = and_(chosen, _is_of(*group))
    some = select(table.c.id).where(chosen).order_by(table.c.settled_at).limit(limit)
    return await _owe(tx, table.c.id.in_(picked(tx, some.with_for_update(skip_locked=True))), now)


def _is_of(article: ArticleId, status: DeliveryStatus) -> ColumnElement[bool]:
    return and_(table.c.article_id == article, table.c.status == status)


async def _owe(tx: AsyncConnection, chosen: ColumnElement[bool], now: datetime) -> int:
    again = {
        "status": DeliveryStatus.PENDING,
        "due_at": now,
        "expires_at": milliseconds(now) + _SPAN,
        "created_at": now,
        "settled_at": None,
        "held_until": None,
        "lease_owner": None,
        "claims": 0,
        "attempts": 0,
    }
    return (await tx.execute(update(table).where(chosen, FAILED).values(again))).rowcount
