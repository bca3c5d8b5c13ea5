"""Fetching a photo or a recording from its address during a call, as the Bot Platform does it."""

import hashlib
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import ResolveResult

LARGEST = 5 * 1024 * 1024
PHOTOS = {"image/jpeg": (b"\xff\xd8\xff",), "image/png": (b"\x89PNG\r\n\x1a\n",)}
RECORDINGS = {"audio/aac": (b"\xff\xf1", b"\xff\xf9")}
"""What a file begins with, by its media type; a recording is AAC in frames of ADTS."""


@dataclass(frozen=True, slots=True)
class FetchedFile:
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


async def fetch(
    url: str, kinds: Mapping[str, tuple[bytes, ...]], seconds: float, *, local: bool
) -> FetchedFile | None:
    """Return what *url* gives within so many *seconds*; a redirect is not followed.

    Unless *local*, a name in a private network is not asked. None where there is no file of these *kinds* of
    at most LARGEST bytes.
    """
    connector = aiohttp.TCPConnector(resolver=None if local else _PublicResolver())
    timeout = aiohttp.ClientTimeout(total=seconds)
    content = bytearray()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            beginnings = kinds.get(answer.content_type) if answer.status == 200 else None
            while beginnings and len(content) <= LARGEST and (piece := await answer.content.readany()):
                content += piece
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        beginnings = None
    if not beginnings or not content.startswith(beginnings) or len(content) > LARGEST:
        return None
    return FetchedFile(hashlib.sha256(content).hexdigest(), answer.content_type, bytes(content))
