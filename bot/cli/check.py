"""`bantin check`: could the service run here?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import typer

from bot import parts
from bot.cli.options import Config, configured, run_to_end
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.domain.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.services.polling import PollReport, dry_run
from bot.settings.settings import ConfigurationError, Settings
from bot.store import added_feeds, migrate
from bot.store.database import Database, DatabaseUnavailable, exists


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at before running."""

    what: str
    ok: bool
    said: str


def check(config: Config = None) -> None:
    settings, topics, defined = configured(config)
    findings = run_to_end(_check(settings, topics, defined))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.said}", err=not finding.ok)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


async def _check(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]) -> tuple[Finding, ...]:
    """Look at everything that `run` needs, and say how it is."""
    configured = Finding("configuration", ok=True, said=f"{len(topics)} topics, {len(defined)} feeds")
    database = await _check_database(settings)
    added = await _added(settings, defined) if database.ok else ()
    return (
        configured,
        database,
        await _check_token(settings),
        *await _check_feeds(settings, (*defined, *added)),
    )


async def _check_database(settings: Settings) -> Finding:
    try:
        if not exists(settings.database.url):
            return Finding("database", ok=True, said="will be made at the first start")
        state = await migrate.schema_state(settings.database.url)
        if not settings.database.url.startswith("sqlite"):
            await migrate.require_current(settings.database.url)
    except DatabaseUnavailable as error:
        return Finding("database", ok=False, said=str(error))
    return Finding("database", ok=True, said=f"reached; its schema is {state}")


async def _added(settings: Settings, defined: Sequence[Feed]) -> tuple[Feed, ...]:
    """Return the feeds that commands have added; a look at the database changes nothing in it."""
    url = settings.database.url
    if not exists(url) or await migrate.schema_state(url) is not migrate.SchemaState.CURRENT:
        return ()
    ids = {feed.id for feed in defined}
    database = await Database.open(url)
    try:
        async with database.read() as tx:
            return tuple(feed for feed in await added_feeds.added(tx) if feed.id not in ids)
    finally:
        await database.close()


async def _check_token(settings: Settings) -> Finding:
    try:
        messenger = TelegramMessenger(parts.telegram_settings(settings))
        try:
            await messenger.open()
            off = "" if messenger.is_asked_inline else "; inline mode is off (@BotFather: /setinline)"
            return Finding("telegram", ok=True, said=f"@{messenger.username}{off}")
        finally:
            await messenger.close()
    except (ConfigurationError, MessengerError) as error:
        return Finding("telegram", ok=False, said=str(error))


async def _check_feeds(settings: Settings, every: Sequence[Feed]) -> list[Finding]:
    hosts = parts.taking_rules(settings).hosts
    few = asyncio.Semaphore(settings.polling.concurrency)
    async with parts.web_source(settings, SystemClock()) as source:

        async def tried(feed: Feed) -> PollReport:
            async with few:
                return await dry_run(source, feed, None, hosts)

        reports = await asyncio.gather(*map(tried, every))
    return [
        Finding(
            f"feed {report.feed.id}",
            ok=report.error is None,
            said=report.error or f"{len(report.fresh.kept) + len(report.fresh.seen)} entries",
        )
        for report in reports
    ]
