"""Who may see what: topics for everybody, and topics for the chats that were let in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, ChatKind, TopicId
from bot.domain.desk.figures import EndReason
from bot.domain.news.feed import Topic
from bot.store.choices import subscription_counts
from bot.store.choices.feed_rows import TOPIC, topic_of
from bot.store.choices.shared import drop_unused, used
from bot.store.engine.dialect import insert_missing
from bot.store.schema import chats, memberships, subscriptions, topics


@dataclass(frozen=True, slots=True)
class Member:
    """A chat that was let in. *name* is a person's id there, or the title of a group or channel; *note* is
    what was written down about them when they were invited, and may be empty.
    """

    chat: ChatId
    kind: ChatKind
    name: str
    since: datetime
    note: str = ""


async def visible_topics(tx: AsyncConnection, chat: ChatId | None) -> tuple[Topic, ...]:
    """Return the topics that are there for *chat*, in the configured order; None is somebody unknown.

    Whatever lists topics or articles for people asks here: to others a members-only topic does not exist.
    """
    let_in = exists().where(memberships.c.topic_id == topics.c.id, memberships.c.chat_id == chat)
    query = (
        select(*TOPIC)
        .where(
            ~topics.c.retired, ~topics.c.members_only if chat is None else or_(~topics.c.members_only, let_in)
        )
        .order_by(topics.c.position)
    )
    return tuple(topic_of(row) for row in await tx.execute(query))


async def hold_still(tx: AsyncConnection, chat: ChatId) -> None:
    """Have nobody close a topic or shut *chat* out before this transaction ends, which subscribes it.

    Whoever does so at the same time would otherwise not find the subscription that is to end.
    """
    await tx.execute(select(topics.c.id).order_by(topics.c.id).with_for_update(read=True))
    let_in = select(memberships.c.topic_id).where(memberships.c.chat_id == chat)
    await tx.execute(let_in.order_by(memberships.c.topic_id).with_for_update(read=True))


async def grant(tx: AsyncConnection, chat: ChatId, topic: TopicId, now: datetime) -> bool:
    """Let *chat* in; False if it was in already."""
    row = {"chat_id": chat, "topic_id": topic, "created_at": now}
    return await insert_missing(tx, memberships, [row]) == 1


async def annotate(tx: AsyncConnection, chat: ChatId, topic: TopicId, note: str) -> None:
    """Write down who the member *chat* of *topic* is."""
    member = update(memberships).where(memberships.c.chat_id == chat, memberships.c.topic_id == topic)
    await tx.execute(member.values(note=note))


async def revoke(tx: AsyncConnection, chat: ChatId, topic: TopicId, now: datetime) -> bool:
    """Shut *chat* out, and end its subscription; False if it was not in.

    What it was owed by it ends when it comes up to be claimed.
    """
    gone = delete(memberships).where(memberships.c.chat_id == chat, memberships.c.topic_id == topic)
    if (await tx.execute(gone)).rowcount != 1:
        return False
    await _end(tx, subscriptions.c.chat_id == chat, subscriptions.c.topic_id == topic, now=now)
    return True


async def revoke_all(tx: AsyncConnection, chat: ChatId, now: datetime) -> None:
    """Shut *chat* out of everything that it was let into."""
    for topic in await topics_of(tx, chat):
        await revoke(tx, chat, topic, now)


async def topics_of(tx: AsyncConnection, chat: ChatId) -> tuple[TopicId, ...]:
    """Return what *chat* was let into."""
    query = select(memberships.c.topic_id).where(memberships.c.chat_id == chat)
    return tuple(TopicId(topic) for topic in (await tx.execute(query.order_by("topic_id"))).scalars())


async def members(tx: AsyncConnection, account: AccountId, topic: TopicId) -> tuple[Member, ...]:
    """Return the chats of *account* that were let into *topic*, the newest first."""
    return await _members(tx, _members_of(account, topic))


def _members_of(account: AccountId, topic: TopicId) -> Select[Any]:
    name = func.coalesce(chats.c.title, chats.c.chat)
    return (
        select(chats.c.id, chats.c.kind, name, memberships.c.created_at, memberships.c.note)
        .join_from(memberships, chats, chats.c.id == memberships.c.chat_id)
        .where(memberships.c.topic_id == topic, chats.c.account_id == account)
        .order_by(memberships.c.created_at.desc(), chats.c.id)
    )


async def _members(tx: AsyncConnection, query: Select[Any]) -> tuple[Member, ...]:
    return tuple(
        Member(ChatId(chat), ChatKind(kind), name, since, note or "")
        for chat, kind, name, since, note in await tx.execute(query)
    )


async def members_page(
    tx: AsyncConnection, account: AccountId, topic: TopicId, *, limit: int, offset: int
) -> tuple[Member, ...]:
    """Return *limit* of them, the newest first, without the *offset* newest ones."""
    return await _members(tx, _members_of(account, topic).limit(limit).offset(offset))


async def counts(tx: AsyncConnection, account: AccountId) -> dict[TopicId, int]:
    """Return how many chats of *account* were let into each topic that any of them was let into."""
    topic = memberships.c.topic_id
    query = (
        select(topic, func.count())
        .join_from(memberships, chats, chats.c.id == memberships.c.chat_id)
        .where(chats.c.account_id == account)
        .group_by(topic)
    )
    return {TopicId(topic_id): count for topic_id, count in await tx.execute(query)}


async def end_subscriptions_of_strangers(tx: AsyncConnection, now: datetime) -> None:
    """End the subscriptions to topics that have become members-only of all who were not let in."""
    let_in = exists().where(
        memberships.c.topic_id == subscriptions.c.topic_id, memberships.c.chat_id == subscriptions.c.chat_id
    )
    closed = select(topics.c.id).where(topics.c.members_only)
    await _end(tx, subscriptions.c.topic_id.in_(closed), ~let_in, now=now)


async def _end(tx: AsyncConnection, *these: ColumnElement[bool], now: datetime) -> None:
    chosen = await used(tx, *these)
    await subscription_counts.end(tx, delete(subscriptions).where(*these), EndReason.SHUT_OUT, now)
    await drop_unused(tx, chosen)


def sees(chat: ColumnElement[int], topic: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that *topic* is for everybody, or that *chat* was let into it."""
    closed = exists().where(topics.c.id == topic, topics.c.members_only)
    let_in = exists().where(memberships.c.topic_id == topic, memberships.c.chat_id == chat)
    # Whatever *chat* and *topic* belong to stands outside, however deep this is nested.
    return or_(~closed.correlate_except(topics), let_in.correlate_except(memberships))
