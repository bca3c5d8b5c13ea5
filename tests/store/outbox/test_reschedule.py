"""What waits for a chat follows what the chat chooses, and goes back when that is undone."""

from datetime import UTC, datetime, timedelta

from bot.domain.chats.preferences import AT_ONCE, Preferences, QuietHours, QuietMode, Schedule, Timing
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.outbox.reschedule import WHY_LEFT_OUT, bring_digests
from tests.store.world import (
    DAYS,
    DOMESTIC,
    FOREIGN,
    MINUTE,
    NOW,
    USUAL,
    choose,
    claim,
    later,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)

EVENING = Schedule(Timing.DAILY, 18)
FRIDAY = Schedule(Timing.WEEKLY, 8, 5)
AT_EVENING = datetime(2026, 3, 2, 11, tzinfo=UTC)
ON_FRIDAY = datetime(2026, 3, 6, 1, tzinfo=UTC)


async def test_what_waits_comes_with_the_digest_that_is_chosen_now(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    seen = []

    for schedule in (EVENING, FRIDAY, AT_ONCE):
        await choose(store, chat, schedule=schedule, now=NOW + MINUTE)
        seen += await rows(store, "due_at", "expires_at", "digest")

    assert seen == [
        (AT_EVENING, AT_EVENING + DAYS, True),
        (ON_FRIDAY, ON_FRIDAY + DAYS, True),
        (NOW + MINUTE, NOW + MINUTE + DAYS, False),
    ]


async def test_what_waits_for_a_digest_comes_now_where_that_is_wished(store: Database) -> None:
    first, other = await subscribe(store, "1", "2")
    for chat in (first, other):
        await choose(store, chat, schedule=EVENING)
    await publish(store)

    async with store.write() as tx:
        elsewhere = await bring_digests(tx, first, [FOREIGN.id], now=NOW + MINUTE)
        brought = await bring_digests(tx, first, [DOMESTIC.id], now=NOW + MINUTE)
        again = await bring_digests(tx, first, [DOMESTIC.id], now=NOW + MINUTE)

    assert (elsewhere, brought, again) == (0, 1, 0)
    assert sorted(await rows(store, "due_at", "digest")) == [(NOW + MINUTE, True), (AT_EVENING, True)]


async def test_what_comes_before_its_hour_ends_before_it_by_as_much(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    await publish(store)
    ((ends_at,),) = await rows(store, "expires_at")

    async with store.write() as tx:
        await bring_digests(tx, chat, [DOMESTIC.id], now=NOW + MINUTE)

    assert await rows(store, "expires_at") == [(ends_at - (AT_EVENING - NOW - MINUTE),)]


async def test_a_digest_that_is_due_and_not_sent_keeps_its_place_but_for_another_moment(
    store: Database,
) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    await publish(store)
    late = AT_EVENING + MINUTE
    due = []

    for change in ({"schedule": EVENING}, {"words": "bài"}, {"schedule": Schedule(Timing.DAILY, 20)}):
        await choose(store, chat, now=late, **change)
        due += await rows(store, "due_at")

    assert due == [(AT_EVENING,), (AT_EVENING,), (AT_EVENING + timedelta(hours=2),)]


async def test_what_is_being_sent_or_was_sent_stays_as_it_is(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store, 1)
    (first,) = await claim(store)
    await settle(store, sent(first))
    await publish(store, 2)
    await claim(store)

    await choose(store, chat, schedule=EVENING, words="sáng chế")

    assert await rows(store, "due_at", "digest", "status") == [
        (NOW, False, DeliveryStatus.SENT),
        (NOW, False, DeliveryStatus.PENDING),
    ]


async def test_a_filter_ends_what_waits_and_a_wider_one_brings_it_back(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    seen = []

    for words in ("sáng chế", "bài, sáng chế", "-bài", ""):
        await choose(store, chat, words=words)
        seen += await rows(store, "status", "reason", "settled_at")

    left_out = (DeliveryStatus.CANCELLED, WHY_LEFT_OUT, NOW)
    owed = (DeliveryStatus.PENDING, None, None)
    assert seen == [left_out, owed, left_out, owed]
    assert len(await claim(store)) == 1


async def test_what_is_too_old_does_not_come_back(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store, expires_at=NOW)
    await choose(store, chat, words="sáng chế")

    await choose(store, chat, words="", now=NOW + MINUTE)

    assert await rows(store, "status") == [(DeliveryStatus.CANCELLED,)]


async def test_what_was_cancelled_for_another_reason_does_not_come_back(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    async with store.write() as tx:
        await chats.unsubscribe(tx, chat, None, why=EndReason.UNSUBSCRIBED, now=NOW)
    await claim(store)
    await subscribe(store, "1")

    await choose(store, chat, words="bài")

    assert await rows(store, "status") == [(DeliveryStatus.CANCELLED,)]


async def test_what_another_topic_brings_too_goes_by_that_one(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    await choose(store, chat, schedule=FRIDAY, topic=FOREIGN)
    await publish(store, 1)
    await publish(store, 1, topic=FOREIGN)
    seen = []

    for change in ({"words": "sáng chế"}, {"words": ""}, {"schedule": EVENING}):
        await choose(store, chat, **change)
        seen += await rows(store, "topic_id", "due_at", "status")

    pending = DeliveryStatus.PENDING
    assert seen == [
        (FOREIGN.id, ON_FRIDAY, pending),
        (DOMESTIC.id, NOW, pending),
        (DOMESTIC.id, AT_EVENING, pending),
    ]


async def test_what_quiet_hours_hold_is_let_go_though_another_topic_brought_it_since(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    waits = Preferences(quiet=QuietHours(0, 12 * 60), quiet_mode=QuietMode.WAIT)
    async with store.write() as tx:
        await preferences.save(tx, chat, waits, usual=USUAL, now=NOW)
    await publish(store, 1)
    await claim(store)
    await publish(store, 1, topic=FOREIGN, due_at=NOW + MINUTE)

    async with store.write() as tx:
        await preferences.save(tx, chat, USUAL, usual=USUAL, now=NOW + MINUTE)

    assert len(await claim(store, now=NOW + MINUTE)) == 1


async def test_other_topics_and_other_chats_are_left_alone(store: Database) -> None:
    one, _two = await subscribe(store, "1", "2")
    await subscribe(store, "1", topic=FOREIGN)
    await publish(store, 1)
    await publish(store, 2, topic=FOREIGN)

    await choose(store, one, schedule=EVENING, topic=FOREIGN)

    assert await rows(store, "due_at") == [(NOW,), (NOW,), (AT_EVENING,)]


async def test_in_another_time_zone_what_waits_comes_at_the_same_hour_there(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    await publish(store)

    async with store.write() as tx:
        await preferences.save(tx, chat, Preferences(time_zone="Europe/Berlin"), usual=USUAL, now=NOW)

    assert await rows(store, "due_at") == [(datetime(2026, 3, 2, 17, tzinfo=UTC),)]


async def test_what_is_to_be_tried_again_later_follows_as_well(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)
    await settle(store, later(delivery, NOW + MINUTE))

    await choose(store, chat, schedule=EVENING)

    assert await rows(store, "due_at", "expires_at") == [(AT_EVENING, AT_EVENING + DAYS - MINUTE)]
