"""Which chats get digests when, and what joins them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.chats.chat import ChatId, ChatStatus
from bot.domain.chats.preferences import EVERY_MORNING, Preferences, Schedule, Timing
from bot.domain.delivery.delivery import DeliveryId
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.outbox import digest_times
from bot.store.schema import deliveries
from tests.store.world import ACCOUNT, FOREIGN, NOW, USUAL, choose, publish, subscribe

ZONE = USUAL.time_zone
TOKYO = replace(USUAL, time_zone="Asia/Tokyo")
EVENING = Schedule(Timing.DAILY, 18)
FRIDAYS = Schedule(Timing.WEEKLY, 18, 5)


async def counted(store: Database) -> dict[tuple[Schedule, str], int]:
    async with store.read() as tx:
        found = await digest_times.digest_times(tx, ACCOUNT, time_zone=ZONE)
    return {(each.schedule, each.time_zone): each.chats for each in found}


async def test_a_chat_counts_once_for_each_of_its_times_and_in_the_morning_if_it_has_no_daily_one(
    store: Database,
) -> None:
    at_once, evening, weekly, both, elsewhere, gone = await subscribe(store, *"123456")
    for chat in (evening, both):
        await choose(store, chat, schedule=EVENING)
    await choose(store, weekly, schedule=FRIDAYS)
    for chat in (evening, weekly, both):
        await subscribe(store, str({evening: 2, weekly: 3, both: 4}[chat]), topic=FOREIGN)
    await choose(store, both, topic=FOREIGN, schedule=EVENING)
    async with store.write() as tx:
        await preferences.save(tx, elsewhere, TOKYO, usual=USUAL, now=NOW)
        await chats.set_status(tx, gone, ChatStatus.OFF, "gone", now=NOW)

    assert at_once
    assert await counted(store) == {
        (EVENING, ZONE): 2,
        (FRIDAYS, ZONE): 1,
        # Who gets nothing at once but by the week, and who chose no time.
        (EVERY_MORNING, ZONE): 2,
        (EVERY_MORNING, "Asia/Tokyo"): 1,
    }


async def test_digests_that_are_due_and_not_sent_count_once_a_chat(store: Database) -> None:
    waiting, _ = await subscribe(store, "1", "2")
    await choose(store, waiting, schedule=EVENING)
    for number in (1, 2):
        await publish(store, number)

    async with store.read() as tx:
        counts = [await digest_times.digests_due(tx, ACCOUNT, NOW + timedelta(days=days)) for days in (0, 1)]
    assert counts == [0, 1]


@pytest.mark.parametrize(
    ("schedule", "preferred", "due_at"),
    [
        (None, USUAL, datetime(2026, 3, 3, 0, tzinfo=UTC)),
        (None, TOKYO, datetime(2026, 3, 2, 22, tzinfo=UTC)),
        (EVENING, USUAL, datetime(2026, 3, 2, 11, tzinfo=UTC)),
        (FRIDAYS, USUAL, datetime(2026, 3, 3, 0, tzinfo=UTC)),
    ],
)
async def test_what_cannot_come_at_once_joins_the_next_daily_digest(
    store: Database, schedule: Schedule | None, preferred: Preferences, due_at: datetime
) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    await subscribe(store, "1", topic=FOREIGN)
    async with store.write() as tx:
        await preferences.save(tx, chat, preferred, usual=USUAL, now=NOW)
    if schedule:
        await choose(store, chat, topic=FOREIGN, schedule=schedule)
    async with store.write() as tx:
        await tx.execute(update(deliveries).values(digest=True))
        (row,) = (await tx.execute(select(deliveries))).all()
        await digest_times.join_digest(tx, ChatId(chat), DeliveryId(row.id), time_zone=ZONE, now=NOW)
        (after,) = (await tx.execute(select(deliveries))).all()

    assert (after.due_at, after.expires_at - after.due_at) == (due_at, row.expires_at - row.due_at)
