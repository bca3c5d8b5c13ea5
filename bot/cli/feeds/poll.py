"""`bantin poll`: feeds are polled now, by a service that runs here or, without one, by the command itself."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, configured, run_to_end
from bot.cli.base.output import Row, echo, entry_line, print_json
from bot.cli.base.progress import Progress, progress
from bot.cli.base.storage import changing, reading
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import CONFIGURATION, EVERY, Act, AuditAction, Subject, SubjectKind
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.runtime import from_settings
from bot.runtime.web_source import open_web_source
from bot.services.administration.configuration import follow_configuration
from bot.services.coordination.database_clock import DatabaseClock
from bot.services.coordination.heartbeat import Heartbeat, process_name
from bot.services.ingest.poll_requests import PollRequests
from bot.services.ingest.poller import Poller, PollHooks, PollReport, dry_run
from bot.settings.settings import ConfigurationError, Settings
from bot.store.coordination import leases
from bot.store.engine.database import Database, DatabaseServedError, Transaction, exists
from bot.store.feeds import added_feeds, feeds
from bot.store.integrity.current import open_current
from bot.store.runtime import audit

_MEANINGS = {
    "push": "owed to the subscribers of the topic; a running service sends it",
    "keep": "stored and found by /moinhat and /timkiem, sent to nobody: it was there before the first poll",
    "mark as seen": "older than what a first poll keeps: remembered, so that it never counts as new",
    "hold": "sent to nobody yet: the feed looks rebuilt, and an admin decides with /nguon",
    "known, moved": "an article that is stored already, at a new address",
}

OnEnd = Callable[[PollReport], None]


def poll(
    feed: Annotated[
        list[str] | None, typer.Argument(help="Ids of feeds; all of them if none is named.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take; save and send nothing.")
    ] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings, topics, defined = configured(config)
    zone = zone_of(settings.subscribers.time_zone)
    work = _poll_dry if dry_run else _poll
    with progress("polling") as shown:
        on_end = _counting(shown) if as_json else _telling(shown, zone)
        reports = run_to_end(work(settings, topics, defined, names=feed or [], shown=shown, on_end=on_end))
    rows = [_row(report) for report in reports]
    if as_json:
        print_json(rows)
    else:
        _explain(rows)
    failed = [report for report in reports if report.error]
    if as_json:
        for report in failed:
            echo(_failure(report), err=True)
    if failed:
        raise typer.Exit(1)


def _counting(shown: Progress) -> OnEnd:
    return lambda _report: shown.advance()


def _telling(shown: Progress, zone: tzinfo) -> OnEnd:
    """Return what prints each report as it comes; failures go to standard error, and nowhere else."""

    def tell(report: PollReport) -> None:
        shown.advance()
        if report.error:
            shown.say(_failure(report), err=True)
        else:
            shown.say(_report_text(_row(report), zone))

    return tell


async def _poll(
    settings: Settings,
    topics: Sequence[Topic],
    defined: Sequence[Feed],
    *,
    names: Sequence[str],
    shown: Progress,
    on_end: OnEnd,
) -> tuple[PollReport, ...]:
    """Poll the feeds of those *names*, or all of them, and save what is new."""
    if await _is_served(settings):
        return await _ask_service(settings, names=names, shown=shown, on_end=on_end)
    if not exists(settings.database.url):
        # A mistyped name must leave nothing behind.
        _chosen(defined, names)
    try:
        async with open_current(settings.database.url, exclusive=True) as database:
            async with database.write() as tx:
                now = SystemClock().now()
                await follow_configuration(tx, topics, defined, actor=CONFIGURATION, now=now)
                chosen = _chosen([status.feed for status in await feeds.statuses(tx)], names)
                await _record(tx, names, now=now)
            shown.total(len(chosen))
            return await _poll_here(settings, database, chosen, on_end=on_end)
    except DatabaseServedError:
        return await _ask_service(settings, names=names, shown=shown, on_end=on_end)


async def _record(tx: Transaction, names: Sequence[str], *, now: datetime) -> None:
    """Write down that somebody has the feeds of those *names* polled, or all of them."""
    for name in names or [EVERY]:
        act = Act(AuditAction.FEED_POLLED, Subject(SubjectKind.FEED, name))
        await audit.record(tx, actor(), act, now=now)


async def _poll_here(
    settings: Settings, database: Database, chosen: Sequence[Feed], *, on_end: OnEnd
) -> tuple[PollReport, ...]:
    clock, owner = SystemClock(), process_name()
    heartbeat = Heartbeat(database, clock, owner=owner)
    async with open_web_source(settings, clock) as source, heartbeat.kept():
        poller = Poller(
            database,
            source,
            clock,
            owner=owner,
            rules=from_settings.ingest_rules(settings),
            hooks=PollHooks(polled=on_end),
        )
        return await poller.poll([feed.id for feed in chosen])


async def _is_served(settings: Settings) -> bool:
    """Return whether a service is up that shares the database; of an SQLite file the lock tells it later."""
    if settings.database.url.startswith("sqlite"):
        return False
    async with reading(settings) as database, database.read() as tx:
        return await leases.is_any_held(tx)


async def _ask_service(
    settings: Settings, *, names: Sequence[str], shown: Progress, on_end: OnEnd
) -> tuple[PollReport, ...]:
    """Have the service poll, with the feeds that it knows: its configuration need not be ours."""
    async with changing(settings) as database:
        clock = DatabaseClock(database, SystemClock())
        await clock.ask()
        async with database.read() as tx:
            statuses = {status.feed.id: status for status in await feeds.statuses(tx)}
        chosen = [feed.id for feed in _chosen([status.feed for status in statuses.values()], names)]
        paused = [feed for feed in chosen if statuses[feed].paused]
        if paused and names:
            raise ConfigurationError(f"{paused[0]} is paused: `bantin feeds resume {paused[0]}` polls it")
        due = [feed for feed in chosen if feed not in paused]
        shown.total(len(due))
        shown.describe("polled by the service")
        async with database.write() as tx:
            asked = await PollRequests.ask(tx, database, clock, due)
            await _record(tx, names, now=clock.now())
        return await asked.reports(on_end)


async def _poll_dry(
    settings: Settings,
    topics: Sequence[Topic],
    defined: Sequence[Feed],
    *,
    names: Sequence[str],
    shown: Progress,
    on_end: OnEnd,
) -> tuple[PollReport, ...]:
    """Say what polling would take; the database, if there is one, knows what was seen before."""
    del topics
    if not exists(settings.database.url):
        return await _try_all(settings, _chosen(defined, names), None, shown=shown, on_end=on_end)
    async with reading(settings) as database:
        async with database.read() as tx:
            added = await added_feeds.added(tx)
        ids = {feed.id for feed in defined}
        every = [*defined, *(feed for feed in added if feed.id not in ids)]
        return await _try_all(settings, _chosen(every, names), database, shown=shown, on_end=on_end)


async def _try_all(
    settings: Settings,
    chosen: Sequence[Feed],
    database: Database | None,
    *,
    shown: Progress,
    on_end: OnEnd,
) -> tuple[PollReport, ...]:
    """Try the feeds, a few at a time."""
    hosts = from_settings.ingest_rules(settings).hosts
    limit = asyncio.Semaphore(settings.polling.concurrency)
    shown.total(len(chosen))
    async with open_web_source(settings, SystemClock()) as source:

        async def tried(feed: Feed) -> PollReport:
            async with limit:
                report = await dry_run(source, feed, database, hosts)
            on_end(report)
            return report

        return tuple(await asyncio.gather(*map(tried, chosen)))


def _chosen(every: Sequence[Feed], names: Sequence[str]) -> tuple[Feed, ...]:
    """Return the feeds of those *names*, or all of them. Raises ConfigurationError for an unknown one."""
    known = {feed.id for feed in every}
    for name in names:
        if FeedId(name) not in known:
            raise ConfigurationError(
                f"there is no feed {name!r}; there are {', '.join(sorted(known)) or 'none'}"
            )
    return tuple(feed for feed in every if not names or feed.id in names)


def _row(report: PollReport) -> Row:
    """Return one poll as JSON shows it."""
    fresh = report.fresh
    actions = (
        (fresh.pushed, "push"),
        (fresh.kept, "keep"),
        (fresh.seen, "mark as seen"),
        (fresh.held, "hold"),
        (fresh.moved, "known, moved"),
    )
    return {
        "feed": report.feed.id,
        "error": report.error,
        "not_modified": report.not_modified,
        "entries": [
            {
                "title": entry.title,
                "url": entry.link or None,
                "published_at": entry.published.at.isoformat() if entry.published else None,
                "action": action,
            }
            for entries, action in actions
            for entry in entries
        ],
    }


def _failure(report: PollReport) -> str:
    return f"bantin: feed {report.feed.id}: {report.error}"


def _report_text(row: Row, zone: tzinfo) -> str:
    """Return a poll as text: a line, and its new entries below."""
    entries = (entry_line(entry, zone) for entry in row["entries"])
    return "\n".join([f"{row['feed']}: {_outcome(row)}", *entries])


def _outcome(row: Row) -> str:
    if row["not_modified"]:
        return "not modified"
    return f"{len(row['entries'])} new" if row["entries"] else "nothing new"


def _explain(rows: Sequence[Row]) -> None:
    """Say what the actions mean that stand before the entries."""
    if not rows:
        typer.echo("there are no feeds: config/feeds.toml lists them")
    used = {entry["action"] for row in rows for entry in row["entries"]}
    if used:
        typer.echo("")
    for action, meaning in _MEANINGS.items():
        if action in used:
            typer.echo(f"{action}: {meaning}")
