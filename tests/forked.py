"""Processes as `python -m MODULE` starts them, but forked from one that has imported all of ours already.

Importing takes a command two seconds of computing, and what it does then a tenth of that. Each is a process
of its own all the same, with its own environment, folder and streams, to be signalled and killed.
"""

import asyncio
import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LONGEST_LINE = 1 << 20
_PIECE = 1 << 16


@dataclass(eq=False)
class ForkedProcess:
    """What the tests use of `asyncio.subprocess.Process`."""

    pid: int
    stdout: asyncio.StreamReader | None
    stderr: asyncio.StreamReader | None
    ended: asyncio.Task[int]

    @property
    def returncode(self) -> int | None:
        """Its status, or minus the number of the signal that ended it; None while it runs."""
        return self.ended.result() if self.ended.done() else None

    async def wait(self) -> int:
        """Wait for its end, and return `returncode`."""
        return await asyncio.shield(self.ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait for its end, and return what it wrote to its output and error, as far as these are pipes."""
        out, err = await asyncio.gather(*(_rest(stream) for stream in (self.stdout, self.stderr)))
        await self.wait()
        return out, err

    def send_signal(self, number: signal.Signals) -> None:
        if not self.ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


async def start_module(
    module: str,
    *arguments: str,
    env: Mapping[str, str],
    cwd: Path = ROOT,
    stdout: int | None = None,
    stderr: int | None = None,
) -> ForkedProcess:
    """Start a process with *env* as its whole environment and nothing to read.

    A stream is PIPE, DEVNULL, or None for that of this process.
    """
    request = _request(module, arguments, env, cwd)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(_server().path)
    with contextlib.ExitStack() as given:
        nothing = os.open(os.devnull, os.O_RDWR)
        given.callback(os.close, nothing)
        pipes: dict[int, _Pipe] = {}
        streams = {0: nothing}
        for number, kind in ((1, stdout), (2, stderr)):
            streams[number] = nothing if kind == DEVNULL else number
            if kind == PIPE:
                pipes[number], streams[number] = await _pipe()
                given.callback(os.close, streams[number])
        socket.send_fds(connection, [request], list(streams.values()))
    return await _started(connection, pipes)


async def start_at_terminal(
    terminal: int, module: str, *arguments: str, env: Mapping[str, str], cwd: Path
) -> ForkedProcess:
    """Start a process in a session of its own, all of whose streams are the file descriptor *terminal*."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(_server().path)
    request = _request(module, arguments, env, cwd, own_session=True)
    socket.send_fds(connection, [request], [terminal] * 3)
    return await _started(connection, {})


def _request(
    module: str, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, *, own_session: bool = False
) -> bytes:
    """Return what the server reads."""
    request = {
        "module": module,
        "arguments": arguments,
        "env": dict(env),
        "cwd": str(cwd),
        "own_session": own_session,
    }
    return json.dumps(request).encode() + b"\n"


async def _started(connection: socket.socket, pipes: "Mapping[int, _Pipe]") -> ForkedProcess:
    said, writer = await asyncio.open_unix_connection(sock=connection)
    pid = int(await said.readline())
    readers = {number: pipe.reader for number, pipe in pipes.items()}
    ended = asyncio.create_task(_status(said, writer, list(pipes.values())))
    return ForkedProcess(pid, readers.get(1), readers.get(2), ended)


async def _status(said: asyncio.StreamReader, writer: asyncio.StreamWriter, pipes: "Sequence[_Pipe]") -> int:
    status = int(await said.readline())
    for pipe in pipes:
        pipe.finish()
    writer.close()
    return status


class _Pipe(NamedTuple):
    """The end of a pipe that is read from: *file*, in the hands of *transport*, which feeds *reader*."""

    reader: asyncio.StreamReader
    transport: asyncio.BaseTransport
    file: FileIO

    def finish(self) -> None:
        """Take what has been written so far, and close it: nothing waits for what nobody may read."""
        if self.transport.is_closing():
            return
        while piece := self.file.read(_PIECE):
            self.reader.feed_data(piece)
        self.transport.close()


async def _pipe() -> tuple[_Pipe, int]:
    """Return what reads a new pipe, and the end that is written to."""
    ours, theirs = os.pipe()
    reader, file = asyncio.StreamReader(LONGEST_LINE), FileIO(ours)
    connect = asyncio.get_running_loop().connect_read_pipe
    transport, _ = await connect(lambda: asyncio.StreamReaderProtocol(reader), file)
    return _Pipe(reader, transport, file), theirs


async def _rest(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream else b""


class _Server(NamedTuple):
    process: subprocess.Popen[bytes]
    folder: tempfile.TemporaryDirectory[str]

    @property
    def path(self) -> str:
        return f"{self.folder.name}/socket"


@functools.cache
def _server() -> _Server:
    """Return the process that forks, started when it is first needed."""
    folder = tempfile.TemporaryDirectory(prefix="bantin-forks-")
    # What is written to a pipe is buffered, as it is where the service runs.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = (sys.executable, "-m", "tests.fork_server", f"{folder.name}/socket")
    process = subprocess.Popen(command, cwd=ROOT, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"listening\n"
    return _Server(process, folder)


def end_server() -> None:
    """End the process that forks, if one was started."""
    if _server.cache_info().currsize:
        server = _server()
        server.process.communicate(timeout=20)
        server.folder.cleanup()
        _server.cache_clear()
