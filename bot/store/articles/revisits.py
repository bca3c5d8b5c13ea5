"""Revisits: which articles' pages are still to be read again, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Feed, FeedId
from bot.domain.publication.publication import PublicationState
from bot.store.articles import search
from bot.store.engine.dialect import insert_missing
from bot.store.feeds import feeds
from bot.store.publications import approvals, publications
from bot.store.schema import articles, deliveries, fanouts
from bot.store.schema import publications as in_topics
from bot.store.schema import revisits as table


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page to be read again. *absences* counts how often in a row it was not there.

    It is looked after since *began_at*; where its article waits to be released, that is only now.
    """

    article: ArticleId
    feed: Feed
    url: str
    began_at: datetime
    absences: int


async def begin(
    tx: AsyncConnection, article: ArticleId, feed: FeedId, url: str, *, now: datetime, due_at: datetime
) -> None:
    """Have the page of *article* read again; one that is being looked after already stays as it is."""
    row = {
        "article_id": article,
        "feed_id": feed,
        "url": url,
        "began_at": now,
        "due_at": due_at,
        "absences": 0,
    }
    await insert_missing(tx, table, [row])


async def count_from(tx: AsyncConnection, article: ArticleId, now: datetime) -> None:
    """Have the page of *article* looked after from now on, as it is released only now."""
    await tx.execute(update(table).where(table.c.article_id == article).values(began_at=now))


async def claim(tx: AsyncConnection, *, now: datetime, limit: int, lease: timedelta) -> tuple[Revisit, ...]:
    """Take what is due; if nothing more is said of it, it is due again after *lease*."""
    due = (
        select(table, approvals.is_waiting(table.c.article_id).label("waits"))
        .where(table.c.due_at <= now)
        .order_by(table.c.due_at)
        .limit(limit)
        .with_for_update(of=table, skip_locked=True)
    )
    rows = (await tx.execute(due)).all()
    ids = [row.article_id for row in rows]
    await tx.execute(update(table).where(table.c.article_id.in_(ids)).values(due_at=now + lease))
    known = await feeds.defined(tx, {FeedId(row.feed_id) for row in rows})
    return tuple(
        Revisit(
            article=ArticleId(row.article_id),
            feed=known[row.feed_id],
            url=row.url,
            began_at=now if row.waits else row.began_at,
            absences=row.absences,
        )
        for row in rows
    )


async def go_on(tx: AsyncConnection, article: ArticleId, *, due_at: datetime, absences: int) -> None:
    values = {"due_at": due_at, "absences": absences}
    await tx.execute(update(table).where(table.c.article_id == article).values(values))


async def unasked(tx: AsyncConnection, *, absences: int) -> tuple[ArticleId, ...]:
    """Return the articles that were gone so often in a row, and of which nobody was told.

    What was rejected in all of its topics is nothing to be told of.
    """
    is_wanted = exists().where(
        in_topics.c.article_id == table.c.article_id, in_topics.c.state != PublicationState.REJECTED
    )
    query = (
        select(table.c.article_id)
        .where(table.c.absences >= absences, table.c.asked_at.is_(None), is_wanted)
        .order_by(table.c.article_id)
    )
    return tuple(ArticleId(number) for number in (await tx.execute(query)).scalars())


async def asked(tx: AsyncConnection, article: ArticleId, now: datetime) -> None:
    await tx.execute(update(table).where(table.c.article_id == article).values(asked_at=now))


async def end(tx: AsyncConnection, article: ArticleId) -> None:
    await tx.execute(delete(table).where(table.c.article_id == article))


async def withdraw(tx: AsyncConnection, article: ArticleId, now: datetime) -> int | None:
    """Note that *article* is taken down for good, and return the revision that says so; None if it was.

    Its publications are recalled. What is owed of it and not yet sent is not sent any more: a claim sees to
    that.
    """
    noted = (
        update(articles)
        .where(articles.c.id == article, articles.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now, revision=articles.c.revision + 1)
        .returning(articles.c.revision)
    )
    revision: int | None = (await tx.execute(noted)).scalar()
    if revision is not None:
        await end(tx, article)
        await publications.set_state(tx, article, PublicationState.RECALLED, now)
        await approvals.close(tx, article)
        await search.index(tx, article)
        await tx.execute(delete(fanouts).where(fanouts.c.article_id == article))
    return revision


async def receipts(tx: AsyncConnection, article: ArticleId) -> int:
    """Return how many chats have a message about *article*."""
    sent = deliveries.c.message_id.is_not(None) & (deliveries.c.revision <= 0)
    query = select(func.count(deliveries.c.chat_id.distinct())).where(
        deliveries.c.article_id == article, sent
    )
    return (await tx.execute(query)).scalar_one()
