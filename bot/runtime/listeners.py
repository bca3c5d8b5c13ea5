"""Where the service listens: for posts of messengers and hubs, and for questions about its state."""

import structlog
from aiohttp import web

from bot.runtime.shutdown import ServiceError
from bot.settings.settings import WebSection, split_address
from bot.web.health import alive_route
from bot.web.server import refused, serve

log = structlog.get_logger(__name__)


async def listen(
    chosen: WebSection, public: list[web.RouteDef], state: list[web.RouteDef]
) -> list[web.AppRunner]:
    """Listen where the settings say; the *state* has a listener of its own if they name one.

    Raises ServiceError where that cannot be.
    """
    if not chosen.health_listen:
        return [await _listening([*public, *state], "web.listen", chosen.listen)]
    listener = await _listening(public, "web.listen", chosen.listen)
    try:
        return [listener, await _listening(state, "web.health_listen", chosen.health_listen)]
    except ServiceError:
        await listener.cleanup()
        raise


async def _listening(routes: list[web.RouteDef], setting: str, address: str) -> web.AppRunner:
    """Serve *routes* at the *address* of *setting*; raises ServiceError if that cannot be."""
    application = web.Application()
    application.add_routes([alive_route(), *routes])
    host, port = split_address(address)
    try:
        runner = await serve(application, host=host, port=port)
    except OSError as error:
        raise ServiceError(f"{setting} {address}: cannot listen there: {refused(error)}") from None
    event = "health" if setting == "web.listen" else "health apart"
    log.info(event, addresses=[f"{host}:{port}" for host, port, *_ in runner.addresses])
    return runner
