"""How many subscriptions began and ended, for the figures of the day."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, TopicId
from bot.domain.desk.figures import EndReason, Figure
from bot.store.figures.counting import count, count_reason, place
from bot.store.schema import chats, subscriptions


async def began(tx: AsyncConnection, chat: ChatId, topic: TopicId, now: datetime) -> None:
    """Count that *chat* has subscribed to *topic*."""
    account = (await tx.execute(select(chats.c.account_id).where(chats.c.id == chat))).scalar_one()
    count(tx, place(topic, AccountId(account), now), Figure.SUBSCRIBED)


async def end(tx: AsyncConnection, gone: Delete, why: EndReason, now: datetime) -> list[TopicId]:
    """Delete subscriptions by *gone* while their chats are there, count them, and return their topics."""
    account = select(chats.c.account_id).where(chats.c.id == subscriptions.c.chat_id)
    rows = await tx.execute(gone.returning(subscriptions.c.topic_id, account.scalar_subquery()))
    ended = [(TopicId(topic), AccountId(account)) for topic, account in rows]
    _count(tx, ended, why, now)
    return [topic for topic, _ in ended]


def merged(tx: AsyncConnection, account: AccountId, topics: Iterable[TopicId], now: datetime) -> None:
    """Count that two chats of *account* have become one, and had both subscribed to *topics*."""
    _count(tx, [(topic, account) for topic in topics], EndReason.MERGED, now)


def _count(tx: AsyncConnection, ended: Iterable[Any], why: EndReason, now: datetime) -> None:
    for (topic, account), number in Counter(ended).items():
        count_reason(tx, place(topic, account, now), Figure.ENDED, why, number)
