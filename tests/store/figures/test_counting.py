"""Everything that is counted, in any order and with transactions that fail: the figures are exact."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from itertools import count as numbers
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select

from bot.domain.chats.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.delivery.delivery import Delivery, DeliveryStatus, Settlement
from bot.domain.desk.figures import EndReason, Figure, day_of
from bot.domain.reason import Reason, ReasonCode
from bot.store.chats import chats, erasure
from bot.store.engine.database import Database, Transaction
from bot.store.figures.reading import By, counts
from bot.store.outbox import outbox
from bot.store.schema import deliveries, metadata, subscriptions
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FOREIGN, MINUTE, NOW, claim, prepare, save

T = TypeVar("T")
TOPICS = (DOMESTIC, FOREIGN)
PLACES = st.integers(0, 3)
WHICH = st.sampled_from(TOPICS)
_REFUSED = Reason(ReasonCode.CHAT_CLOSED, "Forbidden: bot was blocked").stored()
_OLD = Reason(ReasonCode.TOO_OLD, "too old").stored()
OUTCOMES = {
    "sent": (DeliveryStatus.SENT, None),
    "refused": (DeliveryStatus.REJECTED, _REFUSED),
    "old": (DeliveryStatus.EXPIRED, _OLD),
    "shown": (DeliveryStatus.CANCELLED, "dry run"),
}


class RolledBackError(Exception):
    pass


def settlement(delivery: Delivery, outcome: str) -> Settlement:
    status, reason = OUTCOMES[outcome]
    message = "77" if status is DeliveryStatus.SENT else None
    return Settlement(delivery.id, status, attempts=1, message_id=message, reason=reason)


class FiguresMachine(RuleBasedStateMachine):
    """Does what is counted, and keeps account of it by itself."""

    def __init__(self, runner: asyncio.Runner, db: Database) -> None:
        super().__init__()
        self._runner, self._db, self._now = runner, db, NOW
        self._expected: Counter[tuple[Any, ...]] = Counter()
        self._articles = numbers(1)
        self._claimed: list[Delivery] = []
        self._run(self._begin())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _begin(self) -> None:
        async with self._db.write() as tx:
            for table in reversed(metadata.sorted_tables):
                await tx.execute(delete(table))
        await prepare(self._db)

    def _expect(self, topic: TopicId, figure: Figure, reason: str = "", number: int = 1) -> None:
        if number:
            self._expected[day_of(self._now), topic, figure, reason] += number

    async def _chat(self, tx: Transaction, place: int) -> ChatId:
        """Return the chat at *place*: two are groups that may become one."""
        kind = ChatKind.GROUP if place < 2 else ChatKind.PRIVATE
        address = Address(ACCOUNT, f"-{place + 1}" if place < 2 else str(place))
        chat = await chats.register(tx, address, kind=kind, language="vi", title=None, now=self._now)
        return chat.id

    @rule(place=PLACES, topic=WHICH, fails=st.booleans())
    def subscribe(self, place: int, topic: Any, *, fails: bool) -> None:
        async def work() -> bool:
            async with self._db.write() as tx:
                is_new = await chats.subscribe(tx, await self._chat(tx, place), topic.id, self._now)
                if fails:
                    raise RolledBackError
            return is_new

        try:
            if self._run(work()):
                self._expect(topic.id, Figure.SUBSCRIBED)
        except RolledBackError:
            assert fails

    @rule(place=PLACES, topic=st.sampled_from([*TOPICS, None]))
    def unsubscribe(self, place: int, topic: Any) -> None:
        async def work() -> tuple[TopicId, ...]:
            async with self._db.write() as tx:
                chat, about = await self._chat(tx, place), topic and topic.id
                why = EndReason.UNSUBSCRIBED
                return await chats.unsubscribe(tx, chat, about, why=why, now=self._now)

        for ended in self._run(work()):
            self._expect(ended, Figure.ENDED, EndReason.UNSUBSCRIBED)

    @rule(place=PLACES)
    def erase(self, place: int) -> None:
        async def work() -> tuple[TopicId, ...]:
            async with self._db.write() as tx:
                chat = await self._chat(tx, place)
                had = await chats.subscriptions(tx, chat)
                await erasure.forget(tx, chat, why=EndReason.ERASED, now=self._now)
            return had

        for ended in self._run(work()):
            self._expect(ended, Figure.ENDED, EndReason.ERASED)

    @rule()
    def make_two_groups_one(self) -> None:
        async def work() -> set[TopicId]:
            async with self._db.write() as tx:
                first, second = await self._chat(tx, 0), await self._chat(tx, 1)
                both = {*await chats.subscriptions(tx, first)} & {*await chats.subscriptions(tx, second)}
                await chats.move(tx, Address(ACCOUNT, "-1"), Address(ACCOUNT, "-2"), now=self._now)
            return both

        for ended in self._run(work()):
            self._expect(ended, Figure.ENDED, EndReason.MERGED)

    @rule(topic=WHICH, is_brief=st.booleans())
    def release(self, topic: Any, *, is_brief: bool) -> None:
        lasts = MINUTE if is_brief else DAYS
        self._run(self._publish(topic, lasts))
        self._expect(topic.id, Figure.RELEASED)

    async def _publish(self, topic: Any, lasts: timedelta) -> None:
        async with self._db.write() as tx:
            new = outbox.NewFanout(
                article=await save(tx, next(self._articles), topic=topic),
                topic=topic.id,
                due_at=self._now,
                expires_at=self._now + lasts,
            )
            await outbox.enqueue(tx, new, now=self._now)

    @rule(hours=st.sampled_from([1, 8, 30]))
    def wait(self, hours: int) -> None:
        self._now += timedelta(hours=hours)

    @rule(place=PLACES, topic=WHICH, outcome=st.sampled_from(sorted(OUTCOMES)))
    def send_at_once(self, place: int, topic: Any, outcome: str) -> None:
        self.subscribe(place=place, topic=topic, fails=False)
        self.release(topic=topic, is_brief=False)
        self.take()
        self.settle(outcome=outcome, owner="one")

    @rule()
    def take(self) -> None:
        """Claim what is due; what has become too old ends here, and is counted."""
        before = self._run(self._too_old())
        self._claimed = list(self._run(claim(self._db, now=self._now)))
        for topic, number in (self._run(self._too_old()) - before).items():
            self._expect(topic, Figure.FAILED, ReasonCode.TOO_OLD, number)

    async def _too_old(self) -> Counter[TopicId]:
        query = (
            select(deliveries.c.topic_id, func.count())
            .where(deliveries.c.status == DeliveryStatus.EXPIRED)
            .group_by(deliveries.c.topic_id)
        )
        async with self._db.read() as tx:
            return Counter({TopicId(topic): number for topic, number in await tx.execute(query)})

    @rule(outcome=st.sampled_from(sorted(OUTCOMES)), owner=st.sampled_from(["one", "another"]))
    def settle(self, outcome: str, owner: str) -> None:
        """Settle what is in hand; what is another's by now, or is erased, is not ours to count."""
        for delivery in self._claimed:
            if self._run(self._settle(settlement(delivery, outcome), owner)):
                if outcome == "sent":
                    self._expect(delivery.topic, Figure.DELIVERED)
                elif reason := OUTCOMES[outcome][1]:
                    code = Reason.of(reason).code
                    self._expect(delivery.topic, Figure.FAILED, code, 0 if code is ReasonCode.OTHER else 1)

    async def _settle(self, settled: Settlement, owner: str) -> int:
        async with self._db.write() as tx:
            return (await outbox.settle(tx, [settled], owner=owner, now=self._now)).owned

    @invariant()
    def the_figures_are_exact(self) -> None:
        found, subscribed = self._run(self._figures())
        assert found == self._expected
        # What began and has not ended is what is there.
        for topic in TOPICS:
            net = {
                figure: sum(
                    number for key, number in found.items() if key[1] == topic.id and key[2] is figure
                )
                for figure in (Figure.SUBSCRIBED, Figure.ENDED)
            }
            assert net[Figure.SUBSCRIBED] - net[Figure.ENDED] == subscribed[topic.id]

    async def _figures(self) -> tuple[Counter[tuple[Any, ...]], Counter[str]]:
        days = [day_of(NOW), day_of(self._now)]
        found: Counter[tuple[Any, ...]] = Counter()
        async with self._db.read() as tx:
            for each in await counts(tx, days, [topic.id for topic in TOPICS], (By.DAY, By.TOPIC)):
                parts = {(figure, ""): each.figures[figure] for figure in each.figures}
                for figure in (Figure.ENDED, Figure.FAILED):
                    parts.pop((figure, ""), None)
                for (figure, reason), number in (parts | dict(each.reasons)).items():
                    found[each.day, each.topic, figure, reason] += number
                assert each.waits.number == each.figures.get(Figure.DELIVERED, 0)
            query = select(subscriptions.c.topic_id, func.count().label("number")).group_by("topic_id")
            there = Counter({row.topic_id: row.number for row in await tx.execute(query)})
        return +found, there


def test_the_figures_are_exact_whatever_happens(database_url: str) -> None:
    with asyncio.Runner() as runner:
        db = runner.run(Database.open(database_url))
        try:
            run_state_machine_as_test(
                # It is typed to take a class, and calls whatever it is given.
                lambda: FiguresMachine(runner, db),  # type: ignore[arg-type]
                settings=settings(
                    max_examples=25 if db.dialect == "sqlite" else 8,
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=[HealthCheck.too_slow],
                ),
            )
        finally:
            runner.run(db.close())
