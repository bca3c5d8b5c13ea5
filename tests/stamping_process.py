"""The sender of `sending_process`, which prints when it begins each request (seconds since the epoch)."""

import asyncio
import sys
import time

from bot.domain.chats.chat import Address
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Outcome
from bot.domain.messaging.messenger import FallbackRequest
from bot.messengers.telegram import TelegramMessenger
from bot.store.engine.database import Database
from tests.sending_process import sender_of


class StampingMessenger(TelegramMessenger):
    async def send(self, address: Address, message: Message) -> Outcome | FallbackRequest:
        sys.stdout.write(f"{time.time():.6f}\n")
        sys.stdout.flush()
        return await super().send(address, message)


async def send(api_url: str, token: str, database_url: str, rate: int, lease: float) -> None:
    database = await Database.open(database_url, exclusive=True)
    async with sender_of(database, api_url, token, rate, lease, StampingMessenger) as sender:
        await sender.run()
    await database.close()


if __name__ == "__main__":
    api, token, url, rate, lease = sys.argv[1:]
    asyncio.run(send(api, token, url, int(rate), float(lease)))
