import asyncio
import re
import time
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.chats.chat import Address, ChatKind, ChatRole
from bot.domain.chats.message import KnownPhoto, Message, NewPhoto, bold, link, plain
from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatUnreachable,
    MessageRejected,
    NotPermitted,
    PhotoRejected,
    QuotaSpent,
    Receipt,
    RetryLater,
)
from bot.domain.messaging.messenger import MessengerError, Webhook
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from tests.emulated import jpeg
from tests.emulator.zalo.client import SECRET, TOKEN, Hook, ZaloClient

NEWS = Message((bold("Họp báo 🎉 thường kỳ"), plain("\n\nTóm tắt."), link("Mở trang", "https://a.vn/1")))


def to(messenger: ZaloMessenger, chat: str) -> Address:
    return Address(messenger.account, chat)


async def messages(zalo: ZaloClient, person: str = "an") -> list[dict[str, Any]]:
    """Return what the bot said to a person."""
    said: list[dict[str, Any]] = (await zalo.look("chat", person=person))["messages"]
    return [message for message in said if message["from_bot"]]


async def test_an_account_is_known_by_the_number_of_its_token(messenger: ZaloMessenger) -> None:
    assert (messenger.account, messenger.username) == ("zalo:987654321", "Bot Tin")


async def test_white_space_around_a_token_is_taken_away(settings: ZaloSettings) -> None:
    messenger = await ZaloMessenger.connect(replace(settings, token=f" {TOKEN}\n"))
    await messenger.close()

    assert messenger.account == "zalo:987654321"


async def test_a_message_arrives_with_its_title_in_bold(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    chat = await zalo.says("/start")

    receipt = await messenger.send(to(messenger, chat), NEWS)

    (sent,) = await messages(zalo)
    assert receipt == Receipt(sent["message_id"])
    assert sent["text"] == "Họp báo 🎉 thường kỳ\n\nTóm tắt.Mở trang\nhttps://a.vn/1"
    assert sent["text_styles"] == [{"start": 0, "len": 20, "st": ["b"]}]


async def test_a_message_is_one_request_however_many_titles_are_bold(
    zalo: ZaloClient, messenger: ZaloMessenger
) -> None:
    chat = await zalo.says("/start")
    titles = tuple(each for number in range(60) for each in (bold(f"Bài {number}"), plain("\n")))

    receipt = await messenger.send(to(messenger, chat), Message(titles))

    (sent,) = await messages(zalo)
    assert receipt == Receipt(sent["message_id"])
    assert len(sent["text_styles"]) == 60


async def test_what_is_too_long_for_one_message_is_a_mistake_of_ours(
    zalo: ZaloClient, messenger: ZaloMessenger
) -> None:
    chat = await zalo.says("/start")

    outcome = await messenger.send(to(messenger, chat), Message((plain("tin tức " * 400),)))

    assert isinstance(outcome, MessageRejected)
    assert (await messages(zalo), (await zalo.look("metrics"))["calls"]["sendMessage"]) == ([], 1)


async def test_a_photo_with_an_address_is_sent_and_another_leaves_its_text(
    zalo: ZaloClient, settings: ZaloSettings
) -> None:
    chat = await zalo.says("/start")
    served = replace(settings, photo_address=lambda key: f"https://tin.vn/anh/{key}" if key == "a" else None)
    said = "https://tin.vn/anh/a: The photo is invalid"
    await zalo.control("faults", method="sendPhoto", code=400, description=said)
    messenger = await ZaloMessenger.connect(served)

    refused = [
        await messenger.send(to(messenger, chat), replace(NEWS, photo=photo))
        for photo in (NewPhoto("a", jpeg()), KnownPhoto("https://tin.vn/anh/a"))
    ]
    without = await messenger.send(to(messenger, chat), replace(NEWS, photo=NewPhoto("b", jpeg())))
    await messenger.close()

    assert refused[0] == PhotoRejected("(its address): The photo is invalid")
    assert refused[1] == PhotoRejected("Zalo did not take it before")
    assert isinstance(without, Receipt)
    assert [each["photo"] for each in await messages(zalo)] == [""]


async def test_a_photo_is_fetched_by_zalo_and_has_a_caption(
    zalo: ZaloClient, settings: ZaloSettings, photo_server: str
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("knobs", local=True)
    messenger = await ZaloMessenger.connect(replace(settings, photo_address=lambda _: photo_server))

    receipt = await messenger.send(to(messenger, chat), replace(NEWS, photo=NewPhoto("a", jpeg())))
    await messenger.close()

    (sent,) = await messages(zalo)
    assert isinstance(receipt, Receipt)
    assert (sent["photo"], sent["text"].partition("\n")[0]) == (photo_server, "Họp báo 🎉 thường kỳ")


async def test_a_photo_that_zalo_took_twice_in_vain_is_not_offered_again(
    zalo: ZaloClient, settings: ZaloSettings, photo_server: str
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("knobs", local=True)
    messenger = await ZaloMessenger.connect(replace(settings, photo_address=lambda _: photo_server))
    with_photo = replace(NEWS, photo=NewPhoto("a", jpeg()))

    outcomes = []
    for fault in ({"delay_answer": 2.5}, None, {"code": 403}, {"html": True}):
        if fault:
            await zalo.control("faults", method="sendPhoto", **fault)
        outcomes.append(await messenger.send(to(messenger, chat), with_photo))
    last = await messenger.send(to(messenger, chat), with_photo)
    await messenger.close()

    assert [type(each) for each in outcomes] == [Ambiguous, Receipt, RetryLater, RetryLater]
    assert last == PhotoRejected("Zalo did not take it before")


@pytest.mark.parametrize("style", ["always_200", "code"])
@pytest.mark.parametrize(
    ("code", "description", "outcome"),
    [
        (400, "The text is wrong", MessageRejected("The text is wrong", malformed=True)),
        (401, "Unauthorized", AccountRefused("Unauthorized")),
        (403, "Internal server error", RetryLater("Internal server error")),
        (408, "Request timeout", Ambiguous("Request timeout")),
        (410, "The chat_id is invaild", ChatUnreachable("The chat_id is invaild")),
        (500, "Error", RetryLater("Error")),
    ],
)
async def test_a_refusal_means_the_same_under_either_status(
    zalo: ZaloClient, messenger: ZaloMessenger, *, style: str, code: int, description: str, outcome: object
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("knobs", status_style=style)
    await zalo.control("faults", method="sendMessage", code=code, description=description)

    assert await messenger.send(to(messenger, chat), NEWS) == outcome


async def test_the_51st_user_may_not_be_written_to(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    await zalo.control("knobs", users=1)
    await zalo.says("/start")
    second = await zalo.says("/start", person="binh")

    outcome = await messenger.send(to(messenger, second), NEWS)

    assert outcome == NotPermitted("You are not permitted to send messages to this chat_id")


async def test_a_chat_of_before_a_new_token_is_gone(zalo: ZaloClient, settings: ZaloSettings) -> None:
    chat, token = await zalo.says("/start"), "987654321:another-one"
    await zalo.control("reset_token", token=token)

    with pytest.raises(MessengerError, match="does not know this token") as failure:
        await ZaloMessenger.connect(settings)
    messenger = await ZaloMessenger.connect(replace(settings, token=token))
    outcome = await messenger.send(to(messenger, chat), NEWS)
    await messenger.close()

    assert (failure.value.fatal, outcome) == (True, ChatUnreachable("The chat_id is invaild"))


async def test_a_month_that_is_spent_is_no_fault_of_the_chat(
    zalo: ZaloClient, messenger: ZaloMessenger
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("knobs", messages_per_month=0)

    outcome = await messenger.send(to(messenger, chat), NEWS)

    assert outcome == QuotaSpent("Quota exceeded")


@pytest.mark.parametrize(
    ("fault", "kind", "arrives"),
    [
        ({"html": True}, RetryLater, False),
        ({"html": True, "status": 504, "accepted": True}, Ambiguous, True),
        ({"drop": "before"}, Ambiguous, False),
        ({"drop": "after"}, Ambiguous, True),
        ({"delay_answer": 1.5}, Ambiguous, True),
        ({"code": 408, "description": "Request timeout", "accepted": True}, Ambiguous, True),
    ],
)
async def test_a_lost_answer_is_told_from_a_refusal(
    zalo: ZaloClient,
    messenger: ZaloMessenger,
    fault: dict[str, object],
    kind: type,
    *,
    arrives: bool,
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("faults", method="sendMessage", **fault)

    outcome = await messenger.send(to(messenger, chat), NEWS)

    assert (type(outcome), len(await messages(zalo)) == 1) == (kind, arrives)


async def test_what_never_left_is_sent_again_freely(settings: ZaloSettings, messenger: ZaloMessenger) -> None:
    messenger.send_only_while(lambda: False)
    kept_back = await messenger.send(to(messenger, "a" * 20), NEWS)
    away = ZaloMessenger(replace(settings, api_url="http://127.0.0.1:1"))
    with pytest.raises(MessengerError, match="no connection"):
        await away.open()
    nobody = await away.send(to(away, "a" * 20), NEWS)
    await away.close()

    assert [type(each) for each in (kept_back, nobody)] == [RetryLater, RetryLater]


async def test_an_idle_poll_is_no_error(messenger: ZaloMessenger) -> None:
    assert await messenger.updates(None) == []


async def test_updates_come_one_by_one_and_are_the_same_when_they_come_again(
    zalo: ZaloClient, messenger: ZaloMessenger
) -> None:
    await zalo.control("knobs", replay=True)
    for text in ("a", "b"):
        await zalo.says(text)

    polled = [(await messenger.updates(None))[0] for _ in range(4)]

    texts = [getattr(messenger.parse(payload), "text", "") for _, payload in polled]
    assert texts == ["a", "b", "a", "b"]
    assert polled[:2] == polled[2:]
    assert polled[0][0] < polled[1][0]


async def test_there_is_a_second_between_two_polls_and_one_at_a_time(
    zalo: ZaloClient, settings: ZaloSettings
) -> None:
    await zalo.control("knobs", replay=True)
    await zalo.says("a")
    messenger = await ZaloMessenger.connect(replace(settings, poll_every=1.05))

    began = time.monotonic()
    await asyncio.gather(*(messenger.updates(None) for _ in range(3)))
    took = time.monotonic() - began
    await messenger.close()

    metrics = await zalo.look("metrics")
    assert took >= 2.1
    assert (metrics["polls"], metrics["polls_too_soon"], metrics["polls_at_once"]) == (3, 0, 0)
    assert metrics["nearest_polls"] >= 1.0


@pytest.mark.parametrize("fault", [{"html": True}, {"code": 403}, {"drop": "before"}, {"code": 500}])
async def test_a_poll_that_fails_is_tried_again(
    zalo: ZaloClient, messenger: ZaloMessenger, fault: dict[str, object]
) -> None:
    await zalo.control("faults", method="getUpdates", **fault)

    with pytest.raises(MessengerError) as failure:
        await messenger.updates(None)

    assert (failure.value.fatal, await messenger.updates(None)) == (False, [])


async def test_a_refused_account_ends_the_polls(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    await zalo.control("faults", method="getUpdates", code=401, description="Unauthorized")

    with pytest.raises(MessengerError) as failure:
        await messenger.updates(None)

    assert failure.value.fatal


async def test_a_webhook_is_set_and_taken_away(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    await zalo.control("knobs", local=True)
    async with Hook() as hook:
        await messenger.deliver_updates(Webhook(hook.url, SECRET))
        headers, _ = await hook.taken.get()
        with pytest.raises(MessengerError, match="while a webhook is set"):
            await messenger.updates(None)
        await messenger.deliver_updates(None)
        await messenger.deliver_updates(None)

    assert (headers["X-Bot-Api-Secret-Token"], await messenger.updates(None)) == (SECRET, [])


async def test_a_webhook_that_is_not_reached_is_set_all_the_same(
    zalo: ZaloClient, messenger: ZaloMessenger, capsys: pytest.CaptureFixture[str]
) -> None:
    await zalo.control("knobs", local=True)
    async with Hook(403) as hook:
        await messenger.deliver_updates(Webhook(hook.url, SECRET))

    assert "webhook.http.403" in capsys.readouterr().out


async def test_a_webhook_that_stands_may_be_set_too_often(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    await zalo.control("knobs", local=True, webhook_tests_per_day=1)
    async with Hook() as hook:
        await messenger.deliver_updates(Webhook(hook.url, SECRET))
        await messenger.deliver_updates(Webhook(hook.url, SECRET))
        with pytest.raises(MessengerError, match="Too many requests"):
            await messenger.deliver_updates(Webhook(f"{hook.url}/2", SECRET))


async def test_whom_the_bot_has_met_it_knows(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    chat = await zalo.says("/start")

    assert [await messenger.knows(each) for each in (chat, "f" * 20)] == [True, False]
    assert [messenger.is_user_id(each) for each in (chat, "F" * 20, "70001", "", f"{chat}0")] == [
        True,
        False,
        False,
        False,
        False,
    ]


async def test_a_group_is_joined_by_a_link_only_where_zalo_lets_the_bot(
    zalo: ZaloClient, messenger: ZaloMessenger
) -> None:
    link = messenger.link_to_add(ChatKind.GROUP)
    await zalo.control("bots", token="7:closed", display_name="Bot Kín", can_join_groups=False)
    closed = await ZaloMessenger.connect(ZaloSettings("7:closed", zalo.url))
    await closed.close()

    assert link is not None
    assert re.fullmatch(r"https://bot\.zaloplatforms\.com/bots/\d+", link)
    assert closed.link_to_add(ChatKind.GROUP) is None


async def test_who_cannot_be_asked_about_is_not_known(zalo: ZaloClient, messenger: ZaloMessenger) -> None:
    await zalo.control("faults", method="sendChatAction", code=403, description="Internal server error")

    with pytest.raises(MessengerError, match="Internal server error"):
        await messenger.knows("f" * 20)


async def test_what_zalo_lacks_is_done_without(messenger: ZaloMessenger) -> None:
    await messenger.acknowledge("1", "Đã ghi nhận")
    await messenger.register_commands([])
    await messenger.describe([])
    await messenger.verify_account()
    address = to(messenger, "a" * 20)
    roles = [await messenger.role(address, user) for user in ("a" * 20, "b" * 20)]

    assert roles == [ChatRole.ADMINISTRATOR, ChatRole.MEMBER]
    assert (await messenger.facts("@kenh"), messenger.link_to_us("x"), messenger.is_shared(address)) == (
        None,
        None,
        False,
    )
    assert messenger.link_to_add(ChatKind.CHANNEL) is None
    assert messenger.is_user_id(messenger.capabilities.user_id)
    assert await messenger.send(address, Message((), buttons_only=True, replaces="7")) == Receipt("7")
    assert isinstance(await messenger.send(address, Message(())), MessageRejected)


async def test_our_mistake_is_an_error_in_the_log(
    zalo: ZaloClient, messenger: ZaloMessenger, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("faults", method="sendMessage", code=400, description="The text is wrong")

    await messenger.send(to(messenger, chat), NEWS)

    assert "mistake of ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    "fault",
    [
        {"html": True},
        {"code": 401, "description": "Unauthorized"},
        {"code": 500, "description": "Error"},
        {"drop": "before"},
        {"delay_answer": 1.5},
    ],
)
async def test_no_failure_shows_the_token(
    zalo: ZaloClient,
    settings: ZaloSettings,
    messenger: ZaloMessenger,
    *,
    fault: dict[str, object],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    chat = await zalo.says("/start")
    await zalo.control("faults", times=99, **fault)

    told = [str(await messenger.send(to(messenger, chat), NEWS)), repr(settings)]
    for question in (messenger.updates(None), messenger.verify_account(), messenger.deliver_updates(None)):
        with pytest.raises(MessengerError) as failure:
            await question
        told.append(str(failure.value))

    captured = capsys.readouterr()
    everything = "\n".join([*told, caplog.text, captured.out, captured.err])
    assert TOKEN.partition(":")[2] not in everything
    assert all("\n" not in line for line in told)
