"""Handlers, registered where they are written: of commands, of buttons, and of words that were asked for.

Each module has a `Handlers` of its own, whose decorators say what leads to the function below, who may use it
(`bot.commands.base.guards`) and whether it writes. The router puts them all together
(`bot.commands.router.routing_table`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.commands.base.awaited_input import AwaitedInput, InputKind
from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.command_names import Command
from bot.commands.base.context import Context, Request, Response
from bot.commands.base.guards import ANYWHERE, Guard
from bot.commands.base.unit_of_work import Question
from bot.domain.chats.chat import IncomingFile

G = TypeVar("G")
R = TypeVar("R")
T = TypeVar("T")
D = TypeVar("D", bound=CallbackData)
A = TypeVar("A", bound=AwaitedInput)

OnWords = Callable[[Request, str], Awaitable[Response]]
OnPress = Callable[[Request, D], Awaitable[Response]]
OnInput = Callable[[Request, A, str], Awaitable[Response]]

OnFile = Callable[[Request, A, IncomingFile, str], Awaitable[Response]]

Takes = Callable[[Request, str], Awaitable[bool]]

Says = bool | Callable[[T], bool]
"""Something that is so, or is not, or depends on what is asked.

Of writing: whether handling usually changes something, so that the right transaction is opened at once. What
does so all the same is handled anew in one that writes."""


@dataclass(frozen=True, slots=True)
class Route:
    """What handles one command with its words, one button with its fields, or one answer.

    *question* is what the messenger is asked before, so that the handler need not start over. *takes* judges
    words behind the name of a command that was typed without a slash; see `Handlers.command`. *essential*
    says that its answer may take the last of a month's messages.
    """

    handle: Callable[[Request], Awaitable[Response]]
    guard: Guard = ANYWHERE
    writes: bool = False
    question: Callable[[Context], Question | None] | None = None
    takes: Callable[[Request], Awaitable[bool]] | None = None
    essential: bool = False


CommandRoute = Callable[[str], Route]
"""Makes the route of a command from the words that follow it."""

ButtonRoute = Callable[[str], Route]
"""Makes the route of a button from its fields as they came; raises ValueError for what is none of ours."""


FileRoute = Callable[[str, IncomingFile, str], Route]
"""Makes the route of a file, with the words that came with it, from the fields of what was awaited; raises
ValueError for fields that are none of ours."""


@dataclass(frozen=True, slots=True)
class InputRoute:
    """Where words lead that were asked for.

    *route* makes the route from the fields of what was awaited and from the words; it raises ValueError for
    fields that are none of ours. *gives_way* says of a command and its words whether they are a command all
    the same: "tin mới" may be a filter, too. Where it *keeps_lines*, the words come as they were written.
    """

    route: Callable[[str, str], Route]
    gives_way: Callable[[Command, str], bool]
    keeps_lines: bool = False


def _to_every_command(_: Command, __: str) -> bool:
    return True


class Handlers:
    """The handlers of one module, in the order in which they were registered."""

    def __init__(self) -> None:
        self.commands: list[tuple[Command, CommandRoute]] = []
        self.buttons: list[tuple[Verb, ButtonRoute]] = []
        self.inputs: list[tuple[InputKind, InputRoute]] = []
        self.files: list[tuple[InputKind, FileRoute]] = []

    def command(
        self,
        command: Command,
        guard: Guard = ANYWHERE,
        *,
        writes: Says[str] = bool,
        asks: Callable[[Context, str], Question | None] | None = None,
        takes: Takes | None = None,
        essential: bool = False,
    ) -> Callable[[OnWords], OnWords]:
        """Register the handler of a command; usually it is the words behind it that change something.

        *asks* returns what it will ask the messenger. *takes* says whether the words are for it where its
        name is typed without a slash: "đăng ký trong nước" subscribes; "đăng ký nhãn hiệu", where no topic is
        called so, is something to look for. Without it no words are. *essential*: see `Route`.
        """

        def register(handler: OnWords) -> OnWords:
            def route(words: str) -> Route:
                return Route(
                    lambda request: handler(request, words),
                    guard,
                    _said(writes, words),
                    _with(words, asks),
                    _with(words, takes),
                    essential,
                )

            self.commands.append((command, route))
            return handler

        return register

    def button(
        self,
        data: type[D],
        guard: Guard = ANYWHERE,
        *,
        writes: Says[D] = False,
        essential: Says[D] = False,
    ) -> Callable[[OnPress[D]], OnPress[D]]:
        """Register the handler of a button; *essential*: see `Route`."""

        def register(handler: OnPress[D]) -> OnPress[D]:
            def route(rest: str) -> Route:
                fields = data.of(rest)
                return Route(
                    lambda request: handler(request, fields),
                    guard,
                    _said(writes, fields),
                    essential=_said(essential, fields),
                )

            self.buttons.append((data.verb, route))
            return handler

        return register

    def forwarding_button(self, data: type[D]) -> Callable[[Callable[[D], Route]], Callable[[D], Route]]:
        """Register what returns the route of something else, to which a button leads."""

        def register(forward: Callable[[D], Route]) -> Callable[[D], Route]:
            self.buttons.append((data.verb, lambda rest: forward(data.of(rest))))
            return forward

        return register

    def awaited(
        self,
        data: type[A],
        guard: Guard = ANYWHERE,
        *,
        gives_way: Callable[[Command, str], bool] = _to_every_command,
        keeps_lines: bool = False,
    ) -> Callable[[OnInput[A]], OnInput[A]]:
        """Register the handler of words that were asked for; by default every command goes before them."""

        def register(handler: OnInput[A]) -> OnInput[A]:
            def route(rest: str, words: str) -> Route:
                fields = data.of(rest)
                return Route(lambda request: handler(request, fields, words), guard, writes=True)

            self.inputs.append((data.kind, InputRoute(route, gives_way, keeps_lines)))
            return handler

        return register

    def file(self, data: type[A], guard: Guard = ANYWHERE) -> Callable[[OnFile[A]], OnFile[A]]:
        """Register the handler of a file that is sent where *data* is awaited."""

        def register(handler: OnFile[A]) -> OnFile[A]:
            def route(rest: str, file: IncomingFile, words: str) -> Route:
                fields = data.of(rest)
                return Route(lambda request: handler(request, fields, file, words), guard, writes=True)

            self.files.append((data.kind, route))
            return handler

        return register


def _said(says: Says[T], value: T) -> bool:
    return says if isinstance(says, bool) else says(value)


def _with(words: str, call: Callable[[G, str], R] | None) -> Callable[[G], R] | None:
    """Return *call* as it is with these *words*."""
    if call is None:
        return None
    return lambda given: call(given, words)


async def any_words(request: Request, words: str) -> bool:
    """Take whatever words there are."""
    del request, words
    return True
