import json
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    ChatKind,
    ChatMigrated,
    Incoming,
    IncomingFile,
    MembershipChanged,
    TextReceived,
    UpdateSender,
)
from bot.domain.chats.message import Button, Message, plain
from bot.messengers.telegram import TelegramMessenger
from tests.emulated import ACCOUNT, OWNER, TOKEN, Emulated, jpeg, private


async def heard(messenger: TelegramMessenger, emulated: Emulated) -> list[Incoming | None]:
    """Return everything that has happened and was not read yet."""
    updates = await messenger.updates(None)
    if updates:
        await messenger.updates(updates[-1][0] + 1)
    return [messenger.parse(payload) for _, payload in updates]


async def said(emulated: Emulated, chat: int, user: int, text: str, **more: Any) -> None:
    await emulated.post("updates/message", **{"chat": chat, "from": user, "text": text, **more})


async def test_a_person_writes(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    await said(emulated, user, user, "Đăng ký")

    (incoming,) = await heard(messenger, emulated)

    sender = UpdateSender(str(user), language=getattr(incoming, "sender", UpdateSender("")).language)
    assert incoming == TextReceived(private(user), ChatKind.PRIVATE, sender, "Đăng ký")


async def test_a_document_comes_with_its_name_its_size_and_its_caption(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)

    await emulated.hand_in(user, b"%PDF-1.7", kind="document", name="Công văn 12.pdf", caption="Nghỉ lễ")
    (incoming,) = await heard(messenger, emulated)

    assert isinstance(incoming, TextReceived)
    assert incoming.file
    assert (incoming.text, incoming.file.name, incoming.file.size) == ("Nghỉ lễ", "Công văn 12.pdf", 8)
    assert (incoming.file.is_photo, incoming.file.in_album) == (False, False)
    assert await messenger.download(incoming.file, most=8) == b"%PDF-1.7"


async def test_a_photo_comes_as_the_largest_of_its_sizes(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    picture = jpeg(1000, 500)

    await emulated.hand_in(user, picture, kind="photo", album="7")
    (incoming,) = await heard(messenger, emulated)

    assert isinstance(incoming, TextReceived)
    assert incoming.file
    assert (incoming.file.is_photo, incoming.file.in_album, incoming.text) == (True, True, "")
    assert await messenger.download(incoming.file, most=len(picture)) == picture


async def test_in_a_group_a_file_is_no_file(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    group = await emulated.group(-1_000_500)
    await emulated.post(f"chats/{group}/members", user=user, status="member")
    await heard(messenger, emulated)

    document = {"kind": "document", "name": "a.pdf", "caption": "/tin@bantin_bot"}
    await emulated.hand_in(user, b"%PDF-1.7", chat=group, **document)

    assert [getattr(each, "file", None) for each in await heard(messenger, emulated)] == [None]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"document": {"mime_type": "application/pdf"}}, "tai-lieu.pdf"),
        ({"document": {}}, "tai-lieu"),
        ({"video": {"width": 1, "height": 1, "duration": 1, "mime_type": "video/mp4"}}, "tai-lieu"),
        ({"voice": {"duration": 1, "mime_type": "audio/ogg"}}, "tai-lieu"),
        ({"video_note": {"length": 1, "duration": 1}}, "tai-lieu"),
        ({"audio": {"duration": 1, "file_name": "loa.mp3"}}, "loa.mp3"),
    ],
)
async def test_a_file_without_a_name_is_called_by_what_it_is_said_to_be(
    messenger: TelegramMessenger, sent: dict[str, dict[str, Any]], name: str
) -> None:
    ids = {"file_id": "AAB", "file_unique_id": "AB"}
    media = {kind: {**ids, **fields} for kind, fields in sent.items()}
    person = {"id": 7, "is_bot": False, "first_name": "An"}
    chat = {"id": 7, "type": "private", "first_name": "An"}
    message = {"message_id": 5, "date": 1, "chat": chat, "from": person, **media}

    incoming = messenger.parse(orjson.dumps({"update_id": 1, "message": message}).decode())

    assert isinstance(incoming, TextReceived)
    assert incoming.file == IncomingFile("AAB", name=name)


@pytest.mark.parametrize(
    ("text", "meaning", "addressed"),
    [
        ("/moinhat 3", "/moinhat 3", True),
        ("/moinhat@bantin_bot 3", "/moinhat 3", True),
        ("/moinhat@BanTin_Bot", "/moinhat", True),
        ("/moinhat@other_bot 3", "/moinhat 3", False),
        ("@bantin_bot mới nhất", "mới nhất", True),
        ("🇻🇳 này @bantin_bot tin", "🇻🇳 này tin", True),
        ("chuyện của nhóm", "chuyện của nhóm", False),
    ],
)
async def test_in_a_group_it_matters_who_is_addressed(
    emulated: Emulated, messenger: TelegramMessenger, text: str, meaning: str, *, addressed: bool
) -> None:
    group = await emulated.group(-1001)
    await emulated.post("bots", token=TOKEN, reads_all_messages=True)
    await heard(messenger, emulated)
    await said(emulated, group, OWNER, text)

    (incoming,) = await heard(messenger, emulated)

    assert isinstance(incoming, TextReceived)
    assert (incoming.text, incoming.addressed, incoming.title) == (meaning, addressed, f"Nhóm {group}")


async def test_an_answer_to_our_message_is_addressed(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    group = await emulated.group(-1001)
    await heard(messenger, emulated)
    await messenger.send(private(group), Message(text=(plain("Kênh nào?"),)))
    (message,) = await emulated.outbox(group)
    await said(emulated, group, OWNER, "kênh này", reply_to=message["message_id"])

    (incoming,) = await heard(messenger, emulated)

    assert isinstance(incoming, TextReceived)
    assert incoming.addressed


async def test_a_topic_of_a_forum_is_part_of_the_address(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    forum = await emulated.group(-1002, is_forum=True)
    topic = await emulated.topic(forum)
    await heard(messenger, emulated)
    await said(emulated, forum, OWNER, "/dangky", thread=topic)
    await said(emulated, forum, OWNER, "/dangky")

    addresses = [getattr(incoming, "address", None) for incoming in await heard(messenger, emulated)]

    assert addresses == [Address(ACCOUNT, str(forum), str(topic)), Address(ACCOUNT, str(forum))]


KEYBOARD = ((Button("Có", action="yes"),), (Button("Trang", url="https://a.vn/tin"),))


async def test_a_tap_names_its_message(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    await messenger.send(private(user), Message(text=(plain("Chọn"),), keyboard=KEYBOARD))
    (message,) = await emulated.outbox(user)
    tap = {"chat": user, "from": user, "message_id": message["message_id"], "data": "yes"}
    await emulated.post("updates/callback", **tap)

    (incoming,) = await heard(messenger, emulated)

    assert isinstance(incoming, ButtonPressed)
    assert (incoming.address, incoming.kind) == (private(user), ChatKind.PRIVATE)
    assert (incoming.action, incoming.message_id) == ("yes", str(message["message_id"]))
    assert (incoming.text, incoming.keyboard) == ("Chọn", KEYBOARD)


async def test_blocking_and_coming_back_are_told(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("block", user=user)
    await emulated.post("unblock", user=user)

    changes = [
        incoming for incoming in await heard(messenger, emulated) if isinstance(incoming, MembershipChanged)
    ]

    assert [(change.kind, change.can_write) for change in changes] == [
        (ChatKind.PRIVATE, False),
        (ChatKind.PRIVATE, True),
    ]


async def test_joining_being_made_administrator_and_being_expelled_are_told(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    group = await emulated.group(-1001)
    channel = await emulated.group(-1002, kind="channel", status="administrator")
    await emulated.post("kick", chat=group)

    changes = [
        incoming for incoming in await heard(messenger, emulated) if isinstance(incoming, MembershipChanged)
    ]

    assert [(change.address.chat, change.can_write, change.sender.user) for change in changes] == [
        (str(group), True, str(OWNER)),
        (str(channel), True, str(OWNER)),
        (str(group), False, str(OWNER)),
    ]


async def test_a_group_that_moves_says_so(emulated: Emulated, messenger: TelegramMessenger) -> None:
    group = await emulated.group(-500, kind="group")
    moved = await emulated.post("migrate", chat=group)

    told = [incoming for incoming in await heard(messenger, emulated) if isinstance(incoming, ChatMigrated)]

    new = Address(ACCOUNT, str(moved["id"]))
    assert set(told) == {ChatMigrated(Address(ACCOUNT, str(group)), new)}


def update(**content: Any) -> str:
    return orjson.dumps({"update_id": 1, **content}).decode()


GROUP = {"id": -1001, "type": "supergroup", "title": "Nhóm"}


def test_an_anonymous_administrator_is_known_as_one(messenger: TelegramMessenger) -> None:
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = {
        "message_id": 5,
        "date": 1,
        "chat": GROUP,
        "from": sender,
        "sender_chat": GROUP,
        "text": "/huy",
    }

    incoming = messenger.parse(update(message=message))

    assert isinstance(incoming, TextReceived)
    assert incoming.sender.anonymous_administrator


def test_posts_that_nobody_wrote_to_us_are_passed_over(messenger: TelegramMessenger) -> None:
    post = {"message_id": 5, "date": 1, "chat": GROUP | {"type": "channel"}, "text": "/dangky"}
    forwarded = {
        "message_id": 6,
        "date": 1,
        "chat": GROUP,
        "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        "is_automatic_forward": True,
        "text": "/dangky",
    }

    assert messenger.parse(update(channel_post=post)) is None
    assert messenger.parse(update(message=forwarded)) is None


def test_a_sticker_in_private_is_something_said_and_in_a_group_is_not(messenger: TelegramMessenger) -> None:
    user = {"id": 5, "is_bot": False, "first_name": "A"}
    unique = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    sticker = {**unique, "type": "regular", "is_animated": False, "is_video": False}
    message = {"message_id": 5, "date": 1, "from": user, "sticker": sticker}

    in_private = messenger.parse(update(message=message | {"chat": {"id": 5, "type": "private"}}))

    assert isinstance(in_private, TextReceived)
    assert in_private.text == ""
    assert messenger.parse(update(message=message | {"chat": GROUP})) is None


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"update_id": 1}',
        '{"update_id": 1, "message": 5}',
        update(message={"date": "x"}),
    ],
)
def test_what_we_do_not_know_is_nothing(messenger: TelegramMessenger, payload: str) -> None:
    assert messenger.parse(payload) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["message_id", "date", "chat", "from", "text", "sticker"]), JSON))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_message_of_any_shape_is_understood_or_passed_over(
    messenger: TelegramMessenger, message: dict[str, Any]
) -> None:
    messenger.parse(json.dumps({"update_id": 1, "message": message}))
