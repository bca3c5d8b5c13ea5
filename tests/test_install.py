import ast
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from bot.install import LOCALES
from tests.made_up_index import FILES, LOCKS, ROOT, MadeUpIndex, pinned, requirements, versions, write_wheel

PRODUCT, EVERYTHING = LOCKS
PIP_WHEELS = os.environ.get("TEST_PIP_WHEELS")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LIST = "from importlib.metadata import *\nfor each in distributions(): print((each.name, each.version))"

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True, slots=True)
class Clone:
    """A copy of what the installation needs of the project, and what its commands do there."""

    folder: Path
    index: MadeUpIndex

    @property
    def python(self) -> Path:
        return self.folder / ".venv" / "bin" / "python"

    @property
    def lock(self) -> Path:
        return self.folder / PRODUCT

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run(["make", *arguments, f"PYTHON={sys.executable}"])

    def install(self) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "bot/install.py", PRODUCT])

    def take_pip(self, wheel: Path) -> None:
        """Make the environment in advance, with the pip of *wheel* instead of the one that Python brings."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.folder / ".venv"], check=True)
        command = [str(self.python), f"{wheel}/pip", "install", "--quiet", str(wheel)]
        subprocess.run(command, env=self.index.environment, check=True)

    def installed(self) -> dict[str, str]:
        said = subprocess.run([self.python, "-c", LIST], capture_output=True, text=True, check=True).stdout
        return {
            str(canonicalize_name(name)): version
            for name, version in map(ast.literal_eval, said.splitlines())
        }

    def locales(self) -> set[str]:
        return {file.stem for file in self.folder.glob(".venv/lib/*/site-packages/babel/locale-data/*.dat")}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.index.environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> MadeUpIndex:
    return MadeUpIndex.make(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


@pytest.fixture
def clone(tmp_path: Path, index: MadeUpIndex) -> Clone:
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bot").mkdir()
    for name in ("__init__.py", "install.py"):
        shutil.copy(ROOT / "bot" / name, tmp_path / "bot")
    for lock in LOCKS:
        (tmp_path / lock).write_text(index.lock(lock), encoding="utf-8")
    return Clone(tmp_path, index)


@pytest.fixture
def small(clone: Clone) -> Clone:
    """Return a clone whose lock names two packages."""
    clone.lock.write_text(clone.index.lock(PRODUCT, only={"aiohttp", "babel"}), encoding="utf-8")
    return clone


@pytest.fixture
def prepared(small: Clone, environment: Path) -> Clone:
    """Return a small clone whose environment is there already: a copy takes less time than another one."""
    shutil.copytree(environment, small.folder / ".venv", symlinks=True)
    return small


def pip_wheel(which: str) -> Path:
    """Return the oldest or the newest of pip's wheels that TEST_PIP_WHEELS holds."""
    if PIP_WHEELS is None:
        pytest.skip("TEST_PIP_WHEELS names no folder of pip's wheels")
    wheels = sorted(Path(PIP_WHEELS).glob("pip-*.whl"), key=lambda wheel: parse_wheel_filename(wheel.name)[1])
    return wheels[0 if which == "oldest" else -1]


@pytest.mark.parametrize("pip", ["of this Python", "oldest", "newest"])
def test_exactly_what_the_locks_name_is_installed_whatever_else_is_offered(clone: Clone, pip: str) -> None:
    if pip != "of this Python":
        clone.take_pip(pip_wheel(pip))

    set_up = clone.make("setup")
    assert set_up.returncode == 0, set_up
    product = clone.installed()
    added = clone.make("tools")
    assert added.returncode == 0, added

    ours = {"bantin": PROJECT["project"]["version"], "pip": product["pip"]}
    assert product == ours | versions(PRODUCT)
    assert clone.installed() == ours | versions(EVERYTHING)


def test_without_a_terminal_the_progress_is_plain_lines(prepared: Clone) -> None:
    said = prepared.install()

    task = f"2 packages of {PRODUCT}"
    assert re.fullmatch(rf"({re.escape(task)}: .*\n)*{re.escape(task)}: done in \d+ s\n", said.stdout), said
    assert ("\x1b" in said.stdout, said.stderr) == (False, "")


def test_on_a_terminal_one_line_is_rewritten(small: Clone) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "bot/install.py", PRODUCT]
    with subprocess.Popen(command, cwd=small.folder, env=small.index.environment, stdout=theirs):
        os.close(theirs)
        said = b""
        while chunk := read(ours):
            said += chunk
    os.close(ours)

    *lines, after = said.decode().split("\n")
    assert [line.rpartition("\x1b[K")[2].partition(":")[0] for line in lines] == [
        f"Python {sys.version_info.major}.{sys.version_info.minor} in .venv",
        f"2 packages of {PRODUCT}",
    ]
    # To make an environment takes several times as long as the line stands still.
    assert (lines[0].count("\r\x1b[KPython ") > 2, after) == (True, "")


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # Linux's way to say that the other side has closed.
        return b""


def test_a_file_that_was_exchanged_is_refused_in_the_words_of_pip(prepared: Clone) -> None:
    before = prepared.installed()
    prepared.lock.write_text(
        re.sub(r"(aiohttp==.*sha256:).*", rf"\g<1>{'0' * 64}", prepared.lock.read_text())
    )

    said = prepared.make("setup")

    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in said.stderr
    assert "Traceback" not in said.stderr
    assert (said.returncode != 0, prepared.installed()) == (True, before)


def test_locales_of_other_languages_go_and_stay_away_after_an_upgrade(prepared: Clone) -> None:
    first = prepared.install()
    before = prepared.locales()
    newer = write_wheel(prepared.index.folder, "babel", "99", files=FILES["babel"])
    line = f"babel==99 --hash=sha256:{newer}"
    prepared.lock.write_text(re.sub(r"babel==.*", line, prepared.lock.read_text()))

    second = prepared.install()

    assert (first.returncode, second.returncode, prepared.installed()["babel"]) == (0, 0, "99"), second
    assert before == prepared.locales() == LOCALES


def test_no_locale_of_the_products_texts_is_removed() -> None:
    texts = (ROOT / "bot" / "i18n").glob("*.ftl")

    assert {file.stem.rpartition(".")[2] for file in texts} <= LOCALES


def test_an_environment_of_another_python_is_made_anew(small: Clone) -> None:
    small.python.parent.mkdir(parents=True)
    (small.folder / ".venv" / "pyvenv.cfg").touch()
    small.python.write_text("#!/bin/sh\necho 3.10\n")
    small.python.chmod(0o755)

    said = small.install()

    assert (said.returncode, small.installed()["babel"]) == (0, versions(PRODUCT)["babel"])


def test_a_folder_that_holds_something_else_is_left_alone(small: Clone) -> None:
    mine = small.folder / ".venv" / "mine"
    mine.parent.mkdir()
    mine.touch()

    said = small.install()

    wrong = ".venv is no virtual environment, and not empty: name another folder, or remove it\n"
    assert (said.returncode, said.stderr, mine.exists()) == (1, wrong, True)


def test_the_demo_gets_host_and_port_from_the_command_line_alone(clone: Clone) -> None:
    plain = clone.make("-n", "demo")
    named = clone.make("-n", "demo", "HOST=192.0.2.1", "PORT=9000")

    assert [said.stdout.splitlines()[-1].split() for said in (plain, named)] == [
        [".venv/bin/bantin", "demo"],
        [".venv/bin/bantin", "demo", "--host", "192.0.2.1", "--port", "9000"],
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_what_pyproject_asks_for_with_hashes_and_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = {canonicalize_name(each.name): pinned(each) for each in requirements(lock)}
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    if lock == EVERYTHING:
        asked += PROJECT["project"]["optional-dependencies"]["dev"]

    unmet = [
        each
        for each in map(Requirement, asked)
        if not each.specifier.contains(locked.get(canonicalize_name(each.name), ""))
    ]

    assert (unmet, "://" in text, "--index" in text) == ([], False, False)
    assert len(re.findall(r" \\\n    --hash=sha256:", text)) >= len(locked)


def test_the_second_lock_adds_to_the_first() -> None:
    assert versions(PRODUCT).items() <= versions(EVERYTHING).items()
