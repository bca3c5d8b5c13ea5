"""/healthz, /readyz and /metrics: whether the service lives, whether it can work, and its figures."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest


def alive_route() -> web.RouteDef:
    """Return /healthz, which tells nothing but that the process answers."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.Response(text="ok\n")

    return web.get("/healthz", healthz)


def state_routes(
    *, registry: CollectorRegistry, ready: Callable[[], Awaitable[str | None]], remark: str = ""
) -> tuple[web.RouteDef, web.RouteDef]:
    """Return /readyz and /metrics; *ready* says in one line what is missing, or None when nothing is.

    A *remark* is what else is to be known of a service that can work.
    """
    well = f"ready; {remark}" if remark else "ready"

    async def readyz(request: web.Request) -> web.Response:
        del request
        problem = await ready()
        return web.Response(text=f"{problem or well}\n", status=503 if problem else 200)

    async def metrics(request: web.Request) -> web.Response:
        del request
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return web.get("/readyz", readyz), web.get("/metrics", metrics)
