"""What may be claimed: the query for what is due, and what there is to know about a row of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    case,
    exists,
    false,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, Address, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.chats.preferences import MessageOptions
from bot.domain.delivery.delivery import Delivery, DeliveryId, DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import Owed, Pause, Pauses
from bot.domain.publication.publication import PublicationState
from bot.domain.reason import Reason, ReasonCode
from bot.store.choices.visibility import sees
from bot.store.outbox.receipts import has_newer_copy, of_message_before
from bot.store.publications.publications import IS_OUT
from bot.store.schema import (
    HELD,
    WAITING,
    articles,
    chat_preferences,
    chats,
    follows,
    publications,
    subscriptions,
)
from bot.store.schema import deliveries as table
from bot.store.schema.types import Id, Moment

MAX_CLAIMS = 10
"""A delivery that was claimed so often without ever being settled may be what kills the process."""

SUSPECT_AFTER = 5
"""A delivery that was claimed so often without being settled is claimed alone: others that were only claimed
with it are not to be taken for what kills the process."""

LANES = (Lane.URGENT, Lane.NEWS, Lane.CORRECTION)

_CLAIMED = (
    table.c.id,
    table.c.account_id,
    table.c.chat_id,
    table.c.article_id,
    table.c.topic_id,
    table.c.revision,
    table.c.lane,
    table.c.digest,
    table.c.due_at,
    table.c.expires_at,
    table.c.claims,
    table.c.attempts,
    table.c.created_at,
)


_NOW = bindparam("now", type_=Moment)


def _due() -> Select[Any]:
    """Return the query for what waits and is due at *now*, with what there is to know about its chat."""
    of_article = (
        select(publications.c.topic_id)
        .where(publications.c.article_id == table.c.article_id, IS_OUT)
        .correlate(table)
    )
    is_wanted = exists().where(
        subscriptions.c.chat_id == table.c.chat_id,
        # The article may have come by a second topic, whose fan-out found the chat served by the first.
        or_(subscriptions.c.topic_id == table.c.topic_id, subscriptions.c.topic_id.in_(of_article)),
    )
    is_followed = exists().where(
        follows.c.chat_id == table.c.chat_id, follows.c.page_id == articles.c.followed_page_id
    )
    about_chat = (chats.c.chat, chats.c.thread, chats.c.kind, chats.c.language, chats.c.status)
    is_later = table.c.revision > 0
    return (
        select(
            *_CLAIMED,
            *(column.label(f"chat_{column.name}") for column in about_chat),
            or_(is_wanted, is_followed.correlate(table, articles)).label("is_wanted"),
            # Only a correction has a message to edit.
            case((is_later, of_message_before("message_id")), else_=None).label("replaces"),
            case((is_later, of_message_before("settled_at")), else_=None).label("sent_at"),
            case((is_later, of_message_before("digest")), else_=None).label("sent_in_digest"),
            case((is_later, has_newer_copy()), else_=None).label("has_newer_copy"),
            case((is_later, _is_visible()), else_=None).label("is_visible"),
            articles.c.withdrawn_at,
            case((is_later, false()), else_=_is_over()).label("is_over"),
            chat_preferences.c.chat_id.is_not(None).label("has_preferences"),
        )
        .join_from(table, chats, chats.c.id == table.c.chat_id, isouter=True)
        .join(articles, articles.c.id == table.c.article_id, isouter=True)
        .join(chat_preferences, chat_preferences.c.chat_id == table.c.chat_id, isouter=True)
        .where(WAITING, table.c.due_at <= _NOW)
        .order_by(table.c.due_at, table.c.id)
        .with_for_update(of=table, skip_locked=True)
    )


def _is_over() -> ColumnElement[bool]:
    """Return the condition that the article was for a time that has passed."""
    # For an EXISTS, PostgreSQL would read all that are over into memory.
    ended = select(publications.c.article_id).where(
        publications.c.article_id == table.c.article_id, publications.c.state == PublicationState.ENDED
    )
    return ended.limit(1).correlate(table).scalar_subquery().is_not(None)


def _is_visible() -> ColumnElement[bool]:
    """Return the condition that the chat may see the article: by any of its topics."""
    return exists().where(
        publications.c.article_id == table.c.article_id,
        IS_OUT,
        sees(table.c.chat_id, publications.c.topic_id),
    )


# Made once: to make a statement takes as long as to run it.
DUE = _due()
"""What is due at *now*."""


@dataclass(frozen=True, slots=True)
class LaneOrder:
    """What waits in one *lane* of an *account*.

    Of each article that is due at one moment the chat with the id *first* gets it first, then those above it,
    then those below it; without it, it goes in the order in which it was owed.
    """

    account: AccountId
    lane: Lane
    first: ChatId | None = None

    def place(self, row: Row[Any]) -> dict[str, Any]:
        """Return the place of *row* in the line, as the query for what stands behind it takes it."""
        is_last = int(self.first is not None and row.chat_id < self.first)
        return {
            "after_due_at": row.due_at,
            "after_article": row.article_id,
            "after_round": is_last,
            "after_chat": row.chat_id,
            "after_id": row.id,
        }


_IN_LANE = DUE.where(table.c.account_id == bindparam("account"), table.c.lane == bindparam("lane")).limit(
    bindparam("size")
)
_PLACE = tuple_(bindparam("after_due_at", type_=Moment), bindparam("after_id", type_=Id))
_BEHIND = _IN_LANE.where(tuple_(table.c.due_at, table.c.id) > _PLACE)

# No index has this order: it is for accounts so small that they can count their messages. Only what is wanted
# of it is looked at more closely.
_ROUND = case((table.c.chat_id >= bindparam("first", type_=Id), 0), else_=1)
_TURN = (table.c.due_at, table.c.article_id, _ROUND, table.c.chat_id, table.c.id)
_PLACE_IN_TURN = tuple_(
    bindparam("after_due_at", type_=Moment),
    bindparam("after_article", type_=Id),
    bindparam("after_round", type_=Integer),
    bindparam("after_chat", type_=Id),
    bindparam("after_id", type_=Id),
)


def _in_turn(*behind: ColumnElement[bool]) -> Select[Any]:
    wanted = (
        select(table.c.id)
        .where(
            WAITING,
            table.c.account_id == bindparam("account"),
            table.c.lane == bindparam("lane"),
            table.c.due_at <= _NOW,
            *behind,
        )
        .order_by(*_TURN)
        .limit(bindparam("size"))
        .correlate(None)
    )
    return DUE.where(table.c.id.in_(wanted)).order_by(None).order_by(*_TURN)


_IN_TURN = _in_turn()
_BEHIND_IN_TURN = _in_turn(tuple_(*_TURN) > _PLACE_IN_TURN)


async def due_in_line(
    tx: AsyncConnection, line: LaneOrder, *, now: datetime, size: int, after: Row[Any] | None
) -> Sequence[Row[Any]]:
    """Return at most *size* rows of what is due, behind *after* if that is given."""
    values = {"account": line.account, "lane": line.lane, "now": now, "size": size}
    if line.first is not None:
        values["first"] = line.first
    if after is None:
        return (await tx.execute(_IN_LANE if line.first is None else _IN_TURN, values)).all()
    behind = _BEHIND if line.first is None else _BEHIND_IN_TURN
    return (await tx.execute(behind, values | line.place(after))).all()


async def next_due(tx: AsyncConnection, account: AccountId, now: datetime) -> datetime | None:
    """Return when the next delivery may be claimed that may not yet."""
    of_lane = [
        select(table.c.due_at)
        .where(WAITING, table.c.account_id == account, table.c.lane == lane, table.c.due_at > now)
        .order_by(table.c.due_at)
        for lane in LANES
    ]
    held = select(table.c.held_until).where(HELD, table.c.account_id == account).order_by(table.c.held_until)
    firsts = [query.limit(1).scalar_subquery() for query in (*of_lane, held)]
    return min((at for at in (await tx.execute(select(*firsts))).one() if at is not None), default=None)


def holding(row: Row[Any], pauses: Pauses) -> Pause | None:
    """Return the pause that keeps a delivery from being claimed, if there is one."""
    return pauses.holding(_owed_of(row)) if pauses.standing else None


def _owed_of(row: Row[Any]) -> Owed:
    return Owed(AccountId(row.account_id), TopicId(row.topic_id), ArticleId(row.article_id))


def deadline_of(row: Row[Any], pauses: Pauses) -> datetime:
    """Return when a delivery is too old to be sent: later than it was to be, if it was paused."""
    if not pauses:
        return row.expires_at  # type: ignore[no-any-return]
    return pauses.deadline(_owed_of(row), since=row.created_at, expires_at=row.expires_at)


def why_it_ends(row: Row[Any], now: datetime, pauses: Pauses) -> tuple[DeliveryStatus, str] | None:
    """Return how a delivery ends instead of being claimed, if it does."""
    if row.chat_status not in (ChatStatus.ACTIVE, ChatStatus.WAITING):
        return DeliveryStatus.CANCELLED, f"the chat is {row.chat_status or 'gone'}"
    if reason := _why_unwanted(row):
        return DeliveryStatus.CANCELLED, reason
    if row.expires_at <= now and deadline_of(row, pauses) <= now:
        return DeliveryStatus.EXPIRED, Reason(ReasonCode.TOO_OLD, "too old to be news").stored()
    if row.claims >= MAX_CLAIMS:
        words = f"claimed {row.claims} times and never settled"
        return DeliveryStatus.SET_ASIDE, Reason(ReasonCode.GIVEN_UP, words).stored()
    return None


def _why_unwanted(row: Row[Any]) -> str | None:
    if row.revision:
        if not row.replaces:
            return "nothing was sent that could be corrected"
        # That an article was taken down is also for those who may not read it any more.
        is_for_them = row.is_visible or row.withdrawn_at is not None
        return None if is_for_them else "the chat is not let into the topic any more"
    if row.withdrawn_at is not None:
        return "the agency has taken the article down"
    if row.is_over:
        return "the time of the announcement is over"
    return None if row.is_wanted else "the chat has unsubscribed"


def delivery_of(row: Row[Any], manner: MessageOptions | datetime, pauses: Pauses) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        chat=ChatId(row.chat_id),
        address=Address(AccountId(row.account_id), row.chat_chat, row.chat_thread or None),
        kind=ChatKind(row.chat_kind),
        language=row.chat_language,
        article=ArticleId(row.article_id),
        topic=TopicId(row.topic_id),
        revision=row.revision,
        due_at=row.due_at,
        expires_at=deadline_of(row, pauses),
        attempts=row.attempts,
        replaces=row.replaces,
        sent_at=row.sent_at,
        sent_in_digest=bool(row.sent_in_digest),
        has_newer_copy=bool(row.has_newer_copy),
        has_left=bool(row.revision) and not (row.is_wanted and row.is_visible),
        withdrawn=row.withdrawn_at is not None,
        lane=Lane(row.lane),
        digest=row.digest,
        manner=manner if isinstance(manner, MessageOptions) else MessageOptions(),
    )
