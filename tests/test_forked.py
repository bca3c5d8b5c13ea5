"""What `tests.forked` starts is a process like any other."""

import json
import signal
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.forked import start_module

TELLS = """
import json, os, sys
print(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ), sys.stdin.read()]))
print(__name__, file=sys.stderr)
sys.exit(3)
"""
WAITS = """
import signal
print("waiting", flush=True)
signal.pause()
"""


async def test_it_has_its_own_arguments_folder_environment_streams_and_status(tmp_path: Path) -> None:
    (tmp_path / "tells.py").write_text(TELLS)

    process = await start_module(
        *("tells", "a", "b"), cwd=tmp_path, env={"ONLY": "1"}, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()

    assert json.loads(out) == [["a", "b"], str(tmp_path), {"ONLY": "1"}, ""]
    assert (err, process.returncode) == (b"__main__\n", 3)


async def test_it_can_be_killed_and_interrupted(tmp_path: Path) -> None:
    (tmp_path / "waits.py").write_text(WAITS)
    ends = []
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        process = await start_module("waits", cwd=tmp_path, env={}, stdout=PIPE, stderr=PIPE)
        assert process.stdout
        assert await process.stdout.readline() == b"waiting\n"
        assert process.returncode is None
        process.send_signal(number)
        _, err = await process.communicate()
        ends.append((await process.wait(), b"KeyboardInterrupt" in err))

    assert ends == [(-9, False), (-15, False), (-2, True)]


ENDS = """
import atexit, sys, threading, time
atexit.register(print, "at the end")
threading.Thread(target=lambda: (time.sleep(0.01), print("in a thread"))).start()
"""


@pytest.mark.parametrize(
    ("last", "status", "says"),
    [
        ("", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(2)", 2, ""),
        ("sys.exit('in words')", 1, "in words"),
        ("1 / 0", 1, "ZeroDivisionError: division by zero"),
    ],
)
async def test_it_ends_with_its_threads_its_last_acts_and_its_status(
    tmp_path: Path, last: str, status: int, says: str
) -> None:
    (tmp_path / "ends.py").write_text(ENDS + last)

    process = await start_module("ends", cwd=tmp_path, env={}, stdout=PIPE, stderr=PIPE)
    out, err = await process.communicate()

    assert out == b"in a thread\nat the end\n"
    assert (process.returncode, err.decode().strip().rpartition("\n")[2]) == (status, says)
