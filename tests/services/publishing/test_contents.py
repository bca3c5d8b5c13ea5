"""Publishing a content: an article like any other, owed once, in one transaction with its audit line."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.delivery.fair_queue import Lane
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.domain.news.article import Article, Attachment, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.domain.publication.content import Content
from bot.domain.text import search as searches
from bot.services.publishing.contents import PublishedContent, PublishingRules, publish
from bot.store.articles import articles, search
from bot.store.engine.database import Database
from bot.store.publications import publications
from bot.store.runtime import audit
from tests.emulated import jpeg
from tests.store.world import ACCOUNT, DOMESTIC, FOREIGN, NOW, claim, prepare, subscribe

ACTOR = Actor(AuditPlace.CHAT, "900", ACCOUNT)
PHOTO = PreparedPhoto("a" * 64, "https://agency.example/anh.jpg", jpeg(), 64, 48)
CONTENT = Content(
    key="thong-bao-1",
    title="Tạm ngừng tiếp công dân",
    text=("Cục tạm ngừng tiếp công dân trong hai ngày.", "Lịch tiếp theo sẽ được thông báo sau."),
    photo=PHOTO,
    attachments=(Attachment("https://agency.example/cong-van.pdf", "Công văn 12"),),
)
RULES = PublishingRules(hosts={"cu.agency.example": "agency.example"})


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    return db


async def put(db: Database, content: Content = CONTENT, *topics: Topic) -> PublishedContent:
    async with db.write() as tx:
        return await publish(tx, content, topics or (DOMESTIC,), ACTOR, RULES, now=NOW)


async def test_a_content_is_an_article_that_people_get_find_and_can_be_told_apart(desk: Database) -> None:
    (chat,) = await subscribe(desk, "1")

    made = await put(desk)

    async with desk.read() as tx:
        stored = await articles.get(tx, made.article)
        found = await search.find(tx, searches.read("tiếp công dân"), topics=[DOMESTIC.id], limit=9)
        publication = await publications.get(tx, made.article)
    assert stored
    assert publication
    assert (stored.article.title, stored.article.body) == (CONTENT.title, CONTENT.text)
    assert (stored.photo_key, stored.article.attachments) == (PHOTO.key, CONTENT.attachments)
    assert stored.article.page is None
    assert found == (made.article,)
    assert publication.topics == (DOMESTIC.id,)
    assert [each.chat for each in await claim(desk)] == [chat]


async def test_a_key_is_published_once_whatever_stands_under_it(desk: Database) -> None:
    await subscribe(desk, "1")
    first = await put(desk)

    again = await put(desk, replace(CONTENT, title="Khác", url="https://agency.example/khac"), FOREIGN)

    assert (again.article, first.is_new, again.is_new) == (first.article, True, False)
    async with desk.read() as tx:
        stored = await articles.get(tx, first.article)
        assert await audit.count(tx) == 1
    assert stored
    assert (stored.article.title, stored.topics) == (CONTENT.title, (DOMESTIC.id,))


async def test_a_key_that_comes_twice_at_the_same_moment_is_published_once(desk: Database) -> None:
    await subscribe(desk, "1")

    made = await asyncio.gather(*(put(desk) for _ in range(4)))

    assert sorted(each.is_new for each in made) == [False, False, False, True]
    assert len(await claim(desk)) == 1


async def test_contents_without_a_page_are_told_from_one_another_by_their_keys(desk: Database) -> None:
    first = await put(desk)
    second = await put(desk, replace(CONTENT, key="thong-bao-2"))

    assert (first.article != second.article, second.is_new) == (True, True)


async def test_a_page_that_a_feed_has_brought_is_the_same_article_and_new_in_other_topics_alone(
    desk: Database,
) -> None:
    await subscribe(desk, "1")
    await subscribe(desk, "2", topic=FOREIGN)
    async with desk.write() as tx:
        polled = Article("https://agency.example/tin/1", "Từ nguồn tin")
        known = await articles.save(tx, polled, photo=None, topic=DOMESTIC.id, now=NOW)
    content = replace(CONTENT, url="http://www.cu.agency.example/tin/1?utm_source=x")

    made = await put(desk, content, DOMESTIC, FOREIGN)

    assert made == PublishedContent(known.id, is_new=True, entered=(FOREIGN.id,))
    assert [each.topic for each in await claim(desk)] == [FOREIGN.id]


async def test_a_page_that_was_published_is_not_new_when_a_feed_brings_it(desk: Database) -> None:
    made = await put(desk, replace(CONTENT, url="https://agency.example/tin/1"))

    async with desk.write() as tx:
        polled = Article("https://agency.example/tin/1", "Từ nguồn tin")
        saved = await articles.save(tx, polled, photo=None, topic=DOMESTIC.id, now=NOW)

    assert (saved.id, saved.is_new, saved.is_owed) == (made.article, False, False)


async def test_one_in_two_topics_is_owed_once_to_who_has_both(desk: Database) -> None:
    (both,) = await subscribe(desk, "1")
    await subscribe(desk, "1", topic=FOREIGN)
    (one,) = await subscribe(desk, "2", topic=FOREIGN)

    await put(desk, CONTENT, DOMESTIC, FOREIGN)

    assert sorted((each.chat, each.topic) for each in await claim(desk)) == [
        (both, DOMESTIC.id),
        (one, FOREIGN.id),
    ]


@pytest.mark.parametrize(
    ("urgent", "topic", "lane"),
    [
        (True, DOMESTIC, Lane.URGENT),
        (False, DOMESTIC, Lane.NEWS),
        (False, replace(DOMESTIC, urgent_words=("công dân",)), Lane.URGENT),
    ],
)
async def test_it_is_urgent_where_its_author_or_the_topic_says_so(
    desk: Database, *, urgent: bool, topic: Topic, lane: Lane
) -> None:
    await subscribe(desk, "1")

    await put(desk, replace(CONTENT, urgent=urgent), topic)

    assert [each.lane for each in await claim(desk)] == [lane]


async def test_who_published_it_is_written_down_with_it(desk: Database) -> None:
    made = await put(desk, CONTENT, DOMESTIC, FOREIGN)

    async with desk.read() as tx:
        (line,) = await audit.newest(tx, limit=9)
    assert (line.actor, line.act.action, line.act.about.id) == (
        ACTOR,
        AuditAction.CONTENT_PUBLISHED,
        str(made.article),
    )
    assert line.act.after == {
        "title": CONTENT.title,
        "url": None,
        "topics": "trong-nuoc, quoc-te",
        "urgent": False,
    }
