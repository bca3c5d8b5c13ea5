"""Entries: what each feed has ever listed, by the names of its entries."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.news.feed import FeedId
from bot.store.engine.dialect import insert_missing
from bot.store.schema import entries as table

_NAMES = 1_000
"""How many to ask for at once: databases limit the values of one statement."""


async def known(tx: AsyncConnection, feed_id: FeedId, names: Collection[str]) -> frozenset[str]:
    """Return those of *names* that the feed's entries have had."""
    found: set[str] = set()
    asked = sorted(names)
    query = select(table.c.identity).where(
        table.c.feed_id == feed_id, table.c.identity.in_(bindparam("asked", expanding=True))
    )
    for start in range(0, len(asked), _NAMES):
        found.update((await tx.execute(query, {"asked": asked[start : start + _NAMES]})).scalars())
    return frozenset(found)


async def remember(
    tx: AsyncConnection, feed_id: FeedId, names: Mapping[str, ArticleId | None], now: datetime
) -> None:
    """Remember for good that the feed listed entries of these names, and which of them became articles."""
    rows = [
        {"feed_id": feed_id, "identity": name, "first_seen_at": now, "article_id": article}
        for name, article in names.items()
    ]
    await insert_missing(tx, table, rows)


async def became(tx: AsyncConnection, feed_id: FeedId, names: Collection[str], article: ArticleId) -> None:
    """Note which article an entry became that was only remembered until now."""
    unknown = table.c.feed_id == feed_id, table.c.identity.in_(names), table.c.article_id.is_(None)
    await tx.execute(update(table).where(*unknown).values(article_id=article))
