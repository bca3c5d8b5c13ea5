"""`bantin feeds`, `chats`, `stats`, `deliveries` and `erased`: what is stored, as rows."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import parts
from bot.cli.options import Config, Json, Limit, configured, run_to_end, settings_of
from bot.cli.output import Row, print_rows
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.services.erasing import erased_at
from bot.settings.settings import Settings
from bot.store import chats as chat_rows
from bot.store import feeds as feed_rows
from bot.store import holds, outbox


def print_feeds(config: Path | None, *, as_json: bool) -> None:
    print_rows(run_to_end(_feeds(*configured(config))), as_json=as_json)


def chats(*, as_json: Json = False, config: Config = None) -> None:
    print_rows(run_to_end(_chats(settings_of(config))), as_json=as_json)


def stats(*, as_json: Json = False, config: Config = None) -> None:
    print_rows(run_to_end(_stats(settings_of(config))), as_json=as_json)


def deliveries(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Only what was refused or grew too old.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    config: Config = None,
) -> None:
    print_rows(run_to_end(_deliveries(settings_of(config), failed=failed, limit=limit)), as_json=as_json)


def erased(chat: str, *, as_json: Json = False, config: Config = None) -> None:
    rows = run_to_end(_erased(settings_of(config), chat))
    if rows or as_json:
        print_rows(rows, as_json=as_json)
    else:
        typer.echo(f"no deletion of the data of {chat} is on record")


async def _feeds(settings: Settings, topics: tuple[Topic, ...], defined: tuple[Feed, ...]) -> list[Row]:
    """Return each feed and how it is."""
    async with parts.current_database(settings, exclusive=False) as database:
        async with database.write() as tx:
            await feed_rows.sync_definitions(tx, topics, defined, SystemClock().now())
        async with database.read() as tx:
            statuses = await feed_rows.statuses(tx)
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


async def _chats(settings: Settings) -> list[Row]:
    """Return how many chats there are, by kind and status."""
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        counts = await chat_rows.counts(tx)
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


async def _stats(settings: Settings) -> list[Row]:
    """Return what is stored, owed, sent and refused."""
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        backlog = await outbox.backlog(tx, now=SystemClock().now())
        settled = await outbox.counts(tx)
        lost = await outbox.lost_answers(tx)
        subscribers = await chat_rows.subscribers(tx)
    return [
        {"what": "deliveries pending", "value": backlog.pending},
        {"what": "deliveries due", "value": backlog.due},
        {"what": "due since", "value": _moment(backlog.oldest_due_at)},
        {"what": "fan-outs under way", "value": backlog.fanouts},
        {"what": "answers lost, and asked for again", "value": lost},
        *({"what": f"deliveries {status.value}", "value": count} for status, count in settled.items()),
        *({"what": f"subscribers of {topic}", "value": count} for topic, count in subscribers.items()),
    ]


async def _deliveries(settings: Settings, *, failed: bool, limit: int) -> list[Row]:
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


async def _erased(settings: Settings, chat: str) -> list[Row]:
    """Return when the data of *chat* was deleted at its own wish."""
    account = parts.telegram_settings(settings).account
    async with parts.current_database(settings, exclusive=False) as database:
        found = await erased_at(database, account, chat, key=parts.proof_key(settings))
    return [{"account": account, "chat": chat, "erased": at.isoformat(timespec="seconds")} for at in found]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
