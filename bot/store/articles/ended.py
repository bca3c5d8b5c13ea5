"""Ending an article whose time is over: it is found no more, and what was sent of it is to say so."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.store.articles import revisits, search
from bot.store.publications import publications
from bot.store.schema import articles, fanouts


async def end(tx: AsyncConnection, article: ArticleId, now: datetime) -> int:
    """Note that the time of *article* is over, and return the revision of its card that says so.

    What is owed of it and not yet sent is not sent any more: a claim sees to that.
    """
    await publications.set_state(tx, article, PublicationState.ENDED, now)
    await search.index(tx, article)
    await revisits.end(tx, article)
    await tx.execute(delete(fanouts).where(fanouts.c.article_id == article))
    noted = update(articles).where(articles.c.id == article).values(revision=articles.c.revision + 1)
    revision: int = (await tx.execute(noted.returning(articles.c.revision))).scalar_one()
    return revision
