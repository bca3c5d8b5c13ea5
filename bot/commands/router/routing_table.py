"""The routing table: every command, every button and all that may be asked for, with its handler."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from bot.commands.admin import (
    admin_panel,
    admins,
    approvals,
    audit,
    channel_settings,
    channels,
    failures,
    feeds,
    invitations,
    members,
    pauses,
    publications,
)
from bot.commands.admin.publishing import editing, moving, rejecting, source_changes, waiting
from bot.commands.announcing import files, writing
from bot.commands.base.awaited_input import InputKind, RawInput
from bot.commands.base.callback_data import Raw, Verb, stamped
from bot.commands.base.callbacks import ChooseLanguage, OpenCommand
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY, refusal
from bot.commands.base.handlers import (
    ButtonRoute,
    CommandRoute,
    FileRoute,
    Handlers,
    InputRoute,
    Route,
)
from bot.commands.desk import console, figures, support
from bot.commands.reader import consent, help_text, language, onboarding, privacy, start, subscribe
from bot.commands.reader.articles import following, full_text, latest, listen, photos, reading_list, search
from bot.commands.settings import by_button, by_text, filters, keeping
from bot.domain.chats.chat import IncomingFile
from bot.domain.text.text import one_line
from bot.i18n import LANGUAGES

K = TypeVar("K", bound=StrEnum)
R = TypeVar("R")

_WITH_LANGUAGES = frozenset({Command.START, Command.HELP, Command.LANGUAGE, Command.SETTINGS})
"""The commands whose answers offer other languages."""


@dataclass(frozen=True, slots=True)
class RoutingTable:
    """Where commands, buttons, and words that were asked for lead: each to one handler."""

    commands: Mapping[Command, CommandRoute]
    buttons: Mapping[Verb, ButtonRoute]
    inputs: Mapping[InputKind, InputRoute]
    files: Mapping[InputKind, FileRoute]

    @classmethod
    def of(cls, *modules: Handlers) -> Self:
        """Put the handlers of *modules* together; raises ValueError where one is missing or there are two."""
        return cls(
            _each_once(Command, (each for module in modules for each in module.commands)),
            _each_once(Verb, (each for module in modules for each in module.buttons)),
            _each_once(InputKind, (each for module in modules for each in module.inputs)),
            dict(each for module in modules for each in module.files),
        )

    def pressed(self, raw: Raw | None) -> Route | None:
        """Return where a button leads; None if it is none of ours."""
        if raw is None:
            return None
        try:
            return self.buttons[raw.verb](raw.rest)
        except ValueError:
            return None

    def sent(self, awaited: RawInput, file: IncomingFile, words: str) -> Route | None:
        """Return where a *file* leads that is sent while something is *awaited*; None if files are not."""
        found = self.files.get(awaited.kind)
        try:
            return found(awaited.rest, file, words) if found else None
        except ValueError:
            return None

    def given(self, awaited: RawInput, words: str) -> Route | None:
        """Return where *words* lead that answer what was *awaited*; None if that is none of ours."""
        found = self.inputs[awaited.kind]
        try:
            return found.route(awaited.rest, words if found.keeps_lines else one_line(words))
        except ValueError:
            return None


_MODULES = (
    start.handlers,
    help_text.handlers,
    language.handlers,
    consent.handlers,
    onboarding.handlers,
    subscribe.handlers,
    latest.handlers,
    search.handlers,
    full_text.handlers,
    photos.handlers,
    listen.handlers,
    reading_list.handlers,
    following.handlers,
    privacy.handlers,
    by_text.handlers,
    by_button.handlers,
    filters.handlers,
    keeping.handlers,
    admins.handlers,
    writing.handlers,
    files.handlers,
    admin_panel.handlers,
    approvals.handlers,
    audit.handlers,
    channels.handlers,
    channel_settings.handlers,
    failures.handlers,
    figures.handlers,
    feeds.handlers,
    invitations.handlers,
    members.handlers,
    publications.handlers,
    waiting.handlers,
    rejecting.handlers,
    editing.handlers,
    moving.handlers,
    source_changes.handlers,
    pauses.handlers,
    support.handlers,
    console.handlers,
)


def routing_table() -> RoutingTable:
    """Return the table of all handlers there are; raises ValueError where one is missing or there are two."""
    commands = dict(each for module in _MODULES for each in module.commands)
    return RoutingTable.of(*_MODULES, _leading_on(commands))


def _leading_on(commands: Mapping[Command, CommandRoute]) -> Handlers:
    """Return the handlers of the buttons that lead to a command, whichever it is."""
    handlers = Handlers()

    @handlers.forwarding_button(OpenCommand)
    def open_command(pressed: OpenCommand) -> Route:
        return commands[pressed.command]("")

    @handlers.button(ChooseLanguage, GROUP_ADMINISTRATORS_ONLY, writes=True)
    async def change_language(request: Request, pressed: ChooseLanguage) -> Response:
        """Speak another language, and show in it what stood there before."""
        if pressed.language not in LANGUAGES or pressed.then not in _WITH_LANGUAGES:
            return request.refuse(request.text("button-stale"))
        route = commands[pressed.then](pressed.words)
        if refused := await refusal(request, route.guard):
            return refused
        request = await language.speak(request, pressed.language)
        answer = await route.handle(request)
        return answer if request.chat else answer.with_actions(lambda each: stamped(each, pressed.language))

    return handlers


def _each_once(keys: type[K], registered: Iterable[tuple[K, R]]) -> Mapping[K, R]:
    routes: dict[K, R] = {}
    for key, route in registered:
        if key in routes:
            raise ValueError(f"{key!r} has more than one handler")
        routes[key] = route
    if missing := [repr(key) for key in keys if key not in routes]:
        raise ValueError(f"no handler is registered for {', '.join(missing)}")
    return routes
