"""Control: what people say and tap, as updates for the bots."""

import asyncio
import base64
import binascii
from typing import Any

from aiohttp import web

from bot.emulator.control.reading import (
    Json,
    answer,
    known_bot,
    known_place,
    known_user,
    read_fields,
    required,
    whole,
)
from bot.emulator.telegram.media.files import Document, Photo
from bot.emulator.telegram.media.photos import stored_photo
from bot.emulator.telegram.messages.posting import add_message
from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.formatted import CAPTION_LENGTH, TEXT_LENGTH
from bot.emulator.telegram.text.found import found_entities
from bot.emulator.telegram.world.rendering import message_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot, Chat, Message

_PLACE = ("chat", "from", "bot", "thread", "reply_to")
_KINDS = frozenset({"photo", "document"})


class Speaking:
    def __init__(self, state: State) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/updates/message", self.message),
            web.post("/updates/file", self.file),
            web.post("/updates/callback", self.callback),
            web.post("/updates/raw", self.raw),
        ]

    async def message(self, request: web.Request) -> web.Response:
        body = await read_fields(request, *_PLACE, "text")
        text = str(required(body, "text"))
        if not text.strip() or len(text) > TEXT_LENGTH:
            raise bad_request(f"a message has 1 to {TEXT_LENGTH} characters")
        return answer(self.tell_all(self._said(body, text)))

    async def file(self, request: web.Request) -> web.Response:
        """Send a photo or a document (*kind*), whose *content* comes in base64; what has the same *album*
        is shown as one, and comes as a message each.
        """
        named = ("kind", "name", "content", "content_type", "caption", "album")
        body = await read_fields(request, *_PLACE, *named)
        kind, caption = str(required(body, "kind")), str(body.get("caption") or "")
        if kind not in _KINDS or len(caption) > CAPTION_LENGTH:
            raise bad_request(f"a photo or a document has a caption of at most {CAPTION_LENGTH} characters")
        try:
            content = base64.b64decode(str(required(body, "content")), validate=True)
        except binascii.Error:
            raise bad_request("the content is no base64") from None
        if not content:
            raise bad_request("file must be non-empty")
        photo, document = None, None
        if kind == "photo":
            photo = await self._photo(content)
        else:
            document = self._document(body, content)
        album = str(body.get("album") or "")
        return answer(self.tell_all(self._said(body, caption, photo=photo, document=document, album=album)))

    async def _photo(self, content: bytes) -> Photo:
        return await asyncio.to_thread(stored_photo, self.state.files, content)

    def _document(self, body: Json, content: bytes) -> Document:
        files, media_type = self.state.files, str(body.get("content_type") or "application/octet-stream")
        key = files.keep(content, media_type)
        document = Document(key, str(required(body, "name")), media_type, len(content))
        files.add_document(document)
        return document

    def _said(self, body: Json, text: str, **media: Any) -> Message:
        """Add what somebody has said, or sent, to the chat."""
        chat = known_place(self.state, required(body, "chat"), body.get("bot"))
        user = known_user(self.state, required(body, "from"))
        thread = whole(body["thread"], "thread") if body.get("thread") is not None else None
        if chat.person is not None:
            if user is not chat.person:
                raise bad_request("in a private chat only that person speaks")
            if chat.bot in user.blocked:
                raise bad_request("that person has blocked the bot")
            user.started.add(chat.bot)
        return add_message(
            self.state,
            chat,
            sender=None if chat.type == "channel" else user,
            text=text,
            entities=found_entities(text, []),
            thread=thread,
            extra=self._reply(chat, body),
            **media,
        )

    def tell_all(self, sent: Message) -> Json:
        """Tell the bots that hear *sent*; return which update each got."""
        told = {bot.id: self._tell(bot, sent) for bot in self._listeners(sent.chat)}
        update_id = next((update for update in told.values() if update is not None), None)
        updates = {str(bot): update for bot, update in told.items()}
        return {"update_id": update_id, "message_id": sent.id, "updates": updates}

    def _reply(self, chat: Chat, body: Json) -> Json:
        if "reply_to" not in body:
            return {}
        replied = chat.messages.get(whole(body["reply_to"], "reply_to"))
        if replied is None:
            raise bad_request("no message to reply to")
        return {"reply_to_message": message_json(replied, self.state.files, replied.author)}

    def _listeners(self, chat: Chat) -> list[Bot]:
        bots = self.state.world.bots
        if chat.person is not None:
            return [bots[chat.bot]]
        return [bot for bot in bots.values() if chat.member(bot.id).present]

    def _tell(self, bot: Bot, message: Message) -> int | None:
        if message.chat.type == "channel":
            return self.push(bot, "channel_post", message_json(message, self.state.files, bot.id))
        if not hears(bot, message):
            return None
        return self.push(bot, "message", message_json(message, self.state.files, bot.id))

    async def callback(self, request: web.Request) -> web.Response:
        """Tap a button that stands there; *force* plays a tap on one that has just changed or gone."""
        body = await read_fields(request, "chat", "from", "message_id", "data", "bot", "force")
        chat = known_place(self.state, required(body, "chat"), body.get("bot"))
        user, data = known_user(self.state, required(body, "from")), str(required(body, "data"))
        message_id = whole(required(body, "message_id"), "message_id")
        message = chat.messages.get(message_id)
        if message is not None and not message.author:
            raise bad_request("no message of a bot with that id")
        if not body.get("force") and (message is None or data not in _callback_data(message)):
            raise bad_request("the message has no button with that data")
        bot = self.state.world.bots[message.author] if message else known_bot(self.state, body.get("bot"))
        now = self.state.clock.now()
        query = self.state.callbacks.ask(
            bot=bot.id, chat=chat.id, user=user.id, message_id=message_id, now=now
        )
        # Bot API: of a message that is gone, InaccessibleMessage, only the place is told.
        gone: Json = {"chat": chat.as_json(), "message_id": message_id, "date": 0}
        content = {
            "id": query.id,
            "from": user.as_json(),
            "message": message_json(message, self.state.files, bot.id) if message else gone,
            "chat_instance": str(-abs(hash((chat.id, bot.id)))),
            "data": data,
        }
        return answer({"update_id": self.push(bot, "callback_query", content), "id": query.id})

    async def raw(self, request: web.Request) -> web.Response:
        """Queue any update as given: one of a newer Bot API, or a malformed one."""
        body = await read_fields(request, "bot", "kind", "content")
        bot = known_bot(self.state, body.get("bot"))
        kind, content = str(required(body, "kind")), required(body, "content")
        return answer({"update_id": self.push(bot, kind, content)})

    def push(self, bot: Bot, kind: str, content: Json) -> int | None:
        return bot.updates.push(kind, content, now=self.state.clock.now())


def hears(bot: Bot, message: Message) -> bool:
    """Tell whether the bot receives it. Bot API: in privacy mode only commands, mentions and replies."""
    chat = message.chat
    if chat.person is not None or bot.reads_all_messages or chat.member(bot.id).status == "administrator":
        return True
    text, name = message.text.lower(), f"@{bot.username.lower()}"
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0]
        return "@" not in command or command.endswith(name)
    replied: Any = message.extra.get("reply_to_message", {})
    return name in text or replied.get("from", {}).get("id") == bot.id


def _callback_data(message: Message) -> set[str]:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
