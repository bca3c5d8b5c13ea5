"""What the commands do that come to an end by themselves."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import aiohttp

from bot import parts
from bot.config import ConfigurationError, Settings
from bot.domain.article import Article, PreparedPhoto
from bot.domain.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.domain.message import KnownPhoto, length
from bot.domain.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.messenger import CAPABILITIES
from bot.messengers.text import to_html
from bot.services.compose import card
from bot.services.polling import Poller, PollReport, dry_run
from bot.store import added_feeds, chats, feeds, holds, migrate, outbox
from bot.store.database import Database, DatabaseUnavailable, exists

Row = dict[str, Any]


class ServiceUnwellError(Exception):
    """The service that should run here does not answer, or says what is missing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at before running."""

    what: str
    ok: bool
    said: str


async def check(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]) -> tuple[Finding, ...]:
    """Look at everything that `run` needs, and say how it is."""
    configured = Finding("configuration", ok=True, said=f"{len(topics)} topics, {len(defined)} feeds")
    return (
        configured,
        await _check_database(settings),
        await _check_token(settings),
        *await _check_feeds(settings, defined),
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


async def _check_token(settings: Settings) -> Finding:
    try:
        messenger = TelegramMessenger(parts.telegram_settings(settings))
        try:
            await messenger.open()
            return Finding("telegram", ok=True, said=f"@{messenger.username}")
        finally:
            await messenger.close()
    except (ConfigurationError, MessengerError) as error:
        return Finding("telegram", ok=False, said=str(error))


async def _check_feeds(settings: Settings, defined: Sequence[Feed]) -> list[Finding]:
    hosts = parts.taking_rules(settings).hosts
    async with parts.web_source(settings, SystemClock()) as source:
        reports = await asyncio.gather(*(dry_run(source, feed, None, hosts) for feed in defined))
    return [
        Finding(
            f"feed {report.feed.id}",
            ok=report.error is None,
            said=report.error or f"{len(report.fresh.kept) + len(report.fresh.seen)} entries",
        )
        for report in reports
    ]


async def bring_up_to_date(settings: Settings) -> str:
    """Migrate the database's schema, and say so."""
    await migrate.upgrade(settings.database.url)
    return "the database's schema is up to date"


async def poll(
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


async def added_feeds_of(settings: Settings, defined: Sequence[Feed]) -> tuple[Feed, ...]:
    """Return the feeds that commands have added beside those that are *defined* in the configuration."""
    if not exists(settings.database.url):
        return ()
    ids = {feed.id for feed in defined}
    async with parts.current_database(settings, exclusive=False) as database, database.read() as tx:
        return tuple(feed for feed in await added_feeds.added(tx) if feed.id not in ids)


async def poll_dry(settings: Settings, chosen: Sequence[Feed]) -> tuple[PollReport, ...]:
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


async def preview(settings: Settings, url: str) -> Row:
    """Return the article at *url* and the card that would be sent; raises SourceError."""
    async with parts.web_source(settings, SystemClock()) as source:
        article = await source.preview(url)
        photo = await source.photo(article)
    return preview_row(settings, article.led_by(photo), photo)


def preview_row(settings: Settings, article: Article, photo: PreparedPhoto | None) -> Row:
    """Return *article* and the card that would be sent, as `preview --json` prints them."""
    message = card(
        article,
        Topic(TopicId("preview"), {"vi": settings.agency.name}, {}, "TinMới"),
        translator=parts.translator(settings),
        language=settings.language.default,
        capabilities=CAPABILITIES,
        photo=KnownPhoto(photo.url) if photo else None,
    )
    return {
        "title": article.title,
        "url": article.url,
        "published_at": article.published.at.isoformat() if article.published else None,
        "date_precision": article.published.precision.value if article.published else None,
        "summary": article.summary,
        "body": list(article.body),
        "photos": [asdict(each) for each in article.photos],
        "attachments": [asdict(each) for each in article.attachments],
        "author": article.author or None,
        "source": article.source or None,
        "card": {
            "html": to_html(message.text),
            "photo": photo.url if photo else None,
            "length": length(message.text),
        },
    }


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
        subscribers = await chats.subscribers(tx)
    return [
        {"what": "deliveries pending", "value": backlog.pending},
        {"what": "deliveries due", "value": backlog.due},
        {"what": "due since", "value": _moment(backlog.oldest_due_at)},
        {"what": "fan-outs under way", "value": backlog.fanouts},
        *({"what": f"deliveries {status.value}", "value": count} for status, count in settled.items()),
        *({"what": f"subscribers of {topic}", "value": count} for topic, count in subscribers.items()),
    ]


async def health(settings: Settings) -> str:
    """Return what the service that runs here says of itself; raises ServiceUnwellError."""
    if settings.web.port == 0:
        raise ServiceUnwellError("web.listen names port 0, a free one: nobody can know which it became")
    url = f"http://{settings.web.listen}/readyz"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session,
            session.get(url) as answer,
        ):
            said = (await answer.text()).strip()
            status = answer.status
    except (aiohttp.ClientError, TimeoutError):
        raise ServiceUnwellError(f"nothing answers at {url}: is `bantin run` running?") from None
    if status != 200:
        raise ServiceUnwellError(said)
    return said


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
