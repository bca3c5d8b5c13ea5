"""`bantin poll` and `bantin preview`: what feeds and pages give now."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot import parts
from bot.domain.article import Article, PreparedPhoto
from bot.domain.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, Topic
from bot.domain.message import KnownPhoto, length
from bot.messengers.telegram.messenger import CAPABILITIES
from bot.messengers.text import to_html
from bot.services.compose import card
from bot.services.polling import Poller, PollReport, dry_run
from bot.settings.settings import Settings
from bot.store import added_feeds, feeds, migrate
from bot.store.database import Database, exists

Row = dict[str, Any]


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
