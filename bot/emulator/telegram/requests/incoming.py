"""Reading a request: query string, form, JSON or multipart, all into one bag of arguments.

The Bot API server passes over a body that it cannot read and carries out the method with what is left; of two
arguments of one name the first counts, and those of the address come first.
"""

from typing import Any
from urllib.parse import unquote_to_bytes

import orjson
from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.emulator.telegram.requests.arguments import Arguments, Upload
from bot.emulator.telegram.requests.json_text import loads, readable_fields
from bot.emulator.telegram.rules.errors import ApiError, bad_request

MAX_BODY = 50 * 1024 * 1024
# HttpReader of TDLib: all arguments together; files are not counted.
_MAX_ARGUMENTS = 1 << 20
_FORM = "application/x-www-form-urlencoded"


async def read_arguments(request: web.Request) -> Arguments:
    """Read the whole request; raise ApiError where Telegram would refuse it unread."""
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    unread = ""
    query = request.rel_url.raw_query_string
    if query:
        values.update(_form(query.encode()))
    if request.body_exists:
        if (request.content_length or 0) > MAX_BODY:
            raise _too_large()
        try:
            if request.content_type == "multipart/form-data":
                await _read_multipart(request, values, files)
            else:
                found, unread = _body(request.content_type, await request.read())
                values = {**found, **values}
        except web.HTTPRequestEntityTooLarge:
            raise _too_large() from None
        except web.RequestPayloadError:
            raise bad_request("Can't read the body") from None
    return Arguments(values, files, unread)


def _too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


def _body(kind: str, body: bytes) -> tuple[dict[str, str], str]:
    """Return the arguments of a body, and why it was not read to its end."""
    if not body:
        return {}, ""
    if len(body) > _MAX_ARGUMENTS and kind in {"application/json", _FORM}:
        raise _too_large()
    if kind == "application/json":
        return _json(_utf8(body))
    if kind == _FORM:
        return _form(body), ""
    return {}, f"a body of type {kind} is not read"


def _json(body: str) -> tuple[dict[str, str], str]:
    unread = ""
    try:
        values = loads(body)
    except ValueError:
        values, unread = readable_fields(body), "the JSON body is broken"
    if not isinstance(values, dict):
        return {}, "the JSON body is no object"
    return {name: _json_text(value) for name, value in values.items()}, unread


def _json_text(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if not text.isascii():
        # Half of a surrogate pair is no character.
        _utf8(text.encode(errors="surrogatepass"))
    return text


def _form(body: bytes) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            values.setdefault(_decoded(name), _decoded(value))
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
    if "boundary" not in request.headers.get("Content-Type", "").lower():
        raise bad_request("boundary not found")
    left = MAX_BODY
    try:
        async for part in await request.multipart():
            left -= await _read_part(part, values, files, longest=left)
    except ValueError:
        raise bad_request("Can't parse multipart form data") from None
    except HttpProcessingError:
        raise bad_request("Can't parse form data headers") from None


async def _read_part(part: Any, values: dict[str, str], files: dict[str, Upload], *, longest: int) -> int:
    """Add one part to the arguments or the files and return its size."""
    if not isinstance(part, BodyPartReader) or not part.name:
        raise bad_request("field name in multipart/form-data not found")
    content = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        content += chunk
        if len(content) > longest:
            raise _too_large()
    if part.filename is None and len(content) > _MAX_ARGUMENTS:
        raise _too_large()
    if part.filename is None:
        values.setdefault(part.name, _utf8(bytes(content)))
    else:
        kind = part.headers.get("Content-Type", "application/octet-stream")
        files.setdefault(part.name, Upload(part.filename, bytes(content), kind))
    return len(content)
