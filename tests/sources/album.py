"""`python -m tests.sources.album SMALL… -- LARGE…`: fetches pictures as the service does.

It prints the peak of memory of this process and its workers, in bytes, after the small ones and after all.
"""

import asyncio
import os
import sys

from bot.domain.clock import SystemClock
from bot.domain.news.article import Photo
from bot.services.subscribers.photo_fetcher import FETCHED_AT_ONCE
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.web import WORKERS, WebSource
from bot.sources.workers.pool import Workers
from tests.bench.processes import family, peak_bytes


async def main(small: list[str], large: list[str]) -> None:
    places = asyncio.Semaphore(FETCHED_AT_ONCE)
    limits = HttpLimits(size=10_000_000, seconds=60)
    async with HttpClient(guard=AddressGuard({"127.0.0.1"})) as http, Workers(count=WORKERS) as workers:
        source = WebSource(http=http, workers=workers, clock=SystemClock(), limits=limits)

        async def fetch(url: str) -> int:
            async with places:
                return (await source.picture(Photo(url))).width

        for urls in (small, large):
            widths = await asyncio.gather(*map(fetch, urls))
            peak = sum(peak_bytes(pid) for pid in family(os.getpid()))
            sys.stdout.write(f"{peak} {sum(width > 0 for width in widths)}\n")


if __name__ == "__main__":
    at = sys.argv.index("--")
    asyncio.run(main(sys.argv[1:at], sys.argv[at + 1 :]))
