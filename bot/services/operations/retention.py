"""Retention: what is no longer needed is taken out in small steps, between which others have their turn."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.clock import Clock
from bot.domain.desk.figures import day_of
from bot.domain.publication.announcement import DESK_DRAFTS_KEPT
from bot.store.api import submissions
from bot.store.articles import recordings
from bot.store.chats import erasure, invitations, undo
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import ended_topics
from bot.store.figures import reading
from bot.store.publications import desk_drafts, pauses, uploads
from bot.store.runtime import audit, console, retention, shown_menus

BATCH = 500
"""How many rows are taken out in one transaction: so few that nobody waits for long to write."""

PHOTOS_AT_ONCE = 20
"""Photos are large, and a database is slower to take them out."""

PAUSE = 0.02
"""Seconds between two transactions, in which whoever waits has their turn."""

PAUSES_KEPT = timedelta(days=100)
"""For how long a pause is kept that is over: longer than anything is owed that has waited for its end."""

SUBMISSIONS_KEPT = timedelta(days=30)
"""For how long a program may repeat a submission without publishing it anew, as docs/api.md promises."""

UPLOADS_KEPT = timedelta(days=1)
"""For how long a document is kept that nothing names: what is being written may come to name it again."""

RECORDINGS_KEPT = timedelta(days=30)
"""For how long what an article says as sound is kept: whoever asks later has it made anew."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """For how long settled deliveries, articles with their photos, proofs of deletion, lines of the audit log
    and daily figures are kept.
    """

    deliveries: timedelta
    articles: timedelta
    proofs: timedelta
    audit: timedelta
    figures: timedelta


class Retention:
    """Takes out what is older than the rules say; cut off at any point, it goes on there the next time."""

    def __init__(self, database: Database, clock: Clock, rules: RetentionRules) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules

    async def prune(self) -> None:
        """Take out all that is too old now. Articles go after the deliveries that name them."""
        now = self._clock.now()
        ended_before, saved_before = now - self._rules.deliveries, now - self._rules.articles
        deliveries = await self._all(
            BATCH, lambda tx: retention.prune_deliveries(tx, settled_before=ended_before, limit=BATCH)
        )
        articles = await self._all(
            BATCH, lambda tx: retention.prune_articles(tx, saved_before=saved_before, limit=BATCH)
        )
        photos = await self._all(
            PHOTOS_AT_ONCE,
            lambda tx: retention.prune_photos(tx, saved_before=saved_before, limit=PHOTOS_AT_ONCE),
        )
        await self._prune_files(now)
        async with self._database.read() as tx:
            told = await ended_topics.told(tx)
        for topic in told:
            await self._all(
                BATCH, partial(ended_topics.drop_subscriptions, topic=topic, now=now, limit=BATCH)
            )
        await self._all(BATCH, lambda tx: audit.prune(tx, done_before=now - self._rules.audit, limit=BATCH))
        async with self._database.write() as tx:
            await reading.prune(tx, before=day_of(now - self._rules.figures))
            await erasure.prune_proofs(tx, erased_before=now - self._rules.proofs)
            await shown_menus.prune(tx, now)
            await undo.prune(tx, now)
            await invitations.prune(tx, now)
            await submissions.prune(tx, made_before=now - SUBMISSIONS_KEPT)
            await console.prune(tx, now)
            await desk_drafts.prune(tx, changed_before=now - DESK_DRAFTS_KEPT)
            await pauses.prune(tx, over_before=now - PAUSES_KEPT, limit=BATCH)
            await retention.give_memory_back(tx)
        async with self._database.read() as tx:
            await retention.give_memory_back(tx)
        if deliveries or articles or photos:
            log.info("pruned", deliveries=deliveries, articles=articles, photos=photos)

    async def _prune_files(self, now: datetime) -> None:
        """Take out recordings, which are made anew, and documents that nothing names."""
        await self._all(
            PHOTOS_AT_ONCE,
            lambda tx: recordings.prune(tx, made_before=now - RECORDINGS_KEPT, limit=PHOTOS_AT_ONCE),
        )
        await self._all(
            PHOTOS_AT_ONCE,
            lambda tx: uploads.prune(tx, saved_before=now - UPLOADS_KEPT, limit=PHOTOS_AT_ONCE),
        )

    async def _all(self, batch: int, prune: Callable[[Transaction], Awaitable[int]]) -> int:
        total = 0
        while True:
            async with self._database.write() as tx:
                pruned = await prune(tx)
            total += pruned
            if pruned < batch:
                return total
            await self._clock.sleep(PAUSE)
