"""Two transactions at a time on PostgreSQL: none waits for one that waits for it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.chats.chat import Chat, ChatId, TopicId
from bot.domain.chats.preferences import AT_ONCE, Preferences, Schedule, Timing
from bot.domain.desk.figures import EndReason
from bot.domain.news.feed import Topic
from bot.services.subscribers import subscriptions
from bot.store.chats import chats, preferences
from bot.store.choices import visibility
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from tests.store.world import (
    DAYS,
    DOMESTIC,
    FOREIGN,
    NOW,
    USUAL,
    choose,
    claim,
    prepare,
    publish,
    register,
    rows,
    save,
    sent,
    subscribe,
)

pytestmark = pytest.mark.postgres
EVENING = Schedule(Timing.DAILY, 18)
SPORT = Topic(TopicId("the-thao"), {"vi": "Thể thao"}, {}, "TheThao")


@pytest.fixture
async def shared(postgresql_url: str) -> AsyncIterator[Database]:
    database = await Database.open(postgresql_url)
    await prepare(database)
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN, SPORT], [], NOW)
    yield database
    await database.close()


async def until_somebody_waits(database: Database) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(30):
        while True:
            async with database.read() as tx:
                if (await tx.execute(waiting)).scalar_one():
                    return
            await asyncio.sleep(0.01)


async def enter(tx: Transaction, topic: Topic) -> None:
    """Owe the first article in another topic."""
    article = await save(tx, 1, topic=topic)
    await outbox.enqueue(
        tx, outbox.NewFanout(article=article, topic=topic.id, due_at=NOW, expires_at=NOW + DAYS), now=NOW
    )


async def test_a_fan_out_and_receipts_of_the_same_article_do_not_wait_for_each_other(
    shared: Database,
) -> None:
    # The later chat has the earlier delivery: the order of chats is not that of deliveries.
    (later,) = await subscribe(shared, "1", topic=FOREIGN)
    (last,) = await subscribe(shared, "2", topic=DOMESTIC)
    for chat in ("1", "2"):
        await subscribe(shared, chat, topic=SPORT)
    await publish(shared, topic=DOMESTIC)
    async with shared.write() as tx:
        await enter(tx, FOREIGN)
    claimed = {delivery.chat: delivery for delivery in await claim(shared)}
    by_id = sorted(claimed.values(), key=lambda delivery: delivery.id)
    assert [delivery.chat for delivery in by_id] == [last, later]

    async def fan_out() -> None:
        async with shared.write() as tx:
            await enter(tx, SPORT)

    async with shared.write() as tx:
        before = await outbox.settle(tx, [sent(by_id[0])], owner="one", now=NOW)
        fanning_out = asyncio.create_task(fan_out())
        await until_somebody_waits(shared)
        after = await outbox.settle(tx, [sent(by_id[1])], owner="one", now=NOW)
    await fanning_out

    assert (before.owned, after.owned) == (1, 1)


async def test_a_fan_out_and_a_change_of_what_is_chosen_do_not_wait_for_each_other(shared: Database) -> None:
    (chat,) = await subscribe(shared, "1")
    for topic in (FOREIGN, SPORT):
        await subscribe(shared, "1", topic=topic)
    await publish(shared)

    async def fan_out() -> None:
        async with shared.write() as tx:
            await enter(tx, SPORT)

    async with shared.write() as tx:
        await preferences.set_schedule(tx, chat, FOREIGN.id, EVENING, usual=USUAL, now=NOW)
        fanning_out = asyncio.create_task(fan_out())
        await until_somebody_waits(shared)
        await preferences.set_schedule(tx, chat, DOMESTIC.id, EVENING, usual=USUAL, now=NOW)
    await fanning_out

    assert await rows(shared, "topic_id", "due_at") == [(SPORT.id, NOW)]


async def test_a_chat_that_lets_urgent_news_through_gets_what_is_fanned_out_meanwhile(
    shared: Database,
) -> None:
    (chat,) = await subscribe(shared, "1")
    await choose(shared, chat, schedule=EVENING)
    allows = Preferences(urgent=True)

    async def prefer() -> None:
        async with shared.write() as tx:
            await preferences.save(tx, chat, allows, usual=USUAL, now=NOW)

    async with shared.write() as tx:
        article = await save(tx, 1)
        until = NOW + DAYS
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=article, topic=DOMESTIC.id, urgent=True, due_at=NOW, expires_at=until),
            now=NOW,
        )
        preferring = asyncio.create_task(prefer())
        await until_somebody_waits(shared)
    await preferring

    assert await rows(shared, "due_at", "digest") == [(NOW, False)]


@pytest.mark.parametrize("by_configuration", [True, False])
async def test_nobody_subscribes_past_the_one_who_shuts_them_out(
    shared: Database, *, by_configuration: bool
) -> None:
    closed = replace(SPORT, members_only=True)
    async with shared.write() as tx:
        chat = await register(tx, "1")
        if not by_configuration:
            await feeds.sync_definitions(tx, [DOMESTIC, closed], [], NOW)
            await visibility.grant(tx, chat.id, SPORT.id, NOW)

    async with shared.write() as tx:
        if by_configuration:
            await feeds.sync_definitions(tx, [DOMESTIC, closed], [], NOW)
        else:
            await visibility.revoke(tx, chat.id, SPORT.id, NOW)
        subscribing = asyncio.create_task(_subscribing(shared, chat))
        await until_somebody_waits(shared)
    await subscribing

    async with shared.read() as tx:
        assert await chats.subscriptions(tx, chat.id) == (DOMESTIC.id,)


async def _subscribing(shared: Database, chat: Chat) -> None:
    async with shared.write() as tx:
        await subscriptions.subscribe(
            tx, chat, [DOMESTIC.id, SPORT.id], schedule=AT_ONCE, usual=Preferences(), now=NOW
        )


async def test_a_deadlock_is_an_outage_that_is_over_soon(shared: Database) -> None:
    await subscribe(shared, "1", "2")
    await publish(shared)
    first, second = await claim(shared)

    async def settle_backwards() -> None:
        async with shared.write() as tx:
            await outbox.settle(tx, [sent(second)], owner="one", now=NOW)
            await asyncio.sleep(0)
            await outbox.settle(tx, [sent(first)], owner="one", now=NOW)

    async def settle_forwards() -> None:
        async with shared.write() as tx:
            await outbox.settle(tx, [sent(first)], owner="one", now=NOW)
            backwards = asyncio.create_task(settle_backwards())
            tasks.append(backwards)
            await until_somebody_waits(shared)
            await outbox.settle(tx, [sent(second)], owner="one", now=NOW)

    tasks: list[asyncio.Task[None]] = []
    outcomes = [*await asyncio.gather(settle_forwards(), return_exceptions=True)]
    outcomes += await asyncio.gather(*tasks, return_exceptions=True)

    (given_up,) = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(given_up, DatabaseUnavailable)
    assert "deadlock" in str(given_up)


async def test_who_counts_the_same_in_another_order_waits_for_nobody(shared: Database) -> None:
    """A counter that was changed in the midst of a transaction would be kept until its end."""
    (one, two) = await subscribe(shared, "11", "12", topic=DOMESTIC)
    halfway = [asyncio.Event(), asyncio.Event()]

    async def subscribe_in_turn(chat: ChatId, topics: list[TopicId], me: int) -> None:
        async with shared.write() as tx:
            for topic in topics:
                await chats.unsubscribe(tx, chat, topic, why=EndReason.UNSUBSCRIBED, now=NOW)
                await chats.subscribe(tx, chat, topic, NOW)
                halfway[me].set()
                await halfway[1 - me].wait()

    there, back = [DOMESTIC.id, SPORT.id], [SPORT.id, DOMESTIC.id]
    await asyncio.gather(subscribe_in_turn(one, there, 0), subscribe_in_turn(two, back, 1))

    async with shared.read() as tx:
        assert await chats.subscriptions(tx, one) == await chats.subscriptions(tx, two)
