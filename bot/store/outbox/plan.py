"""Planning: to which chats an article is owed, and when.

What chats have chosen comes in classes: each schedule is asked once when it comes next, each filter once
whether it lets the article pass, and SQL joins the answers with the chats.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    column,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    values,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatKind, ChatStatus
from bot.domain.chats.consent import PUSHED_UNDER
from bot.domain.chats.filters import Filter, Prepared, parse, prepare
from bot.domain.chats.preferences import next_moment, zone_of
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import Article
from bot.store.choices.shared import schedule_of
from bot.store.schema import (
    articles,
    chat_preferences,
    chats,
    document_fields,
    filters,
    publications,
    schedules,
    subscriptions,
    topics,
)
from bot.store.schema.subscriptions import CHOOSY
from bot.store.schema.types import EPOCH, Id, Moment

_KNOWN_FILTERS = 20_000

UNSAVED = 0
"""What stands for the id of an article that has none yet: only what is planned and not made may name it."""


@dataclass(slots=True)
class FilterCache:
    """What was read for one slice and is good for the next: filters, and the words of the last article."""

    _filters: dict[int, Filter] = field(default_factory=dict)
    _article: int | None = None
    _words: Prepared = field(default_factory=lambda: prepare(()))
    _passing: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of_unsaved(cls, article: Article) -> "FilterCache":
        """Return one that knows the words of an *article* that is not there yet, whose id is UNSAVED."""
        paragraphs = (article.summary, *article.body)
        kind = article.as_document().document.kind
        return cls(_article=UNSAVED, _words=prepare((article.title, *paragraphs), kind))

    async def passing(self, tx: AsyncConnection, article: int, wanted: set[int]) -> list[int]:
        """Return those filters of *wanted* that let *article* pass."""
        if not wanted:
            return []
        if article != self._article:
            self._words = await asyncio.to_thread(prepare, *await _said_by(tx, article))
            self._article, self._passing = article, {}
        if unknown := wanted - self._passing.keys():
            await self._read(tx, unknown)
            self._passing |= {each: self._filters[each].passes(self._words) for each in unknown}
        return [each for each in wanted if self._passing[each]]

    async def _read(self, tx: AsyncConnection, ids: set[int]) -> None:
        if len(self._filters) > _KNOWN_FILTERS:
            self._filters.clear()
        query = select(filters).where(filters.c.id.in_(ids - self._filters.keys()))
        self._filters |= {row.id: parse(row.words) for row in await tx.execute(query)}


async def _said_by(tx: AsyncConnection, article: int) -> tuple[tuple[str, ...], str]:
    """Return the paragraphs of an article, its title first, and the kind of document that it is."""
    query = (
        select(articles.c.title, articles.c.summary, articles.c.body, document_fields.c.kind)
        .outerjoin(document_fields, document_fields.c.article_id == articles.c.id)
        .where(articles.c.id == article)
    )
    row = (await tx.execute(query)).one()
    return (row.title, row.summary, *row.body), row.kind or ""


@dataclass(frozen=True, slots=True)
class PlannedFanout:
    """What is owed to the subscribers of a topic, and since when: what there is to know to say to whom."""

    article_id: int
    topic_id: str
    urgent: bool
    due_at: datetime
    expires_at: datetime
    created_at: datetime
    revision: int = 0

    @classmethod
    def of(cls, row: Row[Any]) -> "PlannedFanout":
        return cls(**{each.name: getattr(row, each.name) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class ChatIdRange:
    """The chats whose ids are above *after* and up to *last*, which is None where there is no end."""

    after: int
    last: int | None

    def among(self, ids: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """Return the conditions for *ids* to be theirs."""
        return [ids > self.after, *([] if self.last is None else [ids <= self.last])]


@dataclass(frozen=True, slots=True)
class _Classes:
    """What a fan-out has found out about the choices of a few chats."""

    due: CTE
    passing: list[int]


def subscribers(columns: Sequence[ColumnElement[Any]], topic: str, part: ChatIdRange) -> Select[Any]:
    """Return a query for *columns* of the chats of *part* that subscribe to *topic* and may be sent news."""
    return (
        select(*columns)
        .join_from(subscriptions, chats, chats.c.id == subscriptions.c.chat_id)
        .where(
            subscriptions.c.topic_id == topic,
            chats.c.status.in_([ChatStatus.ACTIVE, ChatStatus.WAITING]),
            or_(chats.c.kind != ChatKind.PRIVATE, chats.c.consent_version.in_(PUSHED_UNDER)),
            # Said of both tables, so that PostgreSQL reads a range of each rather than all chats.
            *part.among(subscriptions.c.chat_id),
            *part.among(chats.c.id),
        )
    )


async def owed(
    tx: AsyncConnection,
    fanout: PlannedFanout,
    part: ChatIdRange,
    *,
    now: datetime,
    planner: FilterCache,
) -> Select[Any]:
    """Return the deliveries that *fanout* is to make for the chats of *part*, as a query.

    Nobody may change what they have chosen meanwhile: see keep_as_they_are.

    A private chat gets nothing before it has agreed to a text that allows it. The order keeps two fan-outs of
    one article, for two topics, from waiting for each other crosswise.
    """
    classes = await _classes(tx, fanout, part, now=now, planner=planner)
    query = subscribers(_columns(fanout, classes), fanout.topic_id, part).order_by(subscriptions.c.chat_id)
    if classes is None:
        return query
    query = query.join(classes.due, classes.due.c.id == subscriptions.c.schedule_id, isouter=True)
    filter_id = subscriptions.c.filter_id
    return query.where(or_(filter_id.is_(None), filter_id.in_(classes.passing)))


async def _classes(
    tx: AsyncConnection,
    fanout: PlannedFanout,
    part: ChatIdRange,
    *,
    now: datetime,
    planner: FilterCache,
) -> _Classes | None:
    """Find out what the choices of the chats of *part* come to; None where nobody has made any.

    None of them counts for a notice that the topic itself is no more: whoever subscribes is to know.
    """
    if await _is_farewell(tx, fanout):
        return None
    of_topic = (subscriptions.c.topic_id == fanout.topic_id, *part.among(subscriptions.c.chat_id), CHOOSY)
    query = select(subscriptions.c.schedule_id, subscriptions.c.filter_id).where(*of_topic).distinct()
    rows = (await tx.execute(query)).all()
    if not rows:
        return None
    wanted = {row.filter_id for row in rows} - {None}
    passing = await planner.passing(tx, fanout.article_id, wanted)
    used = {row.schedule_id for row in rows} - {None}
    found = (await tx.execute(select(schedules).where(schedules.c.id.in_(used)))).all() if used else []
    lasts = fanout.expires_at - fanout.due_at
    due = [(row.id, at, at + lasts) for row in found if (at := _next(row, now))]
    return _Classes(_moments(due), passing)


async def _is_farewell(tx: AsyncConnection, fanout: PlannedFanout) -> bool:
    """Return whether something is owed in a topic that is gone, and is an article in none."""
    is_gone = exists().where(topics.c.id == fanout.topic_id, topics.c.retired)
    is_published = exists().where(publications.c.article_id == fanout.article_id)
    return bool((await tx.execute(select(and_(is_gone, ~is_published)))).scalar())


def _breaks_through(fanout: PlannedFanout) -> ColumnElement[bool]:
    """Return the condition for a chat to let an urgent article through its digests."""
    if not fanout.urgent:
        return false()
    return exists().where(chat_preferences.c.chat_id == subscriptions.c.chat_id, chat_preferences.c.urgent)


def _next(row: Row[Any], now: datetime) -> datetime:
    return next_moment(schedule_of(row), now, zone_of(row.time_zone))


def _moments(due: list[tuple[int, datetime, datetime]]) -> CTE:
    """Return *due* as a table, which may stand beside another of its kind in one query. One without rows
    cannot be written, and no schedule has the id 0.
    """
    named = values(column("id", Id), column("due_at", Moment), column("expires_at", Moment), name="due")
    return named.data(due or [(0, EPOCH, EPOCH)]).cte()


def _columns(fanout: PlannedFanout, classes: _Classes | None) -> list[ColumnElement[Any]]:
    due_at: ColumnElement[Any] = literal(fanout.due_at, Moment)
    expires_at: ColumnElement[Any] = literal(fanout.expires_at, Moment)
    is_digest: ColumnElement[Any] = false()
    if classes is not None:
        breaks_through = _breaks_through(fanout)
        due = classes.due.c
        due_at = case((breaks_through, due_at), else_=func.coalesce(due.due_at, due_at))
        expires_at = case((breaks_through, expires_at), else_=func.coalesce(due.expires_at, expires_at))
        is_digest = subscriptions.c.schedule_id.is_not(None) & ~breaks_through
    return [
        chats.c.account_id.label("account_id"),
        chats.c.id.label("chat_id"),
        literal(fanout.article_id).label("article_id"),
        literal(fanout.topic_id).label("topic_id"),
        literal(fanout.revision).label("revision"),
        literal(str(DeliveryStatus.PENDING)).label("status"),
        due_at.label("due_at"),
        expires_at.label("expires_at"),
        literal(int(Lane.URGENT if fanout.urgent else Lane.NEWS)).label("lane"),
        is_digest.label("digest"),
        literal(0).label("claims"),
        literal(0).label("attempts"),
        # Since then it is owed, however long the fan-out takes, or was stopped.
        literal(fanout.created_at, Moment).label("created_at"),
    ]
