"""The one destination of an account that publishes: a row among the chats, owed what any of them is."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain.chats.chat import AccountId, Address, ChatKind, ChatStatus
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction

FEED = "feed"
"""The address of the destination: what is sent to an account that publishes goes to everybody."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Destination:
    """What is published: the *topics* by their ids, or all where there are none named; in a *language*.

    Members-only topics are never published, whether they are named or not.
    """

    title: str
    language: str
    topics: frozenset[str] = frozenset()


async def establish(tx: Transaction, account: AccountId, destination: Destination, *, now: datetime) -> None:
    """Subscribe the destination to what it is to publish from now on, and to nothing else."""
    address = Address(account, FEED)
    chat = await chats.register(
        tx,
        address,
        kind=ChatKind.CHANNEL,
        language=destination.language,
        title=destination.title,
        now=now,
    )
    await chats.set_language(tx, chat.id, destination.language)
    if chat.status is not ChatStatus.ACTIVE:
        await chats.set_status(tx, chat.id, ChatStatus.ACTIVE, now=now)
    open_to_all = {str(topic.id): topic.id for topic in await visible_topics(tx, None)}
    wanted = set(destination.topics or open_to_all)
    if unfit := sorted(wanted - open_to_all.keys()):
        log.error("topics are not published: they are unknown, or for members only", topics=unfit)
    for topic in await chats.subscriptions(tx, chat.id):
        if topic not in wanted:
            await chats.unsubscribe(tx, chat.id, topic, why=EndReason.REMOVED, now=now)
    for name in sorted(wanted & open_to_all.keys()):
        await chats.subscribe(tx, chat.id, open_to_all[name], now)


async def retire(tx: Transaction, account: AccountId, *, reason: str, now: datetime) -> None:
    """Owe nothing more to the destination of *account*, until it is established again."""
    chat = await chats.find(tx, Address(account, FEED))
    if chat and chat.status is ChatStatus.ACTIVE:
        log.warning("nothing is published any more", account=account, reason=reason)
        await chats.set_status(tx, chat.id, ChatStatus.PAUSED, reason, now=now)
