"""Room for so many answers at a time; whoever waits for something else gives up the place meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class WorkerSlots:
    """The places; *on_free* is called when one becomes free."""

    def __init__(self, limit: int, on_free: Callable[[], None]) -> None:
        self._limit = limit
        self._on_free = on_free
        self._taken = 0
        self._returning = 0
        self._freed = asyncio.Event()

    @property
    def are_taken(self) -> bool:
        """Return whether nobody new may come: whoever returns goes first."""
        return self._taken + self._returning >= self._limit

    def take(self) -> None:
        self._taken += 1

    def leave(self) -> None:
        self._taken -= 1
        self._freed.set()
        self._on_free()

    @asynccontextmanager
    async def given_up(self) -> AsyncIterator[None]:
        """Let others have one's place meanwhile, and wait for one afterwards."""
        self.leave()
        try:
            yield
            self._returning += 1
            try:
                while self._taken >= self._limit:
                    self._freed.clear()
                    await self._freed.wait()
            finally:
                self._returning -= 1
        finally:
            self.take()
