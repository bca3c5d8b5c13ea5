"""Work that is not waited for any longer than it is worth."""

import asyncio

import pytest

from bot.services.aio import at_most, until


class Stubborn:
    """Work that takes its time to be cancelled, as a question to a server that is silent does."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self) -> None:
        self.begun.set()
        while not self.may_end.is_set():
            try:
                await self.may_end.wait()
            except asyncio.CancelledError:
                continue
        raise ValueError("nobody hears this")


async def test_what_is_done_in_time_is_returned() -> None:
    assert await at_most(60, asyncio.sleep(0, "done")) == "done"


async def test_what_takes_too_long_is_left_even_if_it_does_not_end() -> None:
    stubborn = Stubborn()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(at_most(0.01, stubborn()), 60)
    stubborn.may_end.set()
    await asyncio.sleep(0)


async def test_what_fails_fails_for_whoever_waits() -> None:
    async def fail() -> None:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        await at_most(60, fail())
    with pytest.raises(KeyError):
        await until(asyncio.Event(), fail(), grace=60)


async def test_once_stopped_work_has_its_grace_and_no_more() -> None:
    stopped, stubborn = asyncio.Event(), Stubborn()
    waiting = asyncio.create_task(until(stopped, stubborn(), grace=0.01))
    await stubborn.begun.wait()
    before = waiting.done()

    stopped.set()
    await asyncio.wait_for(waiting, 60)
    stubborn.may_end.set()
    await asyncio.sleep(0)

    assert not before


async def test_whoever_is_cancelled_leaves_the_work_too() -> None:
    stubborn = Stubborn()
    waiting = asyncio.create_task(at_most(60, stubborn()))
    await stubborn.begun.wait()

    waiting.cancel()
    await asyncio.wait({waiting}, timeout=60)
    stubborn.may_end.set()
    await asyncio.sleep(0)

    assert waiting.cancelled()
