"""How long the event loop was kept from everything else."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

_EVERY = 0.001


@dataclass
class Stalls:
    """*longest* is in seconds: of time that passed between two beats, and that this process computed in.

    Time in which other processes had the machine is nobody's fault here. *own* is the longest that the loop
    itself computed, without waiting for what other threads of this process compute.
    """

    longest: float = 0.0
    own: float = 0.0


@asynccontextmanager
async def heartbeat() -> AsyncIterator[Stalls]:
    """Watch the running loop until the block ends."""
    stalls = Stalls()

    async def beat() -> None:
        passed, computed, own = time.monotonic(), time.process_time(), time.thread_time()
        while True:
            await asyncio.sleep(_EVERY)
            now, cpu, here = time.monotonic(), time.process_time(), time.thread_time()
            stalls.longest = max(stalls.longest, min(now - passed - _EVERY, cpu - computed))
            stalls.own = max(stalls.own, here - own)
            passed, computed, own = now, cpu, here

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    try:
        yield stalls
        # What the last step has left to the loop counts as well.
        await asyncio.sleep(2 * _EVERY)
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
