"""Digests, quiet hours and urgent news on their whole way: planned, claimed, sent, and settled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.chats.chat import Chat
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import Preferences, QuietMode, Schedule, Timing
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.article import Article
from bot.services.delivery import batching
from bot.services.rendering.digest import Digest, Edition, Item
from bot.store.chats import chats, preferences
from bot.store.outbox import outbox
from bot.store.schema import deliveries
from tests import builders
from tests.emulated import Emulated
from tests.outbox_world import QUICK, TOPIC, OutboxWorld, approve, submit

EVENING = Schedule(Timing.DAILY, 18)
SENT = (DeliveryStatus.SENT, None)
USUAL = QUICK.usual
# A Monday in Viet Nam.
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
AT_EVENING = datetime(2026, 3, 2, 11, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 16, tzinfo=UTC)
DAWN = datetime(2026, 3, 2, 23, tzinfo=UTC)


class SetClock(SystemClock):
    """A clock that is set by hand, and goes on from there."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def now(self) -> datetime:
        return super().now() + self._ahead


@pytest.fixture
def clock(world: OutboxWorld) -> SetClock:
    world.clock = SetClock(MORNING)
    return world.clock


async def subscribed(emulated: Emulated, world: OutboxWorld, count: int = 1) -> list[Chat]:
    return await world.subscribe(await emulated.subscribers(count))


async def choose(
    world: OutboxWorld, chat: Chat, schedule: Schedule | None = None, preferred: Preferences = USUAL
) -> None:
    now = world.clock.now()
    async with world.database.write() as tx:
        await preferences.save(tx, chat.id, preferred, usual=USUAL, now=now)
        if schedule:
            await preferences.set_schedule(tx, chat.id, TOPIC.id, schedule, usual=USUAL, now=now)


async def until_nothing_is_due(world: OutboxWorld) -> None:
    """Send until all that is due has been settled."""
    async with world.sending() as sender:
        while True:
            async with world.database.read() as tx:
                backlog = await outbox.backlog(tx, now=world.clock.now())
            if not backlog.due and not backlog.fanouts:
                return
            sender.wake()
            await world.clock.sleep(0.02)


async def texts(emulated: Emulated) -> list[str]:
    return [message["text"] for message in await emulated.outbox()]


async def test_a_day_of_news_comes_as_one_message_at_its_hour(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    for number in range(1, 4):
        await world.publish(number, photo=number == 2)

    await until_nothing_is_due(world)
    before = await emulated.outbox()
    clock.set(AT_EVENING)
    await until_nothing_is_due(world)
    await until_nothing_is_due(world)

    assert before == []
    (message,) = await emulated.outbox()
    assert message["text"] == "vi• Bài số 1\n• Bài số 2\n• Bài số 3"
    assert message["photo"]
    assert await world.statuses() == {chat.id: [SENT] * 3}


async def test_a_day_with_nothing_sends_nothing_and_the_next_day_has_its_own(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    await world.publish(1)
    sent = []

    for day in range(3):
        clock.set(AT_EVENING + timedelta(days=day))
        await until_nothing_is_due(world)
        sent.append(len(await emulated.outbox()))
        if day == 1:
            await world.publish(2)

    assert sent == [1, 1, 2]
    assert await texts(emulated) == ["vi• Bài số 1", "vi• Bài số 2"]


async def test_what_awaits_its_approval_is_in_the_digest_after_it(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    await world.publish(1)
    waiting = await submit(world.database, Article("https://agency.example/tin/5", "Quyết định số 5"))

    clock.set(AT_EVENING)
    await until_nothing_is_due(world)
    before = await texts(emulated)
    await approve(world.database, waiting, now=clock.now())
    await until_nothing_is_due(world)
    clock.set(AT_EVENING + timedelta(days=1))
    await until_nothing_is_due(world)

    assert before == ["vi• Bài số 1"]
    assert await texts(emulated) == [*before, "vi• Quyết định số 5"]


async def test_the_same_digest_is_made_once_for_all_who_get_it(
    emulated: Emulated, world: OutboxWorld, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = []

    def noting(items: Sequence[Item], edition: Edition) -> Digest:
        composed.append(len(items))
        return builders.compose_digest(items, edition)

    monkeypatch.setattr("tests.outbox_world.compose_digest", noting)
    for chat in await subscribed(emulated, world, 30):
        await choose(world, chat, EVENING)
    await world.publish(1, photo=True)
    await world.publish(2)

    clock.set(AT_EVENING)
    await until_nothing_is_due(world)

    assert composed == [2]
    assert len(await emulated.outbox()) == 30
    assert (await emulated.metrics())["uploads"] == 1


async def test_what_has_no_room_goes_with_the_next_message(
    emulated: Emulated, world: OutboxWorld, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_at_most(items: Sequence[Item], edition: Edition) -> Digest:
        return builders.compose_digest(items[:2], edition)

    monkeypatch.setattr("tests.outbox_world.compose_digest", two_at_most)
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    for number in range(1, 6):
        await world.publish(number)

    clock.set(AT_EVENING)
    await until_nothing_is_due(world)

    assert await texts(emulated) == [
        "vi• Bài số 1\n• Bài số 2",
        "vi• Bài số 3\n• Bài số 4",
        "vi• Bài số 5",
    ]
    assert await world.statuses() == {chat.id: [SENT] * 5}


async def test_what_was_withdrawn_or_is_not_wanted_any_more_drops_out(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    for number in range(1, 4):
        await world.publish(number)
    async with world.database.write() as tx:
        unwanted = parse("-3")
        await preferences.set_filter(tx, chat.id, TOPIC.id, unwanted, now=clock.now())

    clock.set(AT_EVENING)
    await until_nothing_is_due(world)

    assert await texts(emulated) == ["vi• Bài số 1\n• Bài số 2"]


async def test_a_digest_that_is_refused_its_photo_goes_without_and_one_that_failed_goes_again(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    await world.publish(1, photo=True)
    await world.publish(2)
    refusal = "Bad Request: PHOTO_INVALID_DIMENSIONS"
    await emulated.post("faults", method="sendPhoto", status=400, description=refusal)
    await emulated.post("faults", method="sendMessage", status=502, description="Bad Gateway")

    clock.set(AT_EVENING)
    async with world.sending():
        await world.until_settled()

    assert await texts(emulated) == ["vi• Bài số 1\n• Bài số 2"]
    assert await world.statuses() == {chat.id: [SENT] * 2}


async def test_a_chat_that_blocked_us_is_switched_off_by_its_digest(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    await world.publish(1)
    await world.publish(2)
    await emulated.post("block", user=int(chat.address.chat))

    clock.set(AT_EVENING)
    await until_nothing_is_due(world)

    async with world.database.read() as tx:
        stored = await chats.get(tx, chat.id)
    assert stored
    assert stored.status == "off"
    assert {status for status, _ in (await world.statuses())[chat.id]} == {DeliveryStatus.REJECTED}


async def test_an_article_that_came_in_a_digest_is_not_corrected(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    (chat,) = await subscribed(emulated, world)
    await choose(world, chat, EVENING)
    article = await world.publish(1)
    clock.set(AT_EVENING)
    await until_nothing_is_due(world)

    now = clock.now()
    async with world.database.write() as tx:
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=TOPIC.id, revision=1, due_at=now, expires_at=now + timedelta(days=1)
            ),
            now=now,
        )
    await until_nothing_is_due(world)

    async with world.database.read() as tx:
        revisions = (await tx.execute(select(deliveries.c.revision, deliveries.c.message_id))).all()
    assert [tuple(row) for row in revisions] == [(0, None)]
    assert len(await emulated.outbox()) == 1


async def test_news_at_night_comes_without_a_sound_or_in_the_morning(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    silent, waiting = await subscribed(emulated, world, 2)
    await choose(world, silent, preferred=Preferences())
    await choose(world, waiting, preferred=Preferences(quiet_mode=QuietMode.WAIT))
    clock.set(NIGHT)
    await world.publish(1)
    await until_nothing_is_due(world)
    at_night = await emulated.outbox()

    clock.set(DAWN)
    await until_nothing_is_due(world)

    (in_the_morning,) = (await emulated.outbox())[len(at_night) :]
    assert [(each["chat"], each["silent"]) for each in at_night] == [(int(silent.address.chat), True)]
    assert (in_the_morning["chat"], in_the_morning["silent"]) == (int(waiting.address.chat), False)


async def test_urgent_news_breaks_through_where_it_may(
    emulated: Emulated, world: OutboxWorld, clock: SetClock
) -> None:
    allowing, forbidding = await subscribed(emulated, world, 2)
    waits = Preferences(quiet_mode=QuietMode.WAIT)
    await choose(world, allowing, EVENING, replace(waits, urgent=True))
    await choose(world, forbidding, EVENING, waits)
    clock.set(NIGHT)

    await world.publish(1, urgent=True)
    await until_nothing_is_due(world)

    (message,) = await emulated.outbox()
    assert (message["chat"], message["silent"]) == (int(allowing.address.chat), False)
    assert message["text"] == "Bài số 1\nTin trong nước"


async def test_a_digest_that_cannot_be_composed_costs_the_others_nothing(
    emulated: Emulated, world: OutboxWorld, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(items: Sequence[Item], edition: Edition) -> Digest:
        if edition.manner.brief:
            raise ZeroDivisionError
        return builders.compose_digest(items, edition)

    monkeypatch.setattr("tests.outbox_world.compose_digest", failing)
    monkeypatch.setattr(batching, "KEPT", 0)
    good, bad = await subscribed(emulated, world, 2)
    await choose(world, good, EVENING)
    await choose(world, bad, EVENING, replace(USUAL, brief=True))
    await world.publish(1)

    clock.set(AT_EVENING)
    async with world.sending():
        await emulated.until_sent(1)

    assert [message["chat"] for message in await emulated.outbox()] == [int(good.address.chat)]
