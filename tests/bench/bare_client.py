"""What no sender can beat: aiohttp alone, posting requests as fast as it can. Prints its CPU time in seconds.

Arguments: URL, the first chat and their number; what is posted to each comes as JSON on standard input.
"""

import asyncio
import resource
import sys

import aiohttp
import orjson

AT_ONCE = 50


async def post_all(url: str, first: int, count: int, parameters: dict[str, object]) -> None:
    headers = {"Content-Type": "application/json"}
    chats = iter(range(first, first + count))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def post() -> None:
            for chat in chats:
                body = orjson.dumps(parameters | {"chat_id": str(chat)})
                async with session.post(url, data=body, headers=headers) as answer:
                    assert orjson.loads(await answer.read())["ok"]

        await asyncio.gather(*(post() for _ in range(AT_ONCE)))


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    url, first, count = sys.argv[1:]
    parameters = orjson.loads(sys.stdin.buffer.read())
    before = cpu()
    asyncio.run(post_all(url, int(first), int(count), parameters))
    sys.stdout.write(f"{cpu() - before:.3f}\n")


if __name__ == "__main__":
    main()
