"""Whole tables out of one database and into another, as plain values that both kinds of database share.

A plain value is what lies in the column, but for bytes, which are written in base64, and JSON, which is
embedded as it is: moments are milliseconds since the epoch.
"""

import base64
import binascii
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    column,
    func,
    insert,
    literal_column,
    select,
    text,
)
from sqlalchemy import table as table_clause
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot.domain.chats.alert import AlertKind
from bot.domain.chats.chat import ChatKind, ChatStatus
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import QuietMode, Timing
from bot.domain.delivery.chat_queue import Lane
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.approval_rule import Approval, Unanswered
from bot.domain.desk.audit import AuditAction, AuditPlace, SubjectKind
from bot.domain.desk.figures import Figure
from bot.domain.news.article import DatePrecision
from bot.domain.news.feed import FeedKind
from bot.domain.news.origin import Origin
from bot.domain.news.poll_record import PollResult
from bot.domain.news.websub import HubState
from bot.domain.publication.announcement import AtEnd
from bot.domain.publication.pauses import PauseScope
from bot.domain.publication.publication import PublicationState
from bot.domain.publication.submission import SubmissionOutcome
from bot.domain.text import document_kinds
from bot.store.feeds.quarantine import Decision
from bot.store.files.url import is_outage
from bot.store.outbox.broadcasts import BroadcastState
from bot.store.quotas.rate_history import RateEventKind
from bot.store.runtime.follow_ups import Begun
from bot.store.schema import (
    account_tokens,
    article_words,
    console_links,
    console_sessions,
    database_identity,
    heartbeats,
    leases,
    metadata,
    owner_names,
    recording_references,
    recordings,
    released_articles,
)
from bot.store.schema.types import Json, Moment

ROWS_AT_ONCE = 1_000

_LEFT_OUT = (
    *(leases, heartbeats, article_words, released_articles, recordings, recording_references),
    *(database_identity, account_tokens, console_links, console_sessions, owner_names),
)
_TABLES = {table.name: table for table in metadata.sorted_tables if table not in _LEFT_OUT}

TABLES = tuple(_TABLES)
"""Every table but the leases, heartbeats and identity, which say nothing elsewhere, the words and recordings,
which are made anew, and the tokens and sessions, which are secrets, and good for one service alone.

What others refer to comes first.
"""


CHOICES: dict[tuple[str, str], frozenset[object]] = {
    ("announcement_drafts", "at_end"): frozenset(AtEnd),
    ("announcements", "at_end"): frozenset(AtEnd),
    ("articles", "date_precision"): frozenset(DatePrecision),
    ("audit_log", "action"): frozenset(AuditAction),
    ("audit_log", "about_kind"): frozenset(SubjectKind),
    ("audit_log", "place"): frozenset(AuditPlace),
    ("alerts", "kind"): frozenset(AlertKind),
    ("approval_requests", "approval"): frozenset(Approval),
    ("broadcasts", "state"): frozenset(BroadcastState),
    ("follow_ups", "kind"): frozenset(Begun),
    ("chat_preferences", "address"): frozenset(FormOfAddress),
    ("chat_preferences", "quiet_mode"): frozenset(QuietMode),
    ("chats", "kind"): frozenset(ChatKind),
    ("chats", "status"): frozenset(ChatStatus),
    ("daily_reasons", "figure"): frozenset({Figure.ENDED, Figure.FAILED}),
    ("deliveries", "lane"): frozenset(Lane),
    ("deliveries", "status"): frozenset(DeliveryStatus),
    ("desk_drafts", "at_end"): frozenset(AtEnd),
    ("document_fields", "kind"): frozenset({*document_kinds.NAMES, ""}),
    ("feed_hubs", "state"): frozenset(HubState),
    ("feed_polls", "result"): frozenset(PollResult),
    ("feeds", "kind"): frozenset(FeedKind),
    ("feeds", "origin"): frozenset(Origin),
    ("quarantines", "decision"): frozenset(Decision),
    ("rejections", "approval"): frozenset(Approval),
    ("schedules", "timing"): frozenset(Timing),
    ("stopped_subscriptions", "timing"): frozenset(Timing),
    ("pauses", "scope"): frozenset(PauseScope),
    ("publications", "state"): frozenset(PublicationState),
    ("rate_events", "kind"): frozenset(RateEventKind),
    ("submissions", "outcome"): frozenset(SubmissionOutcome),
    ("topic_approvals", "approval"): frozenset(Approval),
    ("topic_approvals", "unanswered"): frozenset(Unanswered),
    ("usual_approval", "approval"): frozenset(Approval),
    ("usual_approval", "unanswered"): frozenset(Unanswered),
}
"""The values of each column whose values are enumerated: any other would stop whatever reads it."""

LARGEST_ID = (1 << 53) - 1
"""Ids are counted upwards, and never get so far; what begins behind it leaves no room for the next ones."""


class RowsRefusedError(Exception):
    """The database does not take these rows. The text is one line."""


def columns(name: str) -> tuple[str, ...]:
    """Return the names of a table's columns, in the order of its rows here."""
    return tuple(each.name for each in _TABLES[name].columns)


async def rows(tx: AsyncConnection, name: str) -> AsyncIterator[list[list[Any]]]:
    """Return the rows of a table in batches, in the order of its key, ready to be written by orjson."""
    source = _TABLES[name]
    plain = _plain(source)
    query = select(*plain.c).order_by(*(plain.c[key.name] for key in source.primary_key))
    writers = [_writer(each.type) for each in source.columns]
    stream = await tx.stream(query, execution_options={"yield_per": ROWS_AT_ONCE})
    async for part in stream.partitions():
        yield [[write(value) for write, value in zip(writers, row, strict=True)] for row in part]


async def add(tx: AsyncConnection, name: str, batch: Sequence[Sequence[Any]]) -> None:
    """Insert rows as `rows` gave them and JSON brought them back; raises RowsRefusedError."""
    target = _TABLES[name]
    readers = [(each.name, _reader_of(each), bool(each.nullable)) for each in target.columns]
    values = [_row(row, readers) for row in batch]
    try:
        await tx.execute(insert(_plain(target)), values)
    except DBAPIError as error:
        if is_outage(error):
            raise
        raise RowsRefusedError(_first_line(error)) from None


def _row(row: Sequence[Any], readers: list[tuple[str, Callable[[Any], Any], bool]]) -> dict[str, Any]:
    if len(row) != len(readers):
        raise RowsRefusedError(f"a row of {len(row)} values, where there are {len(readers)} columns")
    values = {}
    for value, (name, read, nullable) in zip(row, readers, strict=True):
        if value is None and not nullable:
            raise RowsRefusedError(f"{name} has no value")
        try:
            values[name] = None if value is None else read(value)
        except (ValueError, binascii.Error) as error:
            raise RowsRefusedError(f"{name}: {error}") from None
    return values


async def next_id(tx: AsyncConnection, name: str) -> int | None:
    """Return the number that the next row of a table is given, where the database keeps count of them."""
    if not _is_numbered(_TABLES[name]):
        return None
    if tx.dialect.name == "sqlite":
        counted = text("SELECT seq + 1 FROM sqlite_sequence WHERE name = :name")
        return (await tx.execute(counted, {"name": name})).scalar()
    sequence = (await tx.execute(_SEQUENCE, {"name": name})).scalar_one()
    counted = text(f"SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM {sequence}")  # noqa: S608 - our own
    return (await tx.execute(counted)).scalar()


async def number_on(tx: AsyncConnection, name: str, wanted: int | None) -> None:
    """Give the next row of a table the number *wanted*, or a higher one if that is taken.

    Raises RowsRefusedError if no table has so many rows.
    """
    table = _TABLES[name]
    if not _is_numbered(table):
        return
    if wanted is not None and not 1 <= wanted <= LARGEST_ID:
        raise RowsRefusedError(f"the next id of {name} cannot be {wanted}")
    last = (await tx.execute(select(func.max(table.c.id)))).scalar() or 0
    following = max(wanted or 1, last + 1)
    if tx.dialect.name == "postgresql":
        await tx.execute(
            text("SELECT setval(:sequence, :following, false)"),
            {
                "sequence": (await tx.execute(_SEQUENCE, {"name": name})).scalar_one(),
                "following": following,
            },
        )
    elif table.dialect_options["sqlite"]["autoincrement"]:
        await tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        counted = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
        await tx.execute(counted, {"name": name, "last": following - 1})


_SEQUENCE = text("SELECT pg_get_serial_sequence(:name, 'id')")


async def count(tx: AsyncConnection) -> int:
    """Return how many rows `rows` gives of all tables together."""
    return sum(
        [
            (await tx.execute(select(func.count()).select_from(table))).scalar_one()
            for table in _TABLES.values()
        ]
    )


async def filled(tx: AsyncConnection) -> tuple[str, ...]:
    """Return the tables that have any rows."""
    found = []
    for name, table in _TABLES.items():
        if (await tx.execute(select(literal_column("1")).select_from(table).limit(1))).first():
            found.append(name)
    return tuple(found)


def _is_numbered(table: Table) -> bool:
    return "id" in table.c and isinstance(table.c.id.type, BigInteger)


def _plain(table: Table) -> Any:
    """Return *table* with columns of plain types: values pass as they lie there."""
    return table_clause(table.name, *(column(each.name, _plain_type(each.type)) for each in table.columns))


def _plain_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Moment):
        return BigInteger()
    return kind if isinstance(kind, Integer | Boolean | LargeBinary) else Text()


def _writer(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    if isinstance(kind, Json):
        return lambda value: None if value is None else orjson.Fragment(value)
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64encode(value).decode()
    return lambda value: value


def _reader_of(column: Column[Any]) -> Callable[[Any], Any]:
    """Return what reads a value of *column*; it raises ValueError for one that no such column can have."""
    read = _reader(column.type)
    allowed = CHOICES.get((column.table.name, column.name))
    if allowed is not None:
        return lambda value: _one_of(allowed, read(value))
    if column.name == "id" and isinstance(column.type, BigInteger):
        return lambda value: _id(read(value))
    return read


def _one_of(allowed: frozenset[object], value: Any) -> Any:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(map(str, allowed)))}")
    return value


def _id(value: int) -> int:
    if not 1 <= value <= LARGEST_ID:
        raise ValueError(f"{value} is no id")
    return value


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    match kind:
        case Json():
            return lambda value: orjson.dumps(value).decode()
        case LargeBinary():
            return lambda value: base64.b64decode(_of(str, value), validate=True)
        case Boolean():
            return lambda value: _of(bool, value)
        case Moment() | BigInteger():
            return lambda value: _number(value, 63)
        case Integer():
            return lambda value: _number(value, 31)
        case _:
            return lambda value: _of(str, value)


def _number(value: Any, bits: int) -> int:
    number: int = _of(int, value)
    if not -(1 << bits) <= number < 1 << bits:
        raise ValueError(f"{number} is too large")
    return number


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"a {type(value).__name__}, where a {kind.__name__} belongs")
    return value


def _first_line(error: DBAPIError) -> str:
    line = (str(error.orig).splitlines() or [type(error).__name__])[0]
    # The driver puts the name of its own class before what the server says.
    return line.rpartition(">: ")[2]
