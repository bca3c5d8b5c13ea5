from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM
from bot.domain.news.article import (
    Article,
    ArticleId,
    Attachment,
    DatePrecision,
    Photo,
    PreparedPhoto,
    Published,
)
from bot.domain.news.dedup import ArticleNames
from bot.domain.publication.publication import PublicationState
from bot.store.articles import articles, references
from bot.store.articles.articles import SavedArticle, StoredArticle
from bot.store.engine.database import Database
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FOREIGN, NOW, SECOND, prepare

PUBLISHED = Published(datetime(2017, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE)
ARTICLE = Article(
    url="https://agency.example/tin/1",
    title="Hội nghị đã bế mạc",
    summary="Sau ba ngày làm việc./.",
    body=("Đoạn một.", "Đoạn hai."),
    photos=(Photo("https://agency.example/1.jpg", "Quang cảnh"), Photo("https://agency.example/2.jpg")),
    published=PUBLISHED,
    attachments=(Attachment("https://agency.example/qd.pdf", "Quyết định", "1,2 MB"),),
    author="Lan Anh",
    source="Cổng TTĐT",
)
PHOTO = PreparedPhoto("ab" * 32, "https://agency.example/1.jpg", b"\xff\xd8\xff", 1200, 800)


async def save(
    db: Database,
    article: Article,
    topic: TopicId = DOMESTIC.id,
    *,
    photo: PreparedPhoto | None = None,
    now: datetime = NOW,
) -> SavedArticle:
    async with db.write() as tx:
        return await articles.save(tx, article, photo=photo, topic=topic, now=now)


async def get(db: Database, article: ArticleId) -> StoredArticle | None:
    async with db.read() as tx:
        return await articles.get(tx, article)


async def test_an_article_comes_back_as_it_was_saved(store: Database) -> None:
    saved = await save(store, ARTICLE, photo=PHOTO)

    assert saved == SavedArticle(saved.id, is_new=True, state=PublicationState.RELEASED)
    assert await get(store, saved.id) == StoredArticle(saved.id, ARTICLE, PHOTO.key, (DOMESTIC.id,), NOW)


async def test_an_article_that_comes_by_a_second_topic_is_new_there_alone(store: Database) -> None:
    first = await save(store, ARTICLE)
    second = await save(store, ARTICLE, FOREIGN.id, now=NOW + SECOND)
    third = await save(store, ARTICLE, FOREIGN.id)

    assert second == SavedArticle(first.id, is_new=False, state=PublicationState.RELEASED)
    assert third == SavedArticle(first.id, is_new=False, state=None)
    stored = await get(store, first.id)
    assert stored
    assert stored.topics == (DOMESTIC.id, FOREIGN.id)


async def test_an_article_that_comes_again_keeps_its_words_and_takes_over_what_it_lacked(
    store: Database,
) -> None:
    first = await save(store, replace(ARTICLE, published=None, summary=""))

    await save(store, replace(ARTICLE, title="Hoi nghi", body=("Khác.",)), photo=PHOTO)

    assert await get(store, first.id) == StoredArticle(first.id, ARTICLE, PHOTO.key, (DOMESTIC.id,), NOW)


async def test_an_article_is_found_under_each_of_its_names(store: Database) -> None:
    by_number = replace(ARTICLE, url="https://agency.example/id/7")
    async with store.write() as tx:
        first = await articles.save(
            tx, ARTICLE, photo=None, topic=DOMESTIC.id, now=NOW, names=ArticleNames((by_number.key,))
        )

    assert (await save(store, by_number)).id == (await save(store, ARTICLE)).id == first.id


async def test_a_twin_is_the_same_article_and_what_has_none_is_another(store: Database) -> None:
    first = await save(store, ARTICLE)
    other = replace(ARTICLE, url="https://agency.example/tin/2")
    async with store.write() as tx:
        twin = await articles.save(
            tx, other, photo=None, topic=DOMESTIC.id, now=NOW, names=ArticleNames(twins=(ARTICLE.key,))
        )
    third = await save(store, replace(ARTICLE, url="https://agency.example/tin/3"))

    assert (twin.id, (await save(store, other)).id) == (first.id, first.id)
    assert third.is_new


async def test_many_articles_come_by_their_ids(store: Database) -> None:
    first = await save(store, ARTICLE)
    second = await save(store, replace(ARTICLE, url="https://agency.example/tin/2"))

    async with store.read() as tx:
        found = await articles.many(tx, [first.id, second.id, ArticleId(0)])
        nothing = await articles.many(tx, [])

    assert (set(found), nothing) == ({first.id, second.id}, {})


async def test_the_latest_come_newest_first_and_a_date_in_the_future_counts_as_now(store: Database) -> None:
    def dated(number: int, at: datetime | None) -> Article:
        published = Published(at, DatePrecision.DAY) if at else None
        return Article(f"https://agency.example/{number}", str(number), published=published)

    for number, at in enumerate((NOW - DAYS, NOW + 100 * DAYS, None, NOW - 2 * DAYS)):
        await save(store, dated(number, at), now=NOW + number * SECOND)
    await save(store, dated(9, NOW), FOREIGN.id, now=NOW + 9 * SECOND)

    async with store.read() as tx:
        page, total = await articles.latest(tx, topics=[DOMESTIC.id], limit=2, offset=1)
        everything, count = await articles.latest(tx, topics=None, limit=9, offset=0)

    assert ([stored.article.title for stored in page], total) == (["1", "0"], 4)
    assert ([stored.article.title for stored in everything], count) == (["2", "1", "9", "0", "3"], 5)


async def test_a_photo_is_kept_once_with_its_bytes(store: Database) -> None:
    await save(store, ARTICLE, photo=PHOTO)
    await save(store, replace(ARTICLE, url="https://agency.example/tin/2"), photo=PHOTO)

    async with store.read() as tx:
        assert await articles.photo(tx, PHOTO.key) == PHOTO
        assert await articles.photo(tx, "unknown") is None


async def test_a_reference_to_a_photo_is_kept_until_it_is_forgotten(store: Database) -> None:
    await save(store, ARTICLE, photo=PHOTO)
    async with store.write() as tx:
        known = [await references.PHOTOS.find(tx, ACCOUNT, PHOTO.key)]
        for reference in ("old", "new"):
            await references.PHOTOS.save(tx, ACCOUNT, PHOTO.key, reference, NOW)
        known.append(await references.PHOTOS.find(tx, ACCOUNT, PHOTO.key))
        await references.PHOTOS.forget(tx, ACCOUNT, PHOTO.key)
        known.append(await references.PHOTOS.find(tx, ACCOUNT, PHOTO.key))

    assert known == [None, "new", None]


async def test_half_a_surrogate_pair_in_a_feed_costs_a_letter_and_not_the_article(store: Database) -> None:
    broken = replace(ARTICLE, title="A\ud800", body=("B\udfff",))

    saved = await save(store, broken)

    stored = await get(store, saved.id)
    assert stored
    assert (stored.article.title, stored.article.body) == ("A\ufffd", ("B\ufffd",))


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
# Every year that a datetime can hold, in the milliseconds that are stored.
MOMENTS = st.integers(-62_135_596_800_000, 253_402_300_799_999).map(
    lambda milliseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
ARTICLES = st.builds(
    Article,
    url=TEXT,
    title=TEXT,
    summary=TEXT,
    body=st.lists(TEXT, max_size=3).map(tuple),
    photos=st.lists(st.builds(Photo, TEXT, TEXT), max_size=2).map(tuple),
    published=st.none() | st.builds(Published, MOMENTS, st.sampled_from(DatePrecision)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
async def test_any_text_and_any_moment_come_back_as_they_were(db: Database, article: Article) -> None:
    await prepare(db)

    saved = await save(db, article)

    stored = await get(db, saved.id)
    assert stored
    if saved.is_new:
        assert stored.article == article


@pytest.mark.parametrize("text", ["a\0b", "\0"])
async def test_a_nul_is_left_out(store: Database, text: str) -> None:
    saved = await save(store, replace(ARTICLE, title=text))

    stored = await get(store, saved.id)
    assert stored
    assert stored.article.title == text.replace("\0", "")
