"""Chats: where we may write, what they subscribe to, and what becomes of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, Address, Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.desk.figures import EndReason
from bot.store.chats.merge import at, move
from bot.store.choices import subscription_counts
from bot.store.choices.shared import drop_unused, used
from bot.store.engine.dialect import insert, insert_missing
from bot.store.outbox.release import cancel
from bot.store.schema import SHARED, pending_inputs
from bot.store.schema import chats as table
from bot.store.schema import subscriptions as subscriptions_table
from bot.store.schema import topics as topics_table

__all__ = [
    "ChatCount",
    "SharedChat",
    "await_input",
    "awaited",
    "awaits_input",
    "by_kind",
    "called",
    "counts",
    "drop_thread",
    "find",
    "forget_input",
    "get",
    "give_consent",
    "move",
    "register",
    "set_language",
    "set_status",
    "shared",
    "shared_page",
    "subscribe",
    "subscribers",
    "subscriptions",
    "subscriptions_of",
    "unsubscribe",
]


@dataclass(frozen=True, slots=True)
class ChatCount:
    """How many chats of one kind and status an account has, and how many of them subscribe to something."""

    account: AccountId
    kind: ChatKind
    status: ChatStatus
    chats: int
    subscribers: int


@dataclass(frozen=True, slots=True)
class SharedChat:
    """A group or channel, the topics that it subscribes to, and why it is off, if it is."""

    chat: Chat
    topics: tuple[TopicId, ...]
    off_reason: str


async def register(
    tx: AsyncConnection, address: Address, *, kind: ChatKind, language: str, title: str | None, now: datetime
) -> Chat:
    """Return the chat at *address*, made if need be; one that is there takes on the kind and the title."""
    statement = insert(tx, table).values(
        account_id=address.account,
        chat=address.chat,
        thread=address.thread or "",
        kind=kind,
        title=title,
        language=language,
        status=ChatStatus.ACTIVE,
        created_at=now,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["account_id", "chat", "thread"],
        set_={"kind": statement.excluded.kind, "title": statement.excluded.title},
    )
    return _chat((await tx.execute(statement.returning(table))).one())


async def find(tx: AsyncConnection, address: Address) -> Chat | None:
    row = (await tx.execute(select(table).where(at(address)))).first()
    return _chat(row) if row else None


async def get(tx: AsyncConnection, chat: ChatId) -> Chat | None:
    row = (await tx.execute(select(table).where(table.c.id == chat))).first()
    return _chat(row) if row else None


async def called(tx: AsyncConnection, account: AccountId, chat: str) -> tuple[Chat, ...]:
    """Return the chat that the platform calls so, and behind it the topics of a forum that are served."""
    theirs = select(table).where(table.c.account_id == account, table.c.chat == chat)
    return tuple(map(_chat, await tx.execute(theirs.order_by(table.c.thread))))


async def set_status(
    tx: AsyncConnection, chat: ChatId, status: ChatStatus, reason: str | None = None, *, now: datetime
) -> None:
    """Set whether the chat is written to. What a chat is owed when it leaves ends here, with that reason."""
    off_reason = reason if status is ChatStatus.OFF else None
    await tx.execute(update(table).where(table.c.id == chat).values(status=status, off_reason=off_reason))
    if status is not ChatStatus.ACTIVE:
        await cancel(tx, chat, reason=reason or f"the chat is {status}", now=now)


async def drop_thread(tx: AsyncConnection, chat: ChatId, reason: str, *, now: datetime) -> None:
    """Give up a forum topic that was closed or deleted: its subscriptions go, its chat is off.

    The rest of the forum is a chat of its own and stays as it is: people chose the topic, not the forum.
    """
    await unsubscribe(tx, chat, None, why=EndReason.CLOSED, now=now)
    await set_status(tx, chat, ChatStatus.OFF, reason, now=now)


async def set_language(tx: AsyncConnection, chat: ChatId, language: str) -> None:
    await tx.execute(update(table).where(table.c.id == chat).values(language=language))


async def give_consent(tx: AsyncConnection, chat: ChatId, version: str, now: datetime) -> None:
    """Note which text the chat agreed to."""
    consent = {"consent_version": version, "consent_at": now}
    await tx.execute(update(table).where(table.c.id == chat).values(consent))


async def subscribe(tx: AsyncConnection, chat: ChatId, topic: TopicId, now: datetime) -> bool:
    """Subscribe the chat to what will appear in *topic*; False if it was already."""
    row = {"chat_id": chat, "topic_id": topic, "created_at": now}
    if not await insert_missing(tx, subscriptions_table, [row]):
        return False
    await subscription_counts.began(tx, chat, topic, now)
    return True


async def unsubscribe(
    tx: AsyncConnection, chat: ChatId, topic: TopicId | None, *, why: EndReason, now: datetime
) -> tuple[TopicId, ...]:
    """End one subscription, or all of them (None), and return which that were.

    What the chat was owed by them ends when it comes up to be claimed.
    """
    gone = delete(subscriptions_table).where(subscriptions_table.c.chat_id == chat)
    if topic is not None:
        gone = gone.where(subscriptions_table.c.topic_id == topic)
    before = await subscriptions(tx, chat)
    chosen = await used(tx, subscriptions_table.c.chat_id == chat)
    ended = set(await subscription_counts.end(tx, gone, why, now))
    await drop_unused(tx, chosen)
    return tuple(topic for topic in before if topic in ended)


async def subscriptions(tx: AsyncConnection, chat: ChatId) -> tuple[TopicId, ...]:
    """Return what the chat subscribes to, in the configured order, without what is retired."""
    query = (
        select(topics_table.c.id)
        .join(subscriptions_table, subscriptions_table.c.topic_id == topics_table.c.id)
        .where(subscriptions_table.c.chat_id == chat, ~topics_table.c.retired)
        .order_by(topics_table.c.position)
    )
    return tuple(TopicId(topic) for topic in (await tx.execute(query)).scalars())


async def subscriptions_of(
    tx: AsyncConnection, found: Collection[ChatId]
) -> dict[ChatId, frozenset[TopicId]]:
    """Return what each of these chats subscribes to; what is retired as well."""
    query = select(subscriptions_table.c.chat_id, subscriptions_table.c.topic_id)
    topics: dict[ChatId, set[TopicId]] = {chat: set() for chat in found}
    for chat, topic in await tx.execute(query.where(subscriptions_table.c.chat_id.in_(found))):
        topics[ChatId(chat)].add(TopicId(topic))
    return {chat: frozenset(each) for chat, each in topics.items()}


async def by_kind(tx: AsyncConnection, account: AccountId, kinds: Collection[ChatKind]) -> tuple[Chat, ...]:
    """Return the chats of these kinds, whatever their status, by title."""
    query = (
        select(table)
        .where(table.c.account_id == account, table.c.kind.in_(kinds))
        .order_by(table.c.title, table.c.id)
    )
    return tuple(_chat(row) for row in await tx.execute(query))


async def counts(tx: AsyncConnection) -> tuple[ChatCount, ...]:
    """Return the numbers of chats, for statistics."""
    is_subscriber = exists().where(subscriptions_table.c.chat_id == table.c.id)
    group = (table.c.account_id, table.c.kind, table.c.status)
    query = select(*group, func.count(), func.count().filter(is_subscriber)).group_by(*group).order_by(*group)
    return tuple(
        ChatCount(AccountId(account), ChatKind(kind), ChatStatus(status), chats, subscribers)
        for account, kind, status, chats, subscribers in await tx.execute(query)
    )


async def shared(tx: AsyncConnection, kinds: Collection[ChatKind]) -> tuple[SharedChat, ...]:
    """Return the groups and channels of these kinds in all accounts, whatever their status, by title."""
    query = (
        select(table).where(table.c.kind.in_(kinds)).order_by(table.c.account_id, table.c.title, table.c.id)
    )
    chosen = (
        select(subscriptions_table.c.chat_id, subscriptions_table.c.topic_id)
        .join(table, table.c.id == subscriptions_table.c.chat_id)
        .join(topics_table, topics_table.c.id == subscriptions_table.c.topic_id)
        .where(table.c.kind.in_(kinds), ~topics_table.c.retired)
        .order_by(topics_table.c.position)
    )
    topics: dict[int, list[TopicId]] = {}
    for chat, topic in await tx.execute(chosen):
        topics.setdefault(chat, []).append(TopicId(topic))
    return tuple(
        SharedChat(_chat(row), tuple(topics.get(row.id, ())), row.off_reason or "")
        for row in await tx.execute(query)
    )


async def shared_page(
    tx: AsyncConnection, accounts: Collection[AccountId], *, words: str, limit: int, offset: int
) -> tuple[Chat, ...]:
    """Return *limit* groups and channels of these accounts by title, those whose title has *words* in it.

    A topic of a forum stands for itself in no list: it is managed with its group.
    """
    query = (
        select(table)
        # Put so, no planner takes the index that begins with the account: it has all private chats in it.
        .where(SHARED, table.c.account_id.concat("").in_(accounts), table.c.thread == "")
        .order_by(table.c.title, table.c.id)
    )
    if words:
        query = query.where(func.lower(table.c.title).contains(words.lower(), autoescape=True))
    return tuple(map(_chat, await tx.execute(query.limit(limit).offset(offset))))


async def subscribers(tx: AsyncConnection) -> dict[TopicId, dict[ChatStatus, int]]:
    """Return how many chats of each status subscribe to each topic that anyone subscribes to."""
    group = (subscriptions_table.c.topic_id, table.c.status)
    query = (
        select(*group, func.count())
        .join_from(subscriptions_table, table, table.c.id == subscriptions_table.c.chat_id)
        .group_by(*group)
        .order_by(*group)
    )
    counts: dict[TopicId, dict[ChatStatus, int]] = {}
    for topic, status, count in await tx.execute(query):
        counts.setdefault(TopicId(topic), {})[ChatStatus(status)] = count
    return counts


async def await_input(tx: AsyncConnection, chat: ChatId, kind: str, now: datetime) -> None:
    """Note that the next thing typed in the chat answers a question of *kind*."""
    values = {"kind": kind, "created_at": now}
    statement = insert(tx, pending_inputs).values(chat_id=chat, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def awaits_input(tx: AsyncConnection, address: Address) -> bool:
    """Return whether the next thing typed there answers a question."""
    asked = select(pending_inputs.c.chat_id).join(table, table.c.id == pending_inputs.c.chat_id)
    return (await tx.execute(asked.where(at(address)))).first() is not None


async def awaited(tx: AsyncConnection, chat: ChatId) -> str | None:
    """Return the kind of answer that the chat owes us, if any."""
    return (await tx.execute(select(pending_inputs.c.kind).where(pending_inputs.c.chat_id == chat))).scalar()


async def forget_input(tx: AsyncConnection, address: Address) -> None:
    """Ask the chat at *address* for nothing any more."""
    asked = select(table.c.id).where(at(address))
    await tx.execute(delete(pending_inputs).where(pending_inputs.c.chat_id.in_(asked)))


def _chat(row: Row[Any]) -> Chat:
    return Chat(
        id=ChatId(row.id),
        address=Address(AccountId(row.account_id), row.chat, row.thread or None),
        kind=ChatKind(row.kind),
        language=row.language,
        status=ChatStatus(row.status),
        title=row.title,
        consent_version=row.consent_version,
        consent_at=row.consent_at,
    )
