"""The fields of the official documents that articles publish."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.news.documents.fields import DocumentFields
from bot.store.schema import article_words
from bot.store.schema import document_fields as table


async def keep(tx: AsyncConnection, read: Mapping[int, DocumentFields]) -> None:
    """Keep what was *read* of each of these articles, in place of what was known."""
    await tx.execute(delete(table).where(table.c.article_id.in_(read)))
    if read:
        await tx.execute(insert(table), [{"article_id": each, **_values(read[each])} for each in read])


async def many(tx: AsyncConnection, ids: Collection[int]) -> dict[int, DocumentFields]:
    """Return what is known of those of the articles that were read for it."""
    rows = await tx.execute(select(table).where(table.c.article_id.in_(ids)))
    return {row.article_id: _fields(row) for row in rows}


async def unread(tx: AsyncConnection, *, limit: int) -> tuple[ArticleId, ...]:
    """Return articles that are found by their words and were never read for fields, the newest first."""
    query = (
        select(article_words.c.article_id)
        .outerjoin(table, table.c.article_id == article_words.c.article_id)
        .where(table.c.article_id.is_(None))
        .order_by(article_words.c.place.desc())
        .limit(limit)
    )
    return tuple(ArticleId(number) for number in (await tx.execute(query)).scalars())


def _values(fields: DocumentFields) -> dict[str, Any]:
    return {
        "number": fields.number,
        "kind": fields.kind,
        "issuer": fields.issuer,
        "signer": fields.signer,
        "issued_on": fields.issued and fields.issued.isoformat(),
        "effective_on": fields.effective and fields.effective.isoformat(),
    }


def _fields(row: Row[Any]) -> DocumentFields:
    return DocumentFields(
        number=row.number,
        kind=row.kind,
        issuer=row.issuer,
        signer=row.signer,
        issued=_date(row.issued_on),
        effective=_date(row.effective_on),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
