"""A process that asks for an access token and prints it, to be killed: OWNER, DATABASE, API, OAUTH, REFRESH.

It says "asking" first, and waits for SIGUSR1 before it asks.
"""

import asyncio
import signal
import sys

from bot.domain.clock import SystemClock
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.zalo_oa import ZaloOaMessenger
from bot.messengers.zalo_oa.messenger import ZaloOaSettings
from bot.messengers.zalo_oa.request import App
from bot.services.coordination.account_tokens import AccountTokens
from bot.services.coordination.heartbeat import Heartbeat
from bot.store.engine.database import Database
from tests.emulator.zalo_oa.client import APP, APP_SECRET, COVER


async def ask(owner: str, database_url: str, api_url: str, oauth_url: str, refresh: str) -> None:
    settings = ZaloOaSettings(App(APP, APP_SECRET), COVER, api_url=api_url, oauth_url=oauth_url)
    database, messenger = await Database.open(database_url), ZaloOaMessenger(settings)
    tokens = AccountTokens(
        database,
        SystemClock(),
        account=messenger.account,
        owner=owner,
        configured=refresh,
        exchange=messenger.exchange,
    )
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, told.set)
    print("asking", flush=True)  # noqa: T201 - the test reads it
    await told.wait()
    try:
        async with Heartbeat(database, SystemClock(), owner=owner).kept():
            print(await tokens.access(), flush=True)  # noqa: T201 - the test reads it
    except MessengerError as error:
        print(f"refused: {error}", flush=True)  # noqa: T201 - the test reads it
    await messenger.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(ask(*sys.argv[1:]))
