"""How deliveries ended, for the figures of the day: accepted and how soon, corrected, failed and why."""

from collections import Counter
from collections.abc import Iterable
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
    table.c.revision,
    table.c.digest,
    table.c.status,
    table.c.reason,
    select(articles.c.created_at)
    .where(articles.c.id == table.c.article_id)
    .correlate(table)
    .scalar_subquery()
    .label("first_seen"),
)
"""What there must be to know about deliveries that have come to an end, in this order."""

_FAILED = frozenset({DeliveryStatus.REJECTED, DeliveryStatus.EXPIRED, DeliveryStatus.SET_ASIDE})


def count_ends(tx: AsyncConnection, rows: Iterable[Row[Any]], now: datetime) -> tuple[timedelta, ...]:
    """Count what has become of deliveries, of which some may still be owed.

    Return for each that was accepted at once how long ago its content was first seen: one that comes in a
    digest comes when the reader has chosen, and a correction long after the content.
    """
    # A group of receipts is of few articles: what they share is counted once.
    waits: list[timedelta] = []
    for ended, number in Counter(tuple(row) for row in rows).items():
        account, topic, revision, digest, status, reason, first_seen = ended
        if status in _FAILED:
            count_failure(tx, topic, account, reason, now=now, number=number)
        elif status == DeliveryStatus.SENT:
            at = place(topic, account, now)
            count(tx, at, Figure.CORRECTED if revision else Figure.DELIVERED, number)
            if first_seen and not revision and not digest:
                wait = max(now - first_seen, timedelta())
                count_waits(tx, at, wait, number)
                waits += [wait] * number
    return tuple(waits)


def count_failure(
    tx: AsyncConnection,
    topic: TopicId,
    account: AccountId,
    reason: str | None,
    *,
    now: datetime,
    number: int = 1,
) -> None:
    """Count deliveries that have failed for a *reason*, as it is stored."""
    count_reason(tx, place(topic, account, now), Figure.FAILED, Reason.of(reason or "").code, number)
