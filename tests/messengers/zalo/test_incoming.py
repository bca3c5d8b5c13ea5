import unicodedata
from typing import Any

import orjson
import pytest

from bot.domain.chats.chat import AccountId, Address, ChatKind, IncomingFile, TextReceived, UpdateSender
from bot.messengers.zalo.incoming import ZaloReader, updates_in

ACCOUNT = AccountId("zalo:987654321")
CHAT, USER, MESSAGE = "6ede9afa66b88fe6d6a9", "6ede9afa66b88fe6d6a9", "2d758cb5e222177a4e35"
DATE = 1_789_033_572_455


def update(event: str = "message.text.received", sender: Any = None, **changes: Any) -> dict[str, Any]:
    message = {
        "date": DATE,
        "chat": {"chat_type": "PRIVATE", "id": CHAT},
        "message_id": MESSAGE,
        "message_type": "CHAT_MESSAGE",
        "from": sender or {"id": USER, "is_bot": False, "display_name": "Ted"},
        "text": "Xin chào",
    }
    return {"event_name": event, "message": {**message, **changes}}


def number(told: Any) -> int:
    ((found, _),) = updates_in(orjson.dumps(told))
    return found


def read(told: dict[str, Any]) -> object:
    reader = ZaloReader(ACCOUNT, "1459232241454765289", ["Bot Tin Kiến Tạo", "bot.abcdef"])
    return reader.read(orjson.dumps(told).decode())


def group(text: str) -> str:
    said = read(update(chat={"chat_type": "GROUP", "id": "a" * 20}, text=text))
    assert isinstance(said, TextReceived)
    assert (said.kind, said.addressed) == (ChatKind.GROUP, True)
    name, _, rest = said.text.partition("Kiến Tạo ")
    assert name == "@Bot Tin "
    return rest


def test_a_text_is_read_and_nothing_else_of_the_person() -> None:
    assert read(update()) == TextReceived(
        Address(ACCOUNT, CHAT), ChatKind.PRIVATE, UpdateSender(USER), "Xin chào"
    )


def test_a_bare_body_and_one_in_an_envelope_are_the_same() -> None:
    assert updates_in(orjson.dumps(update())) == updates_in(orjson.dumps({"ok": True, "result": update()}))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"ok":true,"result":null}',
        b'{"event_name":"message.text.received"}',
        b'{"event_name":"message.text.received","message":[]}',
        b'{"event_name":["x"],"message":{}}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_update_is_nothing(body: bytes) -> None:
    assert updates_in(body) == []


@pytest.mark.parametrize(
    "told",
    [
        update("message.unsupported.received"),
        update("message.reaction.received"),
        update("user.follow"),
        update(sender={"id": USER, "is_bot": True}),
        update(message_id=None),
        update(chat={}),
    ],
)
def test_what_needs_no_answer_is_not_stored(told: dict[str, Any]) -> None:
    assert updates_in(orjson.dumps(told)) == []


def test_what_is_nested_too_deeply_is_nothing() -> None:
    body = orjson.dumps(update())
    deep = body.replace(b'"message":{', b'"message":{"x":' + b"[" * 400 + b"]" * 400 + b",", 1)

    assert updates_in(body)
    assert updates_in(deep) == []


def test_what_we_said_ourselves_is_nothing() -> None:
    assert read(update(sender={"id": "1459232241454765289"})) is None


@pytest.mark.parametrize("payload", ["", "{", "[]", '{"event_name":"message.text.received","message":{}}'])
def test_a_payload_of_another_shape_is_nothing(payload: str) -> None:
    assert ZaloReader(ACCOUNT, "", ()).read(payload) is None


@pytest.mark.parametrize(
    ("event", "content", "text"),
    [
        ("message.image.received", {"photo_url": "https://a.vn/x.jpg", "caption": "/timkiem"}, "/timkiem"),
        ("message.image.received", {"photo": "https://a.vn/x.jpg"}, ""),
        ("message.sticker.received", {"sticker": "e51a", "url": "https://a.vn"}, ""),
        ("message.voice.received", {"voice_url": "https://a.vn/x.aac"}, ""),
    ],
)
def test_whatever_else_a_person_sends_is_answered_too(event: str, content: dict[str, str], text: str) -> None:
    said = read(update(event, text=None, **content))

    assert isinstance(said, TextReceived)
    assert said.text == text


@pytest.mark.parametrize(
    ("event", "content", "address"),
    [
        ("message.image.received", {"photo_url": "https://photo-stal-9.zdn.vn/x.jpg"}, True),
        ("message.image.received", {"photo": "https://photo-stal-9.zdn.vn/x.jpg"}, True),
        ("message.image.received", {"photo_url": "file:///etc/passwd"}, False),
        ("message.image.received", {"photo_url": ["https://photo-stal-9.zdn.vn/x.jpg"]}, False),
        ("message.sticker.received", {"photo_url": "https://photo-stal-9.zdn.vn/x.jpg"}, False),
    ],
)
def test_a_photo_comes_by_its_address(event: str, content: dict[str, Any], *, address: bool) -> None:
    said = read(update(event, text=None, **content))

    assert isinstance(said, TextReceived)
    photo = IncomingFile(address="https://photo-stal-9.zdn.vn/x.jpg", is_photo=True)
    assert said.file == (photo if address else None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Bot Tin Kiến Tạo /moinhat", "/moinhat"),
        ("@bot tin kiến tạo: đăng ký trong nước", "đăng ký trong nước"),
        ("/moinhat @Bot Tin Kiến Tạo", "/moinhat"),
        ("cho xem @Bot Tin Kiến Tạo tin mới", "cho xem tin mới"),
        ("@bot.abcdef tin mới", "tin mới"),
        ("Nhờ @Bot Tin Kiến Tạo /dangky trong nước", "/dangky trong nước"),
        ("Cả nhà ơi /huy @bot.abcdef", "/huy"),
        ("@Bot Tin Kiến Tạo bài ngày 24/7 và /2", "bài ngày 24/7 và /2"),
        ("@Bot\u00a0Tin  Kiến\nTạo 1", "1"),
        (unicodedata.normalize("NFD", "@Bot Tin Kiến Tạo 1"), "1"),
        ("@Bot Đổi Tên Rồi /dangky trong nước", "/dangky trong nước"),
        ("@Bot Đổi Tên Rồi tin mới", "@Bot Đổi Tên Rồi tin mới"),
        ("tin mới", "tin mới"),
    ],
)
def test_a_mention_stands_anywhere_in_a_groups_text(text: str, meant: str) -> None:
    assert group(text) == meant


def test_a_message_has_one_number_and_no_other_one_has_it() -> None:
    told = update()

    assert number(told) == number({"ok": True, "result": told})
    others = [update(message_id="f" * 20), update(chat={"chat_type": "PRIVATE", "id": "b" * 20})]
    assert len({number(each) for each in (told, *others)}) == 3


def test_numbers_are_in_the_order_of_writing_and_fit_a_database() -> None:
    numbers = [number(update(date=DATE + later, message_id=f"{999 - later:020x}")) for later in range(50)]

    assert numbers == sorted(numbers)
    assert 0 < numbers[0] < numbers[-1] < 2**63


def test_a_date_in_seconds_is_one_too() -> None:
    seconds = number(update(date=DATE // 1000))

    assert number(update(date=DATE - 1000)) < seconds < number(update(date=DATE + 1))


@pytest.mark.parametrize("date", [None, "2026", 0, -5, True, 2**60, 1.5])
def test_a_message_without_a_date_has_a_number_all_the_same(date: object) -> None:
    assert 0 <= number(update(date=date)) < 2**63
