"""Worker processes for what foreign bytes might make hang, swell or crash; each can be killed alone.

They are plain child processes that talk over pipes, and no pool of `multiprocessing` or pebble: those run the
service's main module again in every child, share one queue and one lock, which a killed child may hold, and
pebble's threads look around ten times a second. Here each process serves one call at a time on its own pipe,
the kernel's timer ends it when a call takes too long, and a closed pipe ends it when the service is gone.
"""

import asyncio
import contextlib
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, ParamSpec, Self, TypeVar, cast

from bot.domain.news.feed import SourceError
from bot.domain.reason import Reason, ReasonCode
from bot.sources.workers.answers import LARGEST, value_of
from bot.sources.workers.frames import HEAD, AnswerKind
from bot.sources.workers.process import HEADER

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class WorkerError(SourceError):
    """A call that did not come to its end. The text says what 'it' did; who called knows what that is."""


class WorkerEndedError(WorkerError):
    """A call that its process did not survive: it took too much of something, or brought it down."""


_BOOT = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from bot.sources.workers.process import main
main({memory})"""


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What one call may take: seconds, and bytes of address space.

    A process lives for so many *calls*, and so many *idle* seconds behind one.
    """

    seconds: float = 20.0
    memory: int = 1 << 30
    calls: int = 500
    idle: float = 60.0


_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""What a process is told of the service's environment, where its secrets stand as well."""


class Workers:
    """Runs functions in worker processes, *count* at a time. Close it, or use it in `async with`."""

    def __init__(self, *, count: int = 2, limits: CallLimits | None = None) -> None:
        self._limits = limits or CallLimits()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._idle: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()
        self._closed = False
        self._reaping: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what *function*, found by its module and name, returns in a worker process.

        Raise SourceError where it does, and WorkerError where it takes too long, too much memory, or the
        process with it.
        """
        return await self.run_within(self._limits.seconds, function, *args, **kwargs)

    async def run_within(
        self, seconds: float, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do as `run` does, with so many seconds as the call's own limit."""
        self._check_open()
        loop = asyncio.get_running_loop()
        try:
            call = loop.run_in_executor(self._threads, self._run, seconds, function, args, kwargs)
            return cast("T", await call)
        finally:
            if self._reaping:
                self._reaping.cancel()
            self._reaping = loop.call_later(self._limits.idle, self._end_idle)

    async def close(self) -> None:
        """End every process, idle or not."""
        self._closed = True
        if self._reaping:
            self._reaping.cancel()
        for worker in tuple(self._busy):
            worker.kill()
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            self._idle.pop().stop()

    def _end_idle(self) -> None:
        """End the processes that have had nothing to do for a while: each weighs some fifty megabytes."""
        longest = time.monotonic() - self._limits.idle
        while self._idle and self._idle[0].idle_since <= longest:
            # One that is taken up from the other end in between is another one.
            with contextlib.suppress(IndexError):
                self._idle.popleft().stop()

    def _run(
        self, seconds: float, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> object:
        """Make one call, in a thread: what it sends and receives may be too large for the loop."""
        self._check_open()
        call = pickle.dumps((function, args, kwargs))
        worker = self._taken()
        self._busy.add(worker)
        try:
            # Once more: a process that is not among the busy ones yet when they are killed would go on.
            self._check_open()
            verdict, answer = worker.call(call, seconds)
            return self._judged(worker, function, verdict, answer)
        finally:
            self._busy.discard(worker)
            self._keep_or_stop(worker)

    def _judged(
        self, worker: "_Worker", function: Callable[..., Any], verdict: AnswerKind, answer: bytes
    ) -> object:
        """Return the value of an *answer*, or raise what it says; one that is no answer ends its process."""
        try:
            value = value_of(answer, function if verdict is AnswerKind.RETURNED else str)
        except ValueError as error:
            worker.kill()
            _log.error("%s gave no answer in its worker process: %s", function.__qualname__, error)
            raise WorkerEndedError("what was made of it makes no sense: it is left out") from None
        match verdict:
            case AnswerKind.RETURNED:
                return value
            case AnswerKind.REFUSED:
                raise SourceError.of(Reason.of(value))
            case _:
                _log.error("%s failed in its worker process:\n%s", function.__qualname__, value)
                raise WorkerError(
                    "it cannot be read because of a fault in this program: see the log", ReasonCode.OUR_FAULT
                )

    def _taken(self) -> "_Worker":
        """Return the process that was busy last, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return _Worker(self._limits)

    def _check_open(self) -> None:
        if self._closed:
            raise WorkerError("it is not read: the service is stopping")

    def _keep_or_stop(self, worker: "_Worker") -> None:
        if self._closed or worker.spent:
            worker.stop()
        else:
            worker.idle_since = time.monotonic()
            self._idle.append(worker)
            self._end_idle()


class _Worker:
    """One worker process."""

    def __init__(self, limits: CallLimits) -> None:
        self._limits = limits
        self._calls = 0
        self._killed = False
        self.idle_since = 0.0
        # A session of its own: a Ctrl-C in the terminal is answered by the service alone.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _BOOT.format(memory=limits.memory), json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )

    @property
    def spent(self) -> bool:
        """Return whether the process has died or had its share of calls (libraries leak)."""
        return self._killed or self._calls >= self._limits.calls or self._process.poll() is not None

    def call(self, call: bytes, seconds: float) -> tuple[AnswerKind, bytes]:
        """Return the verdict on a call, and its answer; raise WorkerEndedError where there is none."""
        self._calls += 1
        calls, answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            calls.write(HEADER.pack(len(call), seconds))
            calls.write(call)
            calls.flush()
            number, length = HEAD.unpack(_exactly(answers, HEAD.size))
            if length > LARGEST:
                self.kill()
                raise WorkerEndedError(f"it comes to more than {LARGEST >> 20} MiB of text: it is left out")
            verdict, answer = AnswerKind(number), _exactly(answers, length)
        except (BrokenPipeError, EOFError):
            raise WorkerEndedError(self._cause_of_death(seconds)) from None
        except ValueError:
            self.kill()
            raise WorkerEndedError("what was made of it makes no sense: it is left out") from None
        if verdict is AnswerKind.EXHAUSTED:
            self.kill()
            raise WorkerEndedError(
                f"it takes more than {self._limits.memory >> 20} MiB of memory to read: it is left out"
            )
        return verdict, answer

    def kill(self) -> None:
        self._killed = True
        self._process.kill()

    def stop(self) -> None:
        """End the process, which has no call in hand, and wait for its end."""
        self.kill()
        # What a dead process did not take is still in the buffer, and closing would write it.
        with contextlib.suppress(BrokenPipeError), self._process:
            pass

    def _cause_of_death(self, seconds: float) -> str:
        status = self._process.wait()
        if status == -signal.SIGALRM:
            return f"it takes more than {seconds:g} s to read: it is left out"
        return f"the process that read it died (status {status}): it is left out this time"


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    received = pipe.read(length)
    if len(received) < length:
        raise EOFError
    return received
