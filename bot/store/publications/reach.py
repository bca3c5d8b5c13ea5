"""Whom urgent contents have reached: on which accounts they were owed, and whether anybody has them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.store.publications.pauses import is_held_by_none
from bot.store.schema import FAILED, PENDING, articles, publications
from bot.store.schema import deliveries as table

_NEWEST = 500
"""So many articles are looked at, at most: more than any agency has published in two days."""


@dataclass(frozen=True, slots=True)
class ReleasedContent:
    """The words of a content that was released to *topic* at a moment."""

    article: ArticleId
    topic: TopicId
    title: str
    summary: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a content has reached anybody on an account, and whether it should have, and has not."""

    is_sent: bool
    is_late: bool


async def released_since(tx: AsyncConnection, since: datetime) -> tuple[ReleasedContent, ...]:
    """Return what is released, and came to be so since then."""
    newest = select(articles.c.id).order_by(articles.c.id.desc()).limit(_NEWEST)
    query = (
        select(
            publications.c.article_id,
            publications.c.topic_id,
            articles.c.title,
            articles.c.summary,
            publications.c.changed_at,
        )
        .join_from(publications, articles, articles.c.id == publications.c.article_id)
        .where(publications.c.article_id.in_(newest), publications.c.changed_at >= since)
        .where(publications.c.state == PublicationState.RELEASED)
        .order_by(publications.c.article_id, publications.c.topic_id)
    )
    return tuple(
        ReleasedContent(ArticleId(article), TopicId(topic), title, summary, at)
        for article, topic, title, summary, at in await tx.execute(query)
    )


async def reach(tx: AsyncConnection, article: ArticleId, *, due_by: datetime) -> dict[AccountId, Reach]:
    """Return how far the first messages about *article* have come on each account that it was owed on.

    Late is what has failed, or was due by then. It reads all of the article's deliveries.
    """
    is_free = or_(table.c.held_until.is_(None), is_held_by_none(table.c.held_until))
    is_late = or_(FAILED, and_(PENDING, table.c.due_at <= due_by, is_free))
    query = (
        select(table.c.account_id, _any(table.c.status == DeliveryStatus.SENT), _any(is_late))
        .where(table.c.article_id == article, table.c.revision == 0)
        .group_by(table.c.account_id)
    )
    return {
        AccountId(account): Reach(bool(sent), bool(late)) for account, sent, late in await tx.execute(query)
    }


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((condition, 1), else_=0))
