"""Routes of the console: what is shown and done where, and the right that each takes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.desk.roles import Right
from bot.web.console.visit import Answer, Visit
from bot.web.uploads import UploadLimits

Handle = Callable[[Visit], Awaitable[Answer]]
Ask = Callable[[Visit], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class ConsoleRoute:
    """What *handle* does at *path*, for those who have *right*; with None, for everybody who manages.

    One that *writes* is a POST, in a transaction that may change something; others are a GET. What a
    messenger must be asked before is asked by *ask*, outside of any transaction. A form may bring *files*.
    """

    path: str
    right: Right | None
    handle: Handle
    writes: bool = False
    ask: Ask | None = None
    files: UploadLimits | None = None


def shows(path: str, right: Right | None, handle: Handle) -> ConsoleRoute:
    return ConsoleRoute(path, right, handle)


def acts(
    path: str,
    right: Right | None,
    handle: Handle,
    *,
    ask: Ask | None = None,
    files: UploadLimits | None = None,
) -> ConsoleRoute:
    return ConsoleRoute(path, right, handle, writes=True, ask=ask, files=files)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: the *name* of its text and its icon, where it is, and the right that it takes."""

    name: str
    path: str
    right: Right | None
