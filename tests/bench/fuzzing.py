"""Fuzzing: what broken servers might send is read or refused, within the limits of time and memory."""

from bot.sources.workers.pool import CallLimits, Workers
from tests.bench.row import Measure, Row
from tests.services.rendering.laying_out import faults_of, read
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


async def laid_out() -> Row:
    shown, wrong = 0, {}
    for number in range(CASES):
        if (blocks := read(number)) is not None:
            shown += bool(blocks)
            if faults := faults_of(blocks):
                wrong[number] = faults[0]
    first = "".join(f"; case {number}: {fault}" for number, fault in list(wrong.items())[:1])
    return Row(
        f"{CASES:,} damaged texts read as blocks, and shown on Telegram, on Zalo and as HTML",
        "nothing is refused, left open or too long",
        f"{shown:,} have a layout, {len(wrong)} wrong{first}",
        ok=not wrong,
    )


ROWS: tuple[Measure, ...] = (fuzzed, laid_out)
