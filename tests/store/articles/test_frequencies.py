"""How often topics publish, counted from what is stored."""

from datetime import timedelta

from bot.domain.news.article import Article, DatePrecision, Published
from bot.domain.news.frequency import LOOKED_BACK, Frequency, Unit
from bot.store.articles import articles, revisits
from bot.store.articles.frequencies import frequencies
from bot.store.engine.database import Database
from tests.store.world import DOMESTIC, FOREIGN, NOW

DAY = timedelta(days=1)


async def test_each_topic_is_counted_by_what_it_published_lately(store: Database) -> None:
    ages = [*((DOMESTIC, number * 2 * DAY) for number in range(1, 15)), (FOREIGN, LOOKED_BACK + DAY)]
    async with store.write() as tx:
        for number, (topic, age) in enumerate(ages):
            article = Article(
                f"https://agency.example/{number}",
                f"Bài {number}",
                published=Published(NOW - age, DatePrecision.MINUTE),
            )
            saved = await articles.save(tx, article, photo=None, topic=topic.id, now=NOW)
        twice = await articles.save(tx, article, photo=None, topic=DOMESTIC.id, now=NOW)
        gone = Article("https://agency.example/gone", "Bài đã gỡ")
        taken_down = await articles.save(tx, gone, photo=None, topic=FOREIGN.id, now=NOW)
        await revisits.withdraw(tx, taken_down.id, NOW)

        found = await frequencies(tx, NOW)

    assert (twice.id, found) == (saved.id, {DOMESTIC.id: Frequency(4, Unit.WEEK)})


async def test_what_is_not_there_publishes_nothing(store: Database) -> None:
    async with store.read() as tx:
        assert await frequencies(tx, NOW) == {}
