"""What everybody may read is listed by age, and what is released no more is not: both databases agree."""

from datetime import timedelta

import pytest

from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article, ArticleId, DatePrecision, Published
from bot.domain.publication.publication import Step
from bot.services.publishing.publications import take_step
from bot.store.articles import articles, ended, released, search
from bot.store.engine.database import Database
from tests.store.world import DOMESTIC, FOREIGN, NOW

ACTOR = Actor(AuditPlace.CLI, "officer")


@pytest.fixture
async def library(store: Database) -> list[ArticleId]:
    """Keep four articles, the newest of which came first; one is in both topics."""
    ids = []
    for number in range(4):
        published = Published(NOW - timedelta(days=number), DatePrecision.MINUTE)
        article = Article(f"https://agency.example/{number}", f"Tin {number}", published=published)
        async with store.write() as tx:
            saved = await articles.save(tx, article, photo=None, topic=DOMESTIC.id, now=NOW)
            if number == 1:
                await articles.save(tx, article, photo=None, topic=FOREIGN.id, now=NOW)
        ids.append(saved.id)
    return ids


async def listed(store: Database, *, limit: int = 9, offset: int = 0) -> list[str]:
    async with store.read() as tx:
        found = await released.newest(tx, DOMESTIC.id, limit=limit, offset=offset)
        assert offset or limit < 9 or await released.count(tx, DOMESTIC.id) == len(found)
    return [each.article.title for each in found]


async def test_the_newest_come_first_page_by_page_and_each_once(
    store: Database, library: list[ArticleId]
) -> None:
    async with store.read() as tx:
        heads = await released.heads(tx, (DOMESTIC.id, FOREIGN.id), limit=3)

    assert await listed(store) == ["Tin 0", "Tin 1", "Tin 2", "Tin 3"]
    assert await listed(store, limit=2, offset=2) == ["Tin 2", "Tin 3"]
    assert [each.id for each in heads.newest] == library[:3]
    assert {topic: [each.id for each in of_it] for topic, of_it in heads.of_topics.items()} == {
        DOMESTIC.id: library[:3],
        FOREIGN.id: library[1:2],
    }


async def test_what_is_stopped_recalled_or_over_is_listed_no_more_and_what_goes_on_is(
    store: Database, library: list[ArticleId]
) -> None:
    async with store.write() as tx:
        await take_step(tx, library[0], Step.STOP, ACTOR, now=NOW)
        await take_step(tx, library[1], Step.RECALL, ACTOR, now=NOW)
        await ended.end(tx, library[2], NOW)
    without = await listed(store)
    async with store.write() as tx:
        await take_step(tx, library[0], Step.RESUME, ACTOR, now=NOW)
    again = await listed(store)
    async with store.write() as tx:
        await search.rebuild(tx)

    assert (without, again, await listed(store)) == (["Tin 3"], ["Tin 0", "Tin 3"], again)


async def test_an_article_is_found_by_the_beginning_of_its_key_if_that_names_just_one(
    store: Database, library: list[ArticleId]
) -> None:
    key = Article("https://agency.example/2", "").key
    async with store.read() as tx:
        found = [await released.called(tx, code) for code in (key[:16], key, "0" * 16, "")]

    assert [each and each.id for each in found] == [library[2], library[2], None, None]


async def test_lots_hold_each_article_of_the_topics_once(store: Database, library: list[ArticleId]) -> None:
    async with store.read() as tx:
        numbers = await released.lots(tx, (DOMESTIC.id, FOREIGN.id))
        number = library[0] // released.LOT
        pages = await released.lot(tx, (DOMESTIC.id, FOREIGN.id), number)
        abroad = await released.lot(tx, (FOREIGN.id,), number)

    assert (numbers, [each.title for each in pages]) == ((number,), ["Tin 0", "Tin 1", "Tin 2", "Tin 3"])
    assert [each.title for each in abroad] == ["Tin 1"]
