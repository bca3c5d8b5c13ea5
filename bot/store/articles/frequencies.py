"""How often topics publish, counted from what is stored."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.frequency import LOOKED_BACK, Frequency, frequency
from bot.store.schema import article_topics, articles


async def frequencies(tx: AsyncConnection, now: datetime) -> dict[TopicId, Frequency]:
    """Return how often each topic has published lately; a topic that has not is not there."""
    query = (
        select(article_topics.c.topic_id, func.count(), func.min(articles.c.ranked_at))
        .join_from(articles, article_topics, article_topics.c.article_id == articles.c.id)
        .where(articles.c.ranked_at > now - LOOKED_BACK, articles.c.withdrawn_at.is_(None))
        .group_by(article_topics.c.topic_id)
    )
    rows = await tx.execute(query)
    return {TopicId(topic): frequency(count, now - first) for topic, count, first in rows}
