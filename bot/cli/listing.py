"""`bantin feeds`, `chats`, `stats` and `deliveries`: what is stored, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot import parts
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.settings.settings import Settings
from bot.store import chats, feeds, holds, outbox

Row = dict[str, Any]


async def list_feeds(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]) -> list[Row]:
    """Return each feed and how it is."""
    async with parts.current_database(settings, exclusive=False) as database:
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, SystemClock().now())
        async with database.read() as tx:
            statuses = await feeds.statuses(tx)
            held = {hold.feed: hold.entries for hold in await holds.undecided(tx)}
    return [
        {
            "feed": status.feed.id,
            "topic": status.feed.topic,
            "kind": status.feed.kind.value,
            "verified": status.feed.verified,
            "paused": status.paused,
            "last_poll": _moment(status.last_polled_at),
            "last_article": _moment(status.last_article_at),
            "held": held.get(status.feed.id, 0),
            "failures": status.failures,
            "last_error": status.last_error,
            "url": status.feed.url,
        }
        for status in statuses
    ]


async def list_chats(settings: Settings) -> list[Row]:
    """Return how many chats there are, by kind and status."""
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        counts = await chats.counts(tx)
    return [
        {
            "account": count.account,
            "kind": count.kind.value,
            "status": count.status.value,
            "chats": count.chats,
            "subscribers": count.subscribers,
        }
        for count in counts
    ]


async def list_stats(settings: Settings) -> list[Row]:
    """Return what is stored, owed, sent and refused."""
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        backlog = await outbox.backlog(tx, now=SystemClock().now())
        settled = await outbox.counts(tx)
        lost = await outbox.lost_answers(tx)
        subscribers = await chats.subscribers(tx)
    return [
        {"what": "deliveries pending", "value": backlog.pending},
        {"what": "deliveries due", "value": backlog.due},
        {"what": "due since", "value": _moment(backlog.oldest_due_at)},
        {"what": "fan-outs under way", "value": backlog.fanouts},
        {"what": "answers lost, and asked for again", "value": lost},
        *({"what": f"deliveries {status.value}", "value": count} for status, count in settled.items()),
        *({"what": f"subscribers of {topic}", "value": count} for topic, count in subscribers.items()),
    ]


async def list_deliveries(settings: Settings, *, failed: bool, limit: int) -> list[Row]:
    """Return how deliveries ended, latest first."""
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        found = await (outbox.failures if failed else outbox.ended)(tx, limit=limit)
    return [
        {
            "delivery": each.delivery,
            "status": each.status.value,
            "reason": each.reason or None,
            "ended": each.settled_at.isoformat(timespec="seconds"),
            "account": each.address.account,
            "chat": each.address.chat,
            "thread": each.address.thread,
            "topic": each.topic,
            "title": each.title,
        }
        for each in found
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
