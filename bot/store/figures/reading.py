"""Reading the daily figures, summed by whatever they are to be told apart by, and taking out old ones."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.figures import Counts, Figure, Waits
from bot.store.schema import daily_figures, daily_reasons
from bot.store.schema.figures import WAITS

_PLAIN = (Figure.SUBSCRIBED, Figure.DELIVERED, Figure.CORRECTED, Figure.RELEASED)
"""What is counted by no reason, each in a column of its own."""


class By(StrEnum):
    """What figures are told apart by, by the name of its column."""

    DAY = "day"
    TOPIC = "topic_id"
    ACCOUNT = "account_id"


async def counts(
    tx: AsyncConnection, days: Collection[date], topics: Collection[TopicId], by: tuple[By, ...]
) -> list[Counts]:
    """Return what was counted for *topics* on *days*, which follow one another, told apart *by* these."""
    if not (days and topics):
        return []
    plain = (*(func.sum(daily_figures.c[figure.value]) for figure in _PLAIN), *map(func.sum, WAITS))
    sums = (*plain, func.max(daily_figures.c.longest_wait))
    width = len(by)
    figures: dict[tuple[str, ...], Any] = {}
    for row in await _summed(tx, daily_figures, days, topics, (by, sums)):
        figures[row[:width]] = row[width:]
    reasons: dict[tuple[str, ...], dict[tuple[Figure, str], int]] = {}
    parts = (daily_reasons.c.figure, daily_reasons.c.reason, func.sum(daily_reasons.c.count))
    for row in await _summed(tx, daily_reasons, days, topics, (by, parts)):
        figure, reason, number = row[width:]
        reasons.setdefault(row[:width], {})[Figure(figure), reason] = int(number)
    return [
        _counts(dict(zip(by, key, strict=True)), figures.get(key), reasons.get(key, {}))
        for key in sorted({*figures, *reasons})
    ]


async def _summed(
    tx: AsyncConnection,
    table: Table,
    days: Collection[date],
    topics: Collection[TopicId],
    columns: tuple[tuple[By, ...], tuple[ColumnElement[Any], ...]],
) -> list[Any]:
    """Return the second *columns*, of which those that are no sums tell more apart than the first."""
    by, summed = [table.c[each] for each in columns[0]], columns[1]
    apart = [*by, *(column for column in summed if column.primary_key)]
    within = table.c.day.between(min(days).isoformat(), max(days).isoformat())
    query = select(*by, *summed).where(within, table.c.topic_id.in_(topics)).group_by(*apart)
    return [tuple(row) for row in await tx.execute(query)]


def _counts(
    key: dict[By, str], row: tuple[int, ...] | None, reasons: dict[tuple[Figure, str], int]
) -> Counts:
    figures = dict(zip(_PLAIN, map(int, row or ()), strict=False))
    for (figure, _), number in reasons.items():
        figures[figure] = figures.get(figure, 0) + number
    waits = Waits()
    if row and any(row[len(_PLAIN) : -1]):
        waits = Waits(tuple(map(int, row[len(_PLAIN) : -1])), timedelta(milliseconds=int(row[-1])))
    return Counts(
        figures,
        reasons,
        waits,
        day=date.fromisoformat(key[By.DAY]) if By.DAY in key else None,
        topic=TopicId(key[By.TOPIC]) if By.TOPIC in key else None,
        account=AccountId(key[By.ACCOUNT]) if By.ACCOUNT in key else None,
    )


async def prune(tx: AsyncConnection, *, before: date) -> int:
    """Take out the figures of the days before that one; return how many rows that were."""
    pruned = 0
    for table in (daily_figures, daily_reasons):
        pruned += (await tx.execute(delete(table).where(table.c.day < before.isoformat()))).rowcount
    return pruned
