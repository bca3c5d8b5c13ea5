"""What the commands have in common: their options, and the configuration that these name."""

from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.settings.loading import load_settings
from bot.settings.settings import Settings

if TYPE_CHECKING:
    from bot.domain.news.feed import Feed, Topic

T = TypeVar("T")

DEFAULT_FOLDER = Path("config")


def _named_before(context: typer.Context, folder: Path | None) -> Path | None:
    """Return the *folder* named after the command or, if there was none, the nearest one before it."""
    outer = context.parent
    while folder is None and outer is not None:
        folder, outer = outer.params.get("config"), outer.parent
    return folder


Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        callback=_named_before,
        help="Folder of bot.toml and feeds.toml; without it BANTIN_CONFIG names one, else it is config.",
        metavar="DIR",
    ),
]
Directory = Annotated[
    Path | None,
    typer.Argument(callback=_named_before, help="The folder to make; else config.", metavar="DIR"),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Limit = Annotated[int, typer.Option(help="How many to list at most, latest first.", min=1)]


def folder_of(config: Path | None) -> Path | None:
    """Return the folder that was named, else config/ where it is in sight, else None: the defaults do."""
    return config or (DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else None)


def settings_of(config: Path | None, *, service: bool = False) -> Settings:
    """Return the settings, and set the log up.

    A command says itself what there is to say: of its log only errors are shown, and more if asked for.
    """
    from bot.runtime import logs  # noqa: PLC0415 - a health check needs no log

    settings = load_settings(folder_of(config))
    level = settings.log.level
    shown_from = level if service or level == "debug" else "error"
    logs.set_up(level=shown_from, style=settings.log.format, secrets=settings.secrets())
    return settings


def configured(
    config: Path | None, *, service: bool = False
) -> "tuple[Settings, tuple[Topic, ...], tuple[Feed, ...]]":
    """Return the settings, and the topics and feeds of feeds.toml."""
    from bot.settings.feeds_file import load_sources  # noqa: PLC0415 - few commands need what feeds.toml defines

    settings = settings_of(config, service=service)
    return settings, *load_sources(config or DEFAULT_FOLDER, settings)


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run *work* in an event loop, which nothing that is left holds up in the end."""
    # A health check has no loop.
    from bot.runtime.process import event_loop  # noqa: PLC0415

    return event_loop.run_to_end(work)
