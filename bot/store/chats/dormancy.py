"""Dormant chats: since when a chat subscribes to nothing, or cannot be written to.

It is noted when it is first seen and forgotten when it ends, by one look at all chats now and then: nothing
that subscribes, unsubscribes or is refused has to know of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, delete, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, ChatKind, ChatStatus
from bot.store.engine.dialect import insert, picked
from bot.store.schema import admins, chats, group_keepers, subscriptions
from bot.store.schema import dormant_chats as table
from bot.store.schema.types import Moment


class Dormancy(StrEnum):
    """UNSUBSCRIBED chats subscribe to nothing; UNREACHABLE ones refuse us."""

    UNSUBSCRIBED = "unsubscribed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class DormantChat:
    """A chat that has been dormant for long enough to be erased."""

    id: ChatId
    account: AccountId
    chat: str
    kind: ChatKind


async def note(
    tx: AsyncConnection, *, owners: Mapping[AccountId, Collection[str]], now: datetime, limit: int
) -> int:
    """Note at most *limit* chats that have become dormant, for each reason, and return how many those were.

    What was noted of chats that are not dormant any more is forgotten.
    """
    noted = 0
    for reason in Dormancy:
        is_dormant = _is_dormant(reason, owners)
        still = select(chats.c.id).where(is_dormant)
        await tx.execute(delete(table).where(table.c.reason == reason, table.c.chat_id.not_in(still)))
        known = exists().where(table.c.chat_id == chats.c.id, table.c.reason == reason)
        found = select(chats.c.id, literal(str(reason)), literal(now, Moment)).where(is_dormant, ~known)
        rows = insert(tx, table).from_select(["chat_id", "reason", "since"], found.limit(limit))
        noted += (await tx.execute(rows.on_conflict_do_nothing())).rowcount
    return noted


async def due(
    tx: AsyncConnection, *, before: dict[Dormancy, datetime], limit: int
) -> tuple[DormantChat, ...]:
    """Return at most *limit* chats that have been dormant since *before* a moment; they are locked."""
    is_due = or_(*(and_(table.c.reason == reason, table.c.since < at) for reason, at in before.items()))
    query = (
        select(chats.c.id, chats.c.account_id, chats.c.chat, chats.c.kind)
        .where(chats.c.id.in_(picked(tx, select(table.c.chat_id).where(is_due).limit(limit))))
        .order_by(chats.c.id)
        .with_for_update()
    )
    return tuple(
        DormantChat(ChatId(row.id), AccountId(row.account_id), row.chat, ChatKind(row.kind))
        for row in await tx.execute(query)
    )


async def unsubscribed_since(tx: AsyncConnection, chat: ChatId) -> datetime | None:
    """Return since when a chat subscribes to nothing, as far as that was noted."""
    query = select(table.c.since).where(table.c.chat_id == chat, table.c.reason == Dormancy.UNSUBSCRIBED)
    return (await tx.execute(query)).scalar()


def _is_dormant(reason: Dormancy, owners: Mapping[AccountId, Collection[str]]) -> ColumnElement[bool]:
    """Return the condition for a chat to be dormant: never that of a manager, nor one that was paused.

    The keeper of a group is one who manages, too: their id is stored for as long as they keep it.
    """
    is_admin = exists().where(admins.c.account_id == chats.c.account_id, admins.c.user_id == chats.c.chat)
    is_owner = (
        and_(chats.c.account_id == account, chats.c.chat.in_(list(users)))
        for account, users in owners.items()
    )
    group = chats.alias()
    is_keeper = exists().where(
        group_keepers.c.user_id == chats.c.chat,
        group.c.id == group_keepers.c.chat_id,
        group.c.account_id == chats.c.account_id,
    )
    is_manager = and_(chats.c.kind == ChatKind.PRIVATE, or_(is_admin, is_keeper, *is_owner))
    if reason is Dormancy.UNREACHABLE:
        return and_(chats.c.status.in_([ChatStatus.OFF, ChatStatus.WAITING]), ~is_manager)
    # A group with its forum topics is one place: it is subscribed to something if any of them is.
    same = chats.alias()
    subscribes = exists().where(
        same.c.account_id == chats.c.account_id,
        same.c.chat == chats.c.chat,
        subscriptions.c.chat_id == same.c.id,
    )
    return and_(chats.c.status != ChatStatus.PAUSED, ~subscribes, ~is_manager)
