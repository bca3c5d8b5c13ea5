"""Everything on one port: the Bot API, the control API, and whatever else is mounted."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Self

from aiohttp import web

from bot.emulator.control.asking import Asking
from bot.emulator.control.people import People
from bot.emulator.control.reading import refusals
from bot.emulator.control.speaking import Speaking
from bot.emulator.control.watching import Watching
from bot.emulator.telegram.api.bot_api import BotApi
from bot.emulator.telegram.requests.incoming import MAX_BODY
from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.world.state import State
from bot.emulator.visitors import only_ours

Mount = Callable[[web.Application], None]

_SHUTDOWN_SECONDS = 0.5


class Emulator:
    """A running emulator: its address, and its state for tests in the same process."""

    def __init__(self, state: State, url: str) -> None:
        self.state = state
        self.url = url

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        port: int = 0,
        host: str = "127.0.0.1",
        mounts: Sequence[Mount] = (),
        names: Collection[str] = (),
    ) -> AsyncIterator[Self]:
        """Serve until the block ends. Port 0 takes a free one; *mounts* add routes of their own.

        The address is one that works on this machine, also where *host* means all of its addresses.
        It answers to its address in figures, to localhost, to *host* and to no name but those of *names*.
        """
        state = State()
        runner = web.AppRunner(
            application(state, mounts, names=(host, *names)),
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
            keepalive_timeout=75.0,
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=1024)
            await site.start()
            bound = runner.addresses[0][1]
            yield cls(state, f"http://{_reachable(host)}:{bound}")
        finally:
            await _close(state)
            await runner.cleanup()


def _reachable(host: str) -> str:
    named = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - given, not bound
    return f"[{named}]" if ":" in named else named


def application(
    state: State, mounts: Sequence[Mount] = (), *, names: Collection[str] = ()
) -> web.Application:
    app = web.Application(client_max_size=MAX_BODY, middlewares=[only_ours(names)])
    app.add_routes(BotApi(state).routes())
    control = web.Application(client_max_size=MAX_BODY, middlewares=[refusals])
    for part in (People(state), Speaking(state), Asking(state), Watching(state)):
        control.add_routes(part.routes())
    app.add_subapp("/_ctl", control)
    for mount in mounts:
        mount(app)
    return app


async def _close(state: State) -> None:
    """End what would wait for ever: long polls, watchers, webhook deliveries."""
    for bot in state.world.bots.values():
        bot.updates.interrupt(ApiError(500, "Internal Server Error: restart"))
    state.events.close()
    await state.webhooks.close()
