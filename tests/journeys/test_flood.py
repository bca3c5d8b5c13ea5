"""A flood through the running service and the emulated Telegram with its limits on: what it costs others."""

import asyncio
import time

import pytest

from tests.emulated import Emulated
from tests.journeys.stage import PACED, Theatre

FLOODERS = range(3001, 3004)
OTHERS = range(4001, 4011)


async def says(emulated: Emulated, user: int, text: str) -> None:
    await emulated.post("updates/message", chat=user, **{"from": user}, text=text)


async def waits_for(emulated: Emulated, user: int) -> float:
    """Ask for help, and return for how many seconds the answer was waited for."""
    asked_at = time.monotonic()
    await says(emulated, user, "/trogiup")
    async with asyncio.timeout(60):
        while not await emulated.outbox(user):  # noqa: ASYNC110 - it happens on the other side of the wire
            await asyncio.sleep(0.01)
    return time.monotonic() - asked_at


@pytest.mark.timeout(180)
async def test_a_flood_takes_nobodys_turn(sqlite_url: str) -> None:
    async with Theatre.open(sqlite_url, paced=True) as theatre:
        emulated = theatre.emulated
        for user in (*FLOODERS, *OTHERS):
            await emulated.post("users", id=user, first_name="Người", language_code="vi")
        flood = [says(emulated, user, f"/trogiup {number}") for number in range(120) for user in FLOODERS]
        flooding = asyncio.gather(*flood)
        waits = [await waits_for(emulated, user) for user in OTHERS]
        await flooding
        async with asyncio.timeout(60):
            while "quá nhiều yêu cầu" not in (await emulated.outbox(FLOODERS[0]))[-1]["text"]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        answered = len(await emulated.outbox(FLOODERS[0]))
        metrics = await emulated.metrics()

    # It takes a moment to post so many, in which a few more are allowed.
    assert PACED < answered <= 2 * PACED
    assert (max(waits) < 10, metrics["violations"]) == (True, 0)
