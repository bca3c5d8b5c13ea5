"""May this bot do that in this chat? Telegram's checks, in its order and words."""

import re
from enum import IntEnum

from bot.emulator.telegram.rules.errors import ApiError, bad_request, forbidden
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import GENERAL_TOPIC, Bot, Chat, Member, Message

_PLACES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
_CONTENT = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "document": ("can_send_documents", "documents"),
}
_NUMBER = re.compile(r"-?[0-9]{1,19}")
_SEND_RIGHTS = ("can_send_messages", "can_send_photos", "can_send_documents")


class Access(IntEnum):
    READ = 0
    READ_MEMBERS = 1
    EDIT = 2
    WRITE = 3


def find_chat(state: State, bot: Bot, reference: str, access: Access) -> Chat:
    """Return the chat that *reference* names; refuse where the bot has no such access."""
    if not reference:
        raise bad_request("chat_id is empty")
    if reference.startswith("@"):
        named = state.world.by_username(reference[1:])
        if named is None:
            raise bad_request("Chat not found")
        chat = named
    else:
        chat = _by_id(state, bot, reference, access)
    if chat.person is not None:
        _check_person(chat, access)
    else:
        _check_membership(chat, bot, access)
    return chat


def _by_id(state: State, bot: Bot, reference: str, access: Access) -> Chat:
    if not _NUMBER.fullmatch(reference):
        raise bad_request("Chat not found")
    chat_id = int(reference)
    if chat_id < 0:
        chat = state.world.chats.get(chat_id)
        if chat is None or not (bot.id in chat.members or chat.username):
            raise bad_request("Chat not found")
        return chat
    if chat_id in state.world.bots:
        if access < Access.WRITE:
            raise bad_request("Chat not found")
        raise forbidden("the bot can't send messages to the bot")
    user = state.world.users.get(chat_id)
    if user is None:
        raise bad_request("Chat not found")
    if bot.id in user.started:
        return state.world.private_chat(bot.id, user)
    if not state.world.meets(bot.id, user.id):
        raise bad_request("Chat not found")
    if access is Access.WRITE and not user.deactivated:
        raise forbidden("bot can't initiate conversation with a user")
    return state.world.private_chat(bot.id, user)


def _check_person(chat: Chat, access: Access) -> None:
    assert chat.person is not None
    if access < Access.EDIT:
        return
    if chat.person.deactivated:
        raise forbidden("user is deactivated")
    if chat.bot in chat.person.blocked:
        raise forbidden("bot was blocked by the user")


def _check_membership(chat: Chat, bot: Bot, access: Access) -> None:
    place = _PLACES[chat.type]
    member = chat.member(bot.id)
    if chat.type == "group":
        needed = access is not Access.READ
        if chat.migrated_to and needed:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if chat.deleted and needed:
            raise forbidden("the group chat was deleted")
    else:
        if chat.deleted:
            raise bad_request("Chat not found")
        needed = access >= Access.EDIT if chat.username else True
    if member.status == "kicked" and (needed or chat.type != "group"):
        raise forbidden(f"bot was kicked from the {place}")
    if not _is_member(member) and needed:
        raise forbidden(f"bot is not a member of the {place}")


def _is_member(member: Member) -> bool:
    if member.status == "restricted":
        return member.rights.get("is_member", True)
    return member.present


def check_topic(chat: Chat, bot: Bot, thread: int) -> int | None:
    """Return the topic for a message, None for the general one; refuse closed and unknown ones."""
    if thread:
        topic = chat.topics.get(thread) if chat.is_forum and thread != GENERAL_TOPIC else None
        if topic is None or topic.state == "deleted":
            raise bad_request("message thread not found")
    elif chat.is_forum:
        topic = chat.topics.get(GENERAL_TOPIC)
    else:
        return None
    if topic is not None and topic.state == "closed" and not may_manage_topics(chat.member(bot.id)):
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")
    return thread or None


def may_manage_topics(member: Member) -> bool:
    return member.status == "creator" or (
        member.status == "administrator" and member.rights.get("can_manage_topics", False)
    )


def check_may_send(chat: Chat, bot: Bot, kind: str) -> None:
    """Refuse where the bot may not send that kind of content."""
    if chat.person is not None:
        return
    member = chat.member(bot.id)
    if chat.type == "channel":
        if member.status != "administrator" or not member.rights.get("can_post_messages", False):
            raise bad_request("need administrator rights in the channel chat")
        return
    if member.status in {"creator", "administrator"}:
        return
    if not any(_may(chat, member, right) for right in _SEND_RIGHTS):
        raise bad_request("have no write access to the chat")
    right, what = _CONTENT[kind]
    if not _may(chat, member, right):
        raise bad_request(f"not enough rights to send {what} to the chat")


def _may(chat: Chat, member: Member, right: str) -> bool:
    if member.status == "restricted" and not member.rights.get(right, False):
        return False
    return chat.allows(right)


def find_message(chat: Chat, message_id: int, what: str) -> Message:
    """Return a message that still exists; *what* is Telegram's word for it, as `message to edit`."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{what} not found")
    return message
