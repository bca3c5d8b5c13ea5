"""Owing one article to one chat, whatever became of it before."""

from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.news.article import ArticleId
from bot.store.engine import notify
from bot.store.engine.dialect import insert
from bot.store.schema import chats
from bot.store.schema import deliveries as table


async def owe(
    tx: AsyncConnection,
    article: ArticleId,
    chat: ChatId,
    topic: TopicId,
    *,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Owe *article* to *chat*, due now; what is being sent to it at this moment is not disturbed."""
    account = select(chats.c.account_id).where(chats.c.id == chat).scalar_subquery()
    again = {
        "topic_id": topic,
        "status": DeliveryStatus.PENDING,
        "lane": int(Lane.NEWS),
        "digest": False,
        "due_at": now,
        "expires_at": expires_at,
        "claims": 0,
        "attempts": 0,
        "created_at": now,
        "held_until": None,
        "lease_owner": None,
        "message_id": None,
        "reason": None,
        "settled_at": None,
    }
    owed = insert(tx, table).values(account_id=account, chat_id=chat, article_id=article, revision=0, **again)
    await tx.execute(
        owed.on_conflict_do_update(
            index_elements=["article_id", "chat_id", "revision"],
            set_=again,
            where=table.c.status != literal(str(DeliveryStatus.PENDING)),
        )
    )
    await notify.announce(tx, notify.Signal.DELIVERIES)
