"""Control requests are JSON objects with known fields; anything else is refused with 400."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot, Chat, User

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer(content: Any) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="application/json")


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a refused control request with its sentence."""
    try:
        return await handler(request)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=error.code)


async def read_json(request: web.Request) -> Any:
    body = await request.read()
    try:
        return orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        raise bad_request("the body is no JSON") from None


async def read_fields(request: web.Request, *names: str) -> Json:
    """Return the body's fields; refuse names that are not among *names*."""
    return checked_fields(await read_json(request), *names)


def checked_fields(body: Any, *names: str) -> Json:
    if not isinstance(body, dict):
        raise bad_request("a JSON object is expected")
    unknown = set(body) - set(names)
    if unknown:
        raise bad_request(f"unknown field: {', '.join(sorted(unknown))}")
    return body


def required(body: Json, name: str) -> Any:
    if name not in body or body[name] is None:
        raise bad_request(f"missing field: {name}")
    return body[name]


def flags(body: Json, name: str) -> dict[str, bool]:
    """Return a field that holds rights by their names."""
    value = body.get(name) or {}
    if not isinstance(value, dict) or not all(isinstance(item, bool) for item in value.values()):
        raise bad_request(f"{name} is an object of true and false")
    return dict(value)


def whole(value: Any, name: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request(f"{name} is a whole number") from None


def known_user(state: State, value: Any) -> User:
    user = state.world.users.get(whole(value, "user"))
    if user is None:
        raise bad_request(f"no user {value}")
    return user


def known_bot(state: State, value: Any) -> Bot:
    """Return the bot of that id, username or token; the only one there is, if none is named."""
    bots = state.world.bots
    if value is None:
        if len(bots) != 1:
            raise bad_request("name the bot: there is not just one")
        return next(iter(bots.values()))
    for bot in bots.values():
        if value in (bot.id, str(bot.id), bot.token, bot.username, f"@{bot.username}"):
            return bot
    raise bad_request(f"no bot {value}" if ":" not in str(value) else "no bot with that token")


def known_chat(state: State, value: Any) -> Chat:
    chat = state.world.chats.get(whole(value, "chat"))
    if chat is None:
        raise bad_request(f"no group or channel {value}")
    return chat


def known_place(state: State, value: Any, bot: Any) -> Chat:
    """Return the group or channel of that id, or the private chat of that person and the bot."""
    chat_id = whole(value, "chat")
    if chat_id < 0:
        return known_chat(state, chat_id)
    return state.world.private_chat(known_bot(state, bot).id, known_user(state, chat_id))
