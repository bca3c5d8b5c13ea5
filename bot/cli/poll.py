"""`bantin poll`: feeds are polled now."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot import parts
from bot.cli.options import Config, Json, configured, run_to_end
from bot.cli.output import Row, entry_line, print_rows
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.services.polling import Poller, PollReport, dry_run
from bot.settings.settings import ConfigurationError, Settings
from bot.store import added_feeds, feeds, migrate
from bot.store.database import Database, exists


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
    every = (*defined, *run_to_end(_added_feeds(settings, defined)))
    named = _chosen(every, feed or [])
    if dry_run:
        reports = run_to_end(_poll_dry(settings, named))
    else:
        reports = run_to_end(_poll(settings, topics, defined, named))
    print_rows([_row(report) for report in reports], as_json=as_json, table=_table)
    failed = [report for report in reports if report.error]
    for report in failed:
        typer.echo(f"bantin: feed {report.feed.id}: {report.error}", err=True)
    if failed:
        raise typer.Exit(1)


def _chosen(feeds: tuple[Feed, ...], names: list[str]) -> tuple[Feed, ...]:
    """Return the feeds of those *names*, or all of them; raise ConfigurationError for an unknown one."""
    known = {feed.id: feed for feed in feeds}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return tuple(feed for feed in feeds if not names or feed.id in names)


async def _poll(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], chosen: Sequence[Feed]
) -> tuple[PollReport, ...]:
    """Poll *chosen* now and save what is new."""
    clock = SystemClock()
    async with (
        parts.current_database(settings, exclusive=True) as database,
        parts.web_source(settings, clock) as source,
    ):
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, clock.now())
        poller = Poller(
            database,
            source,
            clock,
            owner=parts.owner_name(),
            concurrency=settings.polling.concurrency,
            taking=parts.taking_rules(settings),
            on_owed=_nobody_waits,
            on_polled=_nobody_counts,
        )
        return await poller.poll([feed.id for feed in chosen])


def _nobody_waits() -> None:
    """Take note that something is owed: a service that runs beside finds it in the database."""


def _nobody_counts(report: PollReport) -> None:
    """Take note of a poll: a command keeps no figures."""


async def _added_feeds(settings: Settings, defined: Sequence[Feed]) -> tuple[Feed, ...]:
    """Return the feeds that commands have added beside those that are *defined* in the configuration."""
    if not exists(settings.database.url):
        return ()
    ids = {feed.id for feed in defined}
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        return tuple(feed for feed in await added_feeds.added(tx) if feed.id not in ids)


async def _poll_dry(settings: Settings, chosen: Sequence[Feed]) -> tuple[PollReport, ...]:
    """Say what polling *chosen* would take; the database, if there is one, knows what was seen before."""
    clock, hosts = SystemClock(), parts.taking_rules(settings).hosts
    async with parts.web_source(settings, clock) as source:
        if not exists(settings.database.url):
            return tuple([await dry_run(source, feed, None, hosts) for feed in chosen])
        await migrate.require_current(settings.database.url)
        database = await Database.open(settings.database.url)
        try:
            return tuple([await dry_run(source, feed, database, hosts) for feed in chosen])
        finally:
            await database.close()


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


def _table(reports: Sequence[Row]) -> str:
    """Return polls as text: a line each, and their new entries below."""
    lines = []
    for row in reports:
        lines.append(f"{row['feed']}: {_outcome(row)}")
        lines += [entry_line(entry) for entry in row["entries"]]
    return "\n".join(lines) if lines else "there are no feeds: config/feeds.toml lists them"


def _outcome(row: Row) -> str:
    if row["error"]:
        return str(row["error"])
    if row["not_modified"]:
        return "not modified"
    return f"{len(row['entries'])} new" if row["entries"] else "nothing new"
