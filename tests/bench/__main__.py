"""`python -m tests.bench [NAME…]`: measures all rows, or those whose name or module is given.

The table goes to standard output as Markdown, what is under way to standard error; the status is 1 if any row
misses its goal.
"""

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import ModuleType

from tests.bench import (
    both_at_once,
    broadcasts,
    choosing,
    commands,
    console,
    crashes,
    digest_crashes,
    fail_over,
    fan_out,
    finding,
    floods,
    foretelling,
    fuzzing,
    hostile,
    idle,
    large_pages,
    memory,
    monthly_digests,
    outages,
    polls_after_crashes,
    public_page,
    recognition,
    rendering,
    replayed_polls,
    replies,
    soak,
    sources,
)
from tests.bench.machine import machine
from tests.bench.measuring import not_measured, row_of
from tests.bench.row import Measure, Row

GROUPS: tuple[ModuleType, ...] = (
    both_at_once,
    broadcasts,
    fan_out,
    choosing,
    memory,
    soak,
    replayed_polls,
    replies,
    floods,
    crashes,
    digest_crashes,
    monthly_digests,
    fail_over,
    polls_after_crashes,
    outages,
    idle,
    large_pages,
    sources,
    recognition,
    rendering,
    fuzzing,
    hostile,
    finding,
    commands,
    console,
    public_page,
    foretelling,
)
"""Each has ROWS, the functions that measure it."""


def chosen(names: Sequence[str]) -> list[Measure]:
    """Return the measurements that *names* mean; all without any."""
    known = [(_group(group), measure) for group in GROUPS for measure in group.ROWS]
    unknown = set(names) - {name for group, measure in known for name in (group, measure.__name__)}
    if unknown:
        every = ", ".join(measure.__name__ for _, measure in known)
        raise SystemExit(f"there is no row called {', '.join(sorted(unknown))}; there are: {every}")
    return [measure for group, measure in known if not names or group in names or measure.__name__ in names]


def _group(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def measured(measure: Measure, place: str) -> Row:
    """Measure one row, in a process of its own: none inherits what another has left in memory.

    *place* says how many of all rows it is.
    """
    started_at = time.monotonic()
    sys.stderr.write(f"{place} {measure.__name__} …")
    sys.stderr.flush()
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            row = process.submit(row_of, measure).result()
        except BrokenProcessPool:
            row = not_measured(measure, "its process died")
    sys.stderr.write(f" {row.measured} ({time.monotonic() - started_at:.0f} s)\n")
    return row


def table(rows: Sequence[Row]) -> str:
    lines = ["| what | goal | measured | |", "|---|---|---|---|"]
    lines += [f"| {row.name} | {row.goal} | {row.measured} | {'✓' if row.ok else '✗'} |" for row in rows]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the product.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a row or a group of rows; all without any")
    started_at = time.monotonic()
    wanted = chosen(parser.parse_args().names)
    rows = [measured(measure, f"{number}/{len(wanted)}") for number, measure in enumerate(wanted, 1)]
    took = time.monotonic() - started_at
    sys.stdout.write(f"{table(rows)}\n\n{asyncio.run(machine())}; measured in {took / 60:.1f} minutes.\n")
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
