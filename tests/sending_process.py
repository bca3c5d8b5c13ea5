"""A sender in a process of its own, to be killed: its arguments are API, TOKEN, DATABASE and RATE.

It prints the seconds that each of its writing transactions took, one a line.
"""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.messenger import TelegramSettings
from bot.metrics import Metrics
from bot.services.delivery.sender import Sender, SenderRules
from bot.services.gateway.account import ServedAccount
from bot.store.engine.database import Database, Transaction
from tests.builders import RENDERER

LEASE = 3.0


class Timed(Database):
    """A database that says how long its writing transactions take."""

    @asynccontextmanager
    async def write(self, *, even_if_lost: bool = False) -> AsyncIterator[Transaction]:
        async with super().write(even_if_lost=even_if_lost) as tx:
            began_at = time.monotonic()
            yield tx
        sys.stdout.write(f"{time.monotonic() - began_at:.4f}\n")
        sys.stdout.flush()


async def send(api_url: str, token: str, database_url: str, rate: int) -> None:
    database = await Timed.open(database_url, exclusive=True)
    pacing = PacingRules(account=Window(rate, 1.0))
    messenger = await TelegramMessenger.connect(TelegramSettings(token, api_url, pacing))
    account = ServedAccount(
        messenger=messenger, database=database, clock=SystemClock(), metrics=Metrics(), owner=uuid4().hex
    )
    sender = Sender(
        account,
        RENDERER,
        SenderRules(
            lease=LEASE,
            send_within=1.0,
            look_every=0.2,
            retry=RetryPolicy(first_wait=timedelta(milliseconds=100)),
        ),
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sender.stop)
    await sender.run()
    await messenger.close()
    await database.close()


if __name__ == "__main__":
    api, token, database, rate = sys.argv[1:]
    asyncio.run(send(api, token, database, rate=int(rate)))
