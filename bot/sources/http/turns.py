"""Whose turn it is: for a request to a host, and for a worker process. Nobody's host keeps others waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

SUSPECT_SECONDS = 600.0
"""For how long a host is remembered that a process had to be ended for."""
PUT_OFF_SECONDS = 60.0
"""For how long its pages are not read at all."""


def host_of(url: str) -> str:
    """Return the host and port of *url*, in small letters; empty if it is no address."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


class HostGate:
    """Lets at most *most* at a time through for each host."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._gates: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        gate, users = self._gates.get(host, (asyncio.Semaphore(self._most), 0))
        self._gates[host] = gate, users + 1
        try:
            async with gate:
                yield
        finally:
            gate, users = self._gates.pop(host)
            if users > 1:
                self._gates[host] = gate, users - 1


class ParserTurns:
    """Shares out worker processes, *most* at a time: one to each host, and one to all suspects together.

    A host is a suspect for a while after a process had to be ended for it: so whatever two of them do, others
    are served.
    """

    def __init__(self, most: int) -> None:
        self._hosts = HostGate(1)
        self._suspects = asyncio.Semaphore(1)
        self._places = asyncio.Semaphore(most)
        self._ended_at: dict[str, float] = {}

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._hosts.enter(host))
            if self._since_ended(host) < SUSPECT_SECONDS:
                await held.enter_async_context(self._suspects)
            await held.enter_async_context(self._places)
            yield

    def is_put_off(self, host: str) -> bool:
        """Say whether a process had to be ended for *host* only just now."""
        return self._since_ended(host) < PUT_OFF_SECONDS

    def note_ended(self, host: str) -> None:
        now = asyncio.get_running_loop().time()
        self._ended_at = {each: at for each, at in self._ended_at.items() if now - at < SUSPECT_SECONDS}
        self._ended_at[host] = now

    def _since_ended(self, host: str) -> float:
        return asyncio.get_running_loop().time() - self._ended_at.get(host, float("-inf"))
