from datetime import timedelta

import pytest

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.figures import BOUNDS, EndReason, Figure, Waits, day_of
from bot.domain.news.feed import Topic
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.figures.counting import count, count_reason, count_waits, place
from bot.store.figures.reading import By, counts, prune
from tests.store.world import ACCOUNT, DOMESTIC, FEED, FOREIGN, NOW, prepare

ZALO = AccountId("zalo:1")
TODAY = day_of(NOW)
INTERNAL = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NoiBo", members_only=True)
TOPICS = [TopicId(f"t{number}") for number in range(20)]
YEAR = [TODAY - timedelta(days=back) for back in range(364, -1, -1)]


@pytest.fixture
async def counted(db: Database) -> Database:
    await prepare(db)
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN, INTERNAL], [FEED], NOW)
        for topic in (DOMESTIC.id, INTERNAL.id):
            for account, number in ((ACCOUNT, 3), (ZALO, 4)):
                at = place(topic, account, NOW)
                count(tx, at, Figure.DELIVERED, number)
                count_waits(tx, at, timedelta(seconds=number), number)
                count_reason(tx, at, Figure.ENDED, EndReason.UNSUBSCRIBED)
    return db


async def test_figures_are_told_apart_by_what_is_asked_for(counted: Database) -> None:
    topics = [DOMESTIC.id, INTERNAL.id]
    async with counted.read() as tx:
        by_account = await counts(tx, [TODAY], topics, (By.ACCOUNT,))
        by_topic = await counts(tx, [TODAY], topics, (By.TOPIC,))

    assert [(each.account, each.figures[Figure.DELIVERED]) for each in by_account] == [
        (ACCOUNT, 6),
        (ZALO, 8),
    ]
    assert [(each.topic, each.figures[Figure.DELIVERED]) for each in by_topic] == [
        (INTERNAL.id, 7),
        (DOMESTIC.id, 7),
    ]


async def test_accounts_are_added_up(counted: Database) -> None:
    async with counted.read() as tx:
        (found,) = await counts(tx, [TODAY], [DOMESTIC.id], (By.DAY,))

    waits = [0] * (len(BOUNDS) + 1)
    waits[2] = 7
    assert found.figures == {
        Figure.SUBSCRIBED: 0,
        Figure.DELIVERED: 7,
        Figure.CORRECTED: 0,
        Figure.RELEASED: 0,
        Figure.ENDED: 2,
    }
    assert found.reasons == {(Figure.ENDED, EndReason.UNSUBSCRIBED): 2}
    assert found.waits == Waits(tuple(waits), timedelta(seconds=4))


async def test_what_is_counted_again_is_added(counted: Database) -> None:
    async with counted.write() as tx:
        at = place(DOMESTIC.id, ACCOUNT, NOW)
        count(tx, at, Figure.DELIVERED)
        count_waits(tx, at, timedelta(seconds=2), 1)
        count_reason(tx, at, Figure.ENDED, EndReason.UNSUBSCRIBED, 5)
    async with counted.read() as tx:
        (found,) = await counts(tx, [TODAY], [DOMESTIC.id], (By.DAY,))

    assert (found.figures[Figure.DELIVERED], found.figures[Figure.ENDED]) == (8, 7)
    assert (found.waits.number, found.waits.longest) == (8, timedelta(seconds=4))


async def test_figures_that_are_too_old_go(counted: Database) -> None:
    async with counted.write() as tx:
        kept = await prune(tx, before=TODAY)
        gone = await prune(tx, before=TODAY + timedelta(days=1))
    async with counted.read() as tx:
        left = await counts(tx, [TODAY], [DOMESTIC.id, INTERNAL.id], (By.DAY,))

    assert (kept, gone, left) == (0, 8, [])
