"""Places: as many as there are, and whoever comes back goes before whoever is new."""

import asyncio

import pytest

from bot.commands.runtime.slots import WorkerSlots


def make(limit: int) -> tuple[WorkerSlots, list[None]]:
    freed: list[None] = []
    return WorkerSlots(limit, lambda: freed.append(None)), freed


async def test_a_place_that_is_given_up_is_free_meanwhile() -> None:
    places, freed = make(1)
    places.take()
    assert places.are_taken

    async with places.given_up():
        assert not places.are_taken

    assert (places.are_taken, len(freed)) == (True, 1)


async def test_whoever_comes_back_waits_for_a_place_and_goes_first() -> None:
    places, _ = make(1)
    places.take()
    back = asyncio.Event()

    async def away() -> None:
        async with places.given_up():
            pass
        back.set()

    async with places.given_up():
        places.take()
        returning = asyncio.create_task(away())
        await asyncio.sleep(0)
        places.take()
        places.leave()
        await asyncio.wait_for(back.wait(), 5)
        assert places.are_taken
        places.leave()
    await returning
    assert places.are_taken


async def test_what_fails_away_has_its_place_again() -> None:
    places, _ = make(1)
    places.take()

    with pytest.raises(RuntimeError):
        async with places.given_up():
            raise RuntimeError

    assert places.are_taken
