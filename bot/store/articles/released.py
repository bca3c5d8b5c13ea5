"""What everybody may read: the articles that are released in given topics, by age, by address, and by lot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.schema import articles as articles_table
from bot.store.schema import publications
from bot.store.schema import released_articles as table

LOT = 1_000
"""How many ids of articles one lot spans."""

_AFTER_HEX = "g"
"""Comes after every figure of a number in hex, however a database sorts."""


@dataclass(frozen=True, slots=True)
class ReleasedPage:
    """The address of one article: its *key* and *title*, and when its publication last changed."""

    key: str
    title: str
    changed_at: datetime


async def newest(
    tx: AsyncConnection, topic: TopicId, *, limit: int, offset: int = 0
) -> tuple[StoredArticle, ...]:
    """Return *limit* articles of *topic*, the newest first, without the *offset* newest ones."""
    places = select(table.c.article_id).where(table.c.topic_id == topic).order_by(table.c.place.desc())
    ids = (await tx.execute(places.limit(limit).offset(offset))).scalars().all()
    return await _in_order(tx, ids)


async def newest_of_all(
    tx: AsyncConnection, topics: Collection[TopicId], *, limit: int
) -> tuple[StoredArticle, ...]:
    """Return the *limit* newest articles of all of these topics, each once."""
    places: dict[int, int] = {}
    for topic in topics:
        query = select(table.c.place, table.c.article_id).where(table.c.topic_id == topic)
        found = await tx.execute(query.order_by(table.c.place.desc()).limit(limit))
        places.update((place, article) for place, article in found)
    return await _in_order(tx, [places[place] for place in sorted(places, reverse=True)[:limit]])


async def count(tx: AsyncConnection, topic: TopicId) -> int:
    """Return how many articles readers may find in *topic*."""
    query = select(func.count()).select_from(table).where(table.c.topic_id == topic)
    return (await tx.execute(query)).scalar_one()


async def called(tx: AsyncConnection, code: str) -> StoredArticle | None:
    """Return the article whose key begins with *code*, which is in hex, whatever its state.

    Where two do, none is: nobody can say which was meant.
    """
    key = articles_table.c.key
    query = select(articles_table.c.id).where(key >= code, key < code + _AFTER_HEX).limit(2)
    found = (await tx.execute(query)).scalars().all()
    return await articles.get(tx, ArticleId(found[0])) if len(found) == 1 else None


async def lots(tx: AsyncConnection, topics: Collection[TopicId]) -> tuple[int, ...]:
    """Return the numbers of the lots in which any article of these topics is."""
    query = select(table.c.article_id // LOT).where(table.c.topic_id.in_(topics)).distinct()
    return tuple(sorted(int(each) for each in (await tx.execute(query)).scalars()))


async def lot(tx: AsyncConnection, topics: Collection[TopicId], number: int) -> tuple[ReleasedPage, ...]:
    """Return the addresses of the articles of one lot, in a fixed order."""
    of_articles = publications.c.article_id == table.c.article_id
    of_topics = publications.c.topic_id == table.c.topic_id
    query = (
        select(articles_table.c.key, articles_table.c.title, func.max(publications.c.changed_at))
        .join_from(table, articles_table, articles_table.c.id == table.c.article_id)
        .join(publications, of_articles & of_topics)
        .where(
            table.c.topic_id.in_(topics),
            table.c.article_id >= number * LOT,
            table.c.article_id < (number + 1) * LOT,
        )
        .group_by(articles_table.c.id, articles_table.c.key, articles_table.c.title)
        .order_by(articles_table.c.id)
    )
    return tuple(ReleasedPage(key, title, changed_at) for key, title, changed_at in await tx.execute(query))


async def _in_order(tx: AsyncConnection, ids: Collection[int]) -> tuple[StoredArticle, ...]:
    found = await articles.many(tx, [ArticleId(number) for number in ids])
    return tuple(found[ArticleId(number)] for number in ids if ArticleId(number) in found)
