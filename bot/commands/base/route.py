"""A route: what handles a command or a button, who may use it, and whether it writes.

Guards are declared where a command or a button is registered (`bot.commands.router.routes`). The router
(`bot.commands.router.router`) enforces them before a handler runs.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.commands.base.callback_data import CallbackData
from bot.commands.base.context import SILENCE, Request, Response
from bot.commands.base.hint import hint

D = TypeVar("D", bound=CallbackData)
Handle = Callable[[Request], Awaitable[Response]]


class Who(StrEnum):
    """DECIDING is a person in their own chat, and an administrator in a group; MANAGERS run the bot."""

    ANYBODY = "anybody"
    DECIDING = "deciding"
    MANAGERS = "managers"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may use something, and whether only in a private chat."""

    who: Who = Who.ANYBODY
    private_only: bool = False


ANYWHERE = Guard()
PRIVATE_ONLY = Guard(private_only=True)
DECIDING = Guard(Who.DECIDING)
MANAGERS = Guard(Who.MANAGERS, private_only=True)
OWNERS = Guard(Who.OWNERS, private_only=True)


@dataclass(frozen=True, slots=True)
class Route:
    """How one command, with its words, or one button, with its fields, is handled.

    *writes* is whether that usually changes something: it opens the right transaction at once.
    """

    handle: Handle
    guard: Guard = ANYWHERE
    writes: bool = False


ByWords = Callable[[str], Route]
ByFields = Callable[[str], Route]
"""Makes the route of a button; raises ValueError for fields that are none of ours."""


def typed(
    handler: Callable[[Request, str], Awaitable[Response]],
    guard: Guard = ANYWHERE,
    *,
    writes: Callable[[str], bool] = bool,
) -> ByWords:
    """Return the route of a command by the words that follow it; usually words are what changes something."""

    def route(words: str) -> Route:
        async def handle(request: Request) -> Response:
            return await handler(request, words)

        return Route(handle, guard, writes(words))

    return route


def reads(_: object) -> bool:
    return False


def writes(_: object) -> bool:
    return True


def pressed(
    data: type[D],
    handler: Callable[[Request, D], Awaitable[Response]],
    guard: Guard = ANYWHERE,
    *,
    writes: Callable[[D], bool] = reads,
) -> ByFields:
    """Return the route of a button by its fields."""

    def route(rest: str) -> Route:
        fields = data.of(rest)

        async def handle(request: Request) -> Response:
            return await handler(request, fields)

        return Route(handle, guard, writes(fields))

    return route


async def refusal(request: Request, guard: Guard) -> Response | None:
    """Return what to say to somebody whom *guard* keeps out; raises MessengerError or StartOver.

    Others than managers learn nothing of what managers can do.
    """
    if request.pressed is not None:
        return await _refused_press(request, guard)
    for_managers = guard.who in (Who.MANAGERS, Who.OWNERS)
    is_allowed = await _is_allowed(request, guard.who)
    if guard.private_only and not request.is_private:
        told = is_allowed or guard.who is not Who.MANAGERS
        return request.refuse(request.text("private-only")) if told else SILENCE
    if is_allowed:
        return None
    return hint(request) if for_managers else request.refuse(request.text("only-group-administrators"))


async def _refused_press(request: Request, guard: Guard) -> Response | None:
    for_managers = guard.who in (Who.MANAGERS, Who.OWNERS)
    if guard.private_only and not request.is_private:
        return request.refuse(request.text("not-allowed" if for_managers else "button-stale"))
    if await _is_allowed(request, guard.who):
        return None
    return request.refuse(request.text("not-allowed" if for_managers else "only-group-administrators"))


async def _is_allowed(request: Request, who: Who) -> bool:
    match who:
        case Who.ANYBODY:
            return True
        case Who.DECIDING:
            return request.may_configure()
        case Who.MANAGERS:
            return await request.may_manage()
        case Who.OWNERS:
            return request.is_owner
