"""Messages that were sent, as far as it is known: by an account lately, and to a chat about an article.

A chat may have several copies of a message, where somebody had it sent again. The delivery of the newest one
has the revision 0, those before it -1, -2 and so on. A correction is of the newest copy alone. Taking an
article back is of each: the withdrawal with the revision N, which no other follows, is owed once more as
N + 1 for the copy -1, as N + 2 for the copy -2.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.article import ArticleId
from bot.store.schema import HELD, SETTLED, articles, chats, deliveries


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


async def keep_copy(tx: AsyncConnection, article: ArticleId, chat: ChatId) -> None:
    """Keep what is known of the message about *article* that *chat* has, before it is sent another one."""
    its = (deliveries.c.article_id == article, deliveries.c.chat_id == chat)
    next_copy = select(func.min(deliveries.c.revision) - 1).where(*its).scalar_subquery()
    was_sent = (deliveries.c.revision == 0) & (deliveries.c.status == DeliveryStatus.SENT)
    await tx.execute(update(deliveries).where(*its, was_sent).values(revision=next_copy))


_IS_OF_COPY = articles.c.withdrawn_at.is_not(None) & (deliveries.c.revision > articles.c.revision)
_COPY = case((_IS_OF_COPY, articles.c.revision - deliveries.c.revision), else_=0)
"""The revision of the delivery that brought the message which a later revision of its article is about."""


def of_message_before(column: str) -> ScalarSelect[Any]:
    """Return a *column* of the delivery that a later revision is about, as a query for each delivery.

    Here and in `has_newer_copy` the query around it has the article of the delivery beside it.
    """
    first = deliveries.alias("first")
    return (
        select(first.c[column])
        .where(
            first.c.article_id == deliveries.c.article_id,
            first.c.chat_id == deliveries.c.chat_id,
            first.c.revision == _COPY,
        )
        .correlate(deliveries, articles)
        .scalar_subquery()
    )


def has_newer_copy() -> ColumnElement[bool]:
    """Return the condition that the chat has a newer copy of the message that a later revision is about."""
    newer = deliveries.alias("newer")
    return (
        exists()
        .where(
            newer.c.article_id == deliveries.c.article_id,
            newer.c.chat_id == deliveries.c.chat_id,
            newer.c.revision > _COPY,
            newer.c.revision <= 0,
            newer.c.status == DeliveryStatus.SENT,
            newer.c.message_id.is_not(None),
        )
        .correlate(deliveries, articles)
    )
