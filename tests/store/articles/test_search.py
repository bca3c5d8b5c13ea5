"""Finding articles by their words, the same on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import Article, DatePrecision, Published
from bot.domain.text import search as searches
from bot.services.operations.old_documents import OldDocuments
from bot.store.articles import articles, revisits, search
from bot.store.articles.document_fields import unread
from bot.store.engine.database import Database
from bot.store.schema import article_words, document_fields
from bot.store.schema import articles as table
from tests.store.world import DOMESTIC, FOREIGN, NOW

TITLES = (
    "Đảng ủy Cục họp phiên thường kỳ",
    "Đảng uỷ bộ phận ra nghị quyết",
    "Đăng ký sáng chế",
    "Hội nghị sở hữu trí tuệ",
    "Hoà giải ở cơ sở",
)


async def save(
    store: Database, number: int, title: str, *, topic: TopicId = DOMESTIC.id, body: str = ""
) -> None:
    published = Published(NOW - timedelta(days=number), DatePrecision.MINUTE)
    article = Article(
        f"https://agency.example/{number}", title, body=(body,) if body else (), published=published
    )
    async with store.write() as tx:
        await articles.save(tx, article, photo=None, topic=topic, now=NOW)


@pytest.fixture
async def library(store: Database) -> Database:
    for number, title in enumerate(TITLES):
        await save(store, number, title)
    await save(store, 5, "Họp báo", body="Bí thư Đảng ủy phát biểu về sở hữu đất đai và trí tuệ nhân tạo.")
    await save(store, 6, "Tin quốc tế", topic=FOREIGN.id, body="Đặng Uy ký hòa ước.")
    return store


async def found(store: Database, text: str, topics: list[TopicId] | None = None) -> list[str]:
    async with store.read() as tx:
        ids = await search.find(tx, searches.read(text), topics=topics, limit=20)
        stored = await articles.many(tx, ids)
    return [stored[each].article.url.rpartition("/")[2] for each in ids]


async def test_marks_and_the_place_of_the_tone_do_not_matter_to_what_is_found(library: Database) -> None:
    same = {frozenset(await found(library, text)) for text in ("dang uy", "đảng uỷ", "Đảng ủy", "ĐẢNG UỶ")}

    assert same == {frozenset("0156")}


async def test_the_same_marks_come_first_then_titles_then_the_newest(library: Database) -> None:
    assert await found(library, "đảng uỷ") == ["0", "1", "5", "6"]
    assert await found(library, "đặng uy") == ["6", "0", "1", "5"]
    assert await found(library, "hoa") == ["4", "6"]
    assert await found(library, "hoà") == ["4", "6"]


async def test_a_phrase_is_found_as_it_stands(library: Database) -> None:
    assert await found(library, "so huu tri tue") == ["3", "5"]
    assert await found(library, '"so huu tri tue"') == ["3"]
    assert await found(library, '"hội nghị"') == ["3"]
    assert await found(library, '"nghi hoi"') == []
    assert await found(library, '"ủy phát biểu" "trí tuệ"') == ["5"]


async def test_neighbours_that_stand_in_two_places_are_no_phrase(library: Database) -> None:
    await save(library, 7, "Một hai", body="hai ba")
    await save(library, 8, "Một hai ba")

    assert await found(library, '"một hai ba"') == ["8"]


async def test_an_article_without_end_is_saved_and_found(library: Database) -> None:
    await save(library, 7, "Phụ lục", body=" ".join(f"{number:050}ệ" for number in range(20_000)))

    assert await found(library, "phu luc") == ["7"]


async def test_a_topic_or_a_time_keeps_the_rest_out(library: Database) -> None:
    assert await found(library, "đảng uỷ", [FOREIGN.id]) == ["6"]
    assert await found(library, "đảng uỷ", []) == []
    assert await found(library, "đảng uỷ từ 25/02/2026 đến 01/03/2026") == ["1", "5"]
    assert await found(library, "từ 27/02/2026", [DOMESTIC.id]) == ["0", "1", "2", "3"]


async def test_a_corrected_article_is_found_by_its_new_words_alone(library: Database) -> None:
    corrected = Article("https://agency.example/2", "Bảo hộ nhãn hiệu")
    async with library.write() as tx:
        (number,) = await search.find(tx, searches.read("sang che"), topics=None, limit=9)
        await articles.revise(tx, number, corrected, None, revision=1, now=NOW)

    assert (await found(library, "sang che"), await found(library, "nhan hieu")) == ([], ["2"])


async def test_an_article_that_enters_a_topic_is_found_in_it(library: Database) -> None:
    await save(library, 3, TITLES[3], topic=FOREIGN.id)

    assert await found(library, "tri tue", [FOREIGN.id]) == ["3"]


async def test_a_deleted_article_is_found_no_more(library: Database) -> None:
    async with library.write() as tx:
        await tx.execute(delete(table).where(table.c.title == TITLES[3]))

    assert await found(library, "tri tue") == ["5"]
    async with library.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(article_words))).scalar_one() == 6


async def test_a_withdrawn_article_is_found_no_more(library: Database) -> None:
    async with library.write() as tx:
        (number,) = await search.find(tx, searches.read("sang che"), topics=None, limit=9)
        await revisits.withdraw(tx, number, NOW)

    assert await found(library, "sang che") == []


async def test_rebuilding_finds_what_was_found(library: Database) -> None:
    before = await found(library, "đảng uỷ")
    async with library.write() as tx:
        await tx.execute(delete(article_words))
        assert await search.find(tx, searches.read("dang"), topics=None, limit=9) == ()
        await search.rebuild(tx)

    assert await found(library, "đảng uỷ") == before


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=30)
    | st.sampled_from(['" OR *', "a' | !b", "NEAR(", "title:x", "-", "^a", "%", "50%"])
)
async def test_whatever_is_typed_is_no_syntax(library: Database, text: str) -> None:
    await save(library, 9, "Mục này", body=text)

    assert "9" in await found(library, "mục")
    await found(library, text)


async def test_the_document_itself_comes_before_what_mentions_it(store: Database) -> None:
    await save(store, 1, "Hội nghị phổ biến Nghị định số 65/2023/NĐ-CP")
    await save(store, 2, "Nghị định 65/2023/NĐ-CP của Chính phủ quy định chi tiết")
    await save(store, 3, "Quyết định số 12/QĐ-SHTT của Cục Sở hữu trí tuệ về việc khen thưởng")
    await save(store, 4, "Cục Sở hữu trí tuệ nói về quyết định của mình")

    assert await found(store, "số 65/2023/NĐ-CP") == ["2", "1"]
    assert await found(store, "nghi dinh 65/2023/nd-cp") == ["2", "1"]
    assert await found(store, "quyết định của Cục Sở hữu trí tuệ") == ["3", "4"]
    assert await found(store, "loại:quyết định") == ["3"]
    assert await found(store, "loai: nghi dinh chi tiet") == ["2"]
    assert await found(store, "loại:thông tư") == []


async def test_the_fields_of_a_document_follow_its_text(store: Database) -> None:
    article = Article("https://agency.example/1", "Quyết định số 12/QĐ-SHTT về việc khen thưởng")
    async with store.write() as tx:
        saved = await articles.save(tx, article, photo=None, topic=DOMESTIC.id, now=NOW)
        before = await articles.get(tx, saved.id)
        corrected = replace(article, title="Quyết định số 13/QĐ-SHTT về việc khen thưởng")
        await articles.revise(tx, saved.id, corrected, None, revision=1, now=NOW)
        after = await articles.get(tx, saved.id)

    assert before is not None
    assert after is not None
    assert (before.article.document.number, after.article.document.number) == ("12/QĐ-SHTT", "13/QĐ-SHTT")


async def test_old_articles_are_read_for_documents_once(store: Database) -> None:
    await save(store, 1, "Quyết định số 12/QĐ-SHTT về việc khen thưởng")
    async with store.write() as tx:
        await tx.execute(delete(document_fields))
    old = OldDocuments(store)

    for _ in range(2):
        await old.read_some()

    async with store.read() as tx:
        assert await unread(tx, limit=5) == ()
        (row,) = (await tx.execute(select(document_fields))).all()
    assert (row.kind, await found(store, "loại:quyết định")) == ("Quyết định", ["1"])
