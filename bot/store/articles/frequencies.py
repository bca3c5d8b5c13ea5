"""How often topics publish, counted from what is stored."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.frequency import LOOKED_BACK, Frequency, frequency
from bot.domain.publication.publication import PublicationState
from bot.store.schema import articles, publications


async def frequencies(tx: AsyncConnection, now: datetime) -> dict[TopicId, Frequency]:
    """Return how often each topic has published lately; a topic that has not is not there."""
    is_released = publications.c.state == PublicationState.RELEASED
    query = (
        select(publications.c.topic_id, func.count(), func.min(articles.c.ranked_at))
        .join_from(articles, publications, publications.c.article_id == articles.c.id)
        .where(articles.c.ranked_at > now - LOOKED_BACK, is_released)
        .group_by(publications.c.topic_id)
    )
    rows = await tx.execute(query)
    return {TopicId(topic): frequency(count, now - first) for topic, count, first in rows}
