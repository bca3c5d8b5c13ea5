"""Control: bots, people, chats, memberships, blocking, migration, forum topics."""

from typing import Any

from aiohttp import web

from bot.emulator.control.reading import (
    Json,
    answer,
    checked_fields,
    flags,
    known_bot,
    known_chat,
    known_user,
    read_fields,
    read_json,
    required,
    whole,
)
from bot.emulator.telegram.methods.topics import create_topic
from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.world.membership import change_member, make_forum, migrate, set_blocked
from bot.emulator.telegram.world.rendering import member_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot, Chat, Member, User

_TYPES = frozenset({"group", "supergroup", "channel"})
_STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})
_STATES = frozenset({"open", "closed", "deleted"})
_USER_FIELDS = ("id", "first_name", "last_name", "username", "language_code", "started", "deactivated")
_USUAL_RIGHTS = {
    "channel": ("can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages"),
    "group": ("can_manage_chat", "can_delete_messages", "can_pin_messages"),
    "supergroup": ("can_manage_chat", "can_delete_messages", "can_pin_messages"),
}


class People:
    def __init__(self, state: State) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/bots", self.add_bot),
            web.post("/users", self.add_users),
            web.post("/chats", self.add_chat),
            web.post("/chats/{id}", self.change_chat),
            web.post("/chats/{id}/members", self.set_member),
            web.post("/block", self.block),
            web.post("/unblock", self.unblock),
            web.post("/kick", self.kick),
            web.post("/migrate", self.migrate),
            web.post("/topics", self.add_topic),
            web.post("/topics/{id}", self.change_topic),
        ]

    async def add_bot(self, request: web.Request) -> web.Response:
        names = ("token", "username", "name", "stars", "paid_broadcast", "reads_all_messages", "inline")
        body = await read_fields(request, *names)
        token = str(required(body, "token"))
        number = token.partition(":")[0]
        if not number.isdecimal() or ":" not in token:
            raise bad_request("a token is a number, a colon and a secret")
        bot = self.state.world.bots.get(int(number))
        if bot is None:
            username = str(body.get("username", f"bot{number}_bot"))
            bot = Bot(int(number), token, username, str(body.get("name", username)))
            bot.known_since = self.state.clock.now()
            self.state.world.bots[bot.id] = bot
        if not isinstance(body.get("stars", 0.0), int | float):
            raise bad_request("stars is a number")
        bot.token = token
        bot.username, bot.name = body.get("username", bot.username), body.get("name", bot.name)
        for name in ("stars", "paid_broadcast", "reads_all_messages", "inline"):
            setattr(bot, name, body.get(name, getattr(bot, name)))
        return answer(bot.as_json())

    async def add_users(self, request: web.Request) -> web.Response:
        """Take one person or a list; *started* (true, or a bot) says that they already talk to the bot."""
        body = await read_json(request)
        if isinstance(body, list):
            return answer([self._user(checked_fields(item, *_USER_FIELDS)).as_json() for item in body])
        return answer(self._user(checked_fields(body, *_USER_FIELDS)).as_json())

    def _user(self, body: Json) -> User:
        user_id = whole(required(body, "id"), "id")
        if user_id <= 0 or user_id in self.state.world.bots:
            raise bad_request("a user's id is positive and no bot's")
        user = self.state.world.users.get(user_id)
        if user is None:
            user = self.state.world.users[user_id] = User(user_id, body.get("first_name", f"User {user_id}"))
        for name in ("first_name", "last_name", "username", "language_code", "deactivated"):
            setattr(user, name, body.get(name, getattr(user, name)))
        if body.get("started"):
            bots = self._started(body["started"])
            user.started.update(bots)
            for bot in bots:
                self.state.world.private_chat(bot, user)
        return user

    def _started(self, value: Any) -> list[int]:
        return list(self.state.world.bots) if value is True else [known_bot(self.state, value).id]

    async def add_chat(self, request: web.Request) -> web.Response:
        body = await read_fields(
            request, "id", "type", "title", "username", "is_forum", "owner", "permissions"
        )
        chat_id, kind = whole(required(body, "id"), "id"), str(required(body, "type"))
        if kind not in _TYPES or chat_id >= 0 or chat_id in self.state.world.chats:
            raise bad_request("a chat is a group, supergroup or channel with a new negative id")
        if body.get("is_forum") and kind != "supergroup":
            raise bad_request("only a supergroup is a forum")
        chat = Chat(chat_id, kind, str(required(body, "title")), body.get("username") or "")
        chat.permissions = flags(body, "permissions")
        owner = known_user(self.state, required(body, "owner"))
        chat.members[owner.id] = Member("creator")
        if body.get("is_forum"):
            make_forum(chat)
        self.state.world.chats[chat_id] = chat
        if chat.username:
            self.state.world.usernames[chat.username.lower()] = chat
        return answer(chat.as_json())

    async def change_chat(self, request: web.Request) -> web.Response:
        chat = known_chat(self.state, request.match_info["id"])
        body = await read_fields(request, "title", "permissions", "deleted", "is_forum")
        chat.title = body.get("title", chat.title)
        chat.deleted = body.get("deleted", chat.deleted)
        chat.permissions.update(flags(body, "permissions"))
        if body.get("is_forum"):
            make_forum(chat)
        return answer(chat.as_json())

    async def set_member(self, request: web.Request) -> web.Response:
        """Set somebody's standing; an administrator without *rights* has the usual ones."""
        chat = known_chat(self.state, request.match_info["id"])
        body = await read_fields(request, "user", "bot", "status", "rights", "by")
        if ("user" in body) == ("bot" in body):
            raise bad_request("name either a user or a bot")
        person: Bot | User = (
            known_user(self.state, body["user"]) if "user" in body else known_bot(self.state, body["bot"])
        )
        status = str(required(body, "status"))
        if status not in _STATUSES:
            raise bad_request(f"no status is called {status}")
        rights = flags(body, "rights")
        if status == "administrator" and "rights" not in body:
            rights = dict.fromkeys(_USUAL_RIGHTS[chat.type], True)
        by = known_user(self.state, body["by"]) if "by" in body else self._owner(chat)
        update = change_member(self.state, chat, person, Member(status, rights), by=by)
        return answer({"update_id": update, "member": member_json(chat, person, chat.member(person.id))})

    def _owner(self, chat: Chat) -> User:
        for user_id, member in chat.members.items():
            if member.status == "creator" and user_id in self.state.world.users:
                return self.state.world.users[user_id]
        raise bad_request("the chat has no owner")

    async def block(self, request: web.Request) -> web.Response:
        return await self._set_blocked(request, blocked=True)

    async def unblock(self, request: web.Request) -> web.Response:
        return await self._set_blocked(request, blocked=False)

    async def _set_blocked(self, request: web.Request, *, blocked: bool) -> web.Response:
        body = await read_fields(request, "user", "bot")
        user, bot = known_user(self.state, required(body, "user")), known_bot(self.state, body.get("bot"))
        return answer({"update_id": set_blocked(self.state, user, bot, blocked=blocked)})

    async def kick(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "chat", "bot", "by", "status")
        chat, bot = known_chat(self.state, required(body, "chat")), known_bot(self.state, body.get("bot"))
        by = known_user(self.state, body["by"]) if "by" in body else self._owner(chat)
        member = Member("left" if body.get("status") == "left" else "kicked")
        return answer({"update_id": change_member(self.state, chat, bot, member, by=by)})

    async def migrate(self, request: web.Request) -> web.Response:
        chat = known_chat(self.state, required(await read_fields(request, "chat"), "chat"))
        if chat.type != "group" or chat.migrated_to:
            raise bad_request("only a group can be upgraded, and only once")
        return answer({"id": migrate(self.state, chat).id})

    async def add_topic(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "chat", "name")
        chat = known_chat(self.state, required(body, "chat"))
        if not chat.is_forum:
            raise bad_request("the chat is no forum")
        topic = create_topic(self.state, chat, str(required(body, "name")), self._owner(chat))
        return answer({"id": topic.id, "chat": chat.id, "name": topic.name})

    async def change_topic(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "state", "chat")
        topic_id, new = whole(request.match_info["id"], "id"), str(required(body, "state"))
        chats = [known_chat(self.state, body["chat"])] if "chat" in body else self.state.world.chats.values()
        topics = [chat.topics[topic_id] for chat in chats if topic_id in chat.topics]
        if len(topics) != 1 or new not in _STATES:
            raise bad_request("name one topic (with its chat where ids repeat) and open, closed or deleted")
        topics[0].state = new
        return answer({"id": topic_id, "state": new})
