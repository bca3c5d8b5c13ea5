"""Threads that nobody waits for at the end."""

import asyncio
import subprocess
import sys

import pytest

from bot.cli.base.options import run_to_end

STUCK = """
import asyncio, threading
from bot.cli.base.options import run_to_end

async def work():
    begun = threading.Event()
    def look_up():
        begun.set()
        threading.Event().wait()
    asyncio.get_running_loop().run_in_executor(None, look_up)
    while not begun.is_set():
        await asyncio.sleep(0)
    return "done"

print(run_to_end(work()))
"""


def test_a_name_that_is_being_looked_up_does_not_hold_the_end() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, timeout=60, check=True)

    assert ended.stdout.decode().strip() == "done"


def test_what_a_thread_returns_or_raises_comes_back() -> None:
    async def work() -> int:
        with pytest.raises(ValueError, match="invalid literal"):
            await asyncio.to_thread(int, "x")
        return await asyncio.to_thread(int, "7")

    assert run_to_end(work()) == 7
