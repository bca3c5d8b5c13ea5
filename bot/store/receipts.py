"""What an account has sent lately, as far as it was written down."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chat import AccountId
from bot.domain.delivery import DeliveryStatus
from bot.store.schema import PENDING, chats, deliveries


async def sent_since(
    tx: AsyncConnection, account: AccountId, since: datetime
) -> list[tuple[str, datetime | None]]:
    """Return the chats that the account has written to since then, oldest first, with the moment.

    A delivery that was claimed and never settled may have been sent, nobody knows when: it comes last, and
    without a moment.
    """
    sent = (deliveries.c.status == DeliveryStatus.SENT) & (deliveries.c.settled_at >= since)
    unsettled = PENDING & deliveries.c.lease_owner.is_not(None)
    query = (
        select(chats.c.chat, deliveries.c.settled_at)
        .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.account_id == account, or_(sent, unsettled))
        .order_by(deliveries.c.settled_at.is_(None), deliveries.c.settled_at)
    )
    return [(chat, settled_at) for chat, settled_at in await tx.execute(query)]
