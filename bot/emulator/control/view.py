"""The world as one person sees it, for the chat page."""

from itertools import islice

from bot.emulator.control.reading import Json
from bot.emulator.telegram.world.rendering import outbox_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot, Chat, User

_PEOPLE = 12
"""Of how many persons the page offers to play one."""


def seen_by(state: State, bot: Bot, user: User) -> Json:
    """Return the bot, the person, and the chats that he or she is in; the one with the bot comes first."""
    private = state.world.private.get((bot.id, user.id)) or Chat(user.id, "private", person=user, bot=bot.id)
    chats = [private, *(chat for chat in state.world.chats.values() if _in_sight(chat, user))]
    return {
        "bot": {**bot.as_json(), "description": _description(bot, user)},
        "user": user.as_json(),
        "people": [
            {**each.as_json(), "role": _role(state, each)}
            for each in islice(state.world.users.values(), _PEOPLE)
        ],
        "chats": [_chat_json(state, chat, bot, user) for chat in chats],
    }


def _role(state: State, user: User) -> str:
    """Return the most that somebody is in any group or channel; empty if they are in none."""
    found = {chat.member(user.id).status for chat in state.world.chats.values() if _in_sight(chat, user)}
    return next((role for role in ("creator", "administrator") if role in found), "member" if found else "")


def _description(bot: Bot, user: User) -> str:
    texts = bot.texts
    return texts.get(("description", user.language_code)) or texts.get(("description", ""), "")


def _in_sight(chat: Chat, user: User) -> bool:
    return chat.member(user.id).present and not chat.migrated_to and not chat.deleted


def _chat_json(state: State, chat: Chat, bot: Bot, user: User) -> Json:
    return {
        **chat.as_json(),
        "title": chat.title or bot.name,
        "username": chat.username or (bot.username if chat.person else ""),
        "is_forum": chat.is_forum,
        "status": "member" if chat.person else chat.member(user.id).status,
        "member_count": 2 if chat.person else sum(member.present for member in chat.members.values()),
        "blocked": bot.id in user.blocked,
        "started": bot.id in user.started,
        "topics": [
            {"id": topic.id, "name": topic.name, "state": topic.state}
            for topic in chat.topics.values()
            if topic.state != "deleted"
        ],
        "messages": [outbox_json(message, state.files) for message in chat.messages.values()],
    }
