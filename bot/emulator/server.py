"""Everything on one port: Telegram and Zalo, the control of both, and whatever else is mounted."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Self

from aiohttp import web

from bot.emulator.control.asking import Asking
from bot.emulator.control.people import People
from bot.emulator.control.reading import refusals
from bot.emulator.control.speaking import Speaking
from bot.emulator.control.watching import Watching
from bot.emulator.control.zalo import ZaloControl
from bot.emulator.control.zalo_oa import OaControl
from bot.emulator.telegram.api.bot_api import BotApi
from bot.emulator.telegram.requests.incoming import MAX_BODY
from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.world.state import State
from bot.emulator.visitors import only_ours
from bot.emulator.zalo.api import PATH, ZaloApi
from bot.emulator.zalo.state import ZaloState
from bot.emulator.zalo_oa.api import PATH as OA_PATH
from bot.emulator.zalo_oa.api import OaApi
from bot.emulator.zalo_oa.state import OaState

Mount = Callable[[web.Application], None]

_SHUTDOWN_SECONDS = 0.5


class Emulator:
    """A running emulator: its address, and its state for tests in the same process.

    Telegram is at *url*, Zalo's bots are at *zalo_url*, and its Official Accounts at *oa_url*.
    """

    def __init__(self, state: State, zalo: ZaloState, oa: OaState, url: str) -> None:
        self.state = state
        self.zalo = zalo
        self.oa = oa
        self.url = url
        self.zalo_url = url + PATH
        self.oa_url = url + OA_PATH

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
        state, oa = State(), OaState()
        # Who watches, watches both: a browser has few connections to spare.
        zalo = ZaloState(events=state.events)
        runner = web.AppRunner(
            application(state, zalo, oa, mounts, names=(host, *names)),
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
            keepalive_timeout=75.0,
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=1024)
            await site.start()
            bound = runner.addresses[0][1]
            yield cls(state, zalo, oa, f"http://{_reachable(host)}:{bound}")
        finally:
            await zalo.close()
            await _close(state)
            await runner.cleanup()


def _reachable(host: str) -> str:
    named = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - given, not bound
    return f"[{named}]" if ":" in named else named


def application(
    state: State,
    zalo: ZaloState,
    oa: OaState,
    mounts: Sequence[Mount] = (),
    *,
    names: Collection[str] = (),
) -> web.Application:
    app = web.Application(client_max_size=MAX_BODY, middlewares=[only_ours(names)])
    app.add_routes([*BotApi(state).routes(), *ZaloApi(zalo).routes(), *OaApi(oa).routes()])
    control = web.Application(client_max_size=MAX_BODY, middlewares=[refusals])
    of_zalo = web.Application(client_max_size=MAX_BODY, middlewares=[refusals])
    of_zalo.add_routes(ZaloControl(zalo).routes())
    control.add_subapp("/zalo", of_zalo)
    of_oa = web.Application(client_max_size=MAX_BODY, middlewares=[refusals])
    of_oa.add_routes(OaControl(oa).routes())
    control.add_subapp("/zalo-oa", of_oa)
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
