"""The machine that a table was measured on, in one line."""

import os
import platform
from pathlib import Path

import asyncpg

from tests.bench import databases


async def machine() -> str:
    """Return processor, cores, load, Python and PostgreSQL."""
    load = " ".join(f"{average:.1f}" for average in os.getloadavg())
    python = platform.python_version()
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, load {load}; Python {python}; {await _postgresql()}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


async def _postgresql() -> str:
    if not databases.has_server():
        return "no PostgreSQL"
    connection = await asyncpg.connect(databases.server())
    try:
        return f"PostgreSQL {await connection.fetchval('SHOW server_version')}"
    finally:
        await connection.close()
