"""A sender on Zalo in a process of its own, to be killed: its arguments are API, TOKEN, DATABASE and MONTH.

MONTH is how many messages the plan has. It prints the seconds that each of its writing transactions took.
"""

import asyncio
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from bot.domain.chats.preferences import Preferences
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.monthly_quota import MonthlyQuota
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import PACING, ZaloSettings
from bot.metrics import Metrics
from bot.services.delivery.sender import Sender, SenderRules
from bot.services.gateway.account import ServedAccount
from tests.builders import RENDERER
from tests.sending_process import LEASE, Timed

RULES = SenderRules(
    lease=LEASE,
    send_within=1.0,
    look_every=0.2,
    retry=RetryPolicy(first_wait=timedelta(milliseconds=100)),
    usual=Preferences(quiet=None),
)


async def send(api_url: str, token: str, database_url: str, month: int) -> None:
    database = await Timed.open(database_url, exclusive=True)
    pacing = replace(PACING, monthly=MonthlyQuota(month))
    messenger = await ZaloMessenger.connect(ZaloSettings(token, api_url, pacing))
    account = ServedAccount(
        messenger=messenger, database=database, clock=SystemClock(), metrics=Metrics(), owner=uuid4().hex
    )
    sender = Sender(account, RENDERER, RULES)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sender.stop)
    await sender.run()
    await messenger.close()
    await database.close()


if __name__ == "__main__":
    api, token, database, month = sys.argv[1:]
    asyncio.run(send(api, token, database, month=int(month)))
