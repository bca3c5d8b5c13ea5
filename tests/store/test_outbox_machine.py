"""The outbox, with everything that may happen to it in any order: nothing is lost, nothing is owed twice."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from bot.domain.chats.chat import ChatId, ChatStatus
from bot.domain.chats.preferences import AT_ONCE, Preferences, QuietHours, QuietMode, Schedule, Timing
from bot.domain.delivery.delivery import Delivery, DeliveryStatus
from bot.domain.news.article import ArticleId
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.outbox import fanout, outbox
from bot.store.schema import deliveries, fanouts, metadata
from tests.store.world import (
    DAYS,
    MINUTE,
    NOW,
    SECOND,
    USUAL,
    choose,
    claim,
    later,
    prepare,
    publish,
    sent,
    settle,
    subscribe,
)

T = TypeVar("T")
CHATS = 5
OWNERS = st.sampled_from(["one", "two"])
PLACES = st.integers(0, CHATS - 1)
# It begins at 08:30 in Viet Nam, on a Monday.
DIGESTS = [Schedule(Timing.DAILY, 9), Schedule(Timing.DAILY, 8), Schedule(Timing.WEEKLY, 9, 1)]
PREFERRED = [
    replace(USUAL, quiet=QuietHours.parse("08:31-08:59"), quiet_mode=QuietMode.WAIT),
    replace(USUAL, urgent=True, quiet=QuietHours.parse("09:00-08:40"), quiet_mode=QuietMode.WAIT),
    replace(USUAL, time_zone="Asia/Tokyo"),
]


class OutboxMachine(RuleBasedStateMachine):
    """Publishes, claims, sends, crashes and waits, and keeps account of it all by itself."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        super().__init__()
        self._runner, self._db = runner, db
        self._now = NOW
        self._owed: set[tuple[ChatId, ArticleId]] = set()
        self._excused: set[tuple[ChatId, ArticleId]] = set()
        self._in_hand: dict[str, list[tuple[Delivery, datetime]]] = {"one": [], "two": []}
        self._sends: Counter[tuple[ChatId, ArticleId]] = Counter()
        self._unsettled_sends: Counter[tuple[ChatId, ArticleId]] = Counter()
        self._published = 0
        self._run(self._empty())
        self._run(prepare(db))
        self._chats = self._run(subscribe(db, *map(str, range(CHATS))))
        self._active = set(self._chats)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _empty(self) -> None:
        async with self._db.write() as tx:
            for table in reversed(metadata.sorted_tables):
                await tx.execute(delete(table))

    @rule(wait=st.sampled_from([0, 30]), lives_for=st.sampled_from([2 * MINUTE, DAYS]), urgent=st.booleans())
    def publish_an_article(self, wait: int, lives_for: timedelta, *, urgent: bool) -> None:
        self._published += 1
        due_at = self._now + wait * SECOND
        article = self._run(
            publish(self._db, self._published, due_at=due_at, expires_at=due_at + lives_for, urgent=urgent)
        )
        self._owed |= {(chat, article) for chat in self._active}

    @rule()
    def work_off_a_slice(self) -> None:
        self._run(self._work_off_a_slice())

    async def _work_off_a_slice(self) -> bool:
        async with self._db.write() as tx:
            return await outbox.continue_fanouts(tx, now=self._now)

    @rule(owner=OWNERS, limit=st.integers(1, 4), closed=st.sets(PLACES, max_size=2))
    def claim_a_batch(self, owner: str, limit: int, closed: set[int]) -> None:
        closures = {self._chats[place]: self._now + 20 * SECOND for place in closed}
        claimed = self._run(claim(self._db, owner=owner, now=self._now, limit=limit, closed=closures))
        batch = [delivery.chat for delivery in claimed]
        alone = [delivery.chat for delivery in claimed if not delivery.digest]
        leased = {
            delivery.id for hand in self._in_hand.values() for delivery, until in hand if until > self._now
        }

        assert len(set(batch)) <= limit
        assert len(alone) == len(set(alone))
        assert not set(batch) & closures.keys()
        assert not leased & {delivery.id for delivery in claimed}
        self._in_hand[owner] += [(delivery, self._now + MINUTE) for delivery in claimed]

    @rule(owner=OWNERS, is_settled=st.booleans())
    def send_one(self, owner: str, *, is_settled: bool) -> None:
        if not self._in_hand[owner]:
            return
        group, until = self._take_message(owner)
        keys = [(delivery.chat, delivery.article) for delivery in group]
        self._sends.update(keys)
        settled = 0
        if is_settled:
            settled = self._run(settle(self._db, *map(sent, group), owner=owner, now=self._now))
        if settled < len(group):
            # The process died with the receipt in its hand, or had lost its lease before.
            self._unsettled_sends.update(keys)
            assert not is_settled or until <= self._now

    def _take_message(self, owner: str) -> tuple[list[Delivery], datetime]:
        """Take what goes out next: one delivery, or all that the owner has of a chat's digest."""
        first, until = self._in_hand[owner].pop(0)
        if not first.digest:
            return [first], until
        hand = self._in_hand[owner]
        group = [pair for pair in hand if pair[0].chat == first.chat and pair[0].digest]
        self._in_hand[owner] = [pair for pair in hand if pair not in group]
        return [first, *(delivery for delivery, _ in group)], min([until, *(until for _, until in group)])

    @rule(owner=OWNERS, wait=st.integers(0, 90))
    def fail_for_now(self, owner: str, wait: int) -> None:
        if self._in_hand[owner]:
            delivery, _ = self._in_hand[owner].pop(0)
            again = later(delivery, self._now + wait * SECOND)
            self._run(settle(self._db, again, owner=owner, now=self._now))

    @rule(owner=OWNERS)
    def give_all_back(self, owner: str) -> None:
        self._run(self._release(owner))

    async def _release(self, owner: str) -> None:
        ids = [delivery.id for delivery, _ in self._in_hand[owner]]
        self._in_hand[owner] = []
        async with self._db.write() as tx:
            await outbox.release(tx, ids, owner=owner)

    @rule(owner=OWNERS)
    def crash(self, owner: str) -> None:
        self._in_hand[owner] = []

    @rule(place=PLACES, schedule=st.sampled_from([AT_ONCE, *DIGESTS]))
    def choose_when(self, place: int, schedule: Schedule) -> None:
        self._run(choose(self._db, self._chats[place], schedule=schedule, now=self._now))

    @rule(place=PLACES, words=st.sampled_from(["bài", "số, -không có", ""]))
    def choose_what(self, place: int, words: str) -> None:
        self._run(choose(self._db, self._chats[place], words=words, now=self._now))

    @rule(place=PLACES, preferred=st.sampled_from([USUAL, *PREFERRED]))
    def choose_how(self, place: int, preferred: Preferences) -> None:
        self._run(self._prefer(self._chats[place], preferred))

    async def _prefer(self, chat: ChatId, preferred: Preferences) -> None:
        async with self._db.write() as tx:
            await preferences.save(tx, chat, preferred, usual=USUAL, now=self._now)

    @rule(seconds=st.sampled_from([1, 25, 61, 1800]))
    def wait(self, seconds: int) -> None:
        self._now += seconds * SECOND

    @rule(place=PLACES, is_active=st.booleans())
    def switch_a_chat(self, place: int, *, is_active: bool) -> None:
        chat = self._chats[place]
        self._run(self._set_status(chat, ChatStatus.ACTIVE if is_active else ChatStatus.OFF))
        if is_active:
            self._active.add(chat)
        else:
            self._active.discard(chat)
            self._excused |= {key for key in self._owed if key[0] == chat}

    async def _set_status(self, chat: ChatId, status: ChatStatus) -> None:
        async with self._db.write() as tx:
            await chats.set_status(tx, chat, status, "blocked", now=self._now)

    @invariant()
    def nothing_is_lost_and_nothing_is_owed_twice(self) -> None:
        standing, cursors = self._run(self._look())
        assert len(standing) == len({key for key, _, _ in standing})
        made = {key for key, _, _ in standing}
        for chat, article in self._owed - self._excused - made:
            assert chat > cursors[article]
        for _key, status, reason in standing:
            assert status in {DeliveryStatus.PENDING, DeliveryStatus.SENT} or reason

    async def _look(
        self,
    ) -> tuple[list[tuple[tuple[ChatId, ArticleId], str, str | None]], dict[int, int]]:
        query = select(
            deliveries.c.chat_id, deliveries.c.article_id, deliveries.c.status, deliveries.c.reason
        )
        async with self._db.read() as tx:
            standing = [((chat, article), *rest) for chat, article, *rest in await tx.execute(query)]
            running = await tx.execute(select(fanouts.c.article_id, fanouts.c.after_chat_id))
            return standing, dict(running.tuples().all())

    def teardown(self) -> None:
        """Do all that is left to do: everything is sent then, or has ended with a reason."""
        self._in_hand = {"one": [], "two": []}
        self._now += 2 * MINUTE
        for chat in self._chats:
            self._run(self._prefer(chat, replace(USUAL, quiet=None)))
            self._run(choose(self._db, chat, schedule=AT_ONCE, now=self._now))
        while self._run(self._work_off_a_slice()):
            pass
        while claimed := self._run(claim(self._db, now=self._now)):
            self._sends.update((delivery.chat, delivery.article) for delivery in claimed)
            self._run(settle(self._db, *map(sent, claimed), now=self._now))
        standing, _ = self._run(self._look())
        ended = {key: status for key, status, _ in standing}

        assert self._owed - self._excused <= ended.keys()
        assert DeliveryStatus.PENDING not in ended.values()
        assert {key for key, status in ended.items() if status == DeliveryStatus.SENT} <= self._sends.keys()
        for key, copies in self._sends.items():
            assert copies <= 1 + self._unsettled_sends[key]


def test_nothing_is_lost_and_nothing_is_owed_twice(database_url: str) -> None:
    with asyncio.Runner() as runner:
        db = runner.run(Database.open(database_url))
        before, fanout.FANOUT_SLICE = fanout.FANOUT_SLICE, 2
        try:
            run_state_machine_as_test(
                # It is typed to take a class, and calls whatever it is given.
                lambda: OutboxMachine(runner, db),  # type: ignore[arg-type]
                settings=settings(
                    max_examples=10,
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=[HealthCheck.too_slow],
                ),
            )
        finally:
            fanout.FANOUT_SLICE = before
            runner.run(db.close())
