"""deleteMessage, deleteMessages, pinChatMessage, unpinChatMessage."""

from typing import Any

from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.world.access import Access, find_chat, find_message
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.world import Bot, Chat, Message

_MAX_MESSAGES = 100


async def _delete_message(call: Call) -> Any:
    arguments = call.arguments
    if not arguments.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    message_id = arguments.integer("message_id")
    if not message_id:
        raise bad_request("Message identifier is not specified")
    chat = find_chat(call.state, call.bot, arguments.text("chat_id"), Access.WRITE)
    message = find_message(chat, message_id, "message to delete")
    _check_may_delete(call, message)
    _delete(call, message)
    return True


async def _delete_messages(call: Call) -> Any:
    ids = message_ids(call)
    chat = find_chat(call.state, call.bot, call.arguments.text("chat_id"), Access.WRITE)
    messages = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in messages:
        _check_may_delete(call, message)
    for message in messages:
        _delete(call, message)
    return True


def message_ids(call: Call) -> list[int]:
    given = call.arguments.json("message_ids", "Can't parse message identifiers JSON object")
    if given is None:
        raise bad_request("Message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(given) > _MAX_MESSAGES:
        raise bad_request("Too many message identifiers specified")
    if not given:
        raise bad_request("Message identifiers are not specified")
    if not all(type(message_id) is int for message_id in given):
        raise bad_request("Message identifier must be a Number")
    return given


def _check_may_delete(call: Call, message: Message) -> None:
    chat, bot = message.chat, call.bot
    # Bot API: private chats and basic groups give 48 hours; elsewhere rights decide.
    old = call.state.clock.now() - message.date > call.state.limits.delete_seconds
    if chat.type in {"private", "group"} and old:
        raise bad_request("message can't be deleted for everyone")
    # Bot API: the message that announces a forum topic cannot be deleted.
    if "forum_topic_created" in message.extra or not _may_delete(message, chat, bot):
        raise bad_request("message can't be deleted")


def _may_delete(message: Message, chat: Chat, bot: Bot) -> bool:
    """Bot API: own messages need no right, except in channels, where it is the one to post."""
    if chat.type == "private":
        return True
    rights = chat.member(bot.id).rights
    own = message.author == bot.id
    if own and (chat.type != "channel" or rights.get("can_post_messages", False)):
        return True
    return rights.get("can_delete_messages", False)


def _delete(call: Call, message: Message) -> None:
    chat = message.chat
    chat.messages.pop(message.id, None)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    call.state.events.tell("deleted", chat.id, {"chat": chat.id, "message_id": message.id})


async def _pin(call: Call) -> Any:
    chat = find_chat(call.state, call.bot, call.arguments.text("chat_id"), Access.WRITE)
    message = find_message(chat, call.arguments.integer("message_id"), "message to pin")
    _check_may_pin(chat, call.bot)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    return True


async def _unpin(call: Call) -> Any:
    chat = find_chat(call.state, call.bot, call.arguments.text("chat_id"), Access.WRITE)
    _check_may_pin(chat, call.bot)
    message_id = call.arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def _check_may_pin(chat: Chat, bot: Bot) -> None:
    if chat.type == "private":
        return
    member = chat.member(bot.id)
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    free = member.status == "member" and chat.type == "group" and chat.allows("can_pin_messages")
    if not (member.status == "creator" or member.rights.get(right, False) or free):
        raise bad_request("not enough rights to manage pinned messages in the chat")


METHODS = (
    method("deleteMessage", _delete_message, "chat_id", "message_id"),
    method("deleteMessages", _delete_messages, "chat_id", "message_ids"),
    method("pinChatMessage", _pin, "business_connection_id", "chat_id", "message_id", "disable_notification"),
    method("unpinChatMessage", _unpin, "business_connection_id", "chat_id", "message_id"),
)
