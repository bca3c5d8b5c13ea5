"""Holds: entries of a feed that seems to have been rebuilt, until somebody has decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from sqlalchemy import Row, case, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import codec
from bot.domain.news.article import Attachment, DatePrecision, Photo, Published
from bot.domain.news.feed import Entry, FeedId
from bot.store.engine.dialect import insert
from bot.store.schema import feeds
from bot.store.schema import quarantined_entries as waiting
from bot.store.schema import quarantines as table
from bot.store.schema.types import Moment

HoldId = NewType("HoldId", int)


class Decision(StrEnum):
    """What becomes of held entries: SEND owes them to those who subscribe, KEEP makes articles of them."""

    SEND = "send"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What is held of one feed; *titles* are those of a few of its entries."""

    id: HoldId
    feed: FeedId
    name: str
    began_at: datetime
    entries: int
    decision: Decision | None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuarantinedEntry:
    """One entry that somebody has decided about, by the number of its row."""

    row: int
    entry: Entry
    decision: Decision


ASKED_AGAIN = timedelta(hours=1)
"""How soon it is asked again about what is held already, when more comes to it."""


async def hold(tx: AsyncConnection, feed: FeedId, entries: Sequence[Entry], now: datetime) -> None:
    """Put *entries* aside, to those of the feed that are held already; the owners are asked at once."""
    begun = insert(tx, table).values(feed_id=feed, began_at=now, ask_at=now)
    # What was decided before was about other entries. A feed that floods on and on is asked about every hour.
    soon = literal(now + ASKED_AGAIN, Moment)
    later = case((table.c.ask_at < soon, table.c.ask_at), else_=soon)
    ask_at = case((table.c.decision.is_not(None), literal(now, Moment)), else_=later)
    again = begun.on_conflict_do_update(index_elements=["feed_id"], set_={"ask_at": ask_at, "decision": None})
    number = (await tx.execute(again.returning(table.c.id))).scalar_one()
    await tx.execute(
        insert(tx, waiting),
        [{"quarantine_id": number, "entry": _written(entry)} for entry in entries],
    )


async def undecided(tx: AsyncConnection, *, due: datetime | None = None) -> tuple[Quarantine, ...]:
    """Return what waits for a decision; with *due*, only what is to be asked about by then."""
    query = _holds().where(table.c.decision.is_(None))
    if due is not None:
        query = query.where(table.c.ask_at <= due)
    found = (await tx.execute(query)).all()
    return tuple([_hold(row, await titles(tx, row.id, limit=_TITLES)) for row in found])


async def get(tx: AsyncConnection, hold_id: int) -> Quarantine | None:
    row = (await tx.execute(_holds().where(table.c.id == hold_id))).first()
    return _hold(row, ()) if row else None


async def ask_again(tx: AsyncConnection, hold_id: HoldId, at: datetime) -> None:
    await tx.execute(update(table).where(table.c.id == hold_id).values(ask_at=at))


async def decide(
    tx: AsyncConnection, hold_id: int, decision: Decision, *, newest: int = 0, now: datetime
) -> bool:
    """Note what becomes of a hold, and make it its feed's turn; False if that was decided before.

    With *newest*, SEND is only about so many entries; the others are kept.
    """
    written: str = decision
    if decision is Decision.SEND and newest:
        written = f"{decision} {await _nth_newest(tx, hold_id, newest)}"
    chosen = (
        update(table)
        .where(table.c.id == hold_id, table.c.decision.is_(None))
        .values(decision=written)
        .returning(table.c.feed_id)
    )
    feed = (await tx.execute(chosen)).scalar()
    if feed is None:
        return False
    await tx.execute(update(feeds).where(feeds.c.id == feed).values(next_poll_at=now))
    return True


async def decided(tx: AsyncConnection, feed: FeedId) -> tuple[QuarantinedEntry, ...]:
    """Return the entries of *feed* that somebody has decided about, oldest first."""
    query = (
        select(waiting, table.c.decision)
        .join_from(waiting, table, table.c.id == waiting.c.quarantine_id)
        .where(table.c.feed_id == feed, table.c.decision.is_not(None))
        .order_by(waiting.c.id)
    )
    return tuple(
        QuarantinedEntry(row.id, _read(row.entry), _decision_about(row.id, row.decision))
        for row in await tx.execute(query)
    )


async def _nth_newest(tx: AsyncConnection, hold_id: int, newest: int) -> int:
    """Return the number of the oldest one of so many entries, the newest there are; 0 if all are meant."""
    query = select(waiting.c.id).where(waiting.c.quarantine_id == hold_id)
    nth = query.order_by(waiting.c.id.desc()).offset(newest - 1).limit(1)
    return (await tx.execute(nth)).scalar() or 0


def _decision_about(row: int, written: str) -> Decision:
    """Return what becomes of the entry of *row*: a number behind the decision is the first row to be sent."""
    decision, _, first = written.partition(" ")
    return Decision.KEEP if first and row < int(first) else Decision(decision)


async def release(tx: AsyncConnection, row: int) -> None:
    """Let go of an entry, and of its hold with the last one."""
    gone = delete(waiting).where(waiting.c.id == row).returning(waiting.c.quarantine_id)
    hold_id = (await tx.execute(gone)).scalar()
    left = select(waiting.c.id).where(waiting.c.quarantine_id == hold_id).exists()
    await tx.execute(delete(table).where(table.c.id == hold_id, ~left))


def _holds() -> Any:
    count = (
        select(func.count())
        .select_from(waiting)
        .where(waiting.c.quarantine_id == table.c.id)
        .scalar_subquery()
    )
    return (
        select(table, feeds.c.name, count.label("entries"))
        .join_from(table, feeds, feeds.c.id == table.c.feed_id)
        .order_by(table.c.id)
    )


async def titles(tx: AsyncConnection, hold_id: int, *, offset: int = 0, limit: int) -> tuple[str, ...]:
    """Return titles of what is held, the newest first."""
    newest = (
        select(waiting.c.entry)
        .where(waiting.c.quarantine_id == hold_id)
        .order_by(waiting.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple(entry["title"] for entry in (await tx.execute(newest)).scalars())


_TITLES = 3


def _hold(row: Row[Any], titles: tuple[str, ...]) -> Quarantine:
    return Quarantine(
        id=HoldId(row.id),
        feed=FeedId(row.feed_id),
        name=row.name,
        began_at=row.began_at,
        entries=row.entries,
        decision=Decision(row.decision.partition(" ")[0]) if row.decision else None,
        titles=titles,
    )


def _written(entry: Entry) -> dict[str, Any]:
    published = entry.published
    return {
        "title": entry.title,
        "link": entry.link,
        "guid": entry.guid,
        "summary": entry.summary,
        "body": list(entry.body),
        "photos": [[photo.url, photo.caption] for photo in entry.photos],
        "published": [published.at.isoformat(), published.precision] if published else None,
        "attachments": [[each.url, each.name, each.size] for each in entry.attachments],
        "blocks": codec.stored(entry.blocks),
    }


def _read(written: dict[str, Any]) -> Entry:
    published = written["published"]
    return Entry(
        title=written["title"],
        link=written["link"],
        guid=written["guid"],
        summary=written["summary"],
        body=tuple(written["body"]),
        photos=tuple(Photo(url, caption) for url, caption in written["photos"]),
        published=Published(datetime.fromisoformat(published[0]), DatePrecision(published[1]))
        if published
        else None,
        attachments=tuple(Attachment(*each) for each in written["attachments"]),
        blocks=codec.restored(written.get("blocks")),
    )
