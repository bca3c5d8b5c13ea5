"""To whom an article is owed, and when: each as they have chosen."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.chats.consent import VERSION
from bot.domain.chats.preferences import Preferences, Schedule, Timing
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.outbox import fanout, outbox
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FOREIGN,
    NOW,
    USUAL,
    choose,
    claim,
    publish,
    register,
    rows,
    save,
    subscribe,
)

# NOW is Monday, 08:30 in Viet Nam.
EVENING = Schedule(Timing.DAILY, 18)
MORNING = Schedule(Timing.DAILY, 8)
FRIDAY = Schedule(Timing.WEEKLY, 8, 5)
AT_EVENING = datetime(2026, 3, 2, 11, tzinfo=UTC)
AT_MORNING = datetime(2026, 3, 3, 1, tzinfo=UTC)
ON_FRIDAY = datetime(2026, 3, 6, 1, tzinfo=UTC)


async def test_each_schedule_has_its_own_moment(store: Database) -> None:
    plain, evening, morning, friday = await subscribe(store, "1", "2", "3", "4")
    await choose(store, evening, schedule=EVENING)
    await choose(store, morning, schedule=MORNING)
    await choose(store, friday, schedule=FRIDAY)

    await publish(store)

    assert await rows(store, "chat_id", "due_at", "expires_at", "digest") == [
        (plain, NOW, NOW + DAYS, False),
        (evening, AT_EVENING, AT_EVENING + DAYS, True),
        (morning, AT_MORNING, AT_MORNING + DAYS, True),
        (friday, ON_FRIDAY, ON_FRIDAY + DAYS, True),
    ]


async def test_the_hour_is_that_of_the_chats_own_time_zone(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    async with store.write() as tx:
        await preferences.save(tx, chat, Preferences(time_zone="Europe/Berlin"), usual=USUAL, now=NOW)
    await choose(store, chat, schedule=EVENING)

    await publish(store)

    assert await rows(store, "due_at") == [(datetime(2026, 3, 2, 17, tzinfo=UTC),)]


async def test_only_those_whose_filter_lets_it_pass_are_owed_it(store: Database) -> None:
    plain, having, lacking, without, both = await subscribe(store, "1", "2", "3", "4", "5")
    await choose(store, having, words="bài số")
    await choose(store, lacking, words="sáng chế")
    await choose(store, without, words="-bai")
    await choose(store, both, words="so, sáng chế", schedule=EVENING)

    await publish(store)

    owed = await rows(store, "chat_id", "digest")
    assert owed == [(plain, False), (having, False), (both, True)]


async def test_a_filter_that_lets_nothing_pass_leaves_nobody_out_but_its_own_chats(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, words="sáng chế")

    await publish(store)

    assert await rows(store, "chat_id") == []


@pytest.mark.parametrize("size", [1, 2, 3, 50])
async def test_slices_plan_as_the_whole_does(
    store: Database, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", size)
    subscribers = await subscribe(store, *map(str, range(7)))
    for number, chat in enumerate(subscribers):
        await choose(
            store,
            chat,
            schedule=[EVENING, MORNING, None][number % 3],
            words=["bài", "sáng chế", None][number % 3 if number < 5 else 2],
        )

    await publish(store)
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            pass

    owed = [chat for number, chat in enumerate(subscribers) if number not in {1, 4}]
    assert [chat for (chat,) in await rows(store, "chat_id")] == owed
    due = [AT_EVENING, NOW, AT_EVENING, NOW, AT_EVENING]
    assert [at for (at,) in await rows(store, "due_at")] == due


async def test_of_several_subscriptions_the_earliest_due_wins(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    await choose(store, chat, schedule=FRIDAY)
    await choose(store, chat, schedule=EVENING, topic=FOREIGN)
    due = []

    for topic in (DOMESTIC, FOREIGN, DOMESTIC):
        await publish(store, 1, topic=topic)
        due += await rows(store, "topic_id", "due_at", "digest")

    assert due == [(DOMESTIC.id, ON_FRIDAY, True), *[(FOREIGN.id, AT_EVENING, True)] * 2]


async def test_what_would_come_at_once_by_another_topic_waits_for_no_digest(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    await choose(store, chat, schedule=FRIDAY)

    await publish(store, 1)
    await publish(store, 1, topic=FOREIGN)

    assert await rows(store, "topic_id", "due_at", "digest") == [(FOREIGN.id, NOW, False)]
    assert [delivery.topic for delivery in await claim(store)] == [FOREIGN.id]


async def test_a_slice_that_is_worked_off_later_plans_for_what_is_then_to_come(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 1)
    one, two = await subscribe(store, "1", "2")
    for chat in (one, two):
        await choose(store, chat, schedule=EVENING)

    await publish(store)
    async with store.write() as tx:
        await outbox.continue_fanouts(tx, now=AT_EVENING)

    assert await rows(store, "chat_id", "due_at") == [
        (one, AT_EVENING),
        (two, AT_EVENING + timedelta(days=1)),
    ]


async def test_two_chats_that_become_one_are_owed_by_what_they_have_chosen(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 2)
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
    await subscribe(store, "1", "2")
    async with store.write() as tx:
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await chats.subscribe(tx, supergroup.id, DOMESTIC.id, NOW)
    await choose(store, supergroup.id, schedule=EVENING, words="bài")
    async with store.write() as tx:
        article = await save(tx, 1)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=article, topic=DOMESTIC.id, due_at=NOW, expires_at=NOW + DAYS),
            now=NOW,
        )

        await chats.move(tx, Address(ACCOUNT, "-5"), Address(ACCOUNT, "-100"), now=NOW)

    assert (group.id, AT_EVENING, True) in await rows(store, "chat_id", "due_at", "digest")


@pytest.mark.parametrize(("version", "owed"), [("1", 1), ("2", 1), (VERSION, 1), ("of a text to come", 0)])
async def test_news_goes_to_those_who_agreed_to_a_text_that_asked_for_it(
    store: Database, version: str, owed: int
) -> None:
    (number,) = await subscribe(store, "1")
    async with store.write() as tx:
        await chats.give_consent(tx, number, version, NOW)

    await publish(store)

    assert len(await rows(store, "chat_id")) == owed
