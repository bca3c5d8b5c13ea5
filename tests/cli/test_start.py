"""What the command line is before a command does anything: help, version, completion, what is imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS
from tests.cli.bantin import ROOT, Bantin

LARGE = {
    "aiohttp", "alembic", "apscheduler", "asyncpg", "babel", "fluent", "jinja2", "lxml", "PIL",
    "prometheus_client", "rich", "sqlalchemy", "structlog", "telegram", "trafilatura",
}  # fmt: skip

IMPORTED_BY = """
import sys
sys.argv = ["bantin", *sys.argv[1:]]
from bot.cli.main import main
try:
    main()
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), sep="\\n", file=sys.stderr)
"""


def imported_by(folder: Path, database_url: str, *arguments: str) -> set[str]:
    """Return the packages that a command has imported by its end."""
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED_BY, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "BANTIN_DATABASE__URL": database_url},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.splitlines())


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["feeds", "--help"], set()),
        (["health"], set()),
        (["feeds"], {"sqlalchemy"}),
        (["chats"], {"sqlalchemy"}),
        (["stats"], {"sqlalchemy"}),
        (["deliveries"], {"sqlalchemy"}),
    ],
)
def test_a_command_imports_no_large_library_that_it_does_not_need(
    tmp_path: Path, sqlite_url: str, arguments: list[str], needed: set[str]
) -> None:
    assert imported_by(tmp_path, sqlite_url, *arguments) & LARGE == needed


async def test_the_version_is_said(bantin: Bantin) -> None:
    said = await bantin("--version")

    assert (said.status, said.out.split()[0], said.out.split()[1][0].isdigit()) == (0, "bantin", True)


async def test_help_says_of_every_command_all_that_there_is_to_say_in_a_line(bantin: Bantin) -> None:
    said = " ".join((await bantin("--help")).out.split())

    assert [command.summary for command in COMMANDS.values() if command.summary not in said] == []


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not command.hidden])
async def test_every_command_has_its_help(bantin: Bantin, name: str) -> None:
    said = await bantin(name, "--help")

    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"Usage: bantin {name} ")


async def test_a_shell_completes_commands_and_what_belongs_to_them(bantin: Bantin) -> None:
    bantin.environment |= {"_BANTIN_COMPLETE": "complete_bash", "COMP_WORDS": "bantin ex", "COMP_CWORD": "1"}
    names = (await bantin()).out
    bantin.environment |= {"COMP_WORDS": "bantin feeds re", "COMP_CWORD": "2"}
    below = (await bantin()).out
    bantin.environment |= {"COMP_WORDS": "bantin deliveries --f", "COMP_CWORD": "2"}
    options = (await bantin()).out

    assert (names.split(), below.split(), options.split()) == (["export"], ["resume", "remove"], ["--failed"])


async def test_health_says_for_machines_too_that_nothing_runs(bantin: Bantin) -> None:
    bantin.knows(web__listen="127.0.0.1:1")

    said = await bantin("health", "--json")

    assert (said.status, json.loads(said.out)["ready"]) == (1, False)
    assert said.complaint.endswith("is `bantin run` running?")
