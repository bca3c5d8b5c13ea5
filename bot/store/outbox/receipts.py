"""What an account has sent lately, as far as it was written down."""

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.schema import HELD, SETTLED, chats, deliveries


async def sent_since(
    tx: AsyncConnection, account: AccountId, since: datetime
) -> list[tuple[str, datetime | None]]:
    """Return the chats that the account has written to since then, oldest first, with the moment.

    A delivery whose lease has not been put back may have been sent, nobody knows when: it comes last, and
    without a moment.
    """
    of_account = (
        select(chats.c.chat, deliveries.c.settled_at)
        .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.account_id == account)
    )
    sent = SETTLED & (deliveries.c.settled_at >= since) & (deliveries.c.status == DeliveryStatus.SENT)
    leased = HELD & deliveries.c.lease_owner.is_not(None)
    # Two questions, each of which has an index: one with OR would read all that is there.
    settled = await tx.execute(of_account.where(sent).order_by(deliveries.c.settled_at))
    unsettled = await tx.execute(of_account.where(leased).order_by(deliveries.c.id))
    return [(chat, settled_at) for chat, settled_at in (*settled, *unsettled)]


def of_message_before(column: str) -> ScalarSelect[Any]:
    """Return a *column* of the delivery that a later revision is about, as a query for each delivery."""
    first = deliveries.alias("first")
    return (
        select(first.c[column])
        .where(
            first.c.article_id == deliveries.c.article_id,
            first.c.chat_id == deliveries.c.chat_id,
            first.c.revision == 0,
        )
        .correlate(deliveries)
        .scalar_subquery()
    )
