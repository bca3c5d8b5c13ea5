"""Carrying everything from one database to another, in a file that is written and read as a stream.

The file is JSON, a value a line, gzip-compressed if its name ends in .gz:

    {"format": "bantin-export", "version": 1, "schema": "0001", "exported_at": "2026-03-02T01:30:00+00:00"}
    {"table": "topics", "columns": ["id", "position", …], "next_id": null}
    ["trong-nuoc", 0, …]
    …
    {"end": true, "rows": 1234}

Tables come in an order in which a row never refers to a later one. The line at the end says that nothing is
missing. Values lie there as in the database; see bot.store.runtime.dump.
"""

import gzip
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

import orjson

from bot.domain.desk.audit import EVERY, Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.errors import ExplainedError
from bot.store.articles import search
from bot.store.engine.database import Database, Transaction
from bot.store.integrity import schema_version
from bot.store.runtime import audit, dump

FORMAT = "bantin-export"
VERSION = 1
LONGEST_LINE = 64_000_000
"""Bytes: no row of ours comes near it, and what is no export must not fill the memory."""


class TransferError(ExplainedError):
    """The file cannot be written or read, or does not fit. The text is one line."""


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """How much was carried."""

    tables: int
    rows: int


def _nobody_counts(rows: int) -> None:
    """Take no note of *rows*."""


async def export_to(
    database: Database, file: Path, *, now: datetime, on_rows: Callable[[int], None] = _nobody_counts
) -> ExportSummary:
    """Write one state of *database* to *file*, which appears when it is complete.

    *on_rows* is told of each batch how many rows it had.
    """
    total = 0
    with _written(file) as out:
        header = {"format": FORMAT, "version": VERSION, "schema": schema_version.newest(), "exported_at": now}
        _write(out, header)
        async with database.read() as tx:
            for table in dump.TABLES:
                next_id = await dump.next_id(tx, table)
                _write(out, {"table": table, "columns": dump.columns(table), "next_id": next_id})
                async for batch in dump.rows(tx, table):
                    out.write(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in batch))
                    total += len(batch)
                    on_rows(len(batch))
        _write(out, {"end": True, "rows": total})
    return ExportSummary(len(dump.TABLES), total)


async def import_from(
    database: Database,
    file: Path,
    *,
    actor: Actor,
    now: datetime,
    on_rows: Callable[[int], None] = _nobody_counts,
) -> ExportSummary:
    """Read *file* into *database*, which must be empty: all of it, or in case of a TransferError nothing.

    The audit log says behind what it brings that *actor* has brought it. *on_rows* is told of each batch how
    many rows it had.
    """
    with _read(file) as lines:
        lines.header()
        async with database.write() as tx:
            if found := await dump.filled(tx):
                raise TransferError(
                    f"{database.place} is not empty ({', '.join(found[:3])}): import into an empty one"
                )
            await _Import(tx, lines, on_rows).run()
            await search.rebuild(tx)
            about = Subject(SubjectKind.DATABASE, EVERY)
            act = Act(AuditAction.DATA_IMPORTED, about, after={"file": file.name, "rows": lines.rows})
            await audit.record(tx, actor, act, now=now)
    return ExportSummary(len(dump.TABLES), lines.rows)


class _Lines:
    """The lines of an export, and where in it we are."""

    def __init__(self, file: Path, stream: IO[bytes]) -> None:
        self._file = file
        self._stream = stream
        self._number = 0
        self.rows = 0

    def header(self) -> None:
        """Read the first line; raises TransferError if we cannot read the others."""
        head = self.next()
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise TransferError(f"{self._file}: this is no export of Bản Tin")
        if head.get("version") != VERSION:
            raise self.wrong(f"it is of version {head.get('version')}, and we read version {VERSION}")
        ours = schema_version.newest()
        if head.get("schema") != ours:
            raise self.wrong(
                f"it has the schema {head.get('schema')}, and this program the schema {ours}:"
                " export and import with the same version of Bản Tin"
            )

    def next(self) -> Any:
        """Return the value on the next line; raises TransferError if there is none."""
        self._number += 1
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            raise TransferError(
                f"{self._file}: it ends after line {self._number - 1}, before its end: cut off?"
            )
        try:
            return orjson.loads(line)
        except orjson.JSONDecodeError:
            if self._number == 1:
                raise TransferError(f"{self._file}: this is no export of Bản Tin") from None
            raise self.wrong("this is not JSON") from None

    def end(self) -> None:
        if self._stream.readline(1):
            raise self.wrong("there is more after the end")

    def wrong(self, what: str) -> TransferError:
        return TransferError(f"{self._file}, line {self._number}: {what}")


class _Import:
    """Takes in tables, row by row, until the end."""

    def __init__(self, tx: Transaction, lines: _Lines, on_rows: Callable[[int], None]) -> None:
        self._tx = tx
        self._lines = lines
        self._on_rows = on_rows
        self._next_ids: dict[str, int | None] = {}
        self._table = ""
        self._batch: list[list[Any]] = []

    async def run(self) -> None:
        while True:
            match self._lines.next():
                case list() as row if self._table:
                    self._batch.append(row)
                    if len(self._batch) >= dump.ROWS_AT_ONCE:
                        await self._flush()
                case {"table": str(name), "columns": list(columns), "next_id": int() | None as next_id}:
                    await self._flush()
                    self._begin(name, columns, next_id)
                case {"end": True, "rows": rows}:
                    await self._flush()
                    self._check(rows)
                    break
                case _:
                    raise self._lines.wrong("neither a table nor a row of one")
        for name, next_id in self._next_ids.items():
            try:
                await dump.number_on(self._tx, name, next_id)
            except dump.RowsRefusedError as error:
                raise self._lines.wrong(str(error)) from None

    def _begin(self, name: str, columns: list[Any], next_id: int | None) -> None:
        if name not in dump.TABLES or name in self._next_ids:
            known = "comes twice" if name in self._next_ids else "is unknown"
            raise self._lines.wrong(f"the table {name!r} {known}")
        if tuple(columns) != dump.columns(name):
            raise self._lines.wrong(f"the table {name!r} has other columns here")
        self._table = name
        self._next_ids[name] = next_id

    async def _flush(self) -> None:
        if not self._batch:
            return
        try:
            await dump.add(self._tx, self._table, self._batch)
        except dump.RowsRefusedError as error:
            raise self._lines.wrong(f"in the rows of {self._table} before it: {error}") from None
        self._lines.rows += len(self._batch)
        self._on_rows(len(self._batch))
        self._batch = []

    def _check(self, rows: object) -> None:
        missing = [name for name in dump.TABLES if name not in self._next_ids]
        if missing:
            raise self._lines.wrong(f"the table {missing[0]!r} is missing")
        if rows != self._lines.rows:
            raise self._lines.wrong(f"there should be {rows} rows, and there are {self._lines.rows}")
        self._lines.end()


def _write(out: IO[bytes], value: object) -> None:
    out.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


@contextmanager
def _written(file: Path) -> Iterator[IO[bytes]]:
    """Open *file* for writing, for its owner only, and give it its name when it is complete."""
    unfinished = None
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            # A device or a pipe would be replaced by a file.
            raise TransferError(f"{file}: it cannot be written: it is no ordinary file")
        # A name that nobody has foreseen, and the file is made anew (O_EXCL, mode 0600): one that somebody
        # had put there could be open to others, or be a link to somewhere else.
        number, unfinished = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".unfinished")
        with os.fdopen(number, "wb") as raw:
            if file.name.endswith(".gz"):
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield raw
        Path(unfinished).replace(file)
    except OSError as error:
        raise TransferError(f"{file}: it cannot be written: {error.strerror}") from None
    finally:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)


@contextmanager
def _read(file: Path) -> Iterator[_Lines]:
    try:
        with gzip.open(file) if file.name.endswith(".gz") else file.open("rb") as stream:
            yield _Lines(file, cast("IO[bytes]", stream))
    except (gzip.BadGzipFile, zlib.error):
        raise TransferError(f"{file}: this is not gzip, or it is damaged") from None
    except EOFError:
        raise TransferError(f"{file}: it ends too early: cut off?") from None
    except OSError as error:
        raise TransferError(f"{file}: it cannot be read: {error.strerror}") from None
