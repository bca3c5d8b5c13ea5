"""Inviting people into members-only topics, letting them in, and shutting them out."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.chats.chat import AccountId, Chat, ChatId, TopicId
from bot.domain.chats.invitation import TOKEN_BYTES, Invitation, fingerprint
from bot.domain.news.feed import Topic
from bot.store.chats import chats, invitations
from bot.store.choices import visibility
from bot.store.choices.visibility import Member
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds


@dataclass(frozen=True, slots=True)
class Closed:
    """A members-only topic as those who manage the bot see it."""

    topic: Topic
    members: int
    invitations: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invitation that is to be made: for how many *days*, for how many *uses*, and whom it is for."""

    days: int
    uses: int
    note: str = ""


async def closed_topics(tx: Transaction, account: AccountId, *, now: datetime) -> tuple[Closed, ...]:
    """Return the members-only topics with the invitations that still let somebody in."""
    topics = [topic for topic in await feeds.topics(tx) if topic.members_only]
    counts = await visibility.counts(tx, account)
    made = await invitations.open_ones(tx, account, now)
    return tuple(
        Closed(topic, counts.get(topic.id, 0), tuple(each for each in made if each.topic == topic.id))
        for topic in topics
    )


async def invite(
    tx: Transaction, account: AccountId, topic: TopicId, wanted: Wanted, *, now: datetime
) -> tuple[Invitation, str]:
    """Make an invitation, and return it with its token, which nobody can learn from us later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = await invitations.make(
        tx,
        account,
        invitations.NewInvitation(
            topic=topic,
            fingerprint=fingerprint(token),
            uses=wanted.uses,
            expires_at=now + timedelta(days=wanted.days),
        ),
        now=now,
    )
    if wanted.note:
        await invitations.annotate(tx, made.id, wanted.note)
    return replace(made, note=wanted.note), token


async def invited_to(tx: Transaction, account: AccountId, token: str, *, now: datetime) -> Topic | None:
    """Return the topic that *token* lets into, if it still lets anybody in."""
    found = await invitations.find(tx, account, fingerprint(token), now)
    return await feeds.topic(tx, found.topic) if found else None


async def enter(tx: Transaction, chat: Chat, token: str, *, now: datetime) -> Topic | None:
    """Let *chat* in where *token* leads, and return the topic; None if it lets nobody in any more.

    Who is in already may come again, and uses nothing up.
    """
    account = chat.address.account
    found = await invitations.find(tx, account, fingerprint(token), now)
    if found is None:
        return None
    if found.topic not in await visibility.topics_of(tx, chat.id):
        if not await invitations.use(tx, account, fingerprint(token), now):
            return None
        await visibility.grant(tx, chat.id, found.topic, now)
        if found.note:
            await visibility.annotate(tx, chat.id, found.topic, found.note)
    return await feeds.topic(tx, found.topic)


async def members(tx: Transaction, account: AccountId, topic: TopicId) -> tuple[Member, ...]:
    return await visibility.members(tx, account, topic)


async def shut_out(
    tx: Transaction, account: AccountId, chat: ChatId, topic: TopicId, *, now: datetime
) -> Chat | None:
    """End a membership with what it brought, and return whose it was; None if *account* has none such."""
    member = await chats.get(tx, chat)
    if member is None or member.address.account != account:
        return None
    return member if await visibility.revoke(tx, chat, topic, now) else None
