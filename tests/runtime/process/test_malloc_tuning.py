"""What the C library does with what it was given back."""

import platform
import subprocess
import sys

import pytest

_PROGRAM = """
import asyncio, ctypes, sys
from bot.runtime.process.malloc_tuning import give_back_holes, give_memory_back

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

if sys.argv[1] == "tuned":
    give_memory_back()
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
# The first block that is given back tells glibc that blocks of its size come and go.
first = b"x" * (len(sys.argv) << 21)
del first
before = resident()
photos = []
for _ in range(64):
    photos.append(b"x" * ((1 << 20) + len(photos)))
    # Something small that stays.
    ctypes.memset(library.malloc(2000), 1, 2000)
photos.clear()
pages = []
for number in range(1000 if sys.argv[1] != "tuned" else 0):
    # Smaller than what is mapped, and larger than what is given back by itself.
    pages.append(b"x" * ((64 << 10) + number))
    ctypes.memset(library.malloc(2000), 1, 2000)
pages.clear()
if sys.argv[1] == "trimmed":
    give_memory_back()
    asyncio.run(give_back_holes())
print((resident() - before) >> 20)
"""


def kept(how: str) -> int:
    """Return how many MB of 64 MB of photos a process keeps once it has let go of them."""
    command = [sys.executable, "-c", _PROGRAM, how]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what is tuned is glibc's malloc")
def test_memory_that_photos_took_goes_back_to_the_system() -> None:
    assert (kept("tuned") <= 8, kept("as it is") >= 32) == (True, True)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what is tuned is glibc's malloc")
def test_holes_between_what_stays_are_given_back_now_and_then() -> None:
    assert kept("trimmed") <= 16
