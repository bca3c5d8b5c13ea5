"""Fan-out: one delivery for each chat that subscribes to a topic, made in slices by the database itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    delete,
    exists,
    false,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, ChatStatus, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.desk.figures import Figure
from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import PauseScope
from bot.store.choices.shared import keep_as_they_are
from bot.store.choices.visibility import sees
from bot.store.engine import notify
from bot.store.engine.dialect import insert
from bot.store.figures.counting import EVERY_ACCOUNT, count, place
from bot.store.outbox.plan import ChatIdRange, FilterCache, PlannedFanout, owed
from bot.store.publications.pauses import is_held_by_none
from bot.store.schema import PENDING, articles, chats, deliveries, fanouts, pauses, subscriptions
from bot.store.schema.types import Moment

FANOUT_SLICE = 5_000
"""Subscriptions that one transaction works off. Other writes wait for it: some 25 ms on SQLite, and even on a
machine that is busy with other things far less than the 200 ms that a reply may wait; a million subscriptions
take only a tenth longer than in slices of 20,000."""


@dataclass(frozen=True, slots=True)
class NewFanout:
    """What is owed to the subscribers of a topic: an article, in the words of one of its revisions.

    *is_release* says of the first words that they are a content, and go out in the topic for the first time.
    """

    article: ArticleId
    topic: TopicId
    due_at: datetime
    expires_at: datetime
    revision: int = 0
    urgent: bool = False
    is_release: bool = True


async def enqueue(
    tx: AsyncConnection, new: NewFanout, *, now: datetime, planner: FilterCache | None = None
) -> bool:
    """Owe an article to every chat that subscribes to its topic now; True when all deliveries are there.

    What does not fit into the first slice is left to continue_fanouts, with a cursor that commits together
    with this slice; so is all of an article that is stopped. A chat that is owed this revision already is not
    owed it twice. A *planner* that is kept reads less.
    """
    begun = (
        insert(tx, fanouts)
        .values(
            article_id=new.article,
            topic_id=new.topic,
            revision=new.revision,
            urgent=new.urgent,
            after_chat_id=0,
            due_at=new.due_at,
            expires_at=new.expires_at,
            created_at=now,
        )
        .returning(fanouts)
    )
    fanout = (await tx.execute(begun)).one()
    if new.is_release and not new.revision:
        count(tx, place(new.topic, EVERY_ACCOUNT, now), Figure.RELEASED)
    if (await tx.execute(select(fanouts.c.id).where(fanouts.c.id == fanout.id, _is_stopped()))).first():
        return False
    return await _work_off_slice(tx, fanout, now, planner or FilterCache())


async def continue_fanouts(tx: AsyncConnection, *, now: datetime, planner: FilterCache | None = None) -> bool:
    """Work off one more slice of the oldest fan-out; False when there is none that nobody else works on.

    The fan-outs of articles that are stopped stay where they are.
    """
    oldest = select(fanouts).where(~_is_stopped()).order_by(fanouts.c.id).limit(1)
    fanout = (await tx.execute(oldest.with_for_update(skip_locked=True))).first()
    if fanout is None:
        return False
    await _work_off_slice(tx, fanout, now, planner or FilterCache())
    return True


async def running(tx: AsyncConnection, topic: TopicId) -> bool:
    """Return whether something is still being fanned out to *topic*."""
    return (
        await tx.execute(select(fanouts.c.id).where(fanouts.c.topic_id == topic).limit(1))
    ).first() is not None


async def stopped(tx: AsyncConnection, topic: TopicId) -> tuple[ArticleId, ...]:
    """Return the articles that are stopped while they are fanned out to *topic*."""
    found = select(fanouts.c.article_id).where(fanouts.c.topic_id == topic, _is_stopped())
    return tuple(ArticleId(number) for number in (await tx.execute(found)).scalars())


def _is_stopped() -> ColumnElement[bool]:
    """Return the condition that the article of a fan-out is stopped."""
    return exists().where(
        pauses.c.scope == PauseScope.ARTICLE,
        pauses.c.about == cast(fanouts.c.article_id, Text),
        pauses.c.until.is_(None),
    )


async def _work_off_slice(tx: AsyncConnection, fanout: Row[Any], now: datetime, planner: FilterCache) -> bool:
    """Make the next deliveries of *fanout* and move its cursor; True when it is done, and gone."""
    # Before anything else is locked: whoever changes a choice locks deliveries behind it.
    await keep_as_they_are(tx)
    last = (await tx.execute(_end_of_slice(fanout))).scalar()
    part = ChatIdRange(fanout.after_chat_id, last)
    await _lock_those_there(tx, fanout, part)
    if fanout.revision:
        # Said of both tables, so that PostgreSQL reads a range of each rather than all chats for every slice.
        owes = _corrected(fanout).where(*part.among(deliveries.c.chat_id), *part.among(chats.c.id))
    else:
        owes = await owed(tx, PlannedFanout.of(fanout), part, now=now, planner=planner)
    await _make(tx, owes)
    await notify.announce(tx, notify.Signal.DELIVERIES)
    this = fanouts.c.id == fanout.id
    if last is None:
        await tx.execute(delete(fanouts).where(this))
        return True
    await tx.execute(update(fanouts).where(this).values(after_chat_id=last))
    return False


async def _lock_those_there(tx: AsyncConnection, fanout: Row[Any], part: ChatIdRange) -> None:
    """Lock what is there already, which an earlier topic made, in the order in which settling does.

    The deliveries are made chat by chat: without this a fan-out and receipts would wait for each other.
    """
    if tx.dialect.name == "postgresql":
        of_article = (
            deliveries.c.article_id == fanout.article_id,
            deliveries.c.revision == fanout.revision,
            *part.among(deliveries.c.chat_id),
        )
        await tx.execute(
            select(deliveries.c.id).where(*of_article).order_by(deliveries.c.id).with_for_update()
        )


async def catch_up(tx: AsyncConnection, chat: ChatId) -> None:
    """Owe *chat* what those fan-outs make that are already past it: two chats that became one may need it."""
    running = select(fanouts).where(fanouts.c.after_chat_id >= chat, fanouts.c.revision == 0)
    await keep_as_they_are(tx)
    for fanout in (await tx.execute(running)).all():
        alone = ChatIdRange(after=chat - 1, last=chat)
        plan = PlannedFanout.of(fanout)
        await _make(tx, await owed(tx, plan, alone, now=fanout.created_at, planner=FilterCache()))


async def _make(tx: AsyncConnection, owes: Select[Any]) -> None:
    columns = list(owes.selected_columns.keys())
    made = insert(tx, deliveries).from_select(columns, owes, include_defaults=False)
    # The article has entered another topic. What nobody wanted when it was to be sent may be wanted now, and
    # what was to wait for a digest may come earlier: of several subscriptions the earliest due wins.
    unwanted = deliveries.c.status == DeliveryStatus.CANCELLED
    untouched = PENDING & deliveries.c.lease_owner.is_(None) & deliveries.c.reason.is_(None)
    again: dict[str, Any] = {
        column: made.excluded[column]
        for column in ("topic_id", "status", "lane", "digest", "due_at", "expires_at")
    }
    # What quiet hours or a closed chat have held is decided about anew when it is claimed.
    again |= {"reason": None, "settled_at": None, "held_until": None}
    again |= {"claims": case((unwanted, 0), else_=deliveries.c.claims)}
    await tx.execute(
        made.on_conflict_do_update(
            index_elements=["article_id", "chat_id", "revision"],
            set_=again,
            where=or_(
                unwanted,
                and_(untouched, made.excluded.due_at < deliveries.c.due_at),
                and_(untouched, made.excluded.lane < deliveries.c.lane, ~made.excluded.digest),
            ),
        )
    )


def _end_of_slice(fanout: Row[Any]) -> Select[tuple[int]]:
    """Return a query for the last chat of the next slice; it finds none when the rest is smaller."""
    if fanout.revision:
        return (
            select(deliveries.c.chat_id)
            .where(_first(fanout), deliveries.c.chat_id > fanout.after_chat_id)
            .order_by(deliveries.c.chat_id)
            .limit(1)
            .offset(FANOUT_SLICE - 1)
        )
    return (
        select(subscriptions.c.chat_id)
        .where(subscriptions.c.topic_id == fanout.topic_id, subscriptions.c.chat_id > fanout.after_chat_id)
        .order_by(subscriptions.c.chat_id)
        .limit(1)
        .offset(FANOUT_SLICE - 1)
    )


def _first(fanout: Row[Any]) -> ColumnElement[bool]:
    return and_(deliveries.c.article_id == fanout.article_id, deliveries.c.revision == 0)


def _corrected(fanout: Row[Any]) -> Select[Any]:
    """Return the deliveries of a correction: to the chats that have a message about the article.

    What is withdrawn is taken back with each copy of that message, as `receipts` says, the newest first.
    One that is being sent now may go out with the old words: it is corrected when its lease is over.
    """
    under_way = and_(deliveries.c.status == DeliveryStatus.PENDING, deliveries.c.lease_owner.is_not(None))
    # One whose lease has lapsed has kept its owner, and may be held by a pause since.
    is_leased = and_(under_way, is_held_by_none(deliveries.c.held_until))
    sent = and_(deliveries.c.status == DeliveryStatus.SENT, deliveries.c.message_id.is_not(None))
    withdrawn = exists().where(articles.c.id == fanout.article_id, articles.c.withdrawn_at.is_not(None))
    due_at = literal(fanout.due_at, Moment)
    return (
        select(
            deliveries.c.account_id.label("account_id"),
            deliveries.c.chat_id.label("chat_id"),
            deliveries.c.article_id.label("article_id"),
            deliveries.c.topic_id.label("topic_id"),
            (literal(fanout.revision) - deliveries.c.revision).label("revision"),
            literal(str(DeliveryStatus.PENDING)).label("status"),
            literal(int(Lane.CORRECTION)).label("lane"),
            false().label("digest"),
            case((is_leased, deliveries.c.held_until), else_=due_at).label("due_at"),
            literal(fanout.expires_at, Moment).label("expires_at"),
            literal(0).label("claims"),
            literal(0).label("attempts"),
            literal(fanout.created_at, Moment).label("created_at"),
        )
        .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.article_id == fanout.article_id, deliveries.c.revision <= 0)
        .where(or_(deliveries.c.revision == 0, withdrawn))
        .where(or_(sent, under_way), chats.c.status == ChatStatus.ACTIVE)
        # Who was shut out of a members-only topic learns no new words; but what is withdrawn goes there too.
        .where(or_(withdrawn, sees(deliveries.c.chat_id, deliveries.c.topic_id)))
        .order_by(deliveries.c.chat_id, deliveries.c.revision.desc())
    )
