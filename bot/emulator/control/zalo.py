"""Control of the emulated Zalo: bots, what people write, what they read, knobs, faults, numbers."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.emulator.control.reading import Json, answer, read_fields, read_json, required
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.zalo.state import ZaloState
from bot.emulator.zalo.world import Account, Chat, ChatMessage, milliseconds

_CONTENT = ("text", "photo", "caption", "sticker", "url", "voice_url")
_EVENTS = {
    "text": "message.text.received",
    "photo": "message.image.received",
    "sticker": "message.sticker.received",
    "voice_url": "message.voice.received",
}
_TYPES = {
    "message.text.received": "CHAT_MESSAGE",
    "message.image.received": "CHAT_PHOTO",
    "message.sticker.received": "CHAT_STICKER",
    "message.voice.received": "CHAT_VOICE",
}
_UNSUPPORTED = "message.unsupported.received"


class ZaloControl:
    """People and groups are named as one likes: each bot knows them by an id of its own."""

    def __init__(self, state: ZaloState) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/bots", self.add_bot),
            web.post("/reset_token", self.reset_token),
            web.post("/messages", self.write),
            web.post("/updates", self.raw),
            web.get("/chat", self.chat),
            web.get("/chats", self.chats),
            web.get("/world", self.world),
            web.get("/file/{sha256}", self.file),
            web.get("/metrics", self.metrics),
            web.get("/knobs", self.knobs),
            web.post("/knobs", self.change_knobs),
            web.post("/clock", self.clock),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.post("/reset", self.reset),
        ]

    async def add_bot(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "token", "account_name", "display_name", "can_join_groups")
        token = str(required(body, "token"))
        # Zalo: an id has 19 digits, and nothing of the token in it.
        number = f"14592322414547{len(self.state.accounts):05d}"
        account = Account(
            id=number,
            token=token,
            account_name=body.get("account_name") or f"bot.{number[-6:]}",
            display_name=body.get("display_name") or "",
            can_join_groups=bool(body.get("can_join_groups")),
        )
        self.state.accounts[token] = account
        return answer(account.as_json())

    async def reset_token(self, request: web.Request) -> web.Response:
        """Give a bot another token: the old one is refused, and so are the chats, unless they are kept."""
        body = await read_fields(request, "bot", "token", "keep_chats")
        account = self._account(body.get("bot"))
        del self.state.accounts[account.token]
        account.token = str(required(body, "token"))
        self.state.accounts[account.token] = account
        for chat in account.chats.values():
            chat.is_stale = not body.get("keep_chats")
        return answer(account.as_json())

    async def write(self, request: web.Request) -> web.Response:
        """Have a person write to a bot, by themselves or in a group; without content it is a kept secret.

        In a group the bot is told of nothing but what mentions it, or is a *reply* to it.
        """
        body = await read_fields(
            request, "bot", "person", "group", "name", "is_bot", "seconds", "message_id", "reply", *_CONTENT
        )
        account, person = self._account(body.get("bot")), str(required(body, "person"))
        content = {name: str(body[name]) for name in _CONTENT if body.get(name)}
        if body.get("group") and not body.get("reply") and not _mentions(account, content):
            return answer({"heard": False})
        chat = self._chat_of(account, person, str(body.get("group") or ""), str(body.get("name") or person))
        event = next((_EVENTS[name] for name in content if name in _EVENTS), _UNSUPPORTED)
        message = ChatMessage(
            id=body.get("message_id") or account.next_message_id(),
            at=self.state.clock.now(),
            is_ours=False,
            event=event,
            text=content.get("text") or content.get("caption", ""),
            photo=content.get("photo", ""),
        )
        self.state.keep(account, chat, message)
        sender = {
            "id": account.id_of(person),
            "is_bot": bool(body.get("is_bot")),
            "display_name": str(body.get("name") or person),
        }
        update = self._update(
            chat, message, {"from": sender, **content}, in_seconds=bool(body.get("seconds"))
        )
        self.state.tell(account, update)
        ids = {"chat_id": chat.id, "user_id": sender["id"], "message_id": message.id}
        return answer({"heard": True, **ids})

    def _chat_of(self, account: Account, person: str, group: str, name: str) -> Chat:
        if group and not account.can_join_groups:
            raise bad_request("that bot joins no groups")
        chat_id = account.id_of(f"group {group}" if group else person)
        chat = account.chats.get(chat_id)
        if chat is None:
            kind = "GROUP" if group else "PRIVATE"
            chat = account.chats[chat_id] = Chat(chat_id, kind, group or name)
        chat.is_stale = False
        return chat

    def _update(self, chat: Chat, message: ChatMessage, content: Json, *, in_seconds: bool) -> Json:
        if "photo" in content:
            content[self.state.knobs.photo_field] = content.pop("photo")
        if message.event in _TYPES:
            content["message_type"] = _TYPES[message.event]
        told: Json = {
            "date": int(message.at) if in_seconds else milliseconds(message.at),
            "chat": {"chat_type": chat.type, "id": chat.id},
            "message_id": message.id,
            **content,
        }
        return {"event_name": message.event, "message": told}

    async def raw(self, request: web.Request) -> web.Response:
        """Queue any update as given: one of a newer platform, or a malformed one."""
        body = await read_fields(request, "bot", "update")
        self.state.tell(self._account(body.get("bot")), required(body, "update"))
        return answer({})

    async def chat(self, request: web.Request) -> web.Response:
        """Return what was said in one chat, oldest first: a person's with a bot, or a group's."""
        account = self._account(request.query.get("bot"))
        group = request.query.get("group")
        chat_id = account.id_of(f"group {group}" if group else request.query.get("person", ""))
        chat = account.chats.get(request.query.get("id") or chat_id)
        if chat is None:
            raise bad_request("there is no such chat")
        return answer({**chat.as_json(), "messages": [each.as_json() for each in chat.messages]})

    async def chats(self, request: web.Request) -> web.Response:
        account = self._account(request.query.get("bot"))
        return answer([chat.as_json() for chat in account.chats.values()])

    async def world(self, request: web.Request) -> web.Response:
        """Return the first bot, if there is one, and the chat that a person has with it, or would have."""
        account = next(iter(self.state.accounts.values()), None)
        if account is None:
            return answer({"bot": None})
        chat_id = account.id_of(request.query.get("person", ""))
        chat = account.chats.get(chat_id)
        messages = [message.as_json() for message in chat.messages] if chat else []
        return answer({"bot": account.as_json(), "chat": {"id": chat_id, "messages": messages}})

    async def file(self, request: web.Request) -> web.Response:
        """Return what was fetched: what a phone shows or plays, whatever becomes of the address."""
        kept = self.state.files.get(request.match_info["sha256"])
        if kept is None:
            raise ApiError(404, "no such file")
        headers = {"Cache-Control": "max-age=86400", "Content-Security-Policy": "default-src 'none'"}
        return web.Response(body=kept.content, content_type=kept.type, headers=headers)

    async def metrics(self, _request: web.Request) -> web.Response:
        webhooks = {
            account.id: account.webhook.answers
            for account in self.state.accounts.values()
            if account.webhook is not None
        }
        spent = {account.id: account.spent for account in self.state.accounts.values()}
        return answer({**self.state.metrics.as_json(), "spent": spent, "webhook_answers": webhooks})

    async def knobs(self, _request: web.Request) -> web.Response:
        return answer(self.state.knobs.as_json())

    async def change_knobs(self, request: web.Request) -> web.Response:
        await self._take(request, self.state.knobs.change)
        return answer(self.state.knobs.as_json())

    async def clock(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "advance", "frozen")
        clock, advance = self.state.clock, body.get("advance", 0)
        if isinstance(advance, bool) or not isinstance(advance, int | float) or advance < 0:
            raise bad_request("advance is a number of seconds, zero or more")
        if "frozen" in body:
            (clock.freeze if body["frozen"] else clock.thaw)()
        clock.advance(advance)
        return answer({"now": clock.now(), "frozen": clock.frozen})

    async def add_fault(self, request: web.Request) -> web.Response:
        await self._take(request, self.state.faults.add)
        return answer({"pending": len(self.state.faults.pending)})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self.state.faults.pending.clear()
        return answer({"pending": 0})

    async def reset(self, _request: web.Request) -> web.Response:
        """Forget everything; whoever watches keeps watching."""
        await self.state.close()
        fresh = ZaloState(events=self.state.events)
        for name in ZaloState.__slots__:
            setattr(self.state, name, getattr(fresh, name))
        return answer({})

    @staticmethod
    async def _take(request: web.Request, change: Callable[[Json], Any]) -> None:
        body = await read_json(request)
        if not isinstance(body, dict):
            raise bad_request("a JSON object is expected")
        try:
            change(body)
        except ValueError as error:
            raise bad_request(str(error)) from None

    def _account(self, named: Any) -> Account:
        """Return the bot of that id or token; the only one there is, if none is named."""
        accounts = list(self.state.accounts.values())
        found = [each for each in accounts if named in (None, each.id, each.token)]
        if len(found) != 1:
            raise bad_request("name one bot by its id or token")
        return found[0]


def _mentions(account: Account, content: Json) -> bool:
    """Return whether the bot is mentioned in a text, or in a photo's own caption."""
    said = content.get("text") or content.get("caption", "")
    return f"@{account.display_name or account.account_name}".casefold() in said.casefold()
