"""Taking entries: each is read from its page, becomes an article, and is owed to whoever asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.domain.clock import Clock
from bot.domain.news.article import Article, ArticleId, PreparedPhoto
from bot.domain.news.dedup import article_names, named
from bot.domain.news.feed import Entry, Feed, Source
from bot.domain.news.urgency import is_urgent
from bot.services.publishing.approval import ask_anew
from bot.services.publishing.entering import follow
from bot.store.articles import articles, revisits, source_texts
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from bot.store.feeds import feeds, poll_leases, quarantine, seen_entries
from bot.store.outbox.plan import FilterCache
from bot.store.publications.approvals import Worth

LEASE = timedelta(minutes=5)
"""How long one poll may take without saving anything; renewed with every article that is saved."""


log = structlog.get_logger(__name__)


class LeaseLostError(Exception):
    """Another process took the feed over while we were polling it."""


@dataclass(frozen=True, slots=True)
class IngestRules:
    """How long an article is worth delivering, which host stands for which, and when a page is read again.

    *revisit_after* is None where that is never done. *concurrency* is how many feeds are polled at a time.
    """

    expires_after: timedelta = timedelta(hours=72)
    hosts: Mapping[str, str] = field(default_factory=dict)
    revisit_after: timedelta | None = None
    concurrency: int = 8


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry that has been read; *names* are those under which its feed's entries are remembered."""

    feed: Feed
    entry: Entry
    names: tuple[str, ...]
    article: Article
    photo: PreparedPhoto | None
    owed: bool


class ArticleIngester:
    """Makes articles of the entries of feeds that *owner* has leased."""

    def __init__(
        self, database: Database, source: Source, clock: Clock, *, owner: str, rules: IngestRules
    ) -> None:
        self._database = database
        self._source = source
        self._clock = clock
        self._owner = owner
        self._rules = rules
        self._planner = FilterCache()

    async def read(self, feed: Feed, entry: Entry, names: tuple[str, ...], *, owed: bool) -> ReadEntry:
        """Read the page of *entry* and its lead photo; a fault of ours costs the page or the photo alone."""
        photo = None
        try:
            article = await self._source.read(feed, entry)
        except Exception:
            log.exception("an entry stands in for its page, by our own fault", feed=feed.id, link=entry.link)
            article = _alone(feed, entry)
        else:
            photo = await self._photo(article)
        return ReadEntry(feed, entry, names, article.led_by(photo), photo, owed)

    async def _photo(self, article: Article) -> PreparedPhoto | None:
        try:
            return await self._source.photo(article)
        except Exception:
            log.exception("a photo is left out, by our own fault", article=article.url)
            return None

    async def save(self, tx: Transaction, taken: ReadEntry) -> ArticleId:
        """Keep the article and, if it is new in its feed's topic, owe it, or ask for its approval.

        Raises LeaseLostError.
        """
        now, feed, article = self._clock.now(), taken.feed, taken.article
        if not await poll_leases.renew(tx, feed.id, owner=self._owner, now=now, lease=LEASE):
            raise LeaseLostError
        saved = await articles.save(
            tx,
            article,
            photo=taken.photo,
            topic=feed.topic,
            now=now,
            names=article_names(article, taken.entry.link, self._rules.hosts),
        )
        await seen_entries.remember(tx, feed.id, dict.fromkeys(taken.names, saved.id), now)
        if saved.is_filled:
            await source_texts.note_change(tx, saved.id)
            await ask_anew(tx, saved.id, now=now)
        if saved.awaits or saved.is_owed:
            worth = await self._worth(tx, taken)
            await follow(tx, saved, feed.topic, worth, now=now, planner=self._planner)
            if taken.owed:
                await self._begin_revisits(tx, taken, saved)
        return saved.id

    async def _worth(self, tx: Transaction, taken: ReadEntry) -> Worth:
        """Return how the article goes out in the feed's topic."""
        topic = await feeds.topic(tx, taken.feed.topic)
        urgent = topic is not None and is_urgent(taken.article, topic)
        return Worth(owed=taken.owed, urgent=urgent, lasts=self._rules.expires_after)

    async def take_decided(self, feed: Feed) -> bool:
        """Make articles of what was held and that somebody has decided about; True if any may be owed now."""
        async with self._database.read() as tx:
            decided = await quarantine.decided(tx, feed.id)
        owed = False
        for held in decided:
            is_sent = held.decision is quarantine.Decision.SEND
            taken = await self.read(feed, held.entry, (), owed=is_sent)
            try:
                async with self._database.write() as tx:
                    article = await self.save(tx, taken)
                    (known,) = named((held.entry,), self._rules.hosts)
                    await seen_entries.became(tx, feed.id, known.names, article)
                    await quarantine.release(tx, held.row)
            except (DatabaseUnavailable, LeaseLostError):
                raise
            except Exception:
                # It stays held and decided, and is tried again with the next poll.
                log.exception("an entry was not saved, by our own fault", feed=feed.id, link=held.entry.link)
            else:
                owed = owed or is_sent
        return owed

    async def _begin_revisits(self, tx: Transaction, taken: ReadEntry, saved: articles.SavedArticle) -> None:
        if self._rules.revisit_after is None or not taken.entry.link:
            return
        now = self._clock.now()
        due_at = now + self._rules.revisit_after
        await revisits.begin(tx, saved.id, taken.feed.id, taken.entry.link, now=now, due_at=due_at)


def _alone(feed: Feed, entry: Entry) -> Article:
    """Return the article of *entry* made of nothing that could fail once more."""
    return Article(
        entry.url_in(feed),
        entry.title,
        entry.summary,
        body=entry.body,
        published=entry.published,
        blocks=entry.blocks,
    )
