"""What the tests of the worker processes have them do: found there by module and name."""

import ctypes
import os
import sys
import time

from bot.domain.feed import SourceError


def double(text: str, *, times: int = 2) -> str:
    return text * times


def who() -> int:
    return os.getpid()


def modules() -> list[str]:
    return list(sys.modules)


def chatter() -> str:
    os.write(1, b"out of turn")
    os.write(2, b"noise")
    return "said"


def refuse() -> None:
    raise SourceError("the feed is empty")


def stumble() -> None:
    raise KeyError("a bug")


def hang() -> None:
    while True:
        time.sleep(60)


def swell() -> int:
    return len(bytearray(4 << 30))


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(7)
