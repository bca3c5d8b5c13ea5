"""Finding articles by their words: FTS5 on SQLite, tsvector on PostgreSQL, the same results on both."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Row, TextClause, bindparam, cast, delete, insert, select, text
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import codec
from bot.domain.blocks.plain import lines
from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.domain.news.documents.fields import DocumentFields, read_fields, search_terms
from bot.domain.publication.publication import PublicationState
from bot.domain.text.document_kinds import kind_term
from bot.domain.text.search import Period, Search
from bot.domain.text.words import EXACT, TITLE, pairs, terms, topic_term
from bot.store.articles import document_fields
from bot.store.schema import article_words, articles, publications, released_articles
from bot.store.schema.search import GIN
from bot.store.schema.types import milliseconds

_MINUTE = 60_000
_ID_BITS = 31
_AT_ONCE = 500
_LONGEST_BUILD = 3600.0
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1

MOST = 200
"""Results are counted, and can be looked through, up to here: who has more needs other words."""


async def index(tx: AsyncConnection, *numbers: int) -> None:
    """Make these articles found by the words that they have now, in the topics in which they are released.

    What their texts say of the documents that they publish is read anew.
    """
    for table in (article_words, released_articles):
        await tx.execute(delete(table).where(table.c.article_id.in_(numbers)))
    wanted = articles.c.id.in_(numbers) & articles.c.withdrawn_at.is_(None)
    rows = (await tx.execute(select(articles).where(wanted))).all()
    read = await asyncio.to_thread(
        lambda: {row.id: read_fields(row.title, (row.summary, *row.body)) for row in rows}
    )
    await document_fields.keep(tx, read)
    query = select(publications.c.article_id, publications.c.topic_id)
    is_released = publications.c.state == PublicationState.RELEASED
    topics: dict[int, list[str]] = {}
    for number, topic in await tx.execute(query.where(publications.c.article_id.in_(numbers), is_released)):
        topics.setdefault(number, []).append(topic)
    # In a thread: the words of a long article take longer than anybody's reply should wait.
    values = await asyncio.to_thread(
        lambda: [_values(tx.dialect.name, row, topics.get(row.id, ()), read[row.id]) for row in rows]
    )
    if values:
        statement = insert(article_words)
        if tx.dialect.name == "postgresql":
            statement = statement.values(words=cast(bindparam("terms", type_=SqlText), TSVECTOR))
        await tx.execute(statement, values)
    listed = [
        {"topic_id": topic, "place": _place(row.ranked_at, row.id), "article_id": row.id}
        for row in rows
        for topic in topics.get(row.id, ())
    ]
    if listed:
        await tx.execute(insert(released_articles), listed)


async def rebuild(tx: AsyncConnection) -> None:
    """Index every article anew, as is needed when articles have come in past `articles.save`."""
    for table in (article_words, released_articles):
        await tx.execute(delete(table))
    numbers = (await tx.execute(select(articles.c.id).order_by(articles.c.id))).scalars().all()
    async with _indexed_afterwards(tx):
        for start in range(0, len(numbers), _AT_ONCE):
            await index(tx, *numbers[start : start + _AT_ONCE])


@asynccontextmanager
async def _indexed_afterwards(tx: AsyncConnection) -> AsyncIterator[None]:
    """Have PostgreSQL sort all words into its index at once: word by word takes several times as long."""
    if tx.dialect.name == "sqlite":
        yield
        return
    await tx.execute(text("DROP INDEX ix_article_words_words"))
    yield
    driver = (await tx.get_raw_connection()).driver_connection
    assert driver is not None, "a connection in use has a driver's"
    await driver.execute(GIN, timeout=_LONGEST_BUILD)


def _values(dialect: str, row: Row[Any], topics: Collection[str], document: DocumentFields) -> dict[str, Any]:
    written = dict.fromkeys((row.summary, *row.body, *lines(codec.restored(row.blocks))))
    found, folded = terms(row.title, written, topics)
    found |= search_terms(document)
    place = {"place": _place(row.ranked_at, row.id), "article_id": row.id, "folded": folded}
    if dialect == "sqlite":
        return {**place, "words": " ".join(sorted(found))}
    return {**place, "terms": " ".join(f"'{term}'" for term in sorted(found))}


async def find(
    tx: AsyncConnection,
    search: Search,
    *,
    topics: Collection[TopicId] | None,
    limit: int,
    within: Collection[TopicId] | None = None,
) -> tuple[ArticleId, ...]:
    """Return at most *limit* articles in any of *topics* (None: in all) that hold all that is searched for.

    Of *topics* what is released counts; with *within* they are also in any of these, in whichever state.
    The document itself that is searched for comes first, by its fields,
    and all are of the kind that is asked.
    Then those that hold it with the same diacritics, then those that hold it in their titles, then the
    newest. Words without any diacritics ask for none.
    """
    bounds = _bounds(search.period)
    found: dict[int, None] = {}
    if tx.dialect.name == "postgresql":
        # The planner does not count what it costs to fetch words that stand out of line.
        await tx.execute(text("SET LOCAL enable_seqscan = off"))
    of_kind = [kind_term(search.kind)] if search.kind else []
    for tier in _tiers(search):
        statement, values = _statement(tx.dialect.name, [*tier, *of_kind], topics, search.phrases, within)
        values |= {"first": bounds[0], "last": bounds[1], "count": limit + len(found)}
        found |= dict.fromkeys((await tx.execute(statement, values)).scalars())
        if len(found) >= limit:
            break
    return tuple(ArticleId(place & ((1 << _ID_BITS) - 1)) for place in list(found)[:limit])


def _place(ranked_at: datetime, article: int) -> int:
    """Return a number by which articles stand in order of time, to the minute, and then as they came."""
    return ((milliseconds(ranked_at) // _MINUTE) << _ID_BITS) + article


def _bounds(period: Period) -> tuple[int, int]:
    first = _FIRST if period.since is None else _place(period.since, 0)
    last = _LAST if period.until is None else _place(period.until, 0) - 1
    return first, last


def _tiers(search: Search) -> Iterator[list[str]]:
    if search.document:
        yield list(search.document)
    if not search.words:
        yield []
        return
    if search.has_marks:
        yield [TITLE + EXACT + word.exact for word in search.words]
        yield [EXACT + word.exact for word in search.words]
    yield [TITLE + word.folded for word in search.words]
    yield [word.folded for word in search.words]


def _statement(
    dialect: str,
    tier: Collection[str],
    topics: Collection[TopicId] | None,
    phrases: Collection[str],
    within: Collection[TopicId] | None,
) -> tuple[TextClause, dict[str, Any]]:
    """Return the query for one tier. Terms hold letters and digits only, so that quoted they are inert."""
    alternatives = None if topics is None else [topic_term(topic) for topic in topics] or [topic_term("")]
    # Two neighbours are a term; of three, the text itself says whether they stand in one place.
    longer = [phrase for phrase in phrases if phrase.count(" ") > 1]
    tier = [*tier, *(pair for phrase in phrases for pair in pairs(phrase.split(" ")))]
    values: dict[str, Any] = {f"phrase{number}": f" {phrase} " for number, phrase in enumerate(longer)}
    position = "instr" if dialect == "sqlite" else "strpos"
    conditions = [f"{position}(w.folded, :{name}) > 0" for name in values]
    source, place, order = "article_words w", "w.place", "w.place"
    if (tier or alternatives) and dialect == "sqlite":
        source = "article_index i" + (" JOIN article_words w ON w.place = i.rowid" if values else "")
        place = order = "i.rowid"
        conditions = ["article_index MATCH :wanted", *conditions]
        values["wanted"] = _match(tier, alternatives, mark='"', both=" AND ", either=" OR ")
    elif tier or alternatives:
        # A plan that walks through time, reading the words of each article, is far too slow for what is rare.
        order = place = "w.place + 0"
        conditions = ["w.words @@ CAST(:wanted AS tsquery)", *conditions]
        values["wanted"] = _match(tier, alternatives, mark="'", both=" & ", either=" | ")
    conditions.append(f"{place} BETWEEN :first AND :last")
    if within is not None:
        names = {f"within{number}": topic for number, topic in enumerate(within)}
        values |= names
        conditions.append(_in_topics(place, names))
    found = " AND ".join(conditions)
    # Every piece is written here; what people typed is bound.
    query = f"SELECT {place} FROM {source} WHERE {found} ORDER BY {order} DESC LIMIT :count"  # noqa: S608
    return text(query), values


def _in_topics(place: str, names: Collection[str]) -> str:
    """Return the condition that the article at *place* is in one of the topics bound to *names*."""
    bound = ", ".join(f":{name}" for name in names) or "NULL"
    return (
        "EXISTS (SELECT 1 FROM publications p"  # noqa: S608 - every piece is written here
        f" WHERE p.article_id = (({place}) & {(1 << _ID_BITS) - 1}) AND p.topic_id IN ({bound}))"
    )


def _match(
    tier: Iterable[str], alternatives: Iterable[str] | None, *, mark: str, both: str, either: str
) -> str:
    parts = [f"{mark}{term}{mark}" for term in dict.fromkeys(tier)]
    if alternatives is not None:
        parts.append("(" + either.join(f"{mark}{term}{mark}" for term in alternatives) + ")")
    return both.join(parts)
