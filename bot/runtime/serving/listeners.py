"""Where the service listens: for posts of messengers and hubs, questions about its state, and managers."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.runtime.shutdown import ServiceError
from bot.settings.settings import WebSection
from bot.settings.values import split_address
from bot.web.health import alive_route
from bot.web.server import refused, serve

log = structlog.get_logger(__name__)

_EVENTS = {
    "web.listen": "health",
    "web.health_listen": "health apart",
    "web.console_listen": "console apart",
}


@dataclass(frozen=True, slots=True)
class Served:
    """What is answered: to everybody, about the *state* of the service, and in the *console*, if any."""

    public: Sequence[web.RouteDef]
    state: Sequence[web.RouteDef]
    console: Sequence[web.RouteDef] = ()


async def listen(chosen: WebSection, served: Served) -> list[web.AppRunner]:
    """Listen where the settings say; the state and the console have listeners of their own if they name one.

    Raises ServiceError where that cannot be.
    """
    apart = [
        (each, setting, address)
        for each, setting, address in (
            (served.state, "web.health_listen", chosen.health_listen),
            (served.console, "web.console_listen", chosen.console_listen),
        )
        if each and address
    ]
    shared = [
        *served.public,
        *(() if chosen.health_listen else served.state),
        *(() if chosen.console_listen else served.console),
    ]
    async with AsyncExitStack() as stack:
        listeners = []
        for each in ((shared, "web.listen", chosen.listen), *apart):
            listener = await _listening(*each)
            stack.push_async_callback(listener.cleanup)
            listeners += [listener]
        stack.pop_all()
    return listeners


async def _listening(routes: Sequence[web.RouteDef], setting: str, address: str) -> web.AppRunner:
    """Serve *routes* at the *address* of *setting*; raises ServiceError if that cannot be."""
    application = web.Application()
    application.add_routes([alive_route(), *routes])
    host, port = split_address(address)
    try:
        runner = await serve(application, host=host, port=port)
    except OSError as error:
        raise ServiceError(f"{setting} {address}: cannot listen there: {refused(error)}") from None
    log.info(_EVENTS[setting], addresses=[f"{host}:{port}" for host, port, *_ in runner.addresses])
    return runner
