"""Progress is for people at a terminal, and never part of what a command prints."""

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.bantin import Bantin

SHOWS = """
from bot.cli.base.progress import progress
with progress("carrying rows", total=1000) as shown:
    shown.advance(250)
    shown.say("một dòng")
    shown.advance(750)
"""


def at_terminal(folder: Path, script: str) -> tuple[str, str]:
    """Return the standard output of *script*, which is piped, and what its terminal was shown."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=there,
        text=True,
    )
    os.close(there)
    shown = b""
    try:
        while part := os.read(here, 65536):
            shown += part
    except OSError:
        pass  # Linux: the terminal's other end is closed.
    finally:
        os.close(here)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out, shown.decode()


def test_a_terminal_shows_what_is_done_and_how_much_and_the_results_are_printed_apart(tmp_path: Path) -> None:
    out, shown = at_terminal(tmp_path, SHOWS)

    assert out == "một dòng\n"
    assert "carrying rows" in shown
    assert "1000/1000" in shown


async def test_without_a_terminal_nothing_is_shown(bantin: Bantin) -> None:
    await bantin("migrate")

    said = await bantin("export", "all.jsonl")

    assert (said.err, said.out.startswith("exported ")) == ("", True)


async def test_an_export_counts_its_rows_at_a_terminal(bantin: Bantin) -> None:
    await bantin("migrate")
    script = (
        "import os, sys; sys.argv = ['bantin', 'export', 'all.jsonl'];"
        f" os.environ['BANTIN_DATABASE__URL'] = 'sqlite:///{bantin.folder}/var/bantin.db';"
        " from bot.cli.main import main; main()"
    )

    out, shown = await asyncio.to_thread(at_terminal, bantin.folder, script)

    assert out.startswith("exported ")
    assert "exporting rows" in shown
