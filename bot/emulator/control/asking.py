"""Control: people who ask a bot inline, in whatever chat they are, and choose from what it offers."""

from aiohttp import web

from bot.emulator.control.reading import (
    answer,
    known_bot,
    known_place,
    known_user,
    read_fields,
    required,
    whole,
)
from bot.emulator.control.speaking import Speaking
from bot.emulator.telegram.messages.posting import add_message
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.world.state import State


class Asking:
    def __init__(self, state: State) -> None:
        self.state = state
        self._speaking = Speaking(state)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/updates/inline", self.ask),
            web.post("/updates/inline_choice", self.choose),
            web.get("/inline_answers/{query}", self.offered),
        ]

    async def ask(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "from", "query", "offset", "bot")
        user = known_user(self.state, required(body, "from"))
        bot, now = known_bot(self.state, body.get("bot")), self.state.clock.now()
        if not bot.inline:
            raise bad_request("inline mode of that bot is off")
        query = self.state.callbacks.ask(bot=bot.id, chat=0, user=user.id, message_id=0, now=now)
        content = {
            "id": query.id,
            "from": user.as_json(),
            "query": str(body.get("query", "")),
            "offset": str(body.get("offset", "")),
        }
        return answer({"update_id": self._speaking.push(bot, "inline_query", content), "id": query.id})

    async def offered(self, request: web.Request) -> web.Response:
        query = request.match_info["query"]
        offered = self.state.inline.offered.get(query)
        if offered is None:
            raise ApiError(404, "no answer to that query")
        return answer(offered.as_json(query))

    async def choose(self, request: web.Request) -> web.Response:
        """Send what was offered, as the message of whoever asked: "via" the bot."""
        body = await read_fields(request, "chat", "from", "query", "result", "thread", "bot")
        chat = known_place(self.state, required(body, "chat"), body.get("bot"))
        user = known_user(self.state, required(body, "from"))
        offered = self.state.inline.offered.get(str(required(body, "query")))
        ready = offered.ready.get(str(required(body, "result"))) if offered else None
        if offered is None or ready is None or offered.user != user.id:
            raise bad_request("nothing of that kind was offered to that person")
        if user is not chat.person and not chat.member(user.id).present:
            raise bad_request("that person is not there")
        sent = add_message(
            self.state,
            chat,
            sender=None if chat.type == "channel" else user,
            text=ready.text,
            entities=ready.entities,
            preview=ready.preview,
            reply_markup=ready.reply_markup,
            thread=whole(body["thread"], "thread") if body.get("thread") is not None else None,
            extra={"via_bot": self.state.world.bots[offered.bot].as_json()},
        )
        return answer(self._speaking.tell_all(sent))
