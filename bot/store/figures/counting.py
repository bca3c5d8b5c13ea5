"""Counting: what a transaction does is added to the figures of the day when it commits, and else never."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.figures import Figure, class_of, day_of
from bot.store.engine.endings import at_the_end
from bot.store.schema import daily_figures, daily_reasons

EVERY_ACCOUNT = AccountId("")
"""What concerns no account more than another."""

_MILLISECOND = timedelta(milliseconds=1)
_LONGEST = daily_figures.c.longest_wait.name


class Place(NamedTuple):
    """Which figures something adds to: those of a day, for a topic on an account."""

    day: str
    topic: TopicId
    account: AccountId


def place(topic: TopicId, account: AccountId, now: datetime) -> Place:
    return Place(day_of(now).isoformat(), topic, account)


def count(tx: AsyncConnection, at: Place, figure: Figure, number: int = 1) -> None:
    """Add *number* to a figure that is counted by no reason."""
    at_the_end(tx, _CountedFigures).figures.setdefault(at, Counter())[figure.value] += number


def count_reason(tx: AsyncConnection, at: Place, figure: Figure, reason: str, number: int = 1) -> None:
    """Add *number* to a figure that is counted by its reason."""
    at_the_end(tx, _CountedFigures).reasons[(*at, figure.value, reason)] += number


def count_waits(tx: AsyncConnection, at: Place, wait: timedelta, number: int) -> None:
    """Add *number* messages that were accepted so long after their content was first seen."""
    counted = at_the_end(tx, _CountedFigures)
    counted.figures.setdefault(at, Counter())[f"waits_{class_of(wait)}"] += number
    counted.longest[at] = max(counted.longest.get(at, 0), wait // _MILLISECOND)


@dataclass(slots=True)
class _CountedFigures:
    """What one transaction has counted."""

    figures: dict[Place, Counter[str]] = field(default_factory=dict)
    longest: dict[Place, int] = field(default_factory=dict)
    reasons: Counter[tuple[str, ...]] = field(default_factory=Counter)

    async def write(self, tx: AsyncConnection) -> None:
        """Add it all, in one order always, so that no two who count wait for each other."""
        added = _ADDED[tx.dialect.name]
        if self.figures:
            rows = [self._row(at, counts) for at, counts in sorted(self.figures.items())]
            await tx.execute(added[daily_figures.name], rows)
        if self.reasons:
            keys = [key.name for key in daily_reasons.primary_key]
            rows = [
                {**dict(zip(keys, key, strict=True)), "count": number}
                for key, number in sorted(self.reasons.items())
            ]
            await tx.execute(added[daily_reasons.name], rows)

    def _row(self, at: Place, counts: Counter[str]) -> dict[str, Any]:
        key = {"day": at.day, "topic_id": at.topic, "account_id": at.account}
        values = {column.name: counts[column.name] for column in daily_figures.c if not column.primary_key}
        return {**values, **key, _LONGEST: self.longest.get(at, 0)}


def _adding(kind: Any, table: Table) -> Any:
    """Return the statement that adds to a row, or makes it."""
    new = kind(table)
    sums: dict[str, Any] = {
        column.name: column + new.excluded[column.name] for column in table.c if not column.primary_key
    }
    if _LONGEST in sums:
        there, more = table.c[_LONGEST], new.excluded[_LONGEST]
        sums[_LONGEST] = case((more > there, more), else_=there)
    return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)


# Made once: to make a statement takes as long as to run it.
_ADDED = {
    name: {table.name: _adding(kind, table) for table in (daily_figures, daily_reasons)}
    for name, kind in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
