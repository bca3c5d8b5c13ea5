"""Reading a request: query string, form, JSON or multipart, all into one bag of arguments."""

from typing import Any

import orjson
from aiohttp import web

from bot.emulator.zalo.errors import bad_request

Json = dict[str, Any]


async def read_arguments(request: web.Request) -> Json:
    """Return all that the request gives, the body's before the query's. Raises ZaloError 400."""
    found: Json = dict(request.query)
    if not request.body_exists:
        return found
    try:
        if request.content_type == "application/json":
            values = orjson.loads(await request.read() or b"{}")
        else:
            values = dict(await request.post())
    except (orjson.JSONDecodeError, ValueError):
        raise bad_request("Bad request") from None
    if not isinstance(values, dict):
        raise bad_request("Bad request")
    return {**found, **values}


def text(arguments: Json, name: str) -> str:
    """Return an argument as the text that it is; empty where it is missing or no text."""
    value = arguments.get(name)
    return value if isinstance(value, str) else ""


def seconds(arguments: Json, name: str, default: float) -> float:
    """Return an argument that is a number, or one in quotes. Raises ZaloError 400."""
    value = arguments.get(name, default)
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        raise bad_request(f"The {name} is invalid") from None
