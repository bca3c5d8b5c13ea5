"""Corrections: pages are read again, and what has changed there goes to the messages already sent."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.domain.clock import Clock
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.correction import GRACE, REPORTED_AT, Correction, CorrectionRules, correction
from bot.domain.news.feed import ArticleGoneError, Source, SourceError
from bot.domain.publication.editing import SourceText
from bot.services.publishing.approval import ask_anew
from bot.store.articles import articles, revisits, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.articles.revisits import Revisit
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import outbox
from bot.store.publications import publications

AT_ONCE = 4
LEASE = timedelta(minutes=10)
"""When a page is read again of which nothing more was heard: the process may have died over it."""

log = structlog.get_logger(__name__)


class Revisits:
    """Looks after what was sent, for as long as the rules say."""

    def __init__(
        self,
        database: Database,
        source: Source,
        clock: Clock,
        *,
        rules: CorrectionRules,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._source = source
        self._clock = clock
        self._rules = rules
        self._on_owed = on_owed

    async def read_due(self) -> None:
        """Read again what is due, a few pages at a time."""
        async with self._database.write() as tx:
            due = await revisits.claim(tx, now=self._clock.now(), limit=AT_ONCE, lease=LEASE)
        for outcome in await asyncio.gather(*(self._read(each) for each in due), return_exceptions=True):
            if isinstance(outcome, BaseException):
                log.error("a page could not be read again, by our own fault", exc_info=outcome)

    async def _read(self, revisit: Revisit) -> None:
        async with self._database.read() as tx:
            stored = await articles.get(tx, revisit.article)
            source = await source_texts.get(tx, revisit.article)
        if stored is None:
            return
        try:
            page = await self._source.read_again(revisit.feed, revisit.url)
        except ArticleGoneError as error:
            await self._gone(revisit, str(error))
        except SourceError as error:
            log.info("a page could not be read again", article=revisit.article, error=str(error))
            async with self._database.write() as tx:
                await self._try_again(tx, revisit, absences=revisit.absences)
        else:
            known = source.within(stored.article) if source else stored.article
            await self._found(revisit, known, page)

    async def _found(self, revisit: Revisit, known: Article, page: Article) -> None:
        if revisit.absences:
            log.info("an article is there again", article=revisit.article)
        changed = correction(known, page)
        photo = None
        if changed and changed.has_new_photo:
            photo = await self._source.photo(changed.article)
        async with self._database.write() as tx:
            # It may have been released meanwhile: nobody answers for it, or releases it, before this is kept.
            await publications.lock(tx, revisit.article)
            stored, source = (
                await articles.get(tx, revisit.article),
                await source_texts.get(tx, revisit.article),
            )
            if changed and stored and source:
                await self._keep_beside(tx, stored, source, changed, photo)
            elif changed and stored:
                await self._correct(tx, revisit, stored, changed, photo)
            due_at = self._rules.next_after(revisit.began_at, self._clock.now())
            await self._go_on(tx, revisit, due_at, absences=0)
        self._on_owed()

    async def _correct(
        self,
        tx: Transaction,
        revisit: Revisit,
        stored: StoredArticle,
        changed: Correction,
        photo: PreparedPhoto | None,
    ) -> None:
        """Keep the new words, and owe them to whoever has the old ones, if anybody would see a difference.

        Where the article waits to be released, those who approve it are asked about the new words.
        """
        now = self._clock.now()
        # The same picture at another address, or one that cannot be had, changes no message.
        has_new_photo = photo is not None and photo.key != stored.photo_key
        is_seen = changed.has_new_words or changed.has_new_files or has_new_photo
        is_owed = is_seen and bool(stored.topics) and stored.revision < self._rules.edits
        if is_seen or changed.article.layout != stored.article.layout:
            await ask_anew(tx, stored.id, now=now)
        revision = stored.revision + is_owed
        await articles.revise(tx, stored.id, changed.article.led_by(photo), photo, revision=revision, now=now)
        if is_owed:
            log.info("an article was corrected", article=stored.id, revision=revision)
            await outbox.enqueue(
                tx,
                outbox.NewFanout(
                    article=stored.id,
                    topic=stored.topics[0],
                    revision=revision,
                    due_at=now,
                    expires_at=max(revisit.began_at + self._rules.window, now) + GRACE,
                ),
                now=now,
            )

    async def _keep_beside(
        self,
        tx: Transaction,
        stored: StoredArticle,
        source: SourceText,
        changed: Correction,
        photo: PreparedPhoto | None,
    ) -> None:
        """Keep the new words of an article that was edited, which stays as it is until somebody decides.

        Where it waits, those who approve it are asked anew, and see what its page says now.
        """
        if photo:
            await articles.save_photo(tx, photo, now=self._clock.now())
        says = SourceText.of(changed.article.led_by(photo), photo.key if photo else source.photo_key)
        if (
            (says.photo_key, says.body, says.blocks) != (source.photo_key, source.body, source.blocks)
            or changed.has_new_words
            or changed.has_new_files
        ):
            await ask_anew(tx, stored.id, now=self._clock.now())
            await source_texts.change(tx, stored.id, says)

    async def _gone(self, revisit: Revisit, reason: str) -> None:
        absences = revisit.absences + 1
        # It is looked for until somebody decides about it: only the first time and the report are news.
        if absences == 1:
            log.warning("an article is gone", article=revisit.article, reason=reason)
        elif absences == REPORTED_AT:
            log.warning("an article stays gone: managers are asked", article=revisit.article, reason=reason)
        now = self._clock.now()
        async with self._database.write() as tx:
            if absences < REPORTED_AT:
                await self._try_again(tx, revisit, absences=absences)
            else:
                later = self._rules.retry_at(revisit.began_at, now)
                due_at = self._rules.next_after(revisit.began_at, now) or later
                await self._go_on(tx, revisit, due_at, absences=absences)

    async def _try_again(self, tx: Transaction, revisit: Revisit, *, absences: int) -> None:
        due_at = self._rules.retry_at(revisit.began_at, self._clock.now())
        await self._go_on(tx, revisit, due_at, absences=absences)

    async def _go_on(
        self, tx: Transaction, revisit: Revisit, due_at: datetime | None, *, absences: int
    ) -> None:
        if due_at is None:
            await revisits.end(tx, revisit.article)
        else:
            await revisits.go_on(tx, revisit.article, due_at=due_at, absences=absences)
