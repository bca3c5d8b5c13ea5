"""Control: what was sent, how much, and live; the knobs, the clock, faults, a fresh start."""

from aiohttp import web

from bot.emulator.control.reading import (
    answer,
    known_bot,
    known_place,
    known_user,
    read_fields,
    read_json,
    whole,
)
from bot.emulator.control.view import seen_by
from bot.emulator.telegram.methods.commands import menu
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.world.rendering import outbox_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Message


class Watching:
    def __init__(self, state: State) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/outbox", self.outbox),
            web.get("/history", self.history),
            web.get("/counts", self.counts),
            web.get("/world", self.world),
            web.get("/metrics", self.metrics),
            web.get("/events", self.events),
            web.get("/commands", self.commands),
            web.get("/callback_answers", self.callback_answers),
            web.get("/file/{file_id}", self.file),
            web.get("/limits", self.limits),
            web.post("/limits", self.change_limits),
            web.post("/clock", self.clock),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.post("/reset", self.reset),
        ]

    async def outbox(self, request: web.Request) -> web.Response:
        """Return what bots sent and what still stands, oldest first in each chat."""
        messages = [message for message in self._messages(request) if message.author and not message.service]
        return answer([outbox_json(message, self.state.files) for message in messages])

    async def history(self, request: web.Request) -> web.Response:
        return answer([outbox_json(message, self.state.files) for message in self._messages(request)])

    async def counts(self, request: web.Request) -> web.Response:
        """Return how many of the bots' messages each chat holds: a short outbox for large benches."""
        counts: dict[str, int] = {}
        for message in self._messages(request):
            if message.author and not message.service:
                counts[str(message.chat.id)] = counts.get(str(message.chat.id), 0) + 1
        return answer(counts)

    def _messages(self, request: web.Request) -> list[Message]:
        world, wanted = self.state.world, request.query.get("chat")
        chats = world.places(whole(wanted, "chat")) if wanted else list(world.all_chats())
        if "bot" in request.query:
            bot = known_bot(self.state, request.query["bot"]).id
            chats = [chat for chat in chats if chat.bot in (0, bot)]
        return [message for chat in chats for message in chat.messages.values()]

    async def world(self, request: web.Request) -> web.Response:
        """Return the world as one person sees it: the bot, and each chat with its messages."""
        people = self.state.world.users
        wanted = request.query.get("user")
        user = known_user(self.state, wanted) if wanted else next(iter(people.values()), None)
        if user is None:
            raise bad_request("there is nobody yet")
        return answer(seen_by(self.state, known_bot(self.state, request.query.get("bot")), user))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tell live what happens, on Zalo too: in one chat of Telegram if it is named, or everywhere."""
        named = request.query.get("chat")
        return await self.state.events.stream(request, whole(named, "chat") if named else None)

    async def metrics(self, _request: web.Request) -> web.Response:
        return answer(self.state.metrics.as_json())

    async def callback_answers(self, _request: web.Request) -> web.Response:
        return answer(self.state.callbacks.answers)

    async def commands(self, request: web.Request) -> web.Response:
        query = request.query
        bot = known_bot(self.state, query.get("bot"))
        chat = known_place(self.state, query.get("chat"), bot.id)
        user = known_user(self.state, query["user"]) if "user" in query else chat.person
        if user is None:
            raise bad_request("name the user")
        return answer(menu(bot, chat, user.id, query.get("language", user.language_code)[:2]))

    async def file(self, request: web.Request) -> web.Response:
        try:
            content, kind = self.state.files.content(request.match_info["file_id"])
        except (ApiError, KeyError):
            raise ApiError(404, "no such file") from None
        return web.Response(body=content, content_type=kind, headers={"Cache-Control": "max-age=86400"})

    async def limits(self, _request: web.Request) -> web.Response:
        return answer(self.state.limits.as_json())

    async def change_limits(self, request: web.Request) -> web.Response:
        body = await read_fields(request, *self.state.limits.as_json())
        self.state.limits.change(body)
        return answer(self.state.limits.as_json())

    async def clock(self, request: web.Request) -> web.Response:
        body = await read_fields(request, "advance", "frozen")
        if "frozen" in body:
            (self.state.clock.freeze if body["frozen"] else self.state.clock.thaw)()
        advance = body.get("advance", 0)
        if isinstance(advance, bool) or not isinstance(advance, int | float) or advance < 0:
            raise bad_request("advance is a number of seconds, zero or more")
        self.state.clock.advance(advance)
        return answer({"now": self.state.clock.now(), "frozen": self.state.clock.frozen})

    async def add_fault(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        if not isinstance(body, dict):
            raise bad_request("a JSON object is expected")
        self.state.faults.add(body)
        return answer({"pending": len(self.state.faults.pending)})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self.state.faults.pending.clear()
        return answer({"pending": 0})

    async def reset(self, _request: web.Request) -> web.Response:
        """Forget everything; whoever watches keeps watching."""
        for bot in self.state.world.bots.values():
            bot.updates.interrupt()
        await self.state.webhooks.close()
        fresh = State(events=self.state.events)
        fresh.webhooks.reply = self.state.webhooks.reply
        for name in State.__slots__:
            setattr(self.state, name, getattr(fresh, name))
        return answer({})
