"""Fetching a photo from its address during a call, as the Bot Platform does it."""

import hashlib
import ipaddress
import socket
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import ResolveResult

from bot.emulator.zalo.errors import bad_request

LARGEST_PHOTO = 5 * 1024 * 1024
_BEGINNINGS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True, slots=True)
class FetchedPhoto:
    """What an address gave: its bytes, their SHA-256 in hex, and their media type."""

    sha256: str
    type: str
    content: bytes = field(repr=False)


class _PublicResolver(aiohttp.ThreadedResolver):
    """Resolves no name to an address in a private network."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        if not all(ipaddress.ip_address(each["host"]).is_global for each in found):
            raise OSError("the name leads into a private network")
        return found


async def fetch_photo(url: str, seconds: float, *, local: bool) -> FetchedPhoto:
    """Return what *url* gives within so many *seconds*; a redirect is not followed.

    Unless *local*, a name in a private network is not asked. Raises ZaloError 400 where there is no JPEG or
    PNG of at most LARGEST_PHOTO bytes.
    """
    connector = aiohttp.TCPConnector(resolver=None if local else _PublicResolver())
    timeout = aiohttp.ClientTimeout(total=seconds)
    content = bytearray()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            beginning = _BEGINNINGS.get(answer.content_type) if answer.status == 200 else None
            while beginning and len(content) <= LARGEST_PHOTO and (piece := await answer.content.readany()):
                content += piece
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        beginning = None
    if not beginning or not content.startswith(beginning) or len(content) > LARGEST_PHOTO:
        raise bad_request("The photo could not be fetched")
    return FetchedPhoto(hashlib.sha256(content).hexdigest(), answer.content_type, bytes(content))
