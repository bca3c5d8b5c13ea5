"""Stopping a topic and taking that back, where what waits comes by another topic as well."""

import pytest

from bot.domain.chats.chat import Chat
from bot.domain.chats.preferences import AT_ONCE, Schedule, Timing
from bot.services.subscribers.subscriptions import resubscribe, unsubscribe
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox.reschedule import WHY_LEFT_OUT
from tests.store.world import DOMESTIC, FOREIGN, NOW, USUAL, choose, prepare, publish, rows, subscribe

EVENING = Schedule(Timing.DAILY, 18)


@pytest.fixture
async def chat(db: Database) -> Chat:
    """A chat to which an article is owed at once, by the first of its two topics."""
    await prepare(db)
    (number,) = await subscribe(db, "1")
    await subscribe(db, "1", topic=FOREIGN)
    await publish(db, 1)
    await publish(db, 1, topic=FOREIGN)
    async with db.read() as tx:
        found = await chats.get(tx, number)
    assert found
    return found


async def stopped_and_taken_back(db: Database, chat: Chat) -> list[tuple[object, ...]]:
    """Return how the delivery stands after the first topic was stopped, and after that was taken back."""
    async with db.write() as tx:
        ended = await unsubscribe(tx, chat, DOMESTIC.id, now=NOW)
    seen = await rows(db, "topic_id", "digest", "reason")
    async with db.write() as tx:
        await resubscribe(tx, chat, ended, schedule=AT_ONCE, usual=USUAL, now=NOW)
    return seen + await rows(db, "topic_id", "digest", "reason")


async def test_it_then_comes_with_the_digest_of_the_other_topic(db: Database, chat: Chat) -> None:
    await choose(db, chat.id, topic=FOREIGN, schedule=EVENING)

    assert await stopped_and_taken_back(db, chat) == [(FOREIGN.id, True, None), (DOMESTIC.id, False, None)]


async def test_it_does_not_come_past_the_filter_of_the_other_topic(db: Database, chat: Chat) -> None:
    await choose(db, chat.id, topic=FOREIGN, words="sáng chế")

    assert await stopped_and_taken_back(db, chat) == [
        (DOMESTIC.id, False, WHY_LEFT_OUT),
        (DOMESTIC.id, False, None),
    ]
