"""How deliveries ended, for the figures of the day: accepted and how soon, corrected, failed and why."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import Figure
from bot.domain.reason import Reason
from bot.store.figures.counting import count, count_reason, count_waits, place
from bot.store.schema import articles
from bot.store.schema import deliveries as table

COUNTED = (
    table.c.account_id,
    table.c.topic_id,
    table.c.article_id,
    table.c.revision,
    table.c.digest,
    table.c.status,
    table.c.reason,
)
"""What there must be to know about deliveries that have come to an end."""

_FAILED = frozenset({DeliveryStatus.REJECTED, DeliveryStatus.EXPIRED, DeliveryStatus.SET_ASIDE})


async def count_ends(tx: AsyncConnection, rows: Collection[Row[Any]], now: datetime) -> tuple[timedelta, ...]:
    """Count what has become of deliveries, of which some may still be owed.

    Return for each that was accepted at once how long ago its content was first seen: one that comes in a
    digest comes when the reader has chosen, and a correction long after the content.
    """
    for (account, topic, revision, status), number in _numbers(rows).items():
        if status == DeliveryStatus.SENT:
            figure = Figure.CORRECTED if revision else Figure.DELIVERED
            count(tx, place(topic, account, now), figure, number)
    for row in rows:
        if row.status in _FAILED:
            count_failure(tx, row, row.reason, now)
    at_once = [
        row for row in rows if row.status == DeliveryStatus.SENT and not row.revision and not row.digest
    ]
    return await _count_waits(tx, at_once, now) if at_once else ()


def count_failure(tx: AsyncConnection, row: Row[Any], reason: str, now: datetime) -> None:
    """Count a delivery that has failed for a *reason*, as it is stored."""
    at = place(row.topic_id, row.account_id, now)
    count_reason(tx, at, Figure.FAILED, Reason.of(reason or "").code)


def _numbers(rows: Iterable[Row[Any]]) -> Counter[tuple[AccountId, TopicId, bool, str]]:
    return Counter((row.account_id, row.topic_id, row.revision > 0, row.status) for row in rows)


async def _count_waits(
    tx: AsyncConnection, rows: Collection[Row[Any]], now: datetime
) -> tuple[timedelta, ...]:
    numbers = Counter((row.account_id, row.topic_id, row.article_id) for row in rows)
    seen = select(articles.c.id, articles.c.created_at).where(
        articles.c.id.in_({article for _, _, article in numbers})
    )
    first_seen = {row.id: row.created_at for row in await tx.execute(seen)}
    waits: list[timedelta] = []
    for (account, topic, article), number in numbers.items():
        if article in first_seen:
            wait = max(now - first_seen[article], timedelta())
            count_waits(tx, place(topic, account, now), wait, number)
            waits += [wait] * number
    return tuple(waits)
