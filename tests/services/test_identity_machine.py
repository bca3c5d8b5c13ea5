"""Feeds that do whatever feeds do, in any order: each article is pushed exactly once to a chat."""

import asyncio
import itertools
import random
import re
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from bot.domain.chats.chat import Address, TopicId
from bot.domain.news.address import canonical
from bot.domain.news.article import Article, DatePrecision, Published
from bot.domain.news.feed import Entry, Feed, FeedId, Topic
from bot.services.ingest.poller import PollReport
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds, quarantine
from bot.store.schema import articles, deliveries, metadata
from tests.builders import stripped
from tests.fake_source import FakeSource, Killed
from tests.services.polling_world import ACCOUNT, FEED, OTHER, TOPIC, PollingWorld

T = TypeVar("T")
ABROAD = Topic(TopicId("quoc-te"), {"vi": "Quốc tế"}, {}, "QuocTe")
ABROAD_FEED = Feed(FeedId("abroad"), ABROAD.id, "Abroad", "https://office.example/abroad")
EVERY = (FEED, OTHER, ABROAD_FEED)
FEEDS = st.sampled_from(EVERY)
MOST = 10
"""More new entries at once, with nothing known left, are held."""
REBUILT = 12
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Office(FakeSource):
    """A site whose pages say truly what an article is, whatever its feeds say of it."""

    def __init__(self) -> None:
        super().__init__()
        self.truth: dict[str, Entry] = {}

    async def read(self, feed: Feed, entry: Entry) -> Article:
        await super().read(feed, entry)
        true = self.truth[entry.link]
        return Article(canonical(entry.link), true.title, published=true.published)


class IdentityMachine(RuleBasedStateMachine):
    """Publishes, polls, crashes and rebuilds, and keeps account of what is new all by itself."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        super().__init__()
        self._runner, self._db = runner, db
        self._source = Office()
        self._fresh = itertools.count()
        self._generation = 0
        self._published = 5
        self._known: dict[TopicId, set[int]] = {TOPIC.id: set(), ABROAD.id: set()}
        self._polled: set[FeedId] = set()
        self._delivered: Counter[int] = Counter()
        self._seen_by_chat: set[int] = set()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    @initialize()
    def begin(self) -> None:
        self._run(self._begin())

    async def _begin(self) -> None:
        async with self._db.write() as tx:
            for table in reversed(metadata.sorted_tables):
                await tx.execute(delete(table))
        self._world = PollingWorld(self._db)
        self._world.source = self._source
        self._world.poller = self._world.another_poller("poller")
        await self._world.prepare()
        now = self._world.clock.now()
        async with self._db.write() as tx:
            await feeds.sync_definitions(tx, [TOPIC, ABROAD], EVERY, now)
            chat = await chats.find(tx, Address(ACCOUNT, "-100"))
            assert chat
            await chats.subscribe(tx, chat.id, ABROAD.id, now)

    @rule(count=st.integers(1, 3))
    def publish(self, count: int) -> None:
        self._published += count

    @rule()
    def restart(self) -> None:
        self._world.poller = self._world.another_poller("poller")

    @rule(
        feed=FEEDS,
        chosen=st.lists(st.integers(0, 40), max_size=MOST),
        seed=st.integers(0, 10_000),
        dies=st.booleans(),
    )
    def poll(self, feed: Feed, chosen: list[int], seed: int, *, dies: bool) -> None:
        """Poll a feed that lists some articles, in any order, each in any of its forms."""
        numbers = list(dict.fromkeys(number % self._published for number in chosen))
        chance = random.Random(seed)
        listed = tuple(self._listed(number, chance) for number in numbers)
        self._source.entries[feed.id] = listed
        if dies and listed:
            self._run(self._die(feed, chance.choice(listed).link))
        self._run(self._poll(feed))
        self._expect(feed, numbers)

    @rule(feed=FEEDS, decision=st.sampled_from(quarantine.Decision))
    def rebuild(self, feed: Feed, decision: quarantine.Decision) -> None:
        """Give all articles new addresses, guids and dates: nothing is pushed unless somebody says so."""
        if feed.id not in self._polled:
            return
        self._generation += 1
        listed = tuple(self._listed(number, random.Random(number), plain=True) for number in range(REBUILT))
        self._source.entries[feed.id] = listed
        (report,) = self._run(self._poll(feed))
        assert (len(report.fresh.held), report.fresh.pushed) == (REBUILT, ())
        self._run(self._decide(decision))
        self._run(self._poll(feed))
        if decision is quarantine.Decision.SEND:
            self._delivered.update(range(REBUILT))

    def _expect(self, feed: Feed, numbers: list[int]) -> None:
        known = self._known[feed.topic]
        if feed.id in self._polled:
            new = [number for number in numbers if number not in known | self._seen_by_chat]
            self._delivered.update(new)
            self._seen_by_chat.update(number for number in numbers if number not in known)
        known.update(numbers)
        self._polled.add(feed.id)

    def _listed(self, number: int, chance: random.Random, *, plain: bool = False) -> Entry:
        """Return article *number* as a feed may list it: by any address, with any guid, date or spelling."""
        # What was rebuilt is another article, of another day.
        rebuilt = self._generation if plain else 0
        at = AT + timedelta(minutes=number, days=rebuilt)
        true = Entry(f"Tin số {number}: Đảng ủy họp", published=Published(at, DatePrecision.MINUTE))
        scheme, host = (
            chance.choice(["http", "https"]),
            chance.choice(["", "www."]) + chance.choice(["office.example", "wipo.example"]),
        )
        locale, query = (
            chance.choice(["", "/vi_VN"]),
            chance.choice(["", "?inheritRedirect=false&redirect=%2Ftin"]),
        )
        name = chance.choice([f"tin-so-{number}-{rebuilt}", f"id/{151_800 + number + 1_000 * rebuilt}"])
        link = f"{scheme}://{host}{locale}/web/guest/tin/-/asset_publisher/7xsjBf/content/{name}{query}"
        self._source.truth[link] = true
        guid = chance.choice([f"guid {number} {rebuilt}", "", f"fresh {next(self._fresh)}"])
        if plain:
            return replace(true, link=link, guid=guid)
        date = chance.choice([true.published, None, _moved(at, 300), _moved(at, 27_000)])
        told = replace(true, link=link, guid=guid, published=date)
        return stripped(told) if chance.random() < 0.25 else told

    async def _poll(self, feed: Feed) -> tuple[PollReport, ...]:
        # Each poll on a day of its own: how much a feed may bring in a day is another matter.
        self._world.clock.advance(86_400)
        return await self._world.poll(feed.id)

    async def _die(self, feed: Feed, link: str) -> None:
        self._source.deadly = {link}
        with suppress(Killed):
            await self._world.poll(feed.id)
        self._source.deadly = set()
        # Whoever is dead is taken for dead when its lease lapses.
        self._world.clock.advance(3_600)

    async def _decide(self, decision: quarantine.Decision) -> None:
        async with self._db.write() as tx:
            (hold,) = await quarantine.undecided(tx)
            await quarantine.decide(tx, hold.id, decision, now=self._world.clock.now())

    @invariant()
    def each_article_is_pushed_once(self) -> None:
        assert self._run(self._owed()) == self._delivered

    async def _owed(self) -> Counter[int]:
        of = articles.c.id == deliveries.c.article_id
        query = select(articles.c.title).join_from(deliveries, articles, of)
        async with self._db.read() as tx:
            titles = (await tx.execute(query)).scalars().all()
        return Counter(int(re.findall(r"\d+", title)[0]) for title in titles)


def _moved(at: datetime, days: int) -> Published:
    return Published(at + timedelta(days=days), DatePrecision.MINUTE)


def test_each_article_is_pushed_exactly_once_whatever_its_feeds_do(database_url: str) -> None:
    with asyncio.Runner() as runner:
        db = runner.run(Database.open(database_url))
        try:
            run_state_machine_as_test(
                # It is typed to take a class, and calls whatever it is given.
                lambda: IdentityMachine(runner, db),  # type: ignore[arg-type]
                settings=settings(
                    max_examples=8,
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=[HealthCheck.too_slow],
                ),
            )
        finally:
            runner.run(db.close())
