"""Whose turn it is: no host keeps the others waiting."""

import asyncio

from bot.sources.http.turns import ParserTurns, host_of


class Desk:
    """Notes who has a worker process; each keeps it until the desk lets it go."""

    def __init__(self, most: int) -> None:
        self.turns = ParserTurns(most)
        self.served: list[str] = []
        self._go: dict[str, asyncio.Event] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def ask(self, host: str) -> None:
        """Have *host* ask, and go on as far as all can."""
        self._tasks.append(asyncio.create_task(self._serve(host)))
        await self.settle()

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def _serve(self, host: str) -> None:
        async with self.turns.enter(host):
            self.served.append(host)
            await self._go.setdefault(host, asyncio.Event()).wait()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def test_a_host_has_one_process_at_most() -> None:
    desk = Desk(most=2)

    for host in ("slow.example", "slow.example", "slow.example", "honest.example"):
        await desk.ask(host)

    assert desk.served == ["slow.example", "honest.example"]
    await desk.close()


async def test_hosts_that_a_process_was_ended_for_share_one() -> None:
    desk = Desk(most=2)
    for host in ("a.example", "b.example"):
        desk.turns.note_ended(host)

    for host in ("a.example", "b.example", "honest.example"):
        await desk.ask(host)

    assert desk.served == ["a.example", "honest.example"]
    await desk.close()


async def test_the_pages_of_such_a_host_are_put_off_and_of_no_other() -> None:
    desk = Desk(most=2)
    desk.turns.note_ended("a.example")

    assert [desk.turns.is_put_off(host) for host in ("a.example", "b.example")] == [True, False]


async def test_what_waits_no_more_leaves_no_trace() -> None:
    desk = Desk(most=1)
    await desk.ask("a.example")
    await desk.ask("b.example")

    await desk.close()
    await desk.ask("c.example")

    assert desk.served == ["a.example", "c.example"]
    await desk.close()


def test_a_host_is_named_in_small_letters_with_its_port() -> None:
    assert [host_of(url) for url in ("HTTPS://So.Example.vn:8443/x", "https://[", "")] == [
        "so.example.vn:8443",
        "",
        "",
    ]
