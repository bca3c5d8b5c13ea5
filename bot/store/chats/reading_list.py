"""Reading lists: the articles that people saved for themselves."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId
from bot.domain.news.article import ArticleId
from bot.store.choices.visibility import visible_topics
from bot.store.engine.dialect import insert_missing
from bot.store.publications.publications import is_released
from bot.store.schema import articles
from bot.store.schema import saved_articles as table

MOST = 500
"""Articles on one list: they are kept for as long as they are on it."""


async def add(tx: AsyncConnection, chat: ChatId, article: ArticleId, now: datetime) -> bool:
    """Put *article* on the list, if it is not there; False if the list is full."""
    if await count(tx, chat) >= MOST:
        return await holds(tx, chat, article)
    await insert_missing(tx, table, [{"chat_id": chat, "article_id": article, "saved_at": now}])
    return True


async def remove(tx: AsyncConnection, chat: ChatId, article: ArticleId) -> None:
    await tx.execute(delete(table).where(_entry(chat, article)))


async def holds(tx: AsyncConnection, chat: ChatId, article: ArticleId) -> bool:
    return bool((await tx.execute(select(exists().where(_entry(chat, article))))).scalar())


async def count(tx: AsyncConnection, chat: ChatId) -> int:
    """Return how many articles *chat* has saved, whether it can still see them or not."""
    return (await tx.execute(select(func.count()).where(table.c.chat_id == chat))).scalar_one()


async def page(
    tx: AsyncConnection, chat: ChatId, *, limit: int, offset: int
) -> tuple[tuple[ArticleId, ...], int]:
    """Return a page of the list, last saved first, and how long it is: as far as *chat* can see it."""
    topics = [topic.id for topic in await visible_topics(tx, chat)]
    in_sight = is_released(table.c.article_id, topics)

    def narrowed(query: Select[tuple[int]]) -> Select[tuple[int]]:
        joined = query.select_from(table).join(articles, articles.c.id == table.c.article_id)
        return joined.where(table.c.chat_id == chat, articles.c.withdrawn_at.is_(None), in_sight)

    newest = (table.c.saved_at.desc(), table.c.article_id.desc())
    found = narrowed(select(table.c.article_id)).order_by(*newest).limit(limit).offset(offset)
    total = (await tx.execute(narrowed(select(func.count())))).scalar_one()
    return tuple(ArticleId(number) for number in (await tx.execute(found)).scalars()), total


def _entry(chat: ChatId, article: ArticleId) -> ColumnElement[bool]:
    return and_(table.c.chat_id == chat, table.c.article_id == article)
