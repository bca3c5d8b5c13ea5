"""The process that `tests.forked` has others forked from: its argument is the path of its socket.

It ends when its standard input does. A request is a line of JSON with three file descriptors, which become
the new process's standard streams; the answer is the process id in a line, and later the status in another.
"""

import atexit
import gc
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from typing import Any

import bot

LARGEST = 1 << 20
NOT_TO_BE_IMPORTED = ("bot.__main__", "bot.install", "bot.store.migrations")
"""What runs when it is imported, or wants to be imported by Alembic."""


def main(path: str) -> None:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.startswith(NOT_TO_BE_IMPORTED):
            import_module(module.name)
    gc.freeze()
    request, streams = _request(path)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if request["own_session"]:
        os.setsid()
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.path[0] = request["cwd"]
    sys.argv = [request["module"], *request["arguments"]]
    _end(_run(request["module"]))


def _run(module: str) -> int:
    """Run *module* as `python -m` does, and return the status to end with."""
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        sys.stderr.write(f"{ended.code}\n")
        return 1
    except Exception:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _end(status: int) -> None:
    """End as the interpreter does, but without taking all modules apart, one by one.

    They are shared with the other processes until something in them changes: to copy them takes several times
    as long as what most commands do.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        # What cannot be written is told of by the interpreter itself.
        sys.exit(status)
    os._exit(status)


def _request(path: str) -> tuple[dict[str, Any], list[int]]:
    """Fork at each request; return it, with its streams, in the process that is to do it."""
    # Ctrl-C is for those who were forked.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                return _forked(connection)
            connection.close()
            _reap()
    _reap()
    sys.exit()


def _forked(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Fork once more, so that one process does what is asked and this one tells how it ended."""
    body, streams, _, _ = socket.recv_fds(connection, LARGEST, 3)
    while not body.endswith(b"\n"):
        body += connection.recv(LARGEST)
    pid = os.fork()
    if pid == 0:
        connection.close()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return json.loads(body), streams
    try:
        for stream in streams:
            os.close(stream)
        connection.sendall(f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    finally:
        os._exit(0)


def _reap() -> None:
    """Take note of all that have ended, so that their computing counts as this process's."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    main(sys.argv[1])
