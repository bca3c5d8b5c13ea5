"""Followed pages: each is read once a day, whoever follows it, and who follows it is told what has changed.

A notice goes the way of all news, through the outbox: it keeps to quiet hours, and a restart neither loses
nor repeats it.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.domain.blocks.difference import LineChange, differences
from bot.domain.chats.following import READ_EVERY, FollowEnd, PageId, change_key, last_key
from bot.domain.clock import VIETNAM, Clock
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import ArticleGoneError, AskedToWaitError, FollowedText, Source, SourceError
from bot.i18n import LANGUAGES, Translator
from bot.services.ingest.page_changes import change_text, end_text
from bot.store.articles import articles, followed_pages
from bot.store.articles.followed_pages import DuePage
from bot.store.chats import follows
from bot.store.chats.follows import OverFollow, OwingPage
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.outbox import history

AT_ONCE = 4
LEASE = timedelta(minutes=10)
"""When a page is read again of which nothing more was heard: the process may have died over it."""

RETRY_AFTER = timedelta(hours=1)
GONE_AFTER = 3
"""How often in a row a page must be gone, or a new one unreadable, before following it ends."""

UNREADABLE_AFTER = 30
"""How often in a row a page that could be read once must be unreadable: for a month."""

KEPT = timedelta(days=7)
"""For how long a follow that has ended is kept: its last notice is on its way, and it may be followed on."""

_SPREAD = 3_600
_OVER_AT_ONCE = 100
_PRUNED_AT_ONCE = 500
_CARD_LINES = 2

log = structlog.get_logger(__name__)


class FollowedPages:
    """Reads pages that are due, and owes what is to be told of them."""

    def __init__(
        self,
        database: Database,
        source: Source,
        clock: Clock,
        translator: Translator,
        expires_after: timedelta,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._source = source
        self._clock = clock
        self._translator = translator
        self._expires_after = expires_after
        self._on_owed = on_owed

    async def read_due(self) -> None:
        """Read what is due, a few pages at a time, and owe what is to be told."""
        now = self._clock.now()
        async with self._database.write() as tx:
            due = await followed_pages.claim(tx, now=now, limit=AT_ONCE, lease=LEASE)
        for outcome in await asyncio.gather(*(self._read(each) for each in due), return_exceptions=True):
            if isinstance(outcome, BaseException):
                log.error("a followed page could not be read, by our own fault", exc_info=outcome)
        while await self._owe_some():
            self._on_owed()

    async def end_over(self) -> None:
        """End what was followed for long enough, with a last notice, and take out what is of no more use."""
        now = self._clock.now()
        async with self._database.write() as tx:
            over = await follows.over(tx, now=now, limit=_OVER_AT_ONCE)
            for each in over:
                notice = await self._last_notice(tx, each)
                until = now + self._expires_after
                await history.owe_again(tx, notice, each.chat, each.topic, now=now, expires_at=until)
            await followed_pages.prune(tx, ended_before=now - KEPT, limit=_PRUNED_AT_ONCE)
        if over:
            self._on_owed()

    async def _read(self, page: DuePage) -> None:
        try:
            text = await self._source.page_text(page.feed, page.url, page.validators)
        except SourceError as error:
            log.info("a followed page could not be read", page=page.id, error=str(error))
            await self._failed(page, error)
            return
        changes: tuple[LineChange, ...] = ()
        if text is not None and page.lines is not None:
            # In a thread: pages may be long.
            changes = await asyncio.to_thread(differences, page.lines, text.lines)
        now = self._clock.now()
        async with self._database.write() as tx:
            is_ours = await followed_pages.was_read(
                tx, page, text, now=now, next_read_at=_next(page.id, now + READ_EVERY)
            )
            if text is not None and changes and is_ours:
                await self._tell(tx, page, text, changes)

    async def _tell(
        self, tx: Transaction, page: DuePage, text: FollowedText, changes: tuple[LineChange, ...]
    ) -> None:
        log.info("a followed page has changed", page=page.id, changes=len(changes))
        translator = await self._speaking(tx, page)
        for language in LANGUAGES:
            said = change_text(translator, language, text.title or page.title, changes)
            key = change_key(page.id, page.revision + 1, language)
            now = self._clock.now()
            await articles.save_notice(tx, key, said, url=page.url, now=now, page=page.id)
        await followed_pages.changed(
            tx, page, told_by_card=page.has_live_card and _is_on_card(page, text, changes)
        )

    async def _failed(self, page: DuePage, error: SourceError) -> None:
        now, failures = self._clock.now(), page.failures + 1
        wait = min(RETRY_AFTER * 4**page.failures, READ_EVERY) if page.failures < GONE_AFTER else READ_EVERY
        if isinstance(error, AskedToWaitError):
            wait = max(wait, error.after)
        most = GONE_AFTER if page.lines is None else UNREADABLE_AFTER
        end = None
        if isinstance(error, ArticleGoneError) and failures >= GONE_AFTER:
            end = FollowEnd.GONE
        elif failures >= most:
            end = FollowEnd.UNREADABLE
        async with self._database.write() as tx:
            await followed_pages.was_not_read(tx, page, next_read_at=_next(page.id, now + wait))
            if end is not None:
                await self._end(tx, page, end)

    async def _end(self, tx: Transaction, page: DuePage, end: FollowEnd) -> None:
        log.info("a followed page has ended", page=page.id, why=end)
        now, translator = self._clock.now(), await self._speaking(tx, page)
        for language in LANGUAGES:
            said = end_text(translator, language, page.title or page.url, end)
            key = change_key(page.id, page.revision + 1, language)
            await articles.save_notice(tx, key, said, url=page.url, now=now, page=page.id)
        await followed_pages.changed(tx, page, told_by_card=False, ended_at=now)

    async def _owe_some(self) -> bool:
        """Owe one slice of what is to be told; False if there is nothing left."""
        now = self._clock.now()
        async with self._database.write() as tx:
            page = await follows.owing(tx)
            if page is None:
                return False
            notices = await _notices(tx, page)
            await follows.owe_some(tx, page.id, notices, now=now, expires_at=now + self._expires_after)
        return True

    async def _last_notice(self, tx: Transaction, over: OverFollow) -> ArticleId:
        now = self._clock.now()
        day = now.astimezone(VIETNAM).date()
        key = last_key(over.page, FollowEnd.OVER, day, over.language)
        topic = await feeds.topic(tx, over.topic)
        translator = self._translator.addressing(topic.address if topic else None)
        said = end_text(translator, over.language, over.title or over.url, FollowEnd.OVER)
        notice = await articles.save_notice(tx, key, said, url=over.url, now=now, page=over.page)
        return notice or (await articles.with_keys(tx, {key}))[key]

    async def _speaking(self, tx: Transaction, page: DuePage) -> Translator:
        topic = await feeds.topic(tx, page.topic)
        return self._translator.addressing(topic.address if topic else None)


async def _notices(tx: Transaction, page: OwingPage) -> Mapping[str, ArticleId]:
    """Return the notices of what *page* owes, by language."""
    keys = {change_key(page.id, page.revision, language): language for language in LANGUAGES}
    return {keys[key]: article for key, article in (await articles.with_keys(tx, keys)).items()}


def _is_on_card(page: DuePage, text: FollowedText, changes: tuple[LineChange, ...]) -> bool:
    """Return whether the card of an article shows any of *changes*: its title or summary."""
    shown = {*(page.lines or ())[:_CARD_LINES], *text.lines[:_CARD_LINES]}
    return any(not shown.isdisjoint({each.before, each.now}) for each in changes)


def _next(page: PageId, at: datetime) -> datetime:
    """Return *at*, a while later that differs from page to page: those that were due at once part again."""
    return at + timedelta(seconds=page * 7_919 % _SPREAD)
