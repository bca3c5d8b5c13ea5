"""Zalo tells the same updates again with every poll: what is handled twice, how often it is asked, memory."""

import asyncio
from asyncio.subprocess import Process

from tests.bench.databases import new_database
from tests.bench.processes import resident_bytes
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.zalo import zalo
from tests.emulator.zalo.client import TOKEN, ZaloOverHttp

POLLS = 10_000
PEOPLE = 100
SHORTENED = 100
"""A second of the product's lasts so much less here: 10,000 polls would take three hours."""
POLL_EVERY = 1.05 / SHORTENED
TOLD_EVERY = 100
"""Polls after which the service says how near two of them came."""
WARM_AFTER = 0.3
"""The share of the polls after which memory is first looked at: by then everybody has been answered."""
GROWTH = 1.05


async def replayed_polls() -> Row:
    return await replayed(POLLS, people=PEOPLE)


async def replayed(polls: int, *, people: int) -> Row:
    """Poll so often while *people* write, half of them before it begins, each once."""
    async with new_database("sqlite") as url, zalo(0, users=people, replay=True) as platform:
        settings = {"BANTIN_ZALO__TOKEN": TOKEN, "BANTIN_ZALO__API_URL": platform.url}
        module = ("tests.zalo_polling_process", str(POLL_EVERY), str(TOLD_EVERY))
        await _write(platform, range(people // 2))
        async with service(api_url=None, database_url=url, module=module, more=settings) as process:
            await _until_polled(platform, polls // 5)
            await _write(platform, range(people // 2, people))
            await _until_polled(platform, round(polls * WARM_AFTER))
            before = resident_bytes(process.pid)
            nearest = await _nearest(process, polls)
            await _until_polled(platform, polls)
            after, metrics = resident_bytes(process.pid), await platform.look("metrics")
    apart, answered = nearest * SHORTENED, metrics["sent"]
    return Row(
        f"{metrics['polls']:,} polls of Zalo in replay mode, {people} updates, a second shortened to"
        f" {1000 // SHORTENED} ms",
        "each update answered once; never two polls within 1 s, nor two at once; memory ≤ 5 % more",
        f"{answered} answers, {metrics['second_copies']} twice; nearest {apart:.2f} s;"
        f" {metrics['polls_at_once']} at once; memory {after / before - 1:+.1%}",
        ok=answered == people
        and not metrics["second_copies"]
        and apart >= 1
        and not metrics["polls_at_once"]
        and after <= before * GROWTH,
    )


async def _write(platform: ZaloOverHttp, people: range) -> None:
    for person in people:
        await platform.says("xin chào", person=str(person))


async def _until_polled(platform: ZaloOverHttp, polls: int) -> None:
    async with asyncio.timeout(60 + polls):
        while (await platform.look("metrics"))["polls"] < polls:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.2)


async def _nearest(process: Process, polls: int) -> float:
    """Return how near two polls came by the product's own clock."""
    assert process.stdout is not None
    nearest = float("inf")
    for _ in range(polls // TOLD_EVERY):
        nearest = float(await process.stdout.readline())
    return nearest


ROWS = (replayed_polls,)
