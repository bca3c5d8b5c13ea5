"""Reading a request: query string, form, JSON or multipart, all into one bag of arguments."""

from typing import Any
from urllib.parse import unquote_to_bytes

import orjson
from aiohttp import BodyPartReader, web

from bot.emulator.arguments import Arguments, Upload
from bot.emulator.errors import ApiError, bad_request

MAX_BODY = 50 * 1024 * 1024


async def read_arguments(request: web.Request) -> Arguments:
    """Read the whole request; raise ApiError where Telegram would refuse it unread."""
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    query = request.rel_url.raw_query_string
    if query:
        values.update(_form(query.encode()))
    if request.body_exists:
        kind = request.content_type
        try:
            if kind == "multipart/form-data":
                await _read_multipart(request, values, files)
            else:
                values.update(_body(kind, await request.read()))
        except web.HTTPRequestEntityTooLarge:
            raise ApiError(413, "Request Entity Too Large") from None
    return Arguments(values, files)


def _body(kind: str, body: bytes) -> dict[str, str]:
    if not body:
        return {}
    if kind == "application/json":
        return _json(body)
    if kind == "application/x-www-form-urlencoded":
        return _form(body)
    raise bad_request(f"Unsupported content type {kind}")


def _json(body: bytes) -> dict[str, str]:
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("Can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("JSON object expected")
    return {name: value if isinstance(value, str) else _json_text(value) for name, value in values.items()}


def _json_text(value: Any) -> str:
    return orjson.dumps(value).decode()


def _form(body: bytes) -> dict[str, str]:
    values = {}
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            values[_decoded(name)] = _decoded(value)
    return values


def _decoded(value: bytes) -> str:
    if b"+" in value:
        value = value.replace(b"+", b" ")
    if b"%" in value:
        value = unquote_to_bytes(value)
    return _utf8(value)


def _utf8(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


async def _read_multipart(request: web.Request, values: dict[str, str], files: dict[str, Upload]) -> None:
    total = 0
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            content = bytearray()
            while chunk := await part.read_chunk(1 << 16):
                total += len(chunk)
                if total > MAX_BODY:
                    raise ApiError(413, "Request Entity Too Large")
                content += chunk
            if part.filename is None:
                values[part.name] = _utf8(bytes(content))
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(part.filename, bytes(content), kind)
    except ValueError:
        raise bad_request("Can't parse multipart form data") from None
