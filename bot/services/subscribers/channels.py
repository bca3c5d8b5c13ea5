"""Chats as the bot's managers see them: channels and groups with their forum topics, switched on and off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.chats.chat import AccountId, Address, Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.desk.figures import EndReason
from bot.domain.news.feed import Topic
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.engine.database import Transaction

SHARED = (ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.CHANNEL)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or group, and the topics that it and its forum topics receive."""

    chat: Chat
    topics: frozenset[TopicId]


async def register(
    tx: Transaction, address: Address, *, kind: ChatKind, language: str, title: str | None, now: datetime
) -> Chat:
    """Return the chat at *address*, stored now if it is new. The name of a person is never stored.

    A forum topic of a group that is paused is paused too.
    """
    kept = None if kind is ChatKind.PRIVATE else title
    chat = await chats.register(tx, address, kind=kind, language=language, title=kept, now=now)
    if address.thread is None or chat.status is ChatStatus.PAUSED:
        return chat
    group = await chats.find(tx, replace(address, thread=None))
    if group is None or group.status is not ChatStatus.PAUSED:
        return chat
    await chats.set_status(tx, chat.id, ChatStatus.PAUSED, now=now)
    return replace(chat, status=ChatStatus.PAUSED)


async def channels(tx: Transaction, account: AccountId) -> tuple[Channel, ...]:
    """Return the channels and groups of *account*; one that is off and subscribed to nothing was removed."""
    found = await chats.by_kind(tx, account, SHARED)
    topics = {chat.id: frozenset(await chats.subscriptions(tx, chat.id)) for chat in found}
    listed = []
    for chat in found:
        if chat.address.thread is None:
            received = frozenset[TopicId]().union(*(topics[each.id] for each in _family(found, chat.address)))
            if received or chat.status is not ChatStatus.OFF:
                listed.append(Channel(chat, received))
    return tuple(listed)


async def threads(tx: Transaction, group: Chat) -> tuple[Chat, ...]:
    """Return the topics of a forum that subscribe to something, without the forum itself."""
    if group.address.thread is not None:
        return ()
    family = _family(await chats.by_kind(tx, group.address.account, SHARED), group.address)
    found = [chat for chat in family if chat.address.thread and await chats.subscriptions(tx, chat.id)]
    return tuple(found)


async def topics_of(tx: Transaction, chat: Chat) -> frozenset[TopicId]:
    """Return the topics that a channel or group and its forum topics receive."""
    family = _family(await chats.by_kind(tx, chat.address.account, SHARED), chat.address)
    received = [await chats.subscriptions(tx, each.id) for each in family]
    return frozenset[TopicId]().union(*received)


async def forum_of(tx: Transaction, thread: Chat) -> Chat | None:
    """Return the group that a topic of a forum belongs to."""
    return await chats.find(tx, replace(thread.address, thread=None))


async def channel(tx: Transaction, account: AccountId, chat: ChatId) -> Chat | None:
    """Return the channel or group *chat*, if it is one of *account*."""
    found = await chats.get(tx, chat)
    if found is None or found.address.account != account or found.kind not in SHARED:
        return None
    return found


async def switch_topic(tx: Transaction, chat: Chat, topic: Topic, *, on: bool, now: datetime) -> None:
    """Subscribe a channel or group to *topic*, or end that; opening or closing to it what is not for all."""
    if on:
        if topic.members_only:
            await visibility.grant(tx, chat.id, topic.id, now)
        await chats.subscribe(tx, chat.id, topic.id, now)
    else:
        await chats.unsubscribe(tx, chat.id, topic.id, why=EndReason.REMOVED, now=now)
        await visibility.revoke(tx, chat.id, topic.id, now)


async def set_status(
    tx: Transaction, address: Address, status: ChatStatus, reason: str | None = None, *, now: datetime
) -> None:
    """Set the status of the chat at *address* and of all its forum topics."""
    found = await chats.by_kind(tx, address.account, SHARED)
    for chat in _family(found, address):
        await chats.set_status(tx, chat.id, status, reason, now=now)


async def expel(tx: Transaction, address: Address, reason: str, *, now: datetime) -> None:
    """Switch off a chat that shut us out; one that is paused stays so, even if we are let in again."""
    private = await chats.find(tx, address)
    found = [*await chats.by_kind(tx, address.account, SHARED), *([private] if private else [])]
    for chat in _family(found, address):
        if chat.status is ChatStatus.ACTIVE:
            await chats.set_status(tx, chat.id, ChatStatus.OFF, reason, now=now)


async def remove(tx: Transaction, address: Address, reason: str, *, now: datetime) -> None:
    """Cancel all subscriptions and memberships of a channel or group, and switch it off."""
    found = await chats.by_kind(tx, address.account, SHARED)
    for chat in _family(found, address):
        await chats.unsubscribe(tx, chat.id, None, why=EndReason.REMOVED, now=now)
        await visibility.revoke_all(tx, chat.id, now)
        await chats.set_status(tx, chat.id, ChatStatus.OFF, reason, now=now)


def _family(found: Sequence[Chat], address: Address) -> list[Chat]:
    return [
        chat for chat in found if (chat.address.account, chat.address.chat) == (address.account, address.chat)
    ]
