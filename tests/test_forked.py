"""What `tests.forked` starts is a process like any other."""

import json
import signal
from asyncio.subprocess import PIPE
from pathlib import Path

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
