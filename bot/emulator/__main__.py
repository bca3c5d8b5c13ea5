"""`python -m bot.emulator`: the emulator in a process of its own; prints its address as the only line."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from bot.emulator.server import Emulator
from bot.emulator.telegram.world.world import Bot


async def serve(port: int, tokens: Sequence[str]) -> None:
    async with Emulator.start(port=port) as emulator:
        for token in tokens:
            number = int(token.partition(":")[0])
            emulator.state.world.bots[number] = Bot(number, token, f"bot{number}_bot", "Bản Tin")
        sys.stdout.write(emulator.url + "\n")
        sys.stdout.flush()
        stopped = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.emulator", description="A strict Telegram Bot API.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", action="append", default=[], help="a known bot's token; may be repeated")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.token))


if __name__ == "__main__":
    main()
