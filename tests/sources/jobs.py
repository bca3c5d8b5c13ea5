"""What the tests of the worker processes have them do: found there by module and name."""

import ctypes
import os
import pickle
import sys
import time
from pathlib import Path

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode


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
    raise SourceError("the feed is empty", ReasonCode.EMPTY, host="office.example")


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


def environment() -> dict[str, str]:
    return dict(os.environ)


def status() -> str:
    return Path("/proc/self/status").read_text(encoding="utf-8")


def overflow() -> str:
    return "x" * (9 << 20)


def promise() -> int:
    return "no number"  # type: ignore[return-value]


def take_over(witness: str) -> None:
    """Answer as a process does that foreign bytes have taken over: with a pickle that runs code."""

    class Attack:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, (f"touch {witness}",)

    answer = pickle.dumps(Attack())
    for pipe in range(3, 20):
        try:
            os.write(pipe, b"\0" + len(answer).to_bytes(8) + answer)
        except OSError:
            continue
