"""Work that is not waited for any longer than it is worth."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery.delivery import RetryPolicy
from bot.services.aio import Backoff, all_ended, at_most, cancelled, first_ended, until


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


async def test_work_is_left_at_once_where_there_is_no_grace() -> None:
    stopped, stubborn = asyncio.Event(), Stubborn()
    waiting = asyncio.create_task(until(stopped, stubborn()))
    await stubborn.begun.wait()

    stopped.set()
    await asyncio.wait_for(waiting, 60)
    stubborn.may_end.set()
    await asyncio.sleep(0)


async def test_of_several_tasks_those_are_told_that_have_ended_until_all_is_stopped() -> None:
    stopped = asyncio.Event()
    quick, slow = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(asyncio.sleep(3600))

    ended = await first_ended(stopped, [quick, slow])
    stopped.set()
    none = await first_ended(stopped, [slow])
    await cancelled(slow)

    assert (ended, none, slow.cancelled()) == ({quick}, set(), True)


async def test_what_does_not_end_in_time_is_left_and_named() -> None:
    stubborn = Stubborn()
    ends, late = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(stubborn(), name="the mule")

    with capture_logs() as logs:
        await all_ended([ends, late], within=0.01)
    stubborn.may_end.set()
    await asyncio.gather(late, return_exceptions=True)

    assert [(log["event"], log["part"]) for log in logs] == [
        ("a part did not come to its end in time", "the mule")
    ]


def test_each_failure_in_a_row_makes_the_next_wait_longer() -> None:
    backoff = Backoff(RetryPolicy(timedelta(seconds=1), timedelta(seconds=3)))

    waits = [backoff.next(), backoff.next(), backoff.next(7.0), backoff.next()]
    backoff.reset()

    assert (waits, backoff.next()) == ([1.0, 2.0, 7.0, 3.0], 1.0)
