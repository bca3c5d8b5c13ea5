"""The outbox, with everything that may happen to it in any order: nothing is lost, nothing is owed twice."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from bot.domain.article import ArticleId
from bot.domain.chat import ChatId, ChatStatus
from bot.domain.delivery import Delivery, DeliveryStatus
from bot.store import chats, fanout, outbox
from bot.store.database import Database
from bot.store.schema import deliveries, fanouts, metadata
from tests.store.world import (
    DAYS,
    MINUTE,
    NOW,
    SECOND,
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

    @rule(wait=st.sampled_from([0, 30]), lives_for=st.sampled_from([2 * MINUTE, DAYS]))
    def publish_an_article(self, wait: int, lives_for: timedelta) -> None:
        self._published += 1
        due_at = self._now + wait * SECOND
        article = self._run(publish(self._db, self._published, due_at=due_at, expires_at=due_at + lives_for))
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
        leased = {
            delivery.id for hand in self._in_hand.values() for delivery, until in hand if until > self._now
        }

        assert len(batch) == len(set(batch)) <= limit
        assert not set(batch) & closures.keys()
        assert not leased & {delivery.id for delivery in claimed}
        self._in_hand[owner] += [(delivery, self._now + MINUTE) for delivery in claimed]

    @rule(owner=OWNERS, is_settled=st.booleans())
    def send_one(self, owner: str, *, is_settled: bool) -> None:
        if not self._in_hand[owner]:
            return
        delivery, until = self._in_hand[owner].pop(0)
        key = delivery.chat, delivery.article
        self._sends[key] += 1
        if not is_settled or not self._run(settle(self._db, sent(delivery), owner=owner, now=self._now)):
            # The process died with the receipt in its hand, or had lost its lease before.
            self._unsettled_sends[key] += 1
            assert not is_settled or until <= self._now

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

    @rule(seconds=st.sampled_from([1, 25, 61]))
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
