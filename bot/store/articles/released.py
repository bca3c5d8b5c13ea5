"""What everybody may read: the articles that are released in given topics, by age, by address, and by lot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.schema import articles as articles_table
from bot.store.schema import publications
from bot.store.schema import released_articles as table

LOT = 200
"""How many ids of articles one lot spans."""


@dataclass(frozen=True, slots=True)
class ReleasedHeads:
    """The newest articles *of_topics*, and the *newest* of all of them, each once."""

    of_topics: Mapping[TopicId, tuple[StoredArticle, ...]]
    newest: tuple[StoredArticle, ...]


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


async def heads(tx: AsyncConnection, topics: Collection[TopicId], *, limit: int) -> ReleasedHeads:
    """Return the *limit* newest articles of each of these topics, and of all of them together."""
    if not topics:
        return ReleasedHeads({}, ())
    each_topic = [
        select(table)
        .where(table.c.topic_id == topic)
        .order_by(table.c.place.desc())
        .limit(limit)
        .subquery(f"of_{number}")
        for number, topic in enumerate(topics)
    ]
    rows = (await tx.execute(union_all(*map(select, each_topic)))).all()
    found = await articles.many(tx, {ArticleId(row.article_id) for row in rows})
    by_age = sorted(rows, key=lambda row: row.place, reverse=True)
    newest_first = dict.fromkeys(ArticleId(row.article_id) for row in by_age)
    of_topics = {
        topic: tuple(found[ArticleId(row.article_id)] for row in by_age if row.topic_id == topic)
        for topic in topics
    }
    return ReleasedHeads(of_topics, tuple(found[number] for number in newest_first)[:limit])


async def versions(
    tx: AsyncConnection, topics: Collection[TopicId], *, limit: int
) -> dict[TopicId, tuple[tuple[int, int, int], ...]]:
    """Return of the *limit* newest articles of each of these topics the place, the id and the revision."""
    found: dict[TopicId, tuple[tuple[int, int, int], ...]] = {}
    for topic in topics:
        query = (
            select(table.c.place, table.c.article_id, articles_table.c.revision)
            .join(articles_table, articles_table.c.id == table.c.article_id)
            .where(table.c.topic_id == topic)
            .order_by(table.c.place.desc())
            .limit(limit)
        )
        rows = (await tx.execute(query)).all()
        found[topic] = tuple((row.place, row.article_id, row.revision) for row in rows)
    return found


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
    # Which topics count is looked at here: a database would begin with all that is in them.
    query = (
        select(table.c.topic_id, articles_table.c.key, articles_table.c.title, publications.c.changed_at)
        .join_from(articles_table, table, articles_table.c.id == table.c.article_id)
        .join(publications, of_articles & of_topics)
        .where(articles_table.c.id >= number * LOT, articles_table.c.id < (number + 1) * LOT)
        .order_by(articles_table.c.id)
    )
    found: dict[str, ReleasedPage] = {}
    for topic, key, title, changed_at in await tx.execute(query):
        if topic in topics:
            known = found.get(key)
            newest_change = max(changed_at, known.changed_at) if known else changed_at
            found[key] = ReleasedPage(key, title, newest_change)
    return tuple(found.values())


async def _in_order(tx: AsyncConnection, ids: Collection[int]) -> tuple[StoredArticle, ...]:
    found = await articles.many(tx, [ArticleId(number) for number in ids])
    return tuple(found[ArticleId(number)] for number in ids if ArticleId(number) in found)
