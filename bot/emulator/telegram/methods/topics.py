"""createForumTopic, closeForumTopic, reopenForumTopic, deleteForumTopic."""

from typing import Any

from bot.emulator.telegram.messages.posting import add_message
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.world.access import Access, find_chat, may_manage_topics
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot, Chat, Topic, User

_MAX_NAME = 128
_COLOUR = 0x6FB9F0


def create_topic(state: State, chat: Chat, name: str, creator: Bot | User) -> Topic:
    """Open a topic: its id is that of the service message that announces it."""
    created = {"forum_topic_created": {"name": name, "icon_color": _COLOUR}}
    message = add_message(state, chat, sender=creator, service=True, extra=created)
    message.thread = message.id
    topic = chat.topics[message.id] = Topic(message.id, name)
    return topic


def _forum(call: Call) -> Chat:
    chat = find_chat(call.state, call.bot, call.arguments.text("chat_id"), Access.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not may_manage_topics(chat.member(call.bot.id)):
        raise bad_request("not enough rights to create a topic")
    return chat


async def _create(call: Call) -> Any:
    name = call.arguments.text("name").strip()
    chat = _forum(call)
    if not 1 <= len(name) <= _MAX_NAME:
        raise ApiError(
            400, "Bad Request: TOPIC_TITLE_EMPTY" if not name else "Bad Request: TOPIC_TITLE_TOO_LONG"
        )
    topic = create_topic(call.state, chat, name, call.bot)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": _COLOUR}


def _topic(call: Call) -> Topic:
    topic = _forum(call).topics.get(call.arguments.integer("message_thread_id"))
    if topic is None or topic.state == "deleted":
        raise bad_request("message thread not found")
    return topic


async def _shut(call: Call) -> Any:
    topic = _topic(call)
    if topic.state == "closed":
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    topic.state = "closed"
    return True


async def _reopen(call: Call) -> Any:
    topic = _topic(call)
    if topic.state == "open":
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    topic.state = "open"
    return True


async def _delete(call: Call) -> Any:
    _topic(call).state = "deleted"
    return True


METHODS = (
    method("createForumTopic", _create, "chat_id", "name", "icon_color", "icon_custom_emoji_id"),
    method("closeForumTopic", _shut, "chat_id", "message_thread_id"),
    method("reopenForumTopic", _reopen, "chat_id", "message_thread_id"),
    method("deleteForumTopic", _delete, "chat_id", "message_thread_id"),
)
