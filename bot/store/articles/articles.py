"""Articles and their photos."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import codec
from bot.domain.blocks.model import Blocks
from bot.domain.chats.chat import TopicId
from bot.domain.chats.following import PageId
from bot.domain.news.article import (
    Article,
    ArticleId,
    Attachment,
    DatePrecision,
    Photo,
    PreparedPhoto,
    Published,
)
from bot.domain.news.correction import CorrectionNote, Version
from bot.domain.news.dedup import ArticleNames
from bot.domain.news.documents.fields import NO_FIELDS, DocumentFields
from bot.domain.publication.publication import OUT, PublicationState
from bot.store.articles import corrections, document_fields, search
from bot.store.engine.dialect import insert, insert_missing, take_turn
from bot.store.publications import publications
from bot.store.schema import article_names, photos, source_texts
from bot.store.schema import articles as table
from bot.store.schema import publications as in_topics

_LOCK = 0x61727469636C65
"""One transaction at a time saves articles: two that took the same ones in another order would deadlock."""

_NO_NAMES = ArticleNames()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it is kept. *photo_key* names its prepared lead photo, if it has one.

    *topics* are those in which it is out, *other_topics* those in which it waits to be released, or was
    rejected. *correction* is what an edited message says of the last one. *withdrawn* says that the agency
    took it down, *stopped* that it is not to be sent or found for now, *ended* that its time is over. One
    that is in no topic at all is a notice of ours: it goes to those who are owed it and is found nowhere
    else; some are about a *followed* page. *key* is the identity under which it came in, whatever has become
    of its address since.
    """

    id: ArticleId
    article: Article
    photo_key: str | None
    topics: tuple[TopicId, ...]
    created_at: datetime
    revision: int = 0
    withdrawn: bool = False
    stopped: bool = False
    ended: bool = False
    other_topics: tuple[TopicId, ...] = ()
    correction: CorrectionNote | None = None
    followed: PageId | None = None
    key: str = field(default="", compare=False)

    @property
    def version(self) -> Version:
        """Return what a message shows of it."""
        return Version.of(self.article, self.photo_key)

    @property
    def all_topics(self) -> tuple[TopicId, ...]:
        return (*self.topics, *self.other_topics)

    @property
    def is_notice(self) -> bool:
        return not self.all_topics


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """What saving came to: whether the article is new, and its state in the topic if it is new there.

    *is_filled* says of one that was there that it was given something that it had lacked.
    """

    id: ArticleId
    is_new: bool
    state: PublicationState | None
    is_filled: bool = False

    @property
    def is_owed(self) -> bool:
        """Return whether the topic's subscribers are owed it, at once or when it is resumed."""
        return self.state in (PublicationState.RELEASED, PublicationState.STOPPED)

    @property
    def awaits(self) -> bool:
        """Return whether it has come into the topic, and somebody must approve it first."""
        return self.state is PublicationState.AWAITING


async def save(
    tx: AsyncConnection,
    article: Article,
    *,
    photo: PreparedPhoto | None,
    topic: TopicId,
    now: datetime,
    names: ArticleNames = _NO_NAMES,
) -> SavedArticle:
    """Keep *article* in *topic*, to be found again under its key and its *names*.

    One that is there already keeps its words, which may have been sent, and takes over only what it lacked;
    `revise` is what changes them.
    """
    await take_turn(tx, _LOCK)
    addresses = {article.key, *names.addresses}
    if photo:
        await save_photo(tx, photo, now=now)
    values = await asyncio.to_thread(_values, article, photo)
    number = await _find(tx, {*addresses, *names.twins})
    is_new, is_filled = number is None, False
    if number is None:
        created = insert(tx, table).values(
            **values, key=article.key, revision=0, ranked_at=_rank(article, now), created_at=now
        )
        number = (await tx.execute(created.returning(table.c.id))).scalar_one()
    else:
        is_filled = await _fill(tx, number, values)
    known_by = sorted({*addresses, *names.marks})
    await insert_missing(tx, article_names, [{"name": name, "article_id": number} for name in known_by])
    state = await publications.enter(tx, ArticleId(number), topic, now)
    await search.index(tx, number)
    return SavedArticle(ArticleId(number), is_new, state, is_filled)


async def save_notice(
    tx: AsyncConnection, key: str, text: str, *, url: str, now: datetime, page: PageId | None = None
) -> ArticleId | None:
    """Keep a line of our own, about what is at *url*; None if there is one with this *key* already.

    One about a followed *page* goes to those who follow that.
    """
    values = {**_values(Article(url, text), None), "key": key, "revision": 0, "ranked_at": now}
    values["followed_page_id"] = page
    statement = insert(tx, table).values(**values, created_at=now)
    kept = statement.on_conflict_do_nothing(index_elements=["key"]).returning(table.c.id)
    number = (await tx.execute(kept)).scalar()
    return None if number is None else ArticleId(number)


async def with_keys(tx: AsyncConnection, keys: Collection[str]) -> dict[str, ArticleId]:
    """Return those that were kept under any of *keys*."""
    rows = await tx.execute(select(table.c.key, table.c.id).where(table.c.key.in_(keys)))
    return {key: ArticleId(number) for key, number in rows}


async def called(tx: AsyncConnection, name: str) -> ArticleId | None:
    """Return the article that has this name, if there is one.

    Nobody else saves one before this transaction ends.
    """
    await take_turn(tx, _LOCK)
    number = await _find(tx, {name})
    return None if number is None else ArticleId(number)


async def _find(tx: AsyncConnection, names: Collection[str]) -> int | None:
    """Return the article that has any of *names*: the oldest, where two turn out to be one."""
    named = select(func.min(article_names.c.article_id)).where(article_names.c.name.in_(names))
    number: int | None = (await tx.execute(named)).scalar()
    return number


async def revise(
    tx: AsyncConnection,
    number: ArticleId,
    article: Article,
    photo: PreparedPhoto | None,
    *,
    revision: int,
    now: datetime,
) -> None:
    """Give an article new words; without a *photo* it keeps the one that it has."""
    if photo:
        await save_photo(tx, photo, now=now)
    stored = await get(tx, number)
    if stored:
        await reword(
            tx, stored, article, photo.key if photo else stored.photo_key, revision=revision, now=now
        )


async def reword(
    tx: AsyncConnection,
    stored: StoredArticle,
    article: Article,
    photo_key: str | None,
    *,
    revision: int,
    now: datetime,
) -> None:
    """Give an article new words and the lead photo of that key, which is kept already, or none."""
    if revision > stored.revision:
        await corrections.note(tx, stored.id, revision, stored.version, now=now)
    written = await asyncio.to_thread(_values, article, None)
    known = {name: value for name, value in written.items() if name != "url"}
    values = {**known, "photo_key": photo_key, "revision": revision}
    await tx.execute(update(table).where(table.c.id == stored.id).values(values))
    await search.index(tx, stored.id)


def _values(article: Article, photo: PreparedPhoto | None) -> dict[str, Any]:
    published = article.published
    return {
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "body": list(article.body),
        "photos": [[photo.url, photo.caption] for photo in article.photos],
        "published_at": published.at if published else None,
        "date_precision": published.precision if published else None,
        "photo_key": photo.key if photo else None,
        "attachments": [[each.url, each.name, each.size] for each in article.attachments],
        "blocks": codec.stored(article.blocks),
        "author": article.author,
        "source": article.source,
    }


def _rank(article: Article, now: datetime) -> datetime:
    return min(article.published.at, now) if article.published else now


async def _fill(tx: AsyncConnection, number: int, values: dict[str, Any]) -> bool:
    """Give an article what it lacks, of the kinds that go together; return whether that was anything.

    One that was edited lacks nothing: it is what its source says that is completed.
    """
    of_source = select(source_texts).where(source_texts.c.article_id == number)
    filled, key = source_texts, source_texts.c.article_id
    row = (await tx.execute(of_source)).first()
    if row is None:
        filled, key = table, table.c.id
        row = (await tx.execute(select(table).where(table.c.id == number))).one()
    lacking = {
        name: values[name]
        for name, names in _TOGETHER.items()
        if names[0] in filled.c and not getattr(row, names[0]) and values[names[0]]
    }
    if lacking:
        await tx.execute(update(filled).where(key == number).values(lacking))
    return bool(lacking)


_TOGETHER = {
    "summary": ("summary",),
    "body": ("body",),
    "blocks": ("body",),
    "photos": ("photos",),
    "photo_key": ("photo_key",),
    "attachments": ("attachments",),
    "published_at": ("published_at",),
    "date_precision": ("published_at",),
}
"""What an article may lack, and what says that it does."""


async def save_photo(tx: AsyncConnection, photo: PreparedPhoto, *, now: datetime) -> None:
    row = {
        "key": photo.key,
        "url": photo.url,
        "content": photo.content,
        "width": photo.width,
        "height": photo.height,
        "created_at": now,
    }
    await insert_missing(tx, photos, [row])


async def get(tx: AsyncConnection, article: ArticleId) -> StoredArticle | None:
    return (await many(tx, [article])).get(article)


async def many(tx: AsyncConnection, ids: Collection[ArticleId]) -> dict[ArticleId, StoredArticle]:
    """Return those of the articles that are there, by id."""
    rows = (await tx.execute(select(table).where(table.c.id.in_(ids)))).all()
    return {article.id: article for article in await _stored(tx, rows)}


async def revisions(tx: AsyncConnection, ids: Collection[ArticleId]) -> dict[ArticleId, int]:
    """Return how often the words of these articles have changed."""
    rows = await tx.execute(select(table.c.id, table.c.revision).where(table.c.id.in_(ids)))
    return {ArticleId(number): revision for number, revision in rows}


async def latest(
    tx: AsyncConnection, *, topics: Collection[TopicId] | None, limit: int, offset: int = 0
) -> tuple[tuple[StoredArticle, ...], int]:
    """Return a page of the articles in any of *topics* (None: in all), newest first, and the count of all."""
    wanted = table.c.withdrawn_at.is_(None) & _in_topics(topics)
    query = select(table).order_by(table.c.ranked_at.desc(), table.c.id.desc()).limit(limit).offset(offset)
    count = select(func.count()).select_from(table)
    total = (await tx.execute(count.where(wanted))).scalar_one()
    return await _stored(tx, (await tx.execute(query.where(wanted))).all()), total


def _in_topics(topics: Collection[TopicId] | None) -> ColumnElement[bool]:
    if topics is None:
        return true()
    return publications.is_released(table.c.id, topics)


async def _stored(tx: AsyncConnection, rows: Collection[Row[Any]]) -> tuple[StoredArticle, ...]:
    ids = [row.id for row in rows]
    query = (
        select(in_topics.c.article_id, in_topics.c.topic_id, in_topics.c.state)
        .where(in_topics.c.article_id.in_(ids))
        .order_by(in_topics.c.created_at, in_topics.c.topic_id)
    )
    topics: dict[int, list[TopicId]] = {}
    others: dict[int, list[TopicId]] = {}
    in_state: dict[str, set[int]] = {}
    for article_id, topic_id, state in await tx.execute(query):
        (topics if state in OUT else others).setdefault(article_id, []).append(TopicId(topic_id))
        in_state.setdefault(state, set()).add(article_id)
    documents = await document_fields.many(tx, ids)
    layouts = await _layouts(rows)
    stopped, ended = (
        in_state.get(state, set()) for state in (PublicationState.STOPPED, PublicationState.ENDED)
    )
    return tuple(
        StoredArticle(
            id=ArticleId(row.id),
            article=_article(row, documents.get(row.id, NO_FIELDS), layouts.get(row.id, ())),
            photo_key=row.photo_key,
            topics=tuple(topics.get(row.id, ())),
            created_at=row.created_at,
            revision=row.revision,
            withdrawn=row.withdrawn_at is not None,
            stopped=row.id in stopped,
            ended=row.id in ended,
            other_topics=tuple(others.get(row.id, ())),
            followed=row.followed_page_id and PageId(row.followed_page_id),
            key=row.key,
        )
        for row in rows
    )


async def _layouts(rows: Collection[Row[Any]]) -> dict[int, Blocks]:
    """Return the blocks of those *rows* that have any, read in a thread: a long text has thousands."""
    laid_out = [row for row in rows if row.blocks]
    if not laid_out:
        return {}
    return await asyncio.to_thread(lambda: {row.id: codec.restored(row.blocks) for row in laid_out})


def _article(row: Row[Any], document: DocumentFields, blocks: Blocks) -> Article:
    published = None
    if row.published_at is not None:
        published = Published(row.published_at, DatePrecision(row.date_precision))
    return Article(
        url=row.url,
        title=row.title,
        summary=row.summary,
        body=tuple(row.body),
        photos=tuple(Photo(url, caption) for url, caption in row.photos),
        published=published,
        attachments=tuple(Attachment(*each) for each in row.attachments),
        author=row.author,
        source=row.source,
        blocks=blocks,
        document=document,
    )


async def photo(tx: AsyncConnection, key: str) -> PreparedPhoto | None:
    row = (await tx.execute(select(photos).where(photos.c.key == key))).first()
    return PreparedPhoto(row.key, row.url, row.content, row.width, row.height) if row else None
