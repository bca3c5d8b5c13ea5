"""The inside of a worker process: takes one call after another from its pipe and answers each."""

import contextlib
import ctypes
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from typing import BinaryIO

from bot.domain.news.feed import SourceError
from bot.sources.workers.frames import AnswerKind, frame

HEADER = struct.Struct("!Qd")
"""What precedes a call: the length of its pickle, and the seconds that it may take."""

_NO_NEW_PRIVILEGES = 38
"""prctl(2), PR_SET_NO_NEW_PRIVS: no program that is executed from here may do more than this one."""


def main(memory: int) -> None:
    """Serve calls until the pipe closes. *memory* bounds the address space, in bytes."""
    # Who stops the service stops it by closing this pipe; a Ctrl-C is not for us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # People who wait for an answer go before parsing.
    os.nice(5)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    _give_up_privileges()
    calls, answers = _take_over_pipes()
    serve(calls, answers)


def _limit(what: int, most: int) -> None:
    # Some systems (macOS) know a limit by name but refuse to set it.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _give_up_privileges() -> None:
    if sys.platform == "linux":
        # It refuses nothing that a parser needs; a kernel that does not know it says so, and is left alone.
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the service, and let nothing that a library prints get in between."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return calls, answers


def serve(calls: BinaryIO, answers: BinaryIO) -> None:
    while len(header := calls.read(HEADER.size)) == HEADER.size:
        length, seconds = HEADER.unpack(header)
        call = calls.read(length)
        # The kernel ends the process when this alarm goes off, whatever it is doing and even if orphaned.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        reply = answer(call)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(reply)
        answers.flush()


def answer(call: bytes) -> bytes:
    """Return the answer to one pickled call: a function with its arguments."""
    try:
        # It comes from our own service; what goes back is JSON, for this process has read foreign bytes.
        function, args, kwargs = pickle.loads(call)  # noqa: S301
        return frame(AnswerKind.RETURNED, function(*args, **kwargs))
    except SourceError as error:
        return frame(AnswerKind.REFUSED, error.reason.stored())
    except MemoryError:
        return frame(AnswerKind.EXHAUSTED, "")
    except Exception:  # noqa: BLE001 - the service logs it; this process must go on
        return frame(AnswerKind.FAILED, traceback.format_exc(limit=20))
