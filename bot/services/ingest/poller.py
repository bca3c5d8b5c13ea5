"""Polling: what a feed lists becomes articles, and each new one is owed to the chats that asked for it.

**The way of one article**: its feed is due and leased → fetched and parsed (`Source.fetch`) → known entries
left out, too many at once quarantined (`domain/news/dedup`) → its page and its photo read (`ingester`) →
article, identity, state of the feed and fan-out stored in one transaction (`store/outbox/fanout`).
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.clock import Clock, SystemClock
from bot.domain.news.dedup import FreshEntries, fresh_entries, named
from bot.domain.news.feed import (
    AskedToWaitError,
    Entry,
    Feed,
    FeedId,
    Fetched,
    Source,
    SourceError,
    Validators,
)
from bot.domain.news.poll_record import PollRecord, PollResult
from bot.domain.news.poll_stats import PollStats, noted, wait_after_failure, wait_after_poll
from bot.domain.news.volume import counted, room
from bot.domain.news.websub import PING_FLOOR
from bot.domain.reason import ReasonCode
from bot.services.ingest.ingester import LEASE, ArticleIngester, IngestRules, LeaseLostError
from bot.services.ingest.websub import note_hub
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from bot.store.feeds import (
    feeds,
    poll_history,
    poll_leases,
    poll_stats,
    quarantine,
    seen_entries,
    volumes,
    websub,
)

log = structlog.get_logger(__name__)

MOST_PAGES = 5
"""How many pages of one list are read in one poll, the first included."""

POSTPONED_FOR = 10.0
"""Seconds for which a feed is left alone whose poll the database did not let end: its site has answered."""

STOP_WITHIN = 2.0
"""Seconds that polls have for coming to their end when they are told to."""


@dataclass(frozen=True, slots=True)
class PollReport:
    """What one poll of one feed came to; *failed* entries could not be saved, by a fault of ours.

    It was *postponed* if the database could not be had: the feed is still due.
    """

    feed: Feed
    fresh: FreshEntries = field(default_factory=FreshEntries)
    failed: int = 0
    not_modified: bool = False
    error: str | None = None
    postponed: bool = False


def _nothing_owed() -> None:
    """Leave it to whoever looks into the database by itself."""


def _no_report(report: PollReport) -> None:
    del report


@dataclass(frozen=True, slots=True)
class PollHooks:
    """What is called while feeds are polled: when something may be owed now, and after each poll."""

    owed: Callable[[], None] = _nothing_owed
    polled: Callable[[PollReport], None] = _no_report


_NOBODY_LISTENS = PollHooks()


class Poller:
    """Polls feeds, a few at a time, and saves what is new together with who is owed it."""

    def __init__(
        self,
        database: Database,
        source: Source,
        clock: Clock,
        *,
        owner: str,
        rules: IngestRules,
        hooks: PollHooks = _NOBODY_LISTENS,
    ) -> None:
        self._database = database
        self._source = source
        self._clock = clock
        self._owner = owner
        self._concurrency = rules.concurrency
        self._hosts = rules.hosts
        self._ingester = ArticleIngester(database, source, clock, owner=owner, rules=rules)
        self._hooks = hooks
        self._started: dict[FeedId, datetime] = {}
        self._polls: dict[asyncio.Task[None], FeedId] = {}

    async def start_due_polls(self) -> None:
        """Start polling the feeds that are due, up to the limit; a slow one never holds up the others."""
        free = self._concurrency - len(self._polls)
        if free <= 0:
            return
        polling = tuple(self._polls.values())
        async with self._database.write() as tx:
            due = await poll_leases.claim_due(
                tx, owner=self._owner, now=self._clock.now(), limit=free, lease=LEASE, polling=polling
            )
        for feed in due:
            task = asyncio.create_task(self._poll_in_turn(feed), name=f"poll {feed.feed.id}")
            self._polls[task] = feed.feed.id
            task.add_done_callback(self._ended)

    async def poll(self, ids: Collection[FeedId]) -> tuple[PollReport, ...]:
        """Poll these feeds now, due or not, and return what came of it in their order."""
        async with self._database.write() as tx:
            claimed = await poll_leases.claim(tx, ids, owner=self._owner, now=self._clock.now(), lease=LEASE)
        limit = asyncio.Semaphore(self._concurrency)

        async def limited(due: poll_leases.DueFeed) -> PollReport:
            async with limit:
                return await self._poll(due)

        return tuple(await asyncio.gather(*(limited(due) for due in claimed)))

    async def finish(self) -> None:
        """Wait for the polls under way."""
        await asyncio.gather(*self._polls, return_exceptions=True)

    async def stop(self) -> None:
        """End the polls under way: what they had not saved is polled again."""
        for task in self._polls:
            task.cancel()
        if self._polls:
            await asyncio.wait(self._polls, timeout=STOP_WITHIN)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._polls[task]
        if not task.cancelled() and (error := task.exception()):
            log.error("poll failed by our own fault", task=task.get_name(), exc_info=error)

    async def _poll_in_turn(self, due: poll_leases.DueFeed) -> None:
        """Poll; a feed that the database left half-way keeps its place here for a while."""
        report = await self._poll(due)
        if report.postponed:
            await self._clock.sleep(POSTPONED_FOR)

    async def _poll(self, due: poll_leases.DueFeed) -> PollReport:
        """Poll, and return what came of it: a fault of the site, of the database or of ours is told there."""
        self._started[due.feed.id] = self._clock.now()
        try:
            report = await self._attempt(due)
        except DatabaseUnavailable as error:
            log.warning("a feed could not be polled for want of the database", feed=due.feed.id)
            report = PollReport(due.feed, error=str(error), postponed=True)
        self._hooks.polled(report)
        return report

    async def _attempt(self, due: poll_leases.DueFeed) -> PollReport:
        try:
            return await self._take(due)
        except SourceError as error:
            await self._save_failure(due, error)
            return PollReport(due.feed, error=str(error))
        except LeaseLostError:
            return PollReport(due.feed, error="another process polls this feed now")
        except DatabaseUnavailable:
            raise
        except Exception as error:
            log.exception("poll failed by our own fault", feed=due.feed.id)
            fault = SourceError(f"a fault in this program: {type(error).__name__}", ReasonCode.OUR_FAULT)
            await self._save_failure(due, fault)
            return PollReport(due.feed, error=str(fault))

    async def _take(self, due: poll_leases.DueFeed) -> PollReport:
        feed = due.feed
        if await self._ingester.take_decided(feed):
            self._hooks.owed()
        fetched = await self._source.fetch(feed, due.validators)
        if fetched is None:
            async with self._database.write() as tx:
                await self._save_state(tx, due, None, FreshEntries())
            return PollReport(feed, not_modified=True)
        if not due.first_poll:
            fetched = await self._with_older(feed, fetched)
        async with self._database.read() as tx:
            volume = await volumes.volume(tx, feed.id)
            allowed = room(volume, self._clock.now(), polled_at=due.polled_at)
            fresh = await _fresh(tx, feed, fetched, self._hosts, first_poll=due.first_poll, room=allowed)
        failed = await self._save(due, fetched, fresh)
        if fresh.pushed:
            self._hooks.owed()
        log.info(
            "polled",
            feed=feed.id,
            entries=len(fetched.entries),
            pushed=len(fresh.pushed),
            kept=len(fresh.kept),
            held=len(fresh.held),
            failed=len(failed),
        )
        return PollReport(feed, fresh, failed=len(failed))

    async def _with_older(self, feed: Feed, fetched: Fetched) -> Fetched:
        """Return *fetched* with the pages behind it, as long as all of a page is new: none must be missed."""
        last, visited = fetched, {feed.url}
        while last.next_page and last.next_page not in visited and len(visited) < MOST_PAGES:
            found = await asyncio.to_thread(named, last.entries, self._hosts)
            names = {name for each in found for name in each.own}
            async with self._database.read() as tx:
                if not names or await seen_entries.known(tx, feed.id, names):
                    break
            visited.add(last.next_page)
            try:
                last = await self._source.older(feed, last.next_page)
            except SourceError as error:
                log.warning("an older page could not be read", feed=feed.id, error=str(error))
                break
            fetched = replace(fetched, entries=fetched.entries + last.entries)
        return fetched

    async def _save(self, due: poll_leases.DueFeed, fetched: Fetched, fresh: FreshEntries) -> list[Entry]:
        """Commit the articles one by one, the last of them together with the feed's new state.

        A crash in between loses nothing: the validators are still the old ones, so the next poll gets the
        same entries and takes those that are missing. Nor does a fault of ours, which costs no other entry
        its turn: the validators stay then, and what failed is returned.
        """
        wanted = [*((entry, False) for entry in fresh.kept), *((entry, True) for entry in fresh.pushed)]
        failed: list[Entry] = []
        is_noted = False
        for place, (entry, owed) in enumerate(wanted, 1):
            taken = await self._ingester.read(due.feed, entry, fresh.names.get(entry, ()), owed=owed)
            try:
                async with self._database.write() as tx:
                    await self._ingester.save(tx, taken)
                    if place == len(wanted):
                        await self._save_state(tx, due, fetched, fresh, failed)
                        is_noted = True
            except (DatabaseUnavailable, LeaseLostError):
                raise
            except Exception:
                log.exception("an entry was not saved, by our own fault", feed=due.feed.id, link=entry.link)
                failed.append(entry)
                is_noted = False
        if not is_noted:
            async with self._database.write() as tx:
                await self._save_state(tx, due, fetched, fresh, failed)
        return failed

    async def _save_state(
        self,
        tx: Transaction,
        due: poll_leases.DueFeed,
        fetched: Fetched | None,
        fresh: FreshEntries,
        failed: Collection[Entry] = (),
    ) -> None:
        """Note the poll's end; *fetched* is None where nothing had changed.

        What *failed* is new to the next poll, but for what only a first poll keeps without pushing it.
        """
        now = self._clock.now()
        pace = await _learned(tx, due.feed, fetched, fresh, now)
        if fetched:
            await note_hub(tx, due.feed, fetched, now)
        missed = await websub.pinged_since(tx, due.feed.id, self._started[due.feed.id])
        wait = wait_after_poll(due.feed, pace, now=now)
        if missed:
            wait = min(wait, PING_FLOOR)
        only_seen = (*fresh.seen, *fresh.held, *fresh.moved, *set(fresh.kept).intersection(failed))
        names = {name: None for entry in only_seen for name in fresh.names.get(entry, ())}
        await seen_entries.remember(tx, due.feed.id, names, now)
        if fresh.held:
            await quarantine.hold(tx, due.feed.id, fresh.held, now)
        saved = await poll_leases.save_poll(
            tx,
            due.feed.id,
            poll_leases.PollOutcome(
                validators=fetched.validators if fetched and not failed else due.validators,
                next_poll_at=now + wait,
                took_article=bool(fresh.kept or fresh.pushed),
            ),
            owner=self._owner,
            now=now,
        )
        if not saved:
            raise LeaseLostError
        await poll_history.note(tx, due.feed.id, self._record(due.feed.id, fetched, fresh, now))

    def _record(
        self, feed: FeedId, fetched: Fetched | None, fresh: FreshEntries, now: datetime
    ) -> PollRecord:
        if fetched is None:
            return PollRecord(now, PollResult.UNCHANGED, self._took(feed, now))
        new = len(fresh.pushed) + len(fresh.kept) + len(fresh.held)
        return PollRecord(now, PollResult.READ, self._took(feed, now), len(fetched.entries), new)

    def _took(self, feed: FeedId, now: datetime) -> int:
        """Return for how many milliseconds a feed is being polled."""
        return max((now - self._started[feed]) // timedelta(milliseconds=1), 0)

    async def _save_failure(self, due: poll_leases.DueFeed, error: SourceError) -> None:
        failures = due.failures + 1
        log.warning("feed could not be polled", feed=due.feed.id, error=str(error), failures=failures)
        now = self._clock.now()
        asked = error.after if isinstance(error, AskedToWaitError) else None
        wait = wait_after_failure(due.feed, failures=failures, asked=asked)
        async with self._database.write() as tx:
            noted = await poll_leases.save_failure(
                tx, due.feed.id, owner=self._owner, error=error.reason, now=now, next_poll_at=now + wait
            )
            if noted:
                poll = PollRecord(now, PollResult.FAILED, self._took(due.feed.id, now), error=error.reason)
                await poll_history.note(tx, due.feed.id, poll)


async def _learned(
    tx: Transaction, feed: Feed, fetched: Fetched | None, fresh: FreshEntries, now: datetime
) -> PollStats:
    """Remember what a poll showed of how often, and how much, *feed* brings; return its pace."""
    known = await poll_stats.pace(tx, feed.id)
    pace = noted(
        known,
        changed=bool(fresh.pushed),
        min_interval=fetched.min_interval if fetched else known.min_interval,
        now=now,
    )
    if pace != known:
        await poll_stats.save(tx, feed.id, pace)
    before = await volumes.volume(tx, feed.id)
    listed = len(fetched.entries) if fetched else None
    volume = counted(before, pushed=len(fresh.pushed), listed=listed, now=now)
    if volume != before:
        await volumes.save(tx, feed.id, volume)
    return pace


async def dry_run(
    source: Source, feed: Feed, database: Database | None, hosts: Mapping[str, str]
) -> PollReport:
    """Return what a poll of *feed* would take now: nothing is saved, and nothing is owed.

    Without a *database* nothing is known yet, as at the first poll.
    """
    try:
        fetched = await source.fetch(feed, Validators())
    except SourceError as error:
        return PollReport(feed, error=str(error))
    assert fetched is not None, "a fetch without validators cannot be 'not modified'"
    if database is None:
        found = named(fetched.entries, hosts)
        fresh = fresh_entries(
            found, frozenset(), first_poll=True, is_guessed=fetched.is_guessed, room=len(found)
        )
        return PollReport(feed, fresh)
    async with database.read() as tx:
        first_poll = await feeds.is_first_poll(tx, feed.id)
        allowed = room(await volumes.volume(tx, feed.id), SystemClock().now(), polled_at=None)
        fresh = await _fresh(tx, feed, fetched, hosts, first_poll=first_poll, room=allowed)
        return PollReport(feed, fresh)


async def _fresh(
    tx: Transaction,
    feed: Feed,
    fetched: Fetched,
    hosts: Mapping[str, str],
    *,
    first_poll: bool,
    room: int,
) -> FreshEntries:
    # In a thread: a feed may list thousands, each with an address of thousands of letters.
    found = await asyncio.to_thread(named, fetched.entries, hosts)
    known = await seen_entries.known(tx, feed.id, {name for each in found for name in each.names})
    return await asyncio.to_thread(
        fresh_entries, found, known, first_poll=first_poll, is_guessed=fetched.is_guessed, room=room
    )
