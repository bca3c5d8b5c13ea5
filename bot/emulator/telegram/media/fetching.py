"""Fetching a picture by its address, and remembering failures as Telegram does."""

from dataclasses import dataclass, field

import aiohttp

from bot.emulator.clock import EmulatorClock
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.rules.limits import Limits

_MAX_BYTES = 5 * 1024 * 1024
_MAX_REDIRECTS = 5


@dataclass(slots=True)
class Fetcher:
    """Every result is kept for days under its address, refusals too."""

    clock: EmulatorClock
    limits: Limits
    _known: dict[str, tuple[float, bytes | ApiError]] = field(default_factory=dict)

    async def fetch(self, url: str) -> bytes:
        known = self._known.get(url)
        if known is None or known[0] <= self.clock.now():
            result = await self._attempt(url)
            known = self._known[url] = (self.clock.now() + self.limits.fetch_cache_seconds, result)
        if isinstance(known[1], ApiError):
            raise known[1]
        return known[1]

    def forget(self) -> None:
        self._known.clear()

    async def _attempt(self, url: str) -> bytes | ApiError:
        if not url.lower().startswith(("http://", "https://")):
            if "://" in url:
                return bad_request("Wrong HTTP URL specified")
            url = f"http://{url}"
        timeout = aiohttp.ClientTimeout(total=self.limits.fetch_seconds)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(url, max_redirects=_MAX_REDIRECTS) as response,
            ):
                return await _content(response)
        except aiohttp.InvalidURL:
            return bad_request("Wrong HTTP URL specified")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return bad_request("Failed to get HTTP URL content")


async def _content(response: aiohttp.ClientResponse) -> bytes | ApiError:
    if response.status != 200:
        return bad_request("Failed to get HTTP URL content")
    if not response.content_type.startswith("image/"):
        return bad_request("Wrong type of the web page content")
    content = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        content += chunk
        if len(content) > _MAX_BYTES:
            return bad_request("Wrong file identifier/HTTP URL specified")
    if not content:
        return bad_request("Wrong type of the web page content")
    return bytes(content)
