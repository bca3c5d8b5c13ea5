"""Who follows which page, and what they are owed of its changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.chats.consent import PUSHED_UNDER
from bot.domain.chats.following import LASTS, PageId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import ArticleId
from bot.store.choices.visibility import sees
from bot.store.engine import notify
from bot.store.engine.dialect import insert
from bot.store.schema import chats, deliveries, followed_pages
from bot.store.schema import follows as table
from bot.store.schema.types import Moment

SLICE = 5_000
"""Follows that one transaction works off, as of a fan-out."""

_GOES_ON = table.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class Followed:
    """A page that a chat follows."""

    id: PageId
    url: str
    title: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OwingPage:
    """A page of which a change is to be owed, or the end."""

    id: PageId
    topic: TopicId
    revision: int
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OverFollow:
    """A follow whose time is over."""

    chat: ChatId
    language: str
    page: PageId
    url: str
    title: str
    topic: TopicId


async def begin(tx: AsyncConnection, chat: ChatId, page: PageId, *, now: datetime) -> None:
    """Have *chat* follow *page* for a year from now, whether it does already or not."""
    values = {"ends_at": now + LASTS, "ended_at": None}
    begun = insert(tx, table).values(chat_id=chat, page_id=page, followed_at=now, **values)
    await tx.execute(begun.on_conflict_do_update(index_elements=["chat_id", "page_id"], set_=values))


async def end(tx: AsyncConnection, chat: ChatId, page: PageId) -> None:
    """Follow *page* no longer. What is owed of it and not yet sent is not sent any more."""
    await tx.execute(delete(table).where(table.c.chat_id == chat, table.c.page_id == page))


async def count(tx: AsyncConnection, chat: ChatId) -> int:
    query = select(func.count()).where(table.c.chat_id == chat, _GOES_ON)
    return (await tx.execute(query)).scalar_one()


async def of_chat(tx: AsyncConnection, chat: ChatId) -> tuple[Followed, ...]:
    """Return what *chat* follows, last begun first."""
    query = (
        select(followed_pages.c.id, followed_pages.c.url, followed_pages.c.title, table.c.ends_at)
        .join_from(table, followed_pages, followed_pages.c.id == table.c.page_id)
        .where(table.c.chat_id == chat, _GOES_ON)
        .order_by(table.c.followed_at.desc(), table.c.page_id.desc())
    )
    rows = await tx.execute(query)
    return tuple(Followed(PageId(row.id), row.url, row.title, row.ends_at) for row in rows)


async def page_of_article(tx: AsyncConnection, chat: ChatId, article: ArticleId) -> PageId | None:
    """Return the page of *article*, if *chat* follows it."""
    query = (
        select(followed_pages.c.id)
        .join_from(table, followed_pages, followed_pages.c.id == table.c.page_id)
        .where(table.c.chat_id == chat, _GOES_ON, followed_pages.c.article_id == article)
        .limit(1)
    )
    number = (await tx.execute(query)).scalar()
    return None if number is None else PageId(number)


async def get(tx: AsyncConnection, chat: ChatId, page: PageId) -> Followed | None:
    """Return *page* if *chat* follows it, or did until a while ago."""
    query = (
        select(followed_pages.c.id, followed_pages.c.url, followed_pages.c.title, table.c.ends_at)
        .join_from(table, followed_pages, followed_pages.c.id == table.c.page_id)
        .where(table.c.chat_id == chat, table.c.page_id == page)
    )
    row = (await tx.execute(query)).first()
    return Followed(PageId(row.id), row.url, row.title, row.ends_at) if row else None


async def owing(tx: AsyncConnection) -> OwingPage | None:
    """Return a page of which something is still to be owed, that nobody else works on."""
    pages = followed_pages
    query = (
        select(pages.c.id, pages.c.topic_id, pages.c.revision, pages.c.ended_at)
        .where(pages.c.owed_from.is_not(None))
        .order_by(pages.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await tx.execute(query)).first()
    return OwingPage(PageId(row.id), TopicId(row.topic_id), row.revision, row.ended_at) if row else None


async def owe_some(
    tx: AsyncConnection,
    page: PageId,
    notices: Mapping[str, ArticleId],
    *,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Owe one more slice of those who follow *page* the notice in their language."""
    row = (await tx.execute(select(followed_pages).where(followed_pages.c.id == page))).one()
    of_page = (table.c.page_id == page, table.c.chat_id > row.owed_from, _GOES_ON)
    end_of_slice = select(table.c.chat_id).where(*of_page).order_by(table.c.chat_id).limit(1)
    last = (await tx.execute(end_of_slice.offset(SLICE - 1))).scalar()
    part = (*of_page, *(() if last is None else (table.c.chat_id <= last,)))
    if notices:
        await _owe(tx, row, part, notices, (now, expires_at))
    if row.ended_at is not None:
        await tx.execute(update(table).where(*part).values(ended_at=now))
    this = update(followed_pages).where(followed_pages.c.id == page)
    await tx.execute(this.values(owed_from=last))
    await notify.announce(tx, notify.Signal.DELIVERIES)


async def _owe(
    tx: AsyncConnection,
    page: Row[tuple[object, ...]],
    part: tuple[ColumnElement[bool], ...],
    notices: Mapping[str, ArticleId],
    lasts: tuple[datetime, datetime],
) -> None:
    due_at, expires_at = lasts
    columns = {
        "account_id": chats.c.account_id,
        "chat_id": chats.c.id,
        "article_id": case(dict(notices), value=chats.c.language, else_=next(iter(notices.values()))),
        "topic_id": literal(page.topic_id),
        "revision": literal(0),
        "status": literal(str(DeliveryStatus.PENDING)),
        "lane": literal(int(Lane.NEWS)),
        "digest": false(),
        "due_at": literal(due_at, Moment),
        "expires_at": literal(expires_at, Moment),
        "claims": literal(0),
        "attempts": literal(0),
        "created_at": literal(due_at, Moment),
    }
    owed = (
        select(*(value.label(name) for name, value in columns.items()))
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .where(
            *part,
            chats.c.status.in_([ChatStatus.ACTIVE, ChatStatus.WAITING]),
            or_(chats.c.kind != ChatKind.PRIVATE, chats.c.consent_version.in_(PUSHED_UNDER)),
            sees(table.c.chat_id, literal(page.topic_id)),
            *((~_has_card(page.article_id),) if page.told_by_card else ()),
        )
        .order_by(chats.c.id)
    )
    made = insert(tx, deliveries).from_select(list(columns), owed, include_defaults=False)
    await tx.execute(made.on_conflict_do_nothing())


def _has_card(article: ArticleId) -> ColumnElement[bool]:
    """Return the condition that a chat has a message about *article*."""
    return exists().where(
        deliveries.c.article_id == article,
        deliveries.c.chat_id == table.c.chat_id,
        deliveries.c.revision == 0,
        deliveries.c.message_id.is_not(None),
    )


async def over(tx: AsyncConnection, *, now: datetime, limit: int) -> tuple[OverFollow, ...]:
    """Return follows whose time is over by *now*, and end them."""
    pages = followed_pages
    query = (
        select(table.c.chat_id, chats.c.language, pages.c.id, pages.c.url, pages.c.title, pages.c.topic_id)
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .join(pages, pages.c.id == table.c.page_id)
        .where(table.c.ends_at <= now, _GOES_ON)
        .order_by(table.c.ends_at)
        .limit(limit)
        .with_for_update(of=table, skip_locked=True)
    )
    rows = (await tx.execute(query)).all()
    for row in rows:
        this = and_(table.c.chat_id == row.chat_id, table.c.page_id == row.id)
        await tx.execute(update(table).where(this).values(ended_at=now))
    return tuple(
        OverFollow(
            ChatId(row.chat_id), row.language, PageId(row.id), row.url, row.title, TopicId(row.topic_id)
        )
        for row in rows
    )
