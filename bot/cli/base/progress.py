"""How far a command is, shown on a terminal while it works; nothing where standard error is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli.base.output import echo

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Told how much is done; shows it if there is a bar to show it with."""

    def __init__(self, bar: "Bar | None" = None, task: "TaskID | None" = None) -> None:
        self._bar = bar
        self._task = task

    def advance(self, done: int = 1) -> None:
        """Add *done* units to what is done."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task, done)

    def total(self, number: int) -> None:
        """Say how many units there are in all."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=number)

    def describe(self, what: str) -> None:
        """Say what is done now."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=what)

    def say(self, line: str, *, err: bool = False) -> None:
        """Print a line of the result, above the bar."""
        if self._bar:
            self._bar.stop()
        echo(line, err=err)
        if self._bar:
            self._bar.start()


@contextmanager
def progress(what: str, *, total: int | None = None) -> Iterator[Progress]:
    """Show that *what* is under way, and how much of *total* is done; the line goes away at the end."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console  # noqa: PLC0415 - for terminals only
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as Bar  # noqa: PLC0415

    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        # Results go to the standard output, which may be a file.
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        yield Progress(bar, bar.add_task(what, total=total))
