"""What the source says of the articles that were edited before their release."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import codec
from bot.domain.news.article import ArticleId, Attachment, Photo
from bot.domain.publication.editing import SourceText
from bot.domain.publication.publication import PublicationState
from bot.store.engine.dialect import insert_missing
from bot.store.schema import publications
from bot.store.schema import source_texts as table

_SHOWN = (PublicationState.RELEASED, PublicationState.STOPPED)
"""The states in which a change of the source is somebody's to decide: what is over or recalled stays."""

_IS_OUT = exists().where(publications.c.article_id == table.c.article_id, publications.c.state.in_(_SHOWN))
_STANDING = ("version", "undecided")


async def get(tx: AsyncConnection, article: ArticleId) -> SourceText | None:
    """Return what the source says of *article*; None unless it was edited."""
    row = (await tx.execute(select(table).where(table.c.article_id == article))).first()
    if row is None:
        return None
    return SourceText(
        title=row.title,
        summary=row.summary,
        body=tuple(row.body),
        photos=tuple(Photo(url, caption) for url, caption in row.photos),
        attachments=tuple(Attachment(*each) for each in row.attachments),
        blocks=codec.restored(row.blocks),
        photo_key=row.photo_key,
        version=row.version,
        undecided=row.undecided,
    )


async def keep(tx: AsyncConnection, article: ArticleId, source: SourceText) -> None:
    """Keep what the source says of an article that is now edited; of one that was before, it is known."""
    await insert_missing(tx, table, [{"article_id": article, **_values(source)}])


async def change(tx: AsyncConnection, article: ArticleId, source: SourceText) -> None:
    """Keep what the source says now, as another version of it."""
    words = {name: value for name, value in _values(source).items() if name not in _STANDING}
    await tx.execute(update(table).where(table.c.article_id == article).values(words))
    await note_change(tx, article)


async def note_change(tx: AsyncConnection, article: ArticleId) -> None:
    """Count a version of what the source says of *article*, and have people asked about it if that is out."""
    values = {"version": table.c.version + 1, "undecided": _IS_OUT, "asked_at": None}
    await tx.execute(update(table).where(table.c.article_id == article).values(values))


async def decide(tx: AsyncConnection, article: ArticleId) -> None:
    """Note that somebody has decided to leave the article as it was edited."""
    await tx.execute(update(table).where(table.c.article_id == article).values(undecided=False))


async def forget(tx: AsyncConnection, article: ArticleId) -> None:
    """Forget the difference: the article says what its source says."""
    await tx.execute(delete(table).where(table.c.article_id == article))


async def unasked(tx: AsyncConnection) -> tuple[ArticleId, ...]:
    """Return the articles about whose source something is to be decided, and nobody was asked."""
    query = select(table.c.article_id).where(table.c.undecided, table.c.asked_at.is_(None), _IS_OUT)
    found = (await tx.execute(query.order_by(table.c.article_id))).scalars()
    return tuple(map(ArticleId, found))


async def asked(tx: AsyncConnection, article: ArticleId, version: int, now: datetime) -> None:
    """Note that people were asked about a *version*."""
    concerned = update(table).where(table.c.article_id == article, table.c.version == version)
    await tx.execute(concerned.values(asked_at=now))


def _values(source: SourceText) -> dict[str, Any]:
    return {
        "title": source.title,
        "summary": source.summary,
        "body": list(source.body),
        "photos": [[photo.url, photo.caption] for photo in source.photos],
        "attachments": [[each.url, each.name, each.size] for each in source.attachments],
        "blocks": codec.stored(source.blocks),
        "photo_key": source.photo_key,
        "version": source.version,
        "undecided": source.undecided,
    }
