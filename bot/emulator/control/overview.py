"""Control: what one person sees on opening the messenger, for the chat page."""

from aiohttp import web

from bot.emulator.control.reading import Json, answer, known_user
from bot.emulator.rendering import outbox_json
from bot.emulator.state import State
from bot.emulator.world import Bot, Chat, User


class Overview:
    def __init__(self, state: State) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/world", self.world)]

    async def world(self, request: web.Request) -> web.Response:
        """Return the first bot, a person (*user*, or else the first) and their chats with all messages."""
        world = self.state.world
        bot = next(iter(world.bots.values()), None)
        if "user" in request.query:
            user: User | None = known_user(self.state, request.query["user"])
        else:
            user = next(iter(world.users.values()), None)
        if bot is None or user is None:
            return answer({"bot": None, "user": None, "chats": []})
        chats = [world.private_chat(bot.id, user)]
        chats += [chat for chat in world.chats.values() if chat.member(user.id).present and _stands(chat)]
        return answer(
            {
                "bot": _bot_json(bot, user.language_code),
                "user": user.as_json(),
                "chats": [self._chat_json(chat, bot, user) for chat in chats],
            }
        )

    def _chat_json(self, chat: Chat, bot: Bot, user: User) -> Json:
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "username": chat.username,
            "is_forum": chat.is_forum,
            "topics": [
                {"id": topic.id, "name": topic.name, "state": topic.state} for topic in chat.topics.values()
            ],
            "member_count": sum(member.present for member in chat.members.values()),
            "blocked": chat.person is not None and bot.id in user.blocked,
            "messages": [outbox_json(message, self.state.files) for message in chat.messages.values()],
        }


def _stands(chat: Chat) -> bool:
    return not chat.deleted and not chat.migrated_to


def _bot_json(bot: Bot, language: str) -> Json:
    description = bot.texts.get(("description", language)) or bot.texts.get(("description", ""), "")
    return {"id": bot.id, "name": bot.name, "username": bot.username, "description": description}
