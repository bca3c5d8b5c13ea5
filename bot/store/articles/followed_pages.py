"""Followed pages: when each is read next, what it said when it was last read, and how that has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.chats.following import PageId
from bot.domain.news.address import canonical, identity
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Feed, FeedId, FollowedText, Validators
from bot.store.choices.feed_rows import feed_of
from bot.store.engine.dialect import insert, picked
from bot.store.feeds import feeds
from bot.store.publications.publications import is_released
from bot.store.schema import article_corrections, article_names, entries, follows, revisits
from bot.store.schema import feeds as feed_rows
from bot.store.schema import followed_pages as table


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page that somebody wants to follow: of an *article*, if it is known to be that of one."""

    url: str
    title: str
    feed: FeedId
    topic: TopicId
    article: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that is to be read. *lines* is what it said the last time; None if it has never been read.

    *failures* counts how often in a row it could not be read. *has_live_card* says that the cards of its
    article are corrected, or were since it was last read.
    """

    id: PageId
    url: str
    title: str
    feed: Feed
    topic: TopicId
    lines: tuple[str, ...] | None
    validators: Validators
    revision: int
    failures: int
    has_live_card: bool


async def add(tx: AsyncConnection, page: NewPage, now: datetime) -> PageId:
    """Return the page at an address, which is read soon if it is new, or had ended."""
    address = canonical(page.url)
    values = {
        "identity": identity(address),
        "url": address,
        "feed_id": page.feed,
        "topic_id": page.topic,
        "article_id": page.article,
        "title": page.title,
    }
    begun = {"lines": None, "etag": None, "last_modified": None, "failures": 0, "ended_at": None}
    added = insert(tx, table).values(
        **values, **begun, revision=0, told_by_card=False, next_read_at=now, read_at=None
    )
    again = table.c.ended_at.is_not(None) & table.c.owed_from.is_(None)
    await tx.execute(
        added.on_conflict_do_update(
            index_elements=["identity"], set_={**values, **begun, "next_read_at": now}, where=again
        )
    )
    found = select(table.c.id).where(table.c.identity == values["identity"])
    return PageId((await tx.execute(found)).scalar_one())


async def take_up(tx: AsyncConnection, page: PageId, now: datetime) -> None:
    """Have *page* read again, if that had ended."""
    ended = table.c.ended_at.is_not(None) & table.c.owed_from.is_(None)
    again = {"lines": None, "etag": None, "last_modified": None, "failures": 0, "ended_at": None}
    await tx.execute(update(table).where(table.c.id == page, ended).values(**again, next_read_at=now))


async def sources(tx: AsyncConnection) -> tuple[Feed, ...]:
    """Return the feeds on whose sites pages can be followed."""
    rows = await tx.execute(select(feed_rows).where(~feed_rows.c.retired).order_by(feed_rows.c.position))
    return tuple(feed_of(row) for row in rows)


async def source_of(tx: AsyncConnection, article: ArticleId) -> FeedId | None:
    """Return the feed that has brought *article*; None if nobody polls one that did."""
    query = (
        select(feed_rows.c.id)
        .join_from(entries, feed_rows, feed_rows.c.id == entries.c.feed_id)
        .where(entries.c.article_id == article, ~feed_rows.c.retired)
        .order_by(feed_rows.c.position)
        .limit(1)
    )
    found = (await tx.execute(query)).scalar()
    return None if found is None else FeedId(found)


async def article_at(tx: AsyncConnection, name: str, topic: TopicId) -> ArticleId | None:
    """Return the article that is known by the address *name*, if it is out in *topic*."""
    query = select(article_names.c.article_id).where(
        article_names.c.name == name, is_released(article_names.c.article_id, [topic])
    )
    found = (await tx.execute(query.limit(1))).scalar()
    return None if found is None else ArticleId(found)


async def claim(tx: AsyncConnection, *, now: datetime, limit: int, lease: timedelta) -> tuple[DuePage, ...]:
    """Take pages that are due; if nothing more is said of one, it is due again after *lease*."""
    is_corrected = exists().where(
        article_corrections.c.article_id == table.c.article_id,
        article_corrections.c.corrected_at > table.c.read_at,
    )
    is_revisited = exists().where(revisits.c.article_id == table.c.article_id)
    due = (
        select(table, or_(is_revisited, is_corrected).label("has_live_card"))
        .where(table.c.next_read_at <= now, table.c.ended_at.is_(None), table.c.owed_from.is_(None))
        .order_by(table.c.next_read_at)
        .limit(limit)
        .with_for_update(of=table, skip_locked=True)
    )
    rows = (await tx.execute(due)).all()
    if not rows:
        return ()
    taken = table.c.id.in_([row.id for row in rows])
    await tx.execute(update(table).where(taken).values(next_read_at=now + lease))
    known = await feeds.defined(tx, {FeedId(row.feed_id) for row in rows})
    return tuple(
        DuePage(
            id=PageId(row.id),
            url=row.url,
            title=row.title,
            feed=known[row.feed_id],
            topic=TopicId(row.topic_id),
            lines=None if row.lines is None else tuple(row.lines),
            validators=Validators(row.etag, row.last_modified),
            revision=row.revision,
            failures=row.failures,
            has_live_card=row.has_live_card,
        )
        for row in rows
    )


async def was_read(
    tx: AsyncConnection, page: DuePage, text: FollowedText | None, *, now: datetime, next_read_at: datetime
) -> bool:
    """Keep what *page* says now, None if that has not changed; False if somebody has read it meanwhile."""
    values = {"failures": 0, "read_at": now, "next_read_at": next_read_at}
    if text is not None:
        values |= {
            "title": text.title or page.title,
            "lines": list(text.lines),
            "etag": text.validators.etag,
            "last_modified": text.validators.last_modified,
        }
    read = update(table).where(table.c.id == page.id, table.c.revision == page.revision)
    return (await tx.execute(read.values(**values))).rowcount == 1


async def was_not_read(tx: AsyncConnection, page: DuePage, *, next_read_at: datetime) -> None:
    failed = update(table).where(table.c.id == page.id)
    await tx.execute(failed.values(failures=page.failures + 1, next_read_at=next_read_at))


async def changed(
    tx: AsyncConnection, page: DuePage, *, told_by_card: bool, ended_at: datetime | None = None
) -> None:
    """Have whoever follows *page* owed the notice of its next revision; its last one, if it ends."""
    this = update(table).where(table.c.id == page.id)
    await tx.execute(
        this.values(revision=page.revision + 1, owed_from=0, told_by_card=told_by_card, ended_at=ended_at)
    )


async def prune(tx: AsyncConnection, *, ended_before: datetime, limit: int) -> int:
    """Take out follows that ended before then, and pages that nobody follows; return how many pages."""
    await tx.execute(delete(follows).where(follows.c.ended_at < ended_before))
    alone = (
        select(table.c.id)
        .where(~exists().where(follows.c.page_id == table.c.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(table).where(table.c.id.in_(picked(tx, alone))))).rowcount
