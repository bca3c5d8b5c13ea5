"""`bantin feeds`, `chats`, `stats`, `deliveries` and `erased`: what is stored, as rows."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base.chat_id import chat_id
from bot.cli.base.options import Config, Json, Limit, folder_of, run_to_end
from bot.cli.base.output import Row, print_rows
from bot.cli.base.storage import reading
from bot.domain.chats.chat import AccountId, ChatKind, ChatStatus
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, MonthlyUsage, month_after, month_of
from bot.domain.delivery.places import Places
from bot.domain.desk.figures import days_until
from bot.services.figures.figures import FigureRow, figure_rows
from bot.services.figures.table import cells, csv_text
from bot.services.subscribers.erasure import erased_at
from bot.settings.keys import proof_key
from bot.settings.loading import load_settings
from bot.settings.settings import Settings
from bot.store.chats import chats as chat_rows
from bot.store.chats import waiting
from bot.store.feeds import feeds as feed_rows
from bot.store.feeds import quarantine
from bot.store.feeds.feeds import FeedStatus
from bot.store.outbox import figures, history
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts

_OFF = "off: the messenger refuses us there, as the person blocked the bot or the group or channel removed it"


class SharedKind(StrEnum):
    """What is listed chat by chat; private chats are people, and are only counted."""

    GROUP = "group"
    CHANNEL = "channel"


_KINDS = {
    SharedKind.GROUP: {ChatKind.GROUP, ChatKind.SUPERGROUP},
    SharedKind.CHANNEL: {ChatKind.CHANNEL},
}


def _settings(config: Path | None) -> Settings:
    """Return the settings, without a log: nothing that a listing does says anything there."""
    return load_settings(folder_of(config))


def print_feeds(config: Path | None, *, as_json: bool) -> None:
    settings = _settings(config)
    print_rows(run_to_end(_feeds(settings)), as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


def chats(
    *,
    listed: Annotated[bool, typer.Option("--list", help="List the groups and channels one by one.")] = False,
    kind: Annotated[SharedKind | None, typer.Option(help="List these alone.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings = _settings(config)
    if listed or kind:
        kinds = _KINDS[kind] if kind else set().union(*_KINDS.values())
        rows = run_to_end(_shared_chats(settings, kinds))
    else:
        rows = run_to_end(_chats(settings))
    print_rows(rows, as_json=as_json)
    if not as_json and any(row["status"] == ChatStatus.OFF for row in rows):
        typer.echo(_OFF)


def stats(
    *,
    days: Annotated[
        int | None,
        typer.Option(help="Show the figures of so many days, by day, topic and account.", min=1, max=3_660),
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")] = False,
    config: Config = None,
) -> None:
    settings = _settings(config)
    if as_csv and (as_json or days is None):
        raise typer.BadParameter("--csv is for --days, and without --json")
    if days is not None:
        found = run_to_end(_figures(settings, days))
        if as_csv:
            typer.echo(csv_text(found), nl=False)
        else:
            print_rows([cells(row) for row in found], as_json=as_json)
        return
    print_rows(run_to_end(_stats(settings)), as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


def deliveries(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Only what was refused or grew too old.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings = _settings(config)
    rows = run_to_end(_deliveries(settings, failed=failed, limit=limit))
    print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


def erased(chat: str, *, as_json: Json = False, config: Config = None) -> None:
    chat = chat_id(chat)
    settings = _settings(config)
    rows = run_to_end(_erased(settings, chat))
    if rows or as_json:
        print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))
    else:
        typer.echo(f"no deletion of the data of {chat} is on record")


async def _feeds(settings: Settings) -> list[Row]:
    """Return each feed that the service knows, and how it is."""
    async with reading(settings) as database, database.read() as tx:
        statuses = await feed_rows.statuses(tx)
        held = {hold.feed: hold.entries for hold in await quarantine.undecided(tx)}
    return [
        {
            "feed": status.feed.id,
            "name": status.feed.name,
            "topic": status.feed.topic,
            "kind": status.feed.kind.value,
            "origin": status.origin.place,
            "verified": _verified(status),
            "paused": status.paused,
            "last_poll": status.last_polled_at,
            "last_article": status.last_article_at,
            "held": held.get(status.feed.id, 0),
            "failures": status.failures,
            "last_error": status.last_error and str(status.last_error),
            "url": status.feed.url,
        }
        for status in statuses
    ]


def _verified(status: FeedStatus) -> bool | None:
    """Return whether the feed was seen to work: False if feeds.toml denies it, None if nothing tells yet."""
    if status.has_worked:
        return True
    return None if status.feed.verified else False


async def _chats(settings: Settings) -> list[Row]:
    """Return how many chats there are, by kind and status."""
    async with reading(settings) as database, database.read() as tx:
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


async def _shared_chats(settings: Settings, kinds: Collection[ChatKind]) -> list[Row]:
    """Return the groups and channels of these kinds."""
    async with reading(settings) as database, database.read() as tx:
        found = await chat_rows.shared(tx, kinds)
    return [
        {
            "account": each.chat.address.account,
            "kind": each.chat.kind.value,
            "chat": each.chat.address.chat,
            "thread": each.chat.address.thread,
            "title": each.chat.title,
            "status": each.chat.status.value,
            "reason": each.off_reason or None,
            "topics": ", ".join(each.topics) or None,
        }
        for each in found
    ]


async def _figures(settings: Settings, days: int) -> tuple[FigureRow, ...]:
    """Return the daily figures. Small ones of members-only topics are said to nobody, here neither."""
    async with reading(settings) as database, database.read() as tx:
        topics = await feed_rows.topics(tx)
        return await figure_rows(tx, days_until(SystemClock().now(), days), topics)


async def _stats(settings: Settings) -> list[Row]:
    """Return what is stored, owed, sent and refused."""
    now = SystemClock().now()
    async with reading(settings) as database, database.read() as tx:
        owed = await figures.backlog(tx, now=now)
        used = await monthly_quota.used(tx, month_of(now))
        settled = await figures.counts(tx)
        lost = await figures.lost_answers(tx)
        subscribers = await chat_rows.subscribers(tx)
        places = {
            account: await waiting.places(tx, account, month_of(now), users=settings.zalo.users)
            for account in used
        }
    only = settings.delivery.only_chats
    return [
        *([{"what": "A TEST INSTALLATION: chats that get anything", "value": len(only)}] if only else []),
        {"what": "deliveries pending", "value": owed.pending},
        {"what": "deliveries due", "value": owed.due},
        {"what": "due since", "value": owed.oldest_due_at},
        {"what": "fan-outs under way", "value": owed.fanouts},
        {"what": "answers lost, and asked for again", "value": lost},
        *({"what": f"deliveries {status.value}", "value": count} for status, count in settled.items()),
        *(row for topic, counts in subscribers.items() for row in _subscribers(topic, counts)),
        *(row for account, count in used.items() for row in _month(settings, account, count, now)),
        *(row for account, found in places.items() for row in _places(account, found)),
    ]


def _month(settings: Settings, account: AccountId, count: MonthCount, now: datetime) -> list[Row]:
    """Return what an account has used of its plan's messages; only a plan on Zalo counts them."""
    usage = MonthlyUsage(MonthlyQuota(settings.zalo.messages_per_month), count, now)
    lasts_until = usage.lasts_until() or month_after(now)
    return [
        {"what": f"messages of {account} this month", "value": count.messages},
        {"what": f"messages of {account} this month for news", "value": count.news},
        {"what": f"messages of {account} in its plan", "value": usage.quota.messages},
        {"what": f"messages of {account} in its plan for news", "value": usage.for_news},
        {
            "what": f"messages of {account} for news last until",
            "value": lasts_until,
        },
    ]


def _places(account: AccountId, places: Places) -> list[Row]:
    """Return how many of a plan's users there are, and how many there would be."""
    return [
        {"what": f"users of {account} in its plan", "value": places.users},
        {"what": f"users of {account} served", "value": places.used},
        {"what": f"users of {account} waiting for a place", "value": places.waiting},
        {"what": f"strangers of {account} not answered this month", "value": places.turned_away},
    ]


def _subscribers(topic: str, counts: dict[ChatStatus, int]) -> list[Row]:
    """Return a topic's subscribers that are written to, and apart from them those that are not."""
    apart = ((ChatStatus.PAUSED, "who paused"), (ChatStatus.OFF, "who cannot be reached"))
    return [
        {"what": f"subscribers of {topic}", "value": counts.get(ChatStatus.ACTIVE, 0)},
        *(
            {"what": f"subscribers of {topic} {words}", "value": counts[status]}
            for status, words in apart
            if status in counts
        ),
    ]


async def _deliveries(settings: Settings, *, failed: bool, limit: int) -> list[Row]:
    """Return how deliveries ended, latest first."""
    async with reading(settings) as database, database.read() as tx:
        found = await (history.failures if failed else history.ended)(tx, limit=limit)
    return [
        {
            "delivery": each.delivery,
            "status": each.status.value,
            "reason": str(each.reason) or None,
            "ended": each.settled_at,
            "account": each.address.account,
            "chat": each.address.chat,
            "thread": each.address.thread,
            "topic": each.topic,
            "title": each.title,
        }
        for each in found
    ]


async def _erased(settings: Settings, chat: str) -> list[Row]:
    """Return when the data of *chat*, of any account, was deleted at its own wish."""
    key = proof_key(settings)
    async with reading(settings) as database:
        async with database.read() as tx:
            known = await accounts.ids(tx)
        return [
            {"account": account, "chat": chat, "erased": at}
            for account in known
            for at in await erased_at(database, account, chat, key=key)
        ]
