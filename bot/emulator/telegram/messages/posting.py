"""What all sending methods share: where a message goes, whether it may, and storing it."""

from dataclasses import dataclass
from typing import Any

from bot.emulator.telegram.rules.errors import ApiError, bad_request, held_too_many_requests
from bot.emulator.telegram.rules.rates import Sending
from bot.emulator.telegram.text.links import starts_well
from bot.emulator.telegram.text.markup import Json, check_place, inline_only, reply_markup
from bot.emulator.telegram.world.access import Access, check_may_send, check_topic, find_chat
from bot.emulator.telegram.world.registry import Call
from bot.emulator.telegram.world.rendering import message_json, outbox_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Chat, Message

SEND_PARAMETERS = (
    "business_connection_id",
    "chat_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "reply_parameters",
    "reply_to_message_id",
    "allow_sending_without_reply",
    "reply_markup",
)
_FLOOD_WAIT = 60


@dataclass(slots=True)
class Target:
    """Where one message goes."""

    chat: Chat
    thread: int | None
    reply_markup: Json | None
    replied: Message | None
    costly: bool = False


def find_target(call: Call, kind: str, *, markup: Json | None = None) -> Target:
    """Check chat, topic, reply target and rights, in that order."""
    arguments, state = call.arguments, call.state
    reply = _reply(call)
    chat = find_chat(state, call.bot, arguments.text("chat_id"), Access.WRITE)
    thread = check_topic(chat, call.bot, arguments.integer("message_thread_id"))
    replied = _replied(chat, reply)
    check_may_send(chat, call.bot, kind)
    if arguments.integer("message_effect_id") and chat.type != "private":
        raise bad_request("Can't use message effects in the chat")
    channel = chat.type == "channel"
    check_place(markup, inline_only=channel, channel=channel)
    if thread is None and replied is not None:
        thread = replied.thread
    return Target(chat, thread, inline_only(markup), replied)


def read_markup(call: Call) -> Json | None:
    markup = reply_markup(call.arguments)
    for row in (markup or {}).get("inline_keyboard", []):
        note_deep_links(call, row)
    return markup


def note_deep_links(call: Call, places: list[Json]) -> None:
    """Note links of buttons or entities that will not start the bot: clients say nothing of it."""
    for place in places:
        if "url" in place and not starts_well(place["url"]):
            call.state.metrics.lint[f"a deep link that starts nothing: {place['url']}"] += 1


def _reply(call: Call) -> tuple[int, bool] | None:
    arguments = call.arguments
    given = arguments.json("reply_parameters", "Can't parse reply parameters JSON object")
    if given is None:
        legacy = arguments.integer("reply_to_message_id")
        return (legacy, arguments.flag("allow_sending_without_reply")) if legacy else None
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    if type(given.get("message_id")) is not int:
        raise bad_request('Can\'t find field "message_id"')
    if str(given.get("chat_id", arguments.text("chat_id"))) != arguments.text("chat_id"):
        raise ApiError(501, "Not Implemented: the emulator knows no replies in other chats")
    if given.get("quote"):
        raise ApiError(501, "Not Implemented: the emulator knows no quotes")
    return given["message_id"], bool(given.get("allow_sending_without_reply"))


def _replied(chat: Chat, reply: tuple[int, bool] | None) -> Message | None:
    if reply is None:
        return None
    message = chat.messages.get(reply[0])
    if message is None and not reply[1]:
        raise bad_request("message to be replied not found")
    return message


def admit(call: Call, target: Target, messages: int = 1) -> None:
    """Pass the rate model, or raise 429."""
    state, bot, limits = call.state, call.bot, call.state.limits
    if target.chat.in_flight >= limits.in_flight_per_chat:
        raise held_too_many_requests(_FLOOD_WAIT)
    paid = (
        call.arguments.flag("allow_paid_broadcast") and bot.paid_broadcast and bot.stars >= limits.paid_stars
    )
    sending = Sending(bot.id, target.chat.id, target.chat.type, messages, paid=paid)
    target.costly = state.rates.admit(sending, call.arrived_at)


def admit_edit(call: Call, chat: Chat) -> None:
    call.state.rates.admit(Sending(call.bot.id, chat.id, chat.type, edit=True), call.arrived_at)


def post(call: Call, target: Target, **content: Any) -> Message:
    """Store a message of the bot and tell whoever watches."""
    state, bot = call.state, call.bot
    extra: Json = content.pop("extra", {})
    if target.replied is not None:
        extra["reply_to_message"] = message_json(target.replied, state.files, bot.id)
        extra["reply_to_message"].pop("reply_to_message", None)
    if call.arguments.flag("protect_content"):
        extra["has_protected_content"] = True
    effect = call.arguments.integer("message_effect_id")
    if effect:
        extra["effect_id"] = str(effect)
    if target.costly:
        bot.stars -= 0.1
        extra["paid_star_count"] = 0
        state.metrics.stars_spent += 0.1
    message = add_message(
        state,
        target.chat,
        sender=None if target.chat.type == "channel" else bot,
        author=bot.id,
        silent=call.arguments.flag("disable_notification"),
        thread=target.thread,
        reply_markup=target.reply_markup,
        extra=extra,
        **content,
    )
    state.metrics.sent += 1
    return message


def add_message(state: State, chat: Chat, **fields: Any) -> Message:
    chat.last_message_id += 1
    message = Message(chat=chat, id=chat.last_message_id, taken_at=state.clock.now(), **fields)
    chat.messages[message.id] = message
    announce(state, "message", message)
    return message


def announce(state: State, kind: str, message: Message) -> None:
    if state.events.watchers:
        state.events.tell(kind, message.chat.id, outbox_json(message, state.files))


def rendered(call: Call, message: Message) -> Json:
    return message_json(message, call.state.files, call.bot.id)
