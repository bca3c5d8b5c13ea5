"""Fuzzing: what broken servers might send is read or refused, within the limits of time and memory."""

from bot.sources.workers.pool import CallLimits, Workers
from tests.bench.row import Measure, Row
from tests.sources.fuzzing import fuzz

CASES = 20_000


async def fuzzed() -> Row:
    limits = CallLimits()
    async with Workers(count=2, limits=limits) as workers:
        found = await fuzz(workers, range(CASES))
    read, refused = found.ends["read"], found.ends["refused"]
    first = "".join(f"; case {number}: {error}" for number, error in list(found.wrong.items())[:1])
    return Row(
        f"parsers fed {CASES:,} damaged documents, in worker processes as in the service",
        f"only results or refusals, never above {limits.seconds:g} s and {limits.memory >> 20} MiB",
        f"{read:,} read, {refused:,} refused, {len(found.wrong)} wrong, slowest {found.slowest:.1f} s{first}",
        ok=not found.wrong,
    )


ROWS: tuple[Measure, ...] = (fuzzed,)
