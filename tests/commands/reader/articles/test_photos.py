"""/xemanh, “Xem ảnh”, and the photos behind a text."""

from dataclasses import replace

import pytest

from bot.domain.chats.message import Message, NewPhoto
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import Photo
from tests.commands.stage import Stage, wording, words

LEAD = Photo("https://agency.example/anh.jpg", "Toàn cảnh hội nghị")
OTHERS = tuple(Photo(f"https://agency.example/anh-{n}.jpg", f"Ảnh {n}") for n in range(2, 4))
BODY = ("Hội nghị diễn ra trong một ngày.",)


def gallery(count: int) -> tuple[Photo, ...]:
    return tuple(Photo(f"https://agency.example/{n}.jpg", f"Ảnh {n}") for n in range(count))


def captions(message: Message) -> list[str]:
    return [each.caption for each in message.album]


@pytest.fixture
async def news(stage: Stage) -> Stage:
    """One article with a lead photo and two more, which can be fetched."""
    stage.clock.advance(12 * 3600)
    stage.pictures = {photo.url: photo.url.encode() for photo in OTHERS}
    await stage.publish("Hội nghị", hour=10, body=BODY, photo=True, photos=(LEAD, *OTHERS))
    return stage


async def test_the_photos_of_an_article_come_as_one_album_with_their_captions(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 1")
    assert person.labels == [
        "📖 Đọc toàn văn",
        "🖼 Xem ảnh (3)",
        wording("button-save"),
        wording("card-open"),
    ]

    await person.taps("Xem ảnh")

    (album,) = person.seen[1:]
    assert captions(album) == ["Toàn cảnh hội nghị", "Ảnh 2", "Ảnh 3"]
    assert album.album[0].photo == NewPhoto("0" * 64, b"jpeg")
    assert person.answer.toast == "Đang tải ảnh…"


async def test_what_was_fetched_once_is_kept(news: Stage) -> None:
    await news.person("1").types("/xemanh")
    second = news.person("2", language="en")

    await second.types("/photos hội nghị")

    assert [len(message.album) for message in second.seen] == [3]
    assert news.fetched == [photo.url for photo in OTHERS]


async def test_the_photos_follow_the_text(news: Stage) -> None:
    person = news.person()

    await person.types("/toanvan")

    assert [bool(message.album) for message in person.seen] == [False, True]
    assert words(person.seen[0]).endswith(BODY[0])
    assert [button.label for row in person.seen[0].keyboard for button in row] == [
        wording("button-save"),
        wording("button-follow-article"),
        wording("card-open"),
    ]


async def test_a_photo_that_cannot_be_had_is_left_out_and_that_is_said(news: Stage) -> None:
    del news.pictures[OTHERS[0].url]
    person = news.person()

    said = await person.types("/xemanh")

    assert captions(person.seen[0]) == ["Toàn cảnh hội nghị", "Ảnh 3"]
    assert said.strip() == "Có một ảnh không tải được; vui lòng xem trên trang web."
    assert person.labels == [wording("card-open")]


async def test_without_any_photo_there_is_still_an_answer(stage: Stage) -> None:
    await stage.publish("Không tải được", hour=1, photos=OTHERS)
    await stage.publish("Không có ảnh", hour=2)
    person = stage.person(language="en")

    said = await person.types("/photos 2")
    said_of_none = await person.types("/photos 1")

    assert said.strip().startswith("2 photos could not be fetched")
    assert said_of_none == "This article has no photos."


async def test_more_than_two_albums_come_by_and_by(stage: Stage) -> None:
    photos = gallery(27)
    stage.pictures = {photo.url: photo.url.encode() for photo in photos}
    await stage.publish("Nhiều ảnh", hour=1, body=BODY, photos=photos)
    person = stage.person()

    await person.types("/toanvan")
    assert person.labels == [
        "🖼 Xem ảnh (27)",
        wording("button-save"),
        wording("button-follow-article"),
        wording("card-open"),
    ]
    await person.taps("Xem ảnh")
    assert [len(message.album) for message in person.seen[1:]] == [10, 10, 0]
    assert words(person.seen[-1]) == "Bài viết còn 7 ảnh nữa."
    await person.taps("Xem ảnh (7)")

    shown = [caption for message in person.seen for caption in captions(message)]
    assert shown == [photo.caption for photo in photos]


async def test_where_there_are_no_albums_photos_come_one_by_one(news: Stage) -> None:
    news.messenger.capabilities = Capabilities(
        text_length=2000, caption_length=100, keyboards=True, edits=False, photo_upload=True, albums=0
    )
    person = news.person()

    await person.types("/xemanh")

    assert [words(message) for message in person.seen[:2]] == ["Toàn cảnh hội nghị", "Ảnh 2"]
    assert all(message.photo for message in person.seen[:2])
    assert person.labels == ["🖼 Xem ảnh (1)", wording("card-open")]


async def test_where_no_photos_can_be_sent_they_are_on_the_page(news: Stage) -> None:
    news.messenger.capabilities = replace(news.messenger.capabilities, photos=False)
    person = news.person()

    said = await person.types("/xemanh")
    labels = person.labels
    await person.types("/toanvan")

    assert said == "Ở đây bot chưa gửi được ảnh. Vui lòng xem ảnh trên trang web."
    assert labels == [wording("card-open")]
    assert [message.album for message in person.seen] == [()] * len(person.seen)
    assert news.fetched == []


async def test_a_group_and_a_channel_lead_to_the_private_chat(news: Stage) -> None:
    member = news.member("5")
    await member.types("/moinhat 1")
    links = [button.url for button in member.buttons]

    said = await member.types("/xemanh")
    newcomer = news.person("4711")
    await newcomer.types("/start anh_1")

    assert links[:2] == [f"https://chat.example/bantin_bot?start={each}_1" for each in ("doc", "anh")]
    assert "ảnh của bài “Hội nghị” được xem trong cuộc trò chuyện riêng" in said
    assert [len(message.album) for message in newcomer.seen] == [3]


@pytest.mark.parametrize("action", ["1i.x.0", "1i", "1i.1.-2"])
async def test_a_button_that_nobody_made_is_refused(news: Stage, action: str) -> None:
    person = news.person()

    await person.sends(action)

    assert person.answer.toast == wording("button-stale")


async def test_photos_of_what_is_gone_are_gone(news: Stage) -> None:
    person = news.person()

    await person.sends("1i.99.0")

    assert person.answer.toast == wording("article-gone")
