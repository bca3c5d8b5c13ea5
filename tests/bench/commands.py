"""What commands cost that start often: each in a process of its own, by the kernel's figures."""

import asyncio
import os
import statistics
import subprocess
import sys

from aiohttp import web

from tests.bench.databases import new_database
from tests.bench.processes import ROOT
from tests.bench.row import Row

TIMES = 5
LEAN = 0.3
LISTING = 0.8
LISTINGS = (["feeds"], ["chats"], ["chats", "--list"], ["stats"], ["deliveries"], ["erased", "1"])


async def command_help() -> Row:
    seconds = await asyncio.to_thread(_cpu_of, ["--help"], {})
    return Row("`bantin --help`", f"≤ {LEAN} s of CPU", f"{seconds:.2f} s", ok=seconds <= LEAN)


async def health_check() -> Row:
    """The check that a container makes twice a minute."""

    async def readyz(request: web.Request) -> web.Response:
        del request
        return web.Response(text="ready\n")

    application = web.Application()
    application.router.add_get("/readyz", readyz)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        listen = {"BANTIN_WEB__LISTEN": f"127.0.0.1:{runner.addresses[0][1]}"}
        seconds = await asyncio.to_thread(_cpu_of, ["health"], listen)
    finally:
        await runner.cleanup()
    return Row("`bantin health`", f"≤ {LEAN} s of CPU", f"{seconds:.2f} s", ok=seconds <= LEAN)


async def listings() -> Row:
    """The most expensive of the commands that list what is stored."""
    async with new_database("sqlite") as url:
        own = {"BANTIN_DATABASE__URL": url, "BANTIN_PRIVACY__PROOF_SECRET": "secret"}
        used = {
            " ".join(arguments): await asyncio.to_thread(_cpu_of, arguments, own) for arguments in LISTINGS
        }
    slowest = max(used, key=used.__getitem__)
    return Row(
        "a command that lists",
        f"≤ {LISTING} s of CPU",
        f"{used[slowest]:.2f} s, for `bantin {slowest}`",
        ok=used[slowest] <= LISTING,
    )


def _cpu_of(arguments: list[str], variables: dict[str, str]) -> float:
    """Return the median of the CPU seconds that a command takes, once Python has compiled it."""
    return statistics.median([_run(arguments, variables) for _ in range(TIMES + 1)][1:])


def _run(arguments: list[str], variables: dict[str, str]) -> float:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BANTIN_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, env=kept | variables, stdout=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"bantin {' '.join(arguments)} ended with {process.returncode}"
    return used.ru_utime + used.ru_stime


ROWS = (command_help, health_check, listings)
