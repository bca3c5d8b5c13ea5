"""Documents that were handed in: kept once for the same bytes and name, while something names them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Table, Text, delete, exists, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.domain.publication.uploads import Upload
from bot.store.engine.dialect import insert, insert_missing, picked
from bot.store.schema import (
    announcement_drafts,
    article_uploads,
    articles,
    desk_drafts,
    publications,
    uploads,
)

_GONE = (PublicationState.RECALLED, PublicationState.REJECTED)


async def keep(tx: AsyncConnection, upload: Upload, now: datetime) -> Upload:
    """Keep *upload* and return it as it is kept: the same document has the code that it was given first."""
    row = {
        "key": upload.key,
        "code": upload.code,
        "name": upload.name,
        "media_type": upload.media_type,
        "content": upload.content,
        "created_at": now,
    }
    # One that is about to be taken out counts as handed in just now.
    kept = insert(tx, uploads).values(row)
    kept = kept.on_conflict_do_update(index_elements=["key"], set_={"created_at": now})
    code: str = (await tx.execute(kept.returning(uploads.c.code))).scalar_one()
    return replace(upload, code=code)


async def shown(tx: AsyncConnection, code: str) -> Upload | None:
    """Return what is served under *code*: nothing once all that came with it is taken down or recalled."""
    comes = exists().where(article_uploads.c.upload_key == uploads.c.key)
    stands = exists().where(
        publications.c.article_id == article_uploads.c.article_id, publications.c.state.not_in(_GONE)
    )
    with_it = comes.where(
        articles.c.id == article_uploads.c.article_id, articles.c.withdrawn_at.is_(None), stands
    )
    query = select(uploads).where(uploads.c.code == code, with_it | ~comes)
    row = (await tx.execute(query)).first()
    return Upload(row.key, row.code, row.name, row.media_type, row.content) if row else None


async def refer(tx: AsyncConnection, article: ArticleId, codes: Collection[str]) -> None:
    """Note that *article* comes with the documents of these *codes*, as far as they are kept."""
    found = (await tx.execute(select(uploads.c.key).where(uploads.c.code.in_(codes)))).scalars()
    await insert_missing(
        tx, article_uploads, [{"article_id": article, "upload_key": key} for key in sorted(found)]
    )


async def prune(tx: AsyncConnection, *, saved_before: datetime, limit: int) -> int:
    """Take out documents that were handed in before then and that nothing names."""
    old = (
        select(uploads.c.key)
        .where(uploads.c.created_at < saved_before)
        .where(~exists().where(article_uploads.c.upload_key == uploads.c.key))
        .where(~_is_named_in(announcement_drafts), ~_is_named_in(desk_drafts))
        .order_by(uploads.c.created_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(uploads).where(uploads.c.key.in_(picked(tx, old))))).rowcount


def _is_named_in(drafts: Table) -> ColumnElement[bool]:
    """Return the condition that a draft names the document by its address."""
    named = type_coerce(drafts.c.documents, Text)
    return exists().where(named.contains(uploads.c.code, autoescape=False))
