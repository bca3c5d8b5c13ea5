from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.domain.chats.chat import Address, ChatFacts, ChatKind, ChatRight, ChatRole
from bot.domain.chats.message import (
    Button,
    ButtonStyle,
    KnownPhoto,
    Message,
    NewPhoto,
    Span,
    bold,
    italic,
    link,
    plain,
)
from bot.domain.delivery.delivery import MessageRejected, PhotoRejected, Receipt
from bot.domain.messaging.messenger import (
    Audience,
    CommandEntry,
    CommandMenu,
    FallbackRequest,
    MessengerError,
    Profile,
    Webhook,
)
from bot.messengers.telegram import TelegramMessenger
from tests.emulated import ACCOUNT, OWNER, TOKEN, Emulated, photo, private


async def sent(messenger: TelegramMessenger, address: Address, message: Message) -> Receipt:
    outcome = await messenger.send(address, message)
    assert isinstance(outcome, Receipt), outcome
    return outcome


async def test_it_knows_its_own_name(messenger: TelegramMessenger) -> None:
    assert (messenger.account, messenger.username) == (ACCOUNT, "bantin_bot")


async def test_styled_text_arrives_as_it_was_meant(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    text = (
        bold("Giá <vàng> & bạc"),
        plain("\n1 < 2 & 3 > 2\n"),
        italic("nghiêng"),
        link("đây", "https://a.vn/?a=1&b=2"),
    )

    await sent(
        messenger, private(user), Message(text=text, keyboard=((Button("Đọc", url="https://a.vn/"),),))
    )

    (message,) = await emulated.outbox(user)
    assert message["text"] == "Giá <vàng> & bạc\n1 < 2 & 3 > 2\nnghiêngđây"
    assert [entity["type"] for entity in message["entities"]] == ["bold", "italic", "text_link"]
    assert message["entities"][2]["url"] == "https://a.vn/?a=1&b=2"
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Đọc"


ERASE = Button("Xóa", action="x", style=ButtonStyle.DANGER)
AT = Span("Thứ Tư, 16/08/2017 | 18:52", moment=1502884320)


async def test_buttons_have_styles_and_a_moment_is_told_in_each_readers_zone(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)

    await sent(messenger, private(user), Message((AT,), keyboard=((ERASE,),)))

    (message,) = await emulated.outbox(user)
    assert message["reply_markup"]["inline_keyboard"][0][0]["style"] == "danger"
    (entity,) = message["entities"]
    assert (entity["type"], entity["unix_time"], entity["date_time_format"]) == (
        "date_time",
        1502884320,
        "wdt",
    )
    assert (message["text"], entity["length"]) == (AT.text, len(AT.text))


async def test_what_an_older_server_refuses_is_left_out_for_good(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    message = Message((AT,), keyboard=((ERASE,),))
    for refusal in (
        'can\'t parse entities: Unsupported start tag "tg-time" at byte offset 0',
        "Can't parse inline keyboard button: invalid button style specified",
    ):
        description = f"Bad Request: {refusal}"
        await emulated.post("faults", method="sendMessage", status=400, description=description)
        answer = await messenger.send(private(user), message)
        assert isinstance(answer, FallbackRequest), answer

    left = messenger.capabilities
    assert (left.styles, left.moments) == (False, False)
    await sent(messenger, private(user), message)
    shown = await emulated.outbox(user)
    assert [(each["text"], each.get("entities", [])) for each in shown] == [(AT.text, [])]
    assert all("style" not in each["reply_markup"]["inline_keyboard"][0][0] for each in shown)


async def test_text_without_style_is_never_parsed(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)

    await sent(messenger, private(user), Message(text=(plain("<b> &lt; </i>"),)))

    assert (await emulated.outbox(user))[0]["text"] == "<b> &lt; </i>"


async def test_half_a_letter_does_not_stop_a_message(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)

    await sent(messenger, private(user), Message(text=(plain("hỏng \ud83d"), bold("\ude00"))))

    assert (await emulated.outbox(user))[0]["text"] == "hỏng \ufffd\ufffd"


async def test_a_photo_is_uploaded_once_and_then_known(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    first, second = await emulated.subscribers(2)

    receipt = await sent(messenger, private(first), Message(text=(bold("Ảnh"),), photo=photo()))
    assert receipt.reference
    known = KnownPhoto(receipt.reference)
    await sent(messenger, private(second), Message(text=(bold("Ảnh"),), photo=known))

    assert (await emulated.metrics())["uploads"] == 1
    assert (await emulated.outbox(second))[0]["text"] == "Ảnh"


async def test_what_is_no_photo_is_refused_as_one(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    card = Message(text=(bold("Ảnh"),), photo=NewPhoto("k", b"<html>not a picture</html>"))

    assert isinstance(await messenger.send(private(user), card), PhotoRejected)


async def test_without_a_photo_a_large_preview_can_be_had(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)

    outcome = await messenger.send(
        private(user), Message(text=(plain("Tin"),), preview_url="https://a.vn/tin")
    )

    assert isinstance(outcome, Receipt)


async def test_a_topic_is_written_to_and_the_general_one_never_named(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    forum = await emulated.group(-1002, is_forum=True)
    topic = await emulated.topic(forum)

    await sent(messenger, Address(ACCOUNT, str(forum), str(topic)), Message(text=(plain("Tin"),)))
    await sent(messenger, Address(ACCOUNT, str(forum), "1"), Message(text=(plain("Tin"),)))

    assert [message["thread"] for message in await emulated.outbox(forum)] == [topic, None]


async def test_an_own_message_is_edited(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    receipt = await sent(messenger, private(user), Message(text=(plain("Trang 1"),)))

    edit = Message(text=(plain("Trang 2"),), replaces=receipt.message_id)
    assert await messenger.send(private(user), edit) == Receipt(receipt.message_id)
    assert await messenger.send(private(user), edit) == Receipt(receipt.message_id)

    assert [message["text"] for message in await emulated.outbox(user)] == ["Trang 2"]


async def test_the_text_of_a_photo_is_edited_too(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    receipt = await sent(messenger, private(user), Message(text=(plain("Ảnh 1"),), photo=photo()))

    edit = Message(text=(plain("Ảnh 2"),), replaces=receipt.message_id, preview_url="https://a.vn/")
    instead = await messenger.send(private(user), edit)
    assert isinstance(instead, FallbackRequest)
    await sent(messenger, private(user), instead.message)

    assert (await emulated.outbox(user))[0]["text"] == "Ảnh 2"


async def test_a_photo_replaces_another(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    receipt = await sent(messenger, private(user), Message(text=(plain("1"),), photo=photo()))

    second = Message(text=(bold("2"),), photo=photo("b"), replaces=receipt.message_id)
    outcome = await messenger.send(private(user), second)

    assert isinstance(outcome, Receipt)
    assert [message["text"] for message in await emulated.outbox(user)] == ["2"]


async def test_a_caption_that_is_too_long_is_our_mistake(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)

    outcome = await messenger.send(private(user), Message(text=(plain("x" * 1025),), photo=photo()))

    assert outcome == MessageRejected("Bad Request: message caption is too long", malformed=True)


async def test_a_channel_is_described_with_what_is_missing(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    channel = await emulated.group(-1001, kind="channel", status="administrator", username="tin_moi")
    mute = await emulated.group(-1002, kind="channel", status="left", username="tin_cu")
    address = Address(ACCOUNT, str(channel))
    everything = frozenset(ChatRight)

    assert await messenger.facts("@tin_moi") == ChatFacts(
        address, ChatKind.CHANNEL, f"Nhóm {channel}", "tin_moi", frozenset()
    )
    assert await messenger.facts("@khong_co") is None
    facts = await messenger.facts("@tin_cu")
    assert facts is None or (facts.address.chat, facts.missing) == (str(mute), everything)


async def test_a_group_that_allows_no_photos_says_so(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    permissions = {"can_send_messages": True, "can_send_photos": False}
    group = await emulated.group(-1003, permissions=permissions)

    facts = await messenger.facts(str(group))

    assert facts
    assert facts.missing == {ChatRight.PHOTOS}


async def test_a_person_is_no_channel(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)

    assert await messenger.facts(str(user)) is None


async def test_roles_are_told(emulated: Emulated, messenger: TelegramMessenger) -> None:
    group = await emulated.group(-1004)
    member, stranger = await emulated.subscribers(2)
    await emulated.post(f"chats/{group}/members", user=member, status="member")
    address = Address(ACCOUNT, str(group))

    roles = [
        await messenger.role(address, str(user)) for user in (OWNER, member, stranger, 1087968824, 424242)
    ]

    assert roles == [
        ChatRole.ADMINISTRATOR,
        ChatRole.MEMBER,
        ChatRole.OUTSIDER,
        ChatRole.OUTSIDER,
        ChatRole.OUTSIDER,
    ]


async def test_commands_are_registered_for_each_audience_and_language(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    menus = [
        CommandMenu(Audience.PRIVATE, None, (CommandEntry("dangky", "Đăng ký nhận tin"),)),
        CommandMenu(Audience.PRIVATE, "en", (CommandEntry("subscribe", "Subscribe"),)),
        CommandMenu(Audience.GROUP_ADMINISTRATORS, None, (CommandEntry("kenh", "Kênh"),)),
    ]

    await messenger.register_commands(menus)

    vietnamese = await emulated.get("commands", chat=user, user=user, language="vi")
    english = await emulated.get("commands", chat=user, user=user, language="en")
    assert [entry["command"] for entry in vietnamese] == ["dangky"]
    assert [entry["command"] for entry in english] == ["subscribe"]


async def test_one_person_may_have_a_menu_and_lose_it(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    user, other = await emulated.subscribers(2)
    everybody = CommandMenu(Audience.PRIVATE, None, (CommandEntry("dangky", "Đăng ký"),))
    entries = (CommandEntry("nguon", "Nguồn tin"),)
    theirs = CommandMenu(Audience.ONE_PERSON, None, entries, str(user))

    async def seen(person: int) -> list[str]:
        shown = await emulated.get("commands", chat=person, user=person, language="vi")
        return [entry["command"] for entry in shown]

    await messenger.register_commands([everybody, theirs])
    shown = await seen(user), await seen(other)
    await messenger.register_commands([replace(theirs, entries=())])

    assert (shown, await seen(user)) == ((["nguon"], ["dangky"]), ["dangky"])


async def test_a_menu_for_somebody_who_never_wrote_is_refused(messenger: TelegramMessenger) -> None:
    menu = CommandMenu(Audience.ONE_PERSON, None, (CommandEntry("nguon", "Nguồn tin"),), "77")

    with pytest.raises(MessengerError, match="Telegram refused"):
        await messenger.register_commands([menu])


async def test_the_bot_says_who_it_is_and_says_the_same_only_once(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    profiles = [
        Profile(None, "Thông báo của Cục. " * 40, "Tin của Cục. " * 20),
        Profile("en", "The news of the Office.", "News."),
    ]

    await messenger.describe(profiles)
    first = (await emulated.metrics())["calls"]
    await messenger.describe(profiles)
    second = (await emulated.metrics())["calls"]

    assert (first["setMyDescription"], first["setMyShortDescription"]) == (2, 2)
    assert (second["setMyDescription"], second["setMyShortDescription"]) == (2, 2)
    assert second["getMyDescription"] == 4


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("70001", True),
        (str(2**52 - 1), True),
        (str(2**52), False),
        ("-5", False),
        ("abc", False),
        ("007", False),
        ("٧٧", False),
        ("", False),
        ("1087968824", False),
    ],
)
async def test_an_id_of_a_person_is_known_by_its_form(
    messenger: TelegramMessenger, text: str, *, is_one: bool
) -> None:
    assert messenger.is_user_id(text) is is_one


async def test_telegram_knows_whom_the_bot_has_met(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("users", id=4_242, first_name="Lạ")

    assert [await messenger.knows(each) for each in (str(user), "4242", "4343")] == [True, False, False]


async def test_a_wrong_token_is_told_in_one_line(emulated: Emulated) -> None:
    wrong = "654321:AAF-another-secret-token-of-the-tests"

    with pytest.raises(MessengerError, match="does not know this token") as failure:
        await TelegramMessenger.connect(emulated.settings(token=wrong))

    assert failure.value.fatal
    assert "AAF-another" not in str(failure.value)
    assert "\n" not in str(failure.value)


async def test_a_tap_is_acknowledged_and_a_stale_one_harms_nobody(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    keyboard = ((Button("Đăng ký", action="sub:1"),),)
    receipt = await sent(messenger, private(user), Message(text=(plain("Chọn"),), keyboard=keyboard))
    tap = {"chat": user, "from": user, "message_id": int(receipt.message_id), "data": "sub:1"}
    await emulated.post("updates/callback", **tap)
    ((_, payload),) = await messenger.updates(None)
    pressed = messenger.parse(payload)

    await messenger.acknowledge(getattr(pressed, "press_id", ""), "Đã đăng ký")
    await messenger.acknowledge("stale", None)

    assert "Đã đăng ký" in str(await emulated.get("callback_answers"))


async def test_updates_come_once_the_offset_has_moved_on(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    for text in ("/start", "/dangky"):
        await emulated.post("updates/message", **{"chat": user, "from": user, "text": text})

    first = await messenger.updates(None)
    again = await messenger.updates(first[0][0] + 1)

    assert [number for number, _ in again] == [number for number, _ in first[1:]]


async def test_two_readers_of_one_bot_are_told_so(emulated: Emulated, messenger: TelegramMessenger) -> None:
    description = (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await emulated.post("faults", method="getUpdates", status=409, description=description)

    with pytest.raises(MessengerError, match="read by somebody else"):
        await messenger.updates(None)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 502, "html": True},
        {"status": 429, "description": "Too Many Requests: retry after 7", "parameters": {"retry_after": 7}},
        {"status": 401, "description": "Unauthorized"},
        {"status": 500, "description": "Internal Server Error: restart"},
        {"drop": "before"},
        {"delay_answer": 1.5},
    ],
)
async def test_no_failure_shows_the_token(
    emulated: Emulated,
    messenger: TelegramMessenger,
    fault: dict[str, object],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    await emulated.post("faults", times=99, **fault)
    told = [str(await messenger.send(private(1), Message(text=(bold("Tin"),))))]

    for question in (
        messenger.updates(None),
        messenger.facts("@kenh"),
        messenger.role(private(-1), "1"),
        messenger.register_commands([CommandMenu(Audience.PRIVATE, None, (CommandEntry("a", "b"),))]),
        TelegramMessenger.connect(emulated.settings()),
    ):
        with pytest.raises(MessengerError) as failure:
            await question
        told.append(repr(failure.value))
        assert failure.value.__cause__ is None
    await messenger.acknowledge("1", None)

    secret = TOKEN.partition(":")[2]
    assert secret not in "\n".join(told) + caplog.text + "".join(capsys.readouterr())
    assert secret not in repr(emulated.settings())


async def test_updates_are_posted_to_a_webhook_and_polled_for_again_without_one(emulated: Emulated) -> None:
    await emulated.post("limits", local_webhooks=True)
    await emulated.subscribers(1)
    async with emulated.messenger() as messenger:
        await messenger.deliver_updates(Webhook("http://127.0.0.1:9/webhook/telegram", "a-secret"))
        await emulated.post("updates/message", chat=1000, **{"from": 1000}, text="/start")
        with pytest.raises(MessengerError, match="read by somebody else"):
            await messenger.updates(None)
        with capture_logs() as logs:
            await messenger.deliver_updates(None)
            await messenger.deliver_updates(None)
        received = await messenger.updates(None)

    assert len(received) == 1
    assert [log["host"] for log in logs] == ["127.0.0.1"]


async def test_the_buttons_alone_are_edited(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    card = Message(text=(bold("Tin"),), photo=photo(), keyboard=((Button("Lưu", action="1S.1.1"),),))
    receipt = await sent(messenger, private(user), card)
    other = ((Button("Bỏ khỏi bài đã lưu", action="1S.1.0"),),)
    edit = Message((), keyboard=other, replaces=receipt.message_id, buttons_only=True)

    assert (await sent(messenger, private(user), edit)).message_id == receipt.message_id
    assert (await sent(messenger, private(user), edit)).message_id == receipt.message_id

    (message,) = await emulated.outbox(user)
    assert (message["text"], message["kind"]) == ("Tin", "photo")
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Bỏ khỏi bài đã lưu"
