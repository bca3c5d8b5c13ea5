"""A real web server on this machine whose answers a test sets, and clients that may ask it."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from multidict import CIMultiDict

from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard

DATA = Path(__file__).parent.parent / "data"
LIMITS = HttpLimits(size=100_000, seconds=5)

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Site:
    """Answers what it was told to, and remembers the paths and headers it was asked with."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self._handlers: dict[str, Handler] = {}

    def answers(
        self, path: str, body: bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> str:
        """Set the answer of *path* and return its address."""

        async def handler(_: web.BaseRequest) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=CIMultiDict(headers or {}))

        return self.handles(path, handler)

    def redirects(self, path: str, target: str, *, status: int = 302) -> str:
        return self.answers(path, status=status, headers={"Location": target})

    def handles(self, path: str, handler: Handler) -> str:
        self._handlers[path] = handler
        return self.url + path

    async def dispatch(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request.path)
        self.headers.append(dict(request.headers))
        handler = self._handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


@asynccontextmanager
async def running_site(*, certificate: str | None = None) -> AsyncIterator[Site]:
    """Run a site on a free port, with TLS if a file of tests/data/tls is named."""
    site = Site()
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(DATA / "tls" / certificate)
    server = web.Server(site.dispatch, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    port = runner.addresses[0][1]
    site.url = f"http{'s' if certificate else ''}://127.0.0.1:{port}"
    try:
        yield site
    finally:
        await runner.cleanup()


def local_client(*, ca_bundle: str | None = None) -> HttpClient:
    """Return a client that may ask this machine, trusting a file of tests/data/tls if one is named."""
    bundle = DATA / "tls" / ca_bundle if ca_bundle else None
    return HttpClient(guard=AddressGuard({"127.0.0.1"}), ca_bundle=bundle, try_again_after=(0, 0, 0))
