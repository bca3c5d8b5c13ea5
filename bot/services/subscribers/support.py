"""Helping those who ask for help: what one chat subscribes to and gets, and ending it there at its wish.

Each look leaves a line in the audit log, which says that somebody was looked up and not who it was.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.chats.chat import Chat, ChatKind, TopicId
from bot.domain.desk.audit import EVERY, Act, Actor, AuditAction, Subject, SubjectKind
from bot.services.subscribers import erasure, subscriptions
from bot.store.chats import personal_data
from bot.store.chats.personal_data import PersonalData
from bot.store.engine.database import Transaction
from bot.store.outbox import history
from bot.store.outbox.history import RecentDelivery
from bot.store.runtime import admins, audit

SHOWN = 10
"""Deliveries, the last ones."""


@dataclass(frozen=True, slots=True)
class SupportCase:
    """One chat as those see it who help: what is stored about it, and what it got last."""

    chat: Chat
    about: PersonalData
    deliveries: tuple[RecentDelivery, ...]


async def look_up(tx: Transaction, chat: Chat, actor: Actor, *, now: datetime) -> SupportCase:
    await record_look(tx, actor, now=now)
    about = await personal_data.stored(tx, chat.id)
    return SupportCase(chat, about, await history.recent(tx, chat.id, limit=SHOWN))


async def record_look(tx: Transaction, actor: Actor, *, now: datetime) -> None:
    """Write down that somebody was looked up, also where nothing is stored of them."""
    await _record(tx, AuditAction.CHAT_LOOKED_UP, actor, now)


async def unsubscribe(
    tx: Transaction, chat: Chat, topic: TopicId | None, actor: Actor, *, now: datetime
) -> tuple[TopicId, ...]:
    """End one subscription of *chat*, or all of them, at its wish; return which that were."""
    ended = await subscriptions.unsubscribe(tx, chat, topic, now=now)
    if ended:
        await _record(tx, AuditAction.CHAT_UNSUBSCRIBED, actor, now)
    return ended


async def erase(
    tx: Transaction, chat: Chat, actor: Actor, *, owners: frozenset[str], key: bytes, now: datetime
) -> bool:
    """Delete at its wish whatever is stored about *chat*, and keep a proof of it.

    False for a person who manages the bot: that would take the role away as well, which is for owners to do.
    """
    account, user = chat.address.account, chat.address.chat
    if chat.kind is ChatKind.PRIVATE and (user in owners or await admins.find(tx, account, user)):
        return False
    await erasure.erase(tx, account, user, key=key, now=now)
    await _record(tx, AuditAction.CHAT_ERASED, actor, now)
    return True


async def _record(tx: Transaction, action: AuditAction, actor: Actor, now: datetime) -> None:
    await audit.record(tx, actor, Act(action, Subject(SubjectKind.CHAT, EVERY)), now=now)
