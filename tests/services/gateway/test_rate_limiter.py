import asyncio

import pytest

from bot.domain.clock import SystemClock
from bot.domain.delivery.fair_queue import FairQueue, Lane, Ticket
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.services.gateway.rate_limiter import QueueClosedError, RateLimiter


def rate_limiter(limit: int = 1, period: float = 0.05) -> RateLimiter:
    return RateLimiter(FairQueue(PacingRules(account=Window(limit, period))), SystemClock())


async def slot(rate_limiter: RateLimiter, chat: str, lane: Lane = Lane.REPLY) -> Ticket:
    return await rate_limiter.acquire(chat, shared=False, lane=lane)


async def test_a_slot_comes_when_the_window_has_room() -> None:
    paced = rate_limiter()
    first = await slot(paced, "a")
    waiting = asyncio.create_task(slot(paced, "b"))
    await asyncio.sleep(0)
    assert not waiting.done()

    paced.answered(first)

    assert (await waiting).chat == "b"


async def test_who_gives_up_waiting_leaves_the_line() -> None:
    paced = rate_limiter()
    first = await slot(paced, "a")
    waiting = asyncio.create_task(slot(paced, "b"))
    await asyncio.sleep(0)

    waiting.cancel()
    paced.unused(first)

    assert (await slot(paced, "c")).chat == "c"
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_slot_granted_to_somebody_who_gave_up_is_free_again() -> None:
    paced = rate_limiter()
    first = await slot(paced, "a")
    waiting = asyncio.create_task(slot(paced, "b"))
    await asyncio.sleep(0)

    paced.unused(first)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert (await asyncio.wait_for(slot(paced, "c"), 1)).chat == "c"


async def test_who_is_sent_away_and_gives_up_at_once_gives_no_slot_back() -> None:
    paced = rate_limiter()
    await slot(paced, "a")
    sent_away = asyncio.create_task(paced.acquire("b", shared=False, lane=Lane.REPLY, patience=1.0))
    await asyncio.sleep(0)

    paced.close_chat("b", 5.0, shared=False)
    sent_away.cancel()
    await asyncio.gather(sent_away, return_exceptions=True)

    waiting = asyncio.create_task(slot(paced, "c"))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_a_reply_cuts_a_long_wait_short() -> None:
    paced = RateLimiter(FairQueue(PacingRules(account=Window(2, 5.0))), SystemClock())
    paced.answered(await slot(paced, "a", Lane.NEWS))
    broadcast = asyncio.create_task(slot(paced, "b", Lane.NEWS))
    await asyncio.sleep(0)

    assert (await asyncio.wait_for(slot(paced, "c"), 1)).chat == "c"
    broadcast.cancel()
    await asyncio.gather(broadcast, return_exceptions=True)
    paced.close()


async def test_during_an_outage_requests_go_one_at_a_time() -> None:
    paced = rate_limiter(limit=10)
    paced.send_one_at_a_time(on=True)
    first = await slot(paced, "a")
    waiting = [asyncio.create_task(slot(paced, chat)) for chat in "bc"]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)

    paced.send_one_at_a_time(on=False)

    await asyncio.wait_for(asyncio.gather(*waiting), 1)
    paced.answered(first)


async def test_while_broadcasts_are_held_replies_go_on() -> None:
    paced = rate_limiter(limit=10)
    paced.hold_broadcasts(True)
    broadcast = asyncio.create_task(slot(paced, "a", Lane.NEWS))
    reply = await asyncio.wait_for(slot(paced, "b"), 1)
    assert not broadcast.done()

    paced.hold_broadcasts(False)

    assert (await asyncio.wait_for(broadcast, 1)).chat == "a"
    paced.answered(reply)


async def test_whoever_waits_when_the_line_is_closed_is_sent_away_and_nobody_is_let_in_again() -> None:
    paced = rate_limiter(period=60)
    await slot(paced, "a")
    waiting = [asyncio.create_task(slot(paced, chat)) for chat in "abc"]
    await asyncio.sleep(0)

    paced.close()

    for task in (*waiting, asyncio.create_task(slot(paced, "d"))):
        with pytest.raises(QueueClosedError):
            await asyncio.wait_for(task, 1)


async def test_those_in_line_have_their_turns_in_order_and_who_has_left_is_passed_over() -> None:
    paced = rate_limiter(limit=2, period=60)
    turns: list[str] = []

    async def stand(chat: str) -> Ticket:
        ticket = await slot(paced, chat)
        turns.append(chat)
        return ticket

    waiting = [asyncio.create_task(stand(chat)) for chat in "abcd"]
    first = await waiting[0]
    waiting[2].cancel()
    await asyncio.wait({waiting[2]})

    paced.unused(first)
    await waiting[3]
    paced.close()

    assert turns == ["a", "b", "d"]
