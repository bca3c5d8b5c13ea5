"""A person at a terminal: reads what a command prints, and types."""

import asyncio
import os
import pty
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from tests.cli.bantin import PATIENCE, Bantin
from tests.forked import ForkedProcess


class Terminal:
    """The other side of a pseudo-terminal that a command runs at."""

    def __init__(self, screen: int, process: ForkedProcess) -> None:
        self._bytes = b""
        self._screen = screen
        self._process = process
        self._read_up_to = 0
        self._changed = asyncio.Event()
        asyncio.get_running_loop().add_reader(screen, self._read)

    @classmethod
    @asynccontextmanager
    async def running(cls, bantin: Bantin, *arguments: str) -> AsyncIterator[Self]:
        """Run a command at a terminal of its own to the end of the block."""
        screen, keyboard = pty.openpty()
        process = await bantin.begin_at(keyboard, *arguments)
        os.close(keyboard)
        terminal = cls(screen, process)
        try:
            yield terminal
        finally:
            asyncio.get_running_loop().remove_reader(screen)
            if process.returncode is None:
                process.kill()
            await process.wait()
            os.close(screen)

    @property
    def text(self) -> str:
        """All that was shown."""
        return self._bytes.decode(errors="replace").replace("\r\n", "\n")

    def types(self, line: str) -> None:
        os.write(self._screen, f"{line}\n".encode())

    def interrupts(self) -> None:
        """Press Ctrl+C."""
        self._process.send_signal(signal.SIGINT)

    async def shows(self, text: str) -> str:
        """Wait until *text* stands on the screen, after what was waited for before; return what is new."""
        async with asyncio.timeout(PATIENCE):
            while (found := self.text.find(text, self._read_up_to)) < 0:
                self._changed.clear()
                await self._changed.wait()
        shown = self.text[self._read_up_to : found + len(text)]
        self._read_up_to = found + len(text)
        return shown

    async def ends(self) -> int:
        """Wait for the end; return the exit status."""
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    def _read(self) -> None:
        try:
            self._bytes += os.read(self._screen, 65536)
        except OSError:
            # Linux says so when the command has ended.
            asyncio.get_running_loop().remove_reader(self._screen)
        self._changed.set()
