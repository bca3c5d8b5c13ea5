"""Installs what lock files name, and nothing else, into a virtual environment.

It runs before anything is installed, and therefore needs nothing but Python:

    python bot/install.py requirements.lock

pip is given the lock with `--no-deps` and `--require-hashes`: it takes the very files that the lock names and
resolves nothing, so that no later release can reach an installation. Only wheels are taken: the build of a
source distribution fetches tools that no lock names.

Nothing is compiled in advance: Python compiles a module when it is first used, and that is less than half of
them. Where the environment is read-only later (an image, a folder of root's), `--compile` does it at once.
"""

import argparse
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TextIO

LOCALES = frozenset({"root", "en", "vi"})
"""The locales of Babel that stay: those of the product's texts. It has a thousand, of 33 MB."""

_REQUIREMENT = re.compile(r"^[\w.-]+(\[[\w.,-]+\])?==", re.MULTILINE)
_DEALT_WITH = ("Collecting ", "Requirement already satisfied: ", "Ignoring ")
_TERMINAL_SECONDS = 0.2
_PLAIN_SECONDS = 10.0


def main() -> int:
    """Install, and return the exit status; what went wrong has been said by pip."""
    parser = argparse.ArgumentParser(description="Install what lock files name into a virtual environment.")
    parser.add_argument("lock", nargs="+", type=Path)
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="made if need be (.venv)")
    parser.add_argument("--compile", action="store_true", help="compile all modules at once")
    options = parser.parse_args()
    for lock in options.lock:
        if not lock.is_file():
            parser.error(f"there is no file {lock}")
    progress = PipProgress(sys.stdout)
    try:
        python = ready_python(options.venv, progress)
        for lock in options.lock:
            install(lock, python, progress, compiled=options.compile)
        remove_unused_locales(python)
    except subprocess.CalledProcessError as error:
        return error.returncode
    except KeyboardInterrupt:
        return 130
    return 0


class PipProgress:
    """A line that says how far the work is: rewritten on a terminal, else one more line every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self.status = ""
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._lock = threading.Lock()

    @contextmanager
    def of(self, task: str) -> Iterator[None]:
        """Show *task*, the seconds gone by and the `status` until the block ends, then that it is done."""
        self.status = ""
        started = time.monotonic()
        ended = threading.Event()
        thread = threading.Thread(target=self._keep_showing, args=(task, started, ended), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self._write("")
        self._write(f"{task}: done in {time.monotonic() - started:.0f} s\n")

    def complain(self, line: str) -> None:
        """Pass on what another program complains about."""
        self._write("")
        sys.stderr.write(line)
        sys.stderr.flush()

    def _keep_showing(self, task: str, started: float, ended: threading.Event) -> None:
        while not ended.wait(_TERMINAL_SECONDS if self._is_terminal else _PLAIN_SECONDS):
            line = f"{task}: {time.monotonic() - started:.0f} s  {self.status}"
            self._write(line[: get_terminal_size().columns - 1] + ("" if self._is_terminal else "\n"))

    def _write(self, text: str) -> None:
        """Write *text* where the line stands that was rewritten last."""
        with self._lock:
            self._stream.write(f"\r\x1b[K{text}" if self._is_terminal else text)
            self._stream.flush()


def ready_python(venv: Path, progress: PipProgress) -> Path:
    """Return the interpreter of *venv*, which is made anew unless it has a pip and is of this Python."""
    python = venv.absolute() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    try:
        found = _ask(python, "import pip, sys; print('{}.{}'.format(*sys.version_info))")
    except (OSError, subprocess.CalledProcessError):
        found = ""
    if found != version:
        _require_disposable(venv)
        with progress.of(f"Python {version} in {venv}"):
            _run([sys.executable, "-m", "venv", "--clear", str(venv)], progress)
            # Up to Python 3.11 a new environment comes with it; nothing here needs it.
            if _ask(python, "import importlib.util as i; print(i.find_spec('setuptools'))") != "None":
                _run([*_pip(python), "uninstall", "--yes", "setuptools"], progress)
    return python


def _require_disposable(venv: Path) -> None:
    """Exit if *venv* is a folder with something else in it: making an environment there would delete that."""
    if venv.is_dir() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").is_file():
        sys.exit(f"{venv} is no virtual environment, and not empty: name another folder, or remove it")


def install(lock: Path, python: Path, progress: PipProgress, *, compiled: bool) -> None:
    """Bring what *lock* names into the environment of *python*."""
    total = len(_REQUIREMENT.findall(lock.read_text(encoding="utf-8")))
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--progress-bar=off"]
    if not compiled:
        options.append("--no-compile")
    with progress.of(f"{total} packages of {lock.name}"):
        _run([*_pip(python), "install", *options, "-r", str(lock)], progress, total)


def remove_unused_locales(python: Path) -> None:
    """Remove Babel's data of all other languages; pip neither misses it nor minds at an upgrade."""
    site = Path(_ask(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    for file in site.glob("babel/locale-data/*.dat"):
        if file.stem not in LOCALES:
            file.unlink()


def _pip(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "--disable-pip-version-check"]


def _ask(python: Path, code: str) -> str:
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _run(command: list[str], progress: PipProgress, total: int = 0) -> None:
    """Run *command*; what it says becomes the status, its complaints are passed on as they come.

    Raises subprocess.CalledProcessError if it fails.
    """
    said: list[str] = []
    dealt_with = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        complaints = threading.Thread(target=_pass_on, args=(process.stderr, progress))
        complaints.start()
        for line in process.stdout or ():
            said.append(line)
            dealt_with += line.startswith(_DEALT_WITH)
            progress.status = (f"{dealt_with} of {total}: " if total else "") + line.strip()
        complaints.join()
    if process.returncode:
        for line in said[-20:]:
            progress.complain(line)
        raise subprocess.CalledProcessError(process.returncode, command)


def _pass_on(complaints: TextIO | None, progress: PipProgress) -> None:
    for line in complaints or ():
        progress.complain(line)


if __name__ == "__main__":
    sys.exit(main())
