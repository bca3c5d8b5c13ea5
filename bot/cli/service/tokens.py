"""The tokens that `bantin init` takes: typed or from files, and checked with their platforms."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from bot.cli.base.progress import progress
from bot.cli.service.platforms import PLATFORMS, PlatformSetup
from bot.domain.messaging.messenger import MessengerError
from bot.settings.problems import unreadable
from bot.settings.settings import ConfigurationError, Settings


@dataclass(frozen=True, slots=True)
class ChosenTokens:
    """The settings with the tokens.

    By the platforms' sections: *typed* are the tokens that are new, *names* the bots' names where the
    platform was asked for them.
    """

    settings: Settings
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def served(self) -> tuple[PlatformSetup, ...]:
        """Return the platforms that have a token."""
        return tuple(platform for platform in PLATFORMS if platform.token_of(self.settings))

    def having(self, platform: PlatformSetup, token: str, name: str) -> "ChosenTokens":
        """Return these with one more; *name* is empty where the platform was not asked."""
        names = {**self.names, platform.section: name} if name else self.names
        settings = platform.with_token(self.settings, token)
        return replace(self, settings=settings, typed={**self.typed, platform.section: token}, names=names)


def from_files(before: Settings, files: Mapping[str, Path], *, unchecked: bool) -> ChosenTokens:
    """Return the tokens in *files*, by section; *unchecked* keeps those that nobody can be asked about.

    Raises ConfigurationError, and MessengerError for a token that the platform refuses.
    """
    chosen = ChosenTokens(before)
    for platform in PLATFORMS:
        if file := files.get(platform.section):
            token = _first_line(file)
            if problem := platform.refused(platform.with_token(before, token)):
                raise ConfigurationError(f"{file}: {problem.said}; {problem.advice}")
            chosen = chosen.having(platform, token, _name_or_nothing(platform, before, token, unchecked))
    return chosen


def _first_line(file: Path) -> str:
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None
    if not token:
        raise ConfigurationError(f"{file}: it is empty")
    return token


def _name_or_nothing(
    platform: PlatformSetup,
    before: Settings,
    token: str,
    unchecked: bool,  # noqa: FBT001 - as it was given
) -> str:
    try:
        return platform.username(platform.with_token(before, token))
    except MessengerError as error:
        if error.fatal:
            raise
        if not unchecked and not sys.stdin.isatty():
            raise ConfigurationError(f"{error}; --unchecked keeps the token all the same") from None
        if not unchecked and not _may_be_kept(platform, error):
            raise typer.Abort from None
        return ""


def ask(before: Settings) -> ChosenTokens:
    """Ask for a token on each platform, either of which will do, until there is one or it can wait."""
    while True:
        chosen = ChosenTokens(before)
        for platform in PLATFORMS:
            chosen = _asked(platform, chosen)
        if chosen.served:
            return chosen
        typer.echo("Without a token on either platform the service cannot run.")
        if typer.confirm("Go on, and write one into secrets.env later?"):
            return chosen


def _asked(platform: PlatformSetup, chosen: ChosenTokens) -> ChosenTokens:
    without = "keeps the one that is set" if platform.token_of(chosen.settings) else f"no {platform.name}"
    question = (
        f"The bot's token on {platform.name}, from {platform.source} (it is not shown; empty: {without})"
    )
    while True:
        token = typer.prompt(question, default="", show_default=False, hide_input=True).strip()
        if not token:
            return chosen
        settings = platform.with_token(chosen.settings, token)
        if problem := platform.refused(settings):
            typer.echo(f"{problem.said}; {problem.advice}")
            continue
        try:
            with progress(f"asking {platform.name}"):
                name = platform.username(settings)
        except MessengerError as error:
            if error.fatal:
                typer.echo(str(error))
            elif _may_be_kept(platform, error):
                return chosen.having(platform, token, "")
        else:
            typer.echo(f"This is {platform.called(name)}.")
            return chosen.having(platform, token, name)


def _may_be_kept(platform: PlatformSetup, error: MessengerError) -> bool:
    typer.echo(f"{error}; {platform.unreachable}")
    return typer.confirm(f"Keep this token without having asked {platform.name}?")
