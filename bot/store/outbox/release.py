"""Giving back what was claimed, taking it over from others, and ending what nobody is to get."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId
from bot.domain.delivery.delivery import DeliveryId, DeliveryStatus
from bot.store.schema import HELD, PENDING
from bot.store.schema import deliveries as table


async def release(tx: AsyncConnection, ids: Collection[DeliveryId], *, owner: str) -> int:
    """Give back deliveries that *owner* claimed and did not begin to send; the claim does not count."""
    if not ids:
        return 0
    owned = await _owned(tx, ids, owner)
    given_back = {"held_until": None, "lease_owner": None, "claims": table.c.claims - 1}
    await tx.execute(update(table).where(table.c.id.in_(owned)).values(given_back))
    return len(owned)


async def inherit(tx: AsyncConnection, *, account: AccountId, owner: str, until: datetime) -> None:
    """Have what others than *owner* have claimed come back by *until* at the latest: they are gone."""
    theirs = (
        select(table.c.id)
        .where(HELD, table.c.account_id == account, table.c.held_until > until)
        .where(table.c.lease_owner.is_not(None), table.c.lease_owner != owner)
        .order_by(table.c.id)
        .with_for_update(skip_locked=True)
    )
    await tx.execute(update(table).where(table.c.id.in_(theirs)).values(held_until=until))


async def _owned(tx: AsyncConnection, ids: Collection[DeliveryId], owner: str) -> set[int]:
    """Lock those of the deliveries that are *owner*'s still; in one order always, so that none deadlock."""
    query = (
        select(table.c.id)
        .where(table.c.id.in_(ids), table.c.lease_owner == owner, PENDING)
        .order_by(table.c.id)
        .with_for_update()
    )
    return set((await tx.execute(query)).scalars())


async def cancel(tx: AsyncConnection, chat: ChatId, *, reason: str, now: datetime) -> None:
    """End whatever *chat* is owed, but for what is being sent at this moment.

    A claim would end it as well; doing so at once keeps the outbox free of what nobody will get.
    """
    owed = select(table.c.id).where(PENDING, table.c.chat_id == chat, table.c.lease_owner.is_(None))
    chosen = owed.with_for_update(skip_locked=True)
    end = {"status": DeliveryStatus.CANCELLED, "reason": reason, "settled_at": now, "held_until": None}
    await tx.execute(update(table).where(table.c.id.in_(chosen)).values(end))
