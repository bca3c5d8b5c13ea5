"""What the commands have in common: their options, the configuration, and how they print."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.cli import shown
from bot.domain.feed import Feed, Topic
from bot.runtime import logs
from bot.runtime.resolver_threads import DaemonThreadExecutor
from bot.settings.feeds_file import load_sources
from bot.settings.settings import ConfigurationError, Settings, load_settings

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
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Limit = Annotated[int, typer.Option(help="How many to list at most, latest first.", min=1)]


def print_rows(rows: list[shown.Row], *, as_json: bool, table: Callable[[list[shown.Row]], str]) -> None:
    if as_json:
        print_json(rows)
    else:
        typer.echo(table(rows))


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def settings_of(config: Path | None, *, service: bool = False) -> Settings:
    """Return the settings; where no folder is named and config/ is not in sight, the defaults do.

    A command says itself what there is to say: of its log only errors are shown, and more if asked for.
    """
    settings = load_settings(config or (DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else None))
    secrets = [
        secret.get_secret_value()
        for secret in (
            settings.telegram.token,
            settings.telegram.webhook_secret,
            settings.privacy.proof_secret,
        )
        if secret
    ]
    level = settings.log.level
    shown_from = level if service or level == "debug" else "error"
    logs.set_up(level=shown_from, style=settings.log.format, secrets=secrets)
    return settings


def configured(
    config: Path | None, *, service: bool = False
) -> tuple[Settings, tuple[Topic, ...], tuple[Feed, ...]]:
    settings = settings_of(config, service=service)
    return settings, *load_sources(config or DEFAULT_FOLDER, settings)


def chosen(feeds: tuple[Feed, ...], names: list[str]) -> tuple[Feed, ...]:
    """Return the feeds of those *names*, or all of them; raise ConfigurationError for an unknown one."""
    known = {feed.id: feed for feed in feeds}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return tuple(feed for feed in feeds if not names or feed.id in names)


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run *work*; a name that is still being looked up in a thread when it ends does not hold the end."""

    async def among_daemons() -> T:
        asyncio.get_running_loop().set_default_executor(DaemonThreadExecutor())
        return await work

    return asyncio.run(among_daemons())
