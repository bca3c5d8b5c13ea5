"""Inline mode: articles to share in whatever chat, found by words, page by page."""

import pytest

from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.domain.chats.chat import InlineQuery, TopicId, UpdateSender
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.messaging.messenger import InlineResults
from bot.domain.news.article import Photo
from bot.domain.news.feed import Topic
from bot.domain.publication.approval import Answer, Given
from bot.services.publishing.approval import give
from bot.store.choices import visibility
from bot.store.feeds import feeds
from bot.store.runtime import updates
from tests.commands.stage import ABROAD, FEEDS, TOPICS, Stage, words
from tests.fakes import ACCOUNT

SECRET = TopicId("noi-bo")


@pytest.fixture
async def news(stage: Stage) -> Stage:
    """Twelve articles of everybody's, the newest with a text and a photo."""
    stage.clock.advance(14 * 3600)
    for hour in range(1, 12):
        await stage.publish(f"Sáng chế số {hour}", hour=hour)
    photos = (Photo("https://agency.example/anh.jpg"),)
    await stage.publish("Đoàn sang thăm", hour=12, topic=ABROAD, photos=photos, body=("Một đoạn.",))
    return stage


async def ask(
    stage: Stage, text: str = "", *, offset: str = "", language: str = "vi", user: str = "77"
) -> InlineResults:
    answer = await stage.answer(InlineQuery("q1", UpdateSender(user, language), text, offset))
    assert answer.messages == ()
    assert answer.offers is not None
    return answer.offers


async def test_without_words_the_newest_articles_are_offered_page_by_page(news: Stage) -> None:
    first = await ask(news)
    second = await ask(news, offset=first.next_offset)

    titles = [offer.title for offer in (*first.offers, *second.offers)]
    assert titles == ["Đoàn sang thăm", *(f"Sáng chế số {hour}" for hour in range(11, 0, -1))]
    assert (len(first.offers), first.next_offset, second.next_offset) == (10, "10", "")


async def test_an_offer_says_when_and_about_what_and_becomes_the_card_with_links(news: Stage) -> None:
    (offer,) = (await ask(news, "sang thăm")).offers

    assert offer.description == "Thứ Hai, 02/03/2026 | 12:30 · Hoạt động quốc tế"
    assert offer.picture == "https://agency.example/anh.jpg"
    assert words(offer.message).startswith("Đoàn sang thăm\n\n🗓 Thứ Hai")
    assert (offer.message.photo, offer.message.preview_url) == (None, "https://agency.example/anh.jpg")
    assert [button.url for row in offer.message.keyboard for button in row] == [
        "https://chat.example/bantin_bot?start=doc_12",
        "https://agency.example/tin/12",
    ]


@pytest.mark.parametrize("text", ["sang che", "SÁNG CHẾ", '"sáng chế số"'])
async def test_words_are_found_however_they_are_typed(news: Stage, text: str) -> None:
    found = await ask(news, text)

    assert (len(found.offers), found.next_offset) == (10, "10")


@pytest.mark.parametrize(
    ("text", "offset"),
    [("không ai viết thế", ""), ("chuyên mục: không có", ""), ("sang che", "99"), ("", "99")],
)
async def test_where_there_is_nothing_nothing_is_offered(news: Stage, text: str, offset: str) -> None:
    assert await ask(news, text, offset=offset) == InlineResults(())


async def test_an_offset_of_nobodys_begins_at_the_beginning(news: Stage) -> None:
    assert (await ask(news, offset="x")).offers == (await ask(news)).offers


async def test_it_speaks_the_language_of_the_chat_with_us_or_else_what_is_usual(news: Stage) -> None:
    await news.person("77").types("/dangky")
    await news.person("77").sends("1a.")
    await news.person("77").sends("1l.en.help")

    assert "International news" in (await ask(news, "sang thăm", language="vi")).offers[0].description
    stranger = await ask(news, "sang thăm", language="en", user="5")
    assert "Hoạt động quốc tế" in stranger.offers[0].description


async def test_what_is_for_members_is_never_offered_not_even_to_them(news: Stage) -> None:
    topics = (*TOPICS, Topic(SECRET, {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True))
    person = news.person("77")
    await person.types("/dangky")
    await person.sends("1a.")
    async with news.database.write() as tx:
        await feeds.sync_definitions(tx, topics, FEEDS, news.clock.now())
        chat = await news.chat(person.address)
        assert chat
        await visibility.grant(tx, chat.id, SECRET, news.clock.now())
    await news.publish("Tin nội bộ", hour=13, topic=SECRET)

    assert "Tin nội bộ" in await person.types("/moinhat 1")
    assert "Tin nội bộ" not in [offer.title for offer in (await ask(news)).offers]
    assert (await ask(news, "nội bộ")).offers == ()


async def test_what_awaits_its_approval_is_not_offered(news: Stage) -> None:
    waiting = await news.submit("Quyết định số 5", hour=13)

    before = (await ask(news)).offers[0].title, (await ask(news, "quyết định")).offers
    async with news.database.write() as tx:
        by = Actor(AuditPlace.CLI, "lan")
        await give(tx, waiting, Given(Answer.APPROVE), by, now=news.clock.now())
    after = (await ask(news, "quyết định")).offers

    assert before == ("Đoàn sang thăm", ())
    assert [offer.title for offer in after] == ["Quyết định số 5"]


async def test_a_question_is_answered_once_and_forgotten(news: Stage) -> None:
    async def reply(*_: object) -> None:
        raise AssertionError("nothing is sent to anybody")

    news.messenger.incoming = {"0": InlineQuery("q7", UpdateSender("77", "vi"), "chuyện riêng")}
    async with news.database.write() as tx:
        await updates.save(tx, ACCOUNT, [(1, "0")], now=news.clock.now())

    await UpdateDispatcher(news.conversation, reply=reply).drain()

    assert [query for query, _ in news.messenger.offered] == ["q7"]
    async with news.database.read() as tx:
        assert await updates.pending(tx, ACCOUNT, limit=9) == ()


async def test_an_offer_without_a_photo_has_no_preview_that_would_say_it_twice(news: Stage) -> None:
    (offer, *_) = (await ask(news, "Sáng chế số 3")).offers

    assert (offer.picture, offer.message.preview_url) == (None, None)
