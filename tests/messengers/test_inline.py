"""Inline mode over HTTP: questions heard, offers made, and what is chosen."""

from structlog.testing import capture_logs

from bot.domain.chats.chat import InlineQuery
from bot.domain.chats.message import Button, Message, bold, plain
from bot.domain.messaging.messenger import InlineResult, InlineResults, Webhook
from bot.messengers.telegram import TelegramMessenger
from tests.emulated import Emulated

CARD = Message(
    (bold("Giá <vàng> & bạc"), plain("\n\n#Tin")),
    keyboard=((Button("Đọc toàn văn", url="https://t.me/bantin_bot?start=doc_1"),),),
    preview_url="https://a.vn/tin",
)
OFFERS = InlineResults(
    (
        InlineResult("1.0", "Giá vàng", "Thứ Hai · Trong nước", CARD, "https://a.vn/anh.jpg"),
        InlineResult("2.0", "Không ảnh", "Thứ Ba", Message((plain("Tin"),))),
    ),
    next_offset="10",
)


async def heard(messenger: TelegramMessenger) -> list[object]:
    return [messenger.parse(payload) for _, payload in await messenger.updates(None)]


async def test_a_question_is_heard_with_its_words(emulated: Emulated, messenger: TelegramMessenger) -> None:
    (user,) = await emulated.subscribers(1)
    await messenger.updates(None)

    asked = await emulated.post("updates/inline", **{"from": user}, query="sáng chế", offset="10")

    (incoming,) = await heard(messenger)
    assert isinstance(incoming, InlineQuery)
    assert (incoming.query_id, incoming.words, incoming.offset) == (asked["id"], "sáng chế", "10")
    assert incoming.sender.user == str(user)


async def test_what_is_offered_can_be_shared_and_says_nothing_to_us(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    await messenger.updates(None)
    question = await emulated.post("updates/inline", **{"from": user}, query="")
    query = question["id"]

    await messenger.offer(query, OFFERS)

    offered = await emulated.get(f"inline_answers/{query}")
    assert [result["title"] for result in offered["results"]] == ["Giá vàng", "Không ảnh"]
    assert offered["results"][0]["thumbnail_url"] == "https://a.vn/anh.jpg"
    assert (offered["next_offset"], offered["is_personal"], offered["cache_time"]) == ("10", True, 60)
    await emulated.post("updates/inline_choice", chat=user, **{"from": user}, query=query, result="1.0")
    (message,) = await emulated.get("history", chat=user)
    assert message["text"] == "Giá <vàng> & bạc\n\n#Tin"
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Đọc toàn văn"
    assert message["extra"]["via_bot"]["username"] == "bantin_bot"
    (told,) = await messenger.updates(question["update_id"] + 1)
    assert messenger.parse(told[1]) is None


async def test_a_question_gone_stale_is_no_error(emulated: Emulated, messenger: TelegramMessenger) -> None:
    with capture_logs() as logs:
        await messenger.offer("123", InlineResults(()))

    assert [(entry["what"], entry["status"]) for entry in logs] == [("an inline query", 400)]


async def test_a_lost_answer_is_only_noted(emulated: Emulated, messenger: TelegramMessenger) -> None:
    await emulated.post("faults", method="answerInlineQuery", drop="before")

    with capture_logs() as logs:
        await messenger.offer("123", InlineResults(()))

    assert [entry["log_level"] for entry in logs] == ["warning"]


async def test_questions_come_by_webhook_as_well(emulated: Emulated, messenger: TelegramMessenger) -> None:
    await emulated.post("limits", local_webhooks=True)

    await messenger.deliver_updates(Webhook("http://127.0.0.1:9/webhook/telegram", "secret"))

    info = await messenger._bot.get_webhook_info()
    assert "inline_query" in (info.allowed_updates or ())
