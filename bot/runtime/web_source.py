"""The source of articles on the web, as the settings want it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.clock import Clock
from bot.runtime.proxies import proxies
from bot.settings.settings import Settings
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.web import WORKERS, WebSource
from bot.sources.workers.pool import Workers


@asynccontextmanager
async def open_web_source(settings: Settings, clock: Clock) -> AsyncIterator[WebSource]:
    """Open a source, with an HTTP client and worker processes of its own, until the end of the block."""
    guard = AddressGuard(settings.http.allow_private)
    through = proxies(settings.http.proxy, "http.proxy")
    async with (
        HttpClient(guard=guard, ca_bundle=settings.http.ca_bundle, proxies=through) as http,
        Workers(count=WORKERS) as workers,
    ):
        limits = HttpLimits(size=settings.http.max_body_bytes, seconds=settings.http.timeout.total_seconds())
        yield WebSource(http=http, workers=workers, clock=clock, limits=limits)
