"""How the C library goes about the memory of a service: what is given back to it goes back to the system."""

import ctypes
import platform
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""mallopt(3)."""

_LARGE = 128 * 1024
_ARENAS = 2


def give_memory_back() -> None:
    """Have large blocks, such as photos, be mappings of their own, and threads share two heaps.

    glibc lets a freed block raise the size from which the next ones are mapped, up to 32 MB, and gives each
    thread a heap of its own. Photos and pages then lie between what stays: after the first day 20 MB of a
    service were holes.
    """
    if library := _glibc():
        for parameter, value in (
            (_MMAP_THRESHOLD, _LARGE),
            (_TRIM_THRESHOLD, _LARGE),
            (_ARENA_MAX, _ARENAS),
        ):
            library.mallopt(parameter, value)


async def give_back_holes() -> None:
    """Give the pages between what stays back as well: it takes milliseconds, and is to be done seldom."""
    if library := _glibc():
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    """Return the C library, if it is one that can be told; another one is left alone."""
    is_one = sys.platform == "linux" and platform.libc_ver()[0] == "glibc"
    return ctypes.CDLL(None) if is_one else None
