"""Pauses as they are kept, and how a delivery is marked that one of them holds."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import Pause, Paused, PauseId, Pauses, PauseScope
from bot.store.engine import notify
from bot.store.schema import HELD, accounts, deliveries, topics
from bot.store.schema import pauses as table

_HELD_FROM = datetime(3000, 1, 1, tzinfo=UTC)
"""A delivery that a pause holds is held until so many milliseconds after this as the pause's id says: each
pause finds again what it holds by an index, and nothing else is ever held for so long."""

_KNOWN = select(table)


def held_by(pause: PauseId) -> datetime:
    """Return the moment until which a delivery is held that *pause* holds."""
    return _HELD_FROM + timedelta(milliseconds=pause)


def is_held_by_none(held_until: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition that no pause holds what is held *held_until*."""
    return held_until < _HELD_FROM


def stops(article: ArticleId) -> Paused:
    """Return what is paused while *article* is stopped."""
    return Paused(PauseScope.ARTICLE, str(article))


async def known(tx: AsyncConnection) -> Pauses:
    """Return the pauses that stand, and those that are over and are kept."""
    return Pauses.of(map(_pause, await tx.execute(_KNOWN)))


async def standing(tx: AsyncConnection) -> tuple[Pause, ...]:
    """Return the pauses that stand, the oldest first."""
    rows = await tx.execute(_KNOWN.where(table.c.until.is_(None)).order_by(table.c.since, table.c.id))
    return tuple(map(_pause, rows))


async def begin(tx: AsyncConnection, what: Paused, now: datetime, *, automatic: bool = False) -> bool:
    """Pause *what* from now on; False if it is paused already."""
    if await _standing(tx, what) is not None:
        return False
    values = {"scope": what.scope, "about": what.about, "since": now, "automatic": automatic}
    await tx.execute(insert(table).values(values))
    await notify.announce(tx, notify.Signal.DELIVERIES)
    return True


async def end(tx: AsyncConnection, what: Paused, now: datetime) -> Pause | None:
    """Let *what* go on, and return the pause that is over now; None if there was none.

    What it holds comes back with the next claims.
    """
    pause = await _standing(tx, what)
    if pause is not None:
        await tx.execute(update(table).where(table.c.id == pause.id).values(until=now))
        await notify.announce(tx, notify.Signal.DELIVERIES)
    return pause


async def still_standing(tx: AsyncConnection, ids: Collection[PauseId]) -> set[PauseId]:
    """Return which of the pauses still stand, and have none of them end before this transaction does.

    What is marked as held by a pause comes back with its end, which must not be missed.
    """
    query = select(table.c.id).where(table.c.id.in_(ids), table.c.until.is_(None)).order_by(table.c.id)
    return {PauseId(number) for number in (await tx.execute(query.with_for_update(read=True))).scalars()}


async def is_there(tx: AsyncConnection, what: Paused) -> bool:
    """Return whether *what*, everything or an account or a topic, is there to be paused."""
    match what.scope:
        case PauseScope.EVERYTHING:
            return not what.about
        case PauseScope.ACCOUNT:
            found = exists().where(accounts.c.id == what.about)
        case PauseScope.TOPIC:
            found = exists().where(topics.c.id == what.about, ~topics.c.retired)
        case PauseScope.ARTICLE:
            return False
    return bool((await tx.execute(select(found))).scalar())


async def prune(tx: AsyncConnection, *, over_before: datetime, limit: int) -> int:
    """Take out pauses that were over before then, and hold nothing any more."""
    old = select(table.c.id).where(table.c.until < over_before).order_by(table.c.id).limit(limit)
    taken_out = 0
    for number in (await tx.execute(old)).scalars().all():
        if not await _holds_any(tx, PauseId(number)):
            taken_out += (await tx.execute(delete(table).where(table.c.id == number))).rowcount
    return taken_out


async def _holds_any(tx: AsyncConnection, pause: PauseId) -> bool:
    """Return whether any delivery still has the mark of *pause*: perhaps its account is not served."""
    marked = HELD & (deliveries.c.account_id == accounts.c.id) & (deliveries.c.held_until == held_by(pause))
    found = select(accounts.c.id).where(exists().where(marked)).limit(1)
    return (await tx.execute(found)).first() is not None


async def _standing(tx: AsyncConnection, what: Paused) -> Pause | None:
    query = _KNOWN.where(table.c.scope == what.scope, table.c.about == what.about, table.c.until.is_(None))
    row = (await tx.execute(query.with_for_update())).first()
    return _pause(row) if row else None


def _pause(row: Row[Any]) -> Pause:
    what = Paused(PauseScope(row.scope), row.about)
    return Pause(PauseId(row.id), what, row.since, row.until, row.automatic)
