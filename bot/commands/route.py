"""A route: what handles a command or a button, who may use it, and whether it writes.

Guards are declared where a command or a button is registered (`bot.commands.routes`). The router
(`bot.commands.conversation`) enforces them before a handler runs.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.commands.basics import hint
from bot.commands.callback_data import CallbackData
from bot.commands.turn import SILENCE, Answer, Turn

D = TypeVar("D", bound=CallbackData)
Handle = Callable[[Turn], Awaitable[Answer]]


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
    handler: Callable[[Turn, str], Awaitable[Answer]],
    guard: Guard = ANYWHERE,
    *,
    writes: Callable[[str], bool] = bool,
) -> ByWords:
    """Return the route of a command by the words that follow it; usually words are what changes something."""

    def route(words: str) -> Route:
        async def handle(turn: Turn) -> Answer:
            return await handler(turn, words)

        return Route(handle, guard, writes(words))

    return route


def reads(_: object) -> bool:
    return False


def writes(_: object) -> bool:
    return True


def pressed(
    data: type[D],
    handler: Callable[[Turn, D], Awaitable[Answer]],
    guard: Guard = ANYWHERE,
    *,
    writes: Callable[[D], bool] = reads,
) -> ByFields:
    """Return the route of a button by its fields."""

    def route(rest: str) -> Route:
        fields = data.of(rest)

        async def handle(turn: Turn) -> Answer:
            return await handler(turn, fields)

        return Route(handle, guard, writes(fields))

    return route


async def refusal(turn: Turn, guard: Guard) -> Answer | None:
    """Return what to say to somebody whom *guard* keeps out; raises MessengerError or StartOver.

    Others than managers learn nothing of what managers can do.
    """
    if turn.pressed is not None:
        return await _refused_press(turn, guard)
    for_managers = guard.who in (Who.MANAGERS, Who.OWNERS)
    is_allowed = await _is_allowed(turn, guard.who)
    if guard.private_only and not turn.is_private:
        told = is_allowed or guard.who is not Who.MANAGERS
        return turn.refuse(turn.text("private-only")) if told else SILENCE
    if is_allowed:
        return None
    return hint(turn) if for_managers else turn.refuse(turn.text("only-group-administrators"))


async def _refused_press(turn: Turn, guard: Guard) -> Answer | None:
    for_managers = guard.who in (Who.MANAGERS, Who.OWNERS)
    if guard.private_only and not turn.is_private:
        return turn.refuse(turn.text("not-allowed" if for_managers else "button-stale"))
    if await _is_allowed(turn, guard.who):
        return None
    return turn.refuse(turn.text("not-allowed" if for_managers else "only-group-administrators"))


async def _is_allowed(turn: Turn, who: Who) -> bool:
    match who:
        case Who.ANYBODY:
            return True
        case Who.DECIDING:
            return turn.may_configure()
        case Who.MANAGERS:
            return await turn.may_manage()
        case Who.OWNERS:
            return turn.is_owner
