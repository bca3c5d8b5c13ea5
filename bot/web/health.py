"""/healthz, /readyz and /metrics."""

import os
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

LAST_ANSWERS = 1.0
"""Seconds that requests under way are given at the end: a slow client must not hold the stop."""


def health_application(
    *, registry: CollectorRegistry, ready: Callable[[], Awaitable[str | None]]
) -> web.Application:
    """Return the application; *ready* says in one line what is missing, or None when nothing is."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        del request
        problem = await ready()
        return web.Response(text=f"{problem or 'ready'}\n", status=503 if problem else 200)

    async def metrics(request: web.Request) -> web.Response:
        del request
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]
    )
    return application


def refused(error: OSError) -> str:
    """Return in a few words why nothing can listen: asyncio's own text repeats the address."""
    in_asyncio = error.errno is not None and error.errno > 0
    return os.strerror(error.errno) if in_asyncio and error.errno else error.strerror or str(error)


async def serve(application: web.Application, *, host: str, port: int) -> web.AppRunner:
    """Serve *application*; port 0 takes a free one, which the runner's addresses tell. Raises OSError."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
