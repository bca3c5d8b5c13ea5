"""Processes of their own for what is measured, and what the kernel says of them."""

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")
_STOPS_WITHIN = 15


@asynccontextmanager
async def running(*module: str, env: Mapping[str, str] | None = None) -> AsyncIterator[Process]:
    """Run a Python module; its standard output can be read. It is asked to stop at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, cwd=ROOT, env=_environment() | dict(env or {}), stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), _STOPS_WITHIN)


async def output_of(*module: str, given: bytes) -> bytes:
    """Run a Python module to its end, *given* on its standard input, and return what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, cwd=ROOT, env=_environment(), stdin=PIPE, stdout=PIPE
    )
    output, _ = await process.communicate(given)
    assert process.returncode == 0, f"{module} failed"
    return output


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used, all its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_bytes(pid: int) -> int:
    """Return the most memory that a process ever had resident."""
    return _memory(pid, "VmHWM:")


def resident_bytes(pid: int) -> int:
    """Return the memory that a process has resident now."""
    return _memory(pid, "VmRSS:")


def own_bytes(pid: int) -> int:
    """Return the memory that a process has now; what several share is theirs in equal parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def _memory(pid: int, what: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def family(pid: int) -> list[int]:
    """Return a process and whatever it has started, directly or not."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
    return found


def _environment() -> dict[str, str]:
    """Return our environment without the product's settings; compiled modules are kept between two starts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BANTIN_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    cache = Path(tempfile.gettempdir()) / f"bantin-bench-{os.getuid()}"
    return kept | {"PYTHONPYCACHEPREFIX": str(cache)}
