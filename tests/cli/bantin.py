"""The command line as a user runs it: in processes of their own, in a folder of their own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from tests.forked import LONGEST_LINE, ForkedProcess, start_at_terminal, start_module

ROOT = Path(__file__).parents[2]
TOKEN = "123456:AAE-very-secret-token-of-the-tests-0"
PATIENCE = 60
TOPIC = '[[topic]]\nid = "trong-nuoc"\nname = {vi = "Trong nước", en = "Domestic"}\nhashtag = "TrongNước"\n'


def feed(url: str, name: str = "nguon", kind: str = "listing") -> str:
    where = f'url = "{url}"\nkind = "{kind}"\n'
    return f'\n[[feed]]\nid = "{name}"\ntopic = "trong-nuoc"\nname = "Nguồn"\n{where}'


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    def __post_init__(self) -> None:
        for stream in (self.out, self.err):
            assert "Traceback" not in stream, stream
            assert TOKEN not in stream
            assert TOKEN.partition(":")[2] not in stream

    @property
    def complaint(self) -> str:
        """The one line of a command that failed."""
        lines = self.err.splitlines()
        assert (self.status != 0, len(lines)) == (True, 1), self
        return lines[0]


class Bantin:
    """Runs `python -m bot` in *folder*, with the settings of *environment* and nothing of this process's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ("PATH", "HOME", "LANG", "TZ", "PYTHONPYCACHEPREFIX")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        self.environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "BANTIN_WEB__LISTEN": "127.0.0.1:0",
        }

    def configure(self, *, bot: str = "", feeds: str = TOPIC) -> None:
        """Write the files of a configuration."""
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "bot.toml").write_text(bot, encoding="utf-8")
        (self.folder / "config" / "feeds.toml").write_text(feeds, encoding="utf-8")

    def leftovers(self) -> list[Path]:
        return list(self.folder.iterdir())

    def knows(self, **settings: str) -> None:
        """Set variables of the environment: telegram__token is BANTIN_TELEGRAM__TOKEN."""
        self.environment |= {f"BANTIN_{name.upper()}": value for name, value in settings.items()}

    async def __call__(self, *arguments: str) -> Said:
        """Run a command to its end."""
        process = await self._begin(*arguments)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        return Said(process.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def running(self, *arguments: str, open_files: int | None = None) -> AsyncIterator["Running"]:
        """Run a command that goes on until it is told to stop, with so many files open at most."""
        process = await self._begin(*arguments, open_files=open_files)
        running = Running(process)
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def begin_at(self, terminal: int, *arguments: str) -> ForkedProcess:
        """Begin a command at the terminal that this file descriptor is one end of."""
        return await start_at_terminal(
            terminal, "bot", *arguments, env={**self.environment, "TERM": "dumb"}, cwd=self.folder
        )

    async def _begin(self, *arguments: str, open_files: int | None = None) -> Process | ForkedProcess:
        if not open_files:
            return await start_module(
                "bot", *arguments, cwd=self.folder, env=self.environment, stdout=PIPE, stderr=PIPE
            )
        return await asyncio.create_subprocess_exec(
            *("prlimit", f"--nofile={open_files}:{open_files}"),
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self.folder,
            env=self.environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            limit=LONGEST_LINE,
        )


class Running:
    """A process that was begun; its log is in JSON."""

    def __init__(self, process: Process | ForkedProcess) -> None:
        self._process = process
        self.log: list[dict[str, Any]] = []

    async def says(self, event: str) -> dict[str, Any]:
        """Wait for a line of the log."""
        assert self._process.stderr
        async with asyncio.timeout(PATIENCE):
            while line := await self._process.stderr.readline():
                assert TOKEN.encode() not in line
                self.log.append(orjson.loads(line))
                if self.log[-1]["event"] == event:
                    return self.log[-1]
        raise AssertionError(f"it never said {event!r}: {self.log}")

    async def prints(self) -> str:
        """Return the next line of the output."""
        assert self._process.stdout
        async with asyncio.timeout(PATIENCE):
            return (await self._process.stdout.readline()).decode().rstrip("\n")

    async def ends(self, by: signal.Signals, *, within: float = 10.0) -> Said:
        """Send a signal and wait for the end."""
        self._process.send_signal(by)
        return await self.ends_by_itself(within=within)

    async def ends_by_itself(self, *, within: float) -> Said:
        """Wait for the end."""
        async with asyncio.timeout(within):
            out, err = await self._process.communicate()
        return Said(self._process.returncode or 0, out.decode(), err.decode())
