"""A sender in a process of its own, to be killed: its arguments are API, TOKEN, DATABASE, RATE and LEASE.

The lease, in seconds, may be left out.

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


@asynccontextmanager
async def sender_of(
    database: Database,
    api_url: str,
    token: str,
    rate: int,
    lease: float = LEASE,
    kind: type[TelegramMessenger] = TelegramMessenger,
) -> AsyncIterator[Sender]:
    """Make a sender of one account, which ends when the process is told to."""
    pacing = PacingRules(account=Window(rate, 1.0))
    messenger = await kind.connect(TelegramSettings(token, api_url, pacing))
    account = ServedAccount(
        messenger=messenger, database=database, clock=SystemClock(), metrics=Metrics(), owner=uuid4().hex
    )
    sender = Sender(
        account,
        RENDERER,
        SenderRules(
            lease=lease,
            send_within=1.0,
            look_every=0.2,
            retry=RetryPolicy(first_wait=timedelta(milliseconds=100)),
        ),
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sender.stop)
    yield sender
    await messenger.close()


async def send(api_url: str, token: str, database_url: str, rate: int, lease: float) -> None:
    database = await Timed.open(database_url, exclusive=True)
    async with sender_of(database, api_url, token, rate, lease) as sender:
        await sender.run()
    await database.close()


if __name__ == "__main__":
    api, token, database, rate, *lease = sys.argv[1:]
    asyncio.run(send(api, token, database, int(rate), float(lease[0]) if lease else LEASE))
