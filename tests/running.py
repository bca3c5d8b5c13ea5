"""Services in processes of their own, on one database, to be watched, stopped and killed."""

import asyncio
import json
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.emulated import TOKEN, Emulated
from tests.forked import ForkedProcess, start_module

LEASE = 2.0
PATIENCE = 90.0
"""Seconds that several processes may take to start on a machine that is busy with other tests."""


def environment(emulated: Emulated, database_url: str, **more: str) -> dict[str, str]:
    """Return what `bantin` finds around it: no configuration of this machine."""
    return unconfigured() | {
        "BANTIN_TELEGRAM__TOKEN": TOKEN,
        "BANTIN_TELEGRAM__API_URL": emulated.url,
        "BANTIN_DATABASE__URL": database_url,
        "BANTIN_WEB__LISTEN": "127.0.0.1:0",
        **more,
    }


def unconfigured() -> dict[str, str]:
    """Return the environment for a process of ours without any settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BANTIN_")}


@dataclass
class Running:
    """One process and what it has logged."""

    process: ForkedProcess
    logs: list[dict[str, Any]] = field(default_factory=list)
    logged: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def pid(self) -> int:
        return self.process.pid

    async def read_logs(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            async with self.logged:
                self.logs.append(json.loads(line))
                self.logged.notify_all()

    async def until_logged(self, event: str, times: int = 1) -> dict[str, Any]:
        """Wait until *event* has been logged so often, and return the last one."""
        async with asyncio.timeout(PATIENCE), self.logged:
            while len(found := [log for log in self.logs if log["event"] == event]) < times:
                await self.logged.wait()
        return found[-1]

    async def web(self) -> str:
        """Return the address of its web server."""
        return f"http://{(await self.until_logged('health'))['addresses'][0]}"

    async def metric(self, name: str) -> float:
        """Return the sum of a metric over its labels."""
        async with aiohttp.ClientSession() as session, session.get(f"{await self.web()}/metrics") as answer:
            text = await answer.text()
        return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE))

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


@asynccontextmanager
async def service(variables: dict[str, str], roles: str = "poll,send,web") -> AsyncIterator[Running]:
    """Run the service with a short lease until the end of the block."""
    process = await start_module(
        "tests.service_process", str(LEASE), roles, env=variables, stderr=asyncio.subprocess.PIPE
    )
    running = Running(process)
    reading = asyncio.create_task(running.read_logs())
    try:
        yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        await process.wait()
        await reading
