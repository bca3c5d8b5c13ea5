"""Having a service that runs beside poll feeds now: they are made due, and their ends are waited for."""

from collections.abc import Callable, Collection

from bot.domain.clock import Clock
from bot.domain.errors import ExplainedError
from bot.domain.news.dedup import FreshEntries
from bot.domain.news.feed import FeedId
from bot.services.ingest.poller import PollReport
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, poll_marks
from bot.store.feeds.poll_marks import PollMark

LOOK_EVERY = 0.25
"""Seconds between two looks at how far the polls are."""

NOBODY_POLLS_AFTER = 10.0
"""Seconds in which a service, which looks for due feeds every second, would have begun with one."""

GIVE_UP_AFTER = 600.0
"""Seconds for all of it: a first poll reads twenty pages, each of which may take long."""


class NobodyPollsError(ExplainedError):
    """The feeds are due, and no process polls them in time."""


class PollRequests:
    """Polls that were asked for, and that end one by one."""

    def __init__(
        self, database: Database, clock: Clock, marks: dict[FeedId, PollMark], newest_article: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._before = marks
        self._newest_article = newest_article

    @classmethod
    async def ask(
        cls, tx: Transaction, database: Database, clock: Clock, feed_ids: Collection[FeedId]
    ) -> "PollRequests":
        """Make it the turn of these feeds; paused ones would wait for ever, so leave them out."""
        marks = await poll_marks.marks(tx, feed_ids)
        newest = await poll_marks.newest_article(tx)
        for feed_id in marks:
            await feeds.poll_now(tx, feed_id, clock.now())
        return cls(database, clock, marks, newest)

    async def reports(self, on_end: Callable[[PollReport], None]) -> tuple[PollReport, ...]:
        """Return what became of each, in the order of their ends; *on_end* is told at once.

        Raises NobodyPollsError if that takes too long.
        """
        begun = quiet_since = self._clock.monotonic()
        reports: list[PollReport] = []
        open_ids = set(self._before)
        while open_ids:
            ended, is_busy = await self._look(open_ids)
            for report in ended:
                on_end(report)
                open_ids.discard(report.feed.id)
            reports += ended
            now = self._clock.monotonic()
            if ended or is_busy:
                quiet_since = now
            if open_ids and (now - quiet_since > NOBODY_POLLS_AFTER or now - begun > GIVE_UP_AFTER):
                raise NobodyPollsError(
                    f"nothing has polled {', '.join(sorted(open_ids))} yet: is there a `bantin run` with the"
                    " role poll? They stay due"
                )
            await self._clock.sleep(LOOK_EVERY if open_ids else 0)
        return tuple(reports)

    async def _look(self, open_ids: Collection[FeedId]) -> tuple[list[PollReport], bool]:
        async with self._database.read() as tx:
            reports = []
            for feed_id, mark in (await poll_marks.marks(tx, open_ids)).items():
                before = self._before[feed_id]
                if mark.last_polled_at == before.last_polled_at:
                    continue
                if mark.last_error_at != before.last_error_at:
                    reports.append(PollReport(mark.feed, error=str(mark.last_error)))
                    continue
                taken = await poll_marks.articles_after(tx, feed_id, self._newest_article)
                held = await poll_marks.held_after(tx, feed_id, before.held)
                fresh = (
                    FreshEntries(pushed=taken, held=held)
                    if before.has_worked
                    else FreshEntries(kept=taken, held=held)
                )
                reports.append(PollReport(mark.feed, fresh))
            return reports, await poll_marks.is_any_under_way(tx, self._clock.now())
