"""Albums: sendMediaGroup, over HTTP."""

import pytest

from bot.domain.chats.message import AlbumPhoto, KnownPhoto, Message, NewPhoto
from bot.domain.delivery.delivery import PhotoRejected, Receipt, RetryLater, Scope
from bot.messengers.telegram import TelegramMessenger
from tests.emulated import Emulated, jpeg, private


def new(color: str, caption: str = "") -> AlbumPhoto:
    return AlbumPhoto(NewPhoto(color, jpeg(color=color)), caption)


async def test_photos_arrive_as_one_album_with_their_captions(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    album = Message(
        (), album=(new("red", "Toàn cảnh <hội nghị> & đại biểu"), new("blue"), new("green", "Ba"))
    )

    receipt = await messenger.send(private(user), album)

    sent = await emulated.outbox(user)
    assert [message["text"] for message in sent] == ["Toàn cảnh <hội nghị> & đại biểu", "", "Ba"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert receipt == Receipt(
        str(sent[0]["message_id"]), album=tuple(message["photo"]["file_id"] for message in sent)
    )


async def test_known_photos_are_not_uploaded_again(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    receipt = await messenger.send(private(user), Message((), album=(new("red"), new("blue"))))
    assert isinstance(receipt, Receipt)

    known = tuple(AlbumPhoto(KnownPhoto(reference)) for reference in receipt.album)
    outcome = await messenger.send(private(user), Message((), album=(*known, new("green"))))

    assert isinstance(outcome, Receipt)
    assert (await emulated.metrics())["uploads"] == 3


async def test_an_album_goes_to_a_topic_of_a_forum(emulated: Emulated, messenger: TelegramMessenger) -> None:
    forum = await emulated.group(-1002, is_forum=True)
    topic = await emulated.topic(forum)
    address = private(forum)

    await messenger.send(
        type(address)(address.account, str(forum), str(topic)),
        Message((), album=(new("red"), new("blue")), silent=True),
    )

    assert [(m["thread"], m["silent"]) for m in await emulated.outbox(forum)] == [(topic, True)] * 2


async def test_the_photo_that_is_refused_is_named(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    broken = AlbumPhoto(NewPhoto("k", b"no picture"))

    outcome = await messenger.send(private(user), Message((), album=(new("red"), broken)))

    assert isinstance(outcome, PhotoRejected)
    assert outcome.place == 1
    assert await emulated.outbox(user) == []


@pytest.mark.parametrize(
    ("reason", "place"),
    [
        ('Bad Request: failed to send message #10 with the error message "WEBPAGE_CURL_FAILED"', 9),
        ('Bad Request: failed to send message #1 with the error message "PHOTO_INVALID_DIMENSIONS"', 0),
        ('Bad Request: failed to send message #2 with the error message "SOMETHING_NEW"', 1),
        ("Bad Request: group send failed", None),
    ],
)
async def test_what_the_server_says_of_an_album(
    emulated: Emulated, messenger: TelegramMessenger, reason: str, place: int | None
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMediaGroup", status=400, description=reason)

    outcome = await messenger.send(private(user), Message((), album=(new("red"), new("blue"))))

    assert outcome == PhotoRejected(reason, place=place)


async def test_a_flood_limit_of_an_album_is_one_as_ever(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMediaGroup", status=429, parameters={"retry_after": 7})

    outcome = await messenger.send(private(user), Message((), album=(new("red"), new("blue"))))

    assert isinstance(outcome, RetryLater)
    assert outcome.scope is Scope.CHAT
