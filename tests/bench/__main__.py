"""`python -m tests.bench [NAME…]`: measures all rows, or those whose name or module is given.

The table goes to standard output as Markdown, what is under way to standard error; the status is 1 if any row
misses its goal.
"""

import argparse
import asyncio
import sys
import time
import traceback
from collections.abc import Sequence
from types import ModuleType

from tests.bench import broadcasts, crashes, fan_out, finding, idle, memory, replies, sources
from tests.bench.databases import NoServerError
from tests.bench.machine import machine
from tests.bench.row import Measure, Row

GROUPS: tuple[ModuleType, ...] = (
    broadcasts,
    fan_out,
    memory,
    replies,
    crashes,
    idle,
    sources,
    finding,
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


def measured(measure: Measure) -> Row:
    """Measure one row; one that cannot be measured misses its goal."""
    started_at = time.monotonic()
    sys.stderr.write(f"{measure.__name__} …")
    sys.stderr.flush()
    try:
        row = asyncio.run(_awaited(measure))
    except NoServerError as error:
        row = Row(measure.__name__, "", str(error), ok=False)
    except Exception as error:  # noqa: BLE001 - the other rows are measured all the same
        traceback.print_exc()
        row = Row(measure.__name__, "", f"not measured: {type(error).__name__} {error}".strip(), ok=False)
    sys.stderr.write(f" {row.measured} ({time.monotonic() - started_at:.0f} s)\n")
    return row


async def _awaited(measure: Measure) -> Row:
    return await measure()


def table(rows: Sequence[Row]) -> str:
    lines = ["| what | goal | measured | |", "|---|---|---|---|"]
    lines += [f"| {row.name} | {row.goal} | {row.measured} | {'✓' if row.ok else '✗'} |" for row in rows]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the product.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a row or a group of rows; all without any")
    started_at = time.monotonic()
    rows = [measured(measure) for measure in chosen(parser.parse_args().names)]
    took = time.monotonic() - started_at
    sys.stdout.write(f"{table(rows)}\n\n{asyncio.run(machine())}; measured in {took / 60:.1f} minutes.\n")
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
