"""What the commands have in common: their options, the configuration, and how they print."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot import logs, shown
from bot.config import ConfigurationError, Settings, load_settings
from bot.definitions import load_sources
from bot.domain.feed import Feed, Topic

T = TypeVar("T")

DEFAULT_FOLDER = Path("config")

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar="BANTIN_CONFIG", help="Folder of bot.toml and feeds.toml.", metavar="DIR"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def print_rows(rows: list[shown.Row], *, as_json: bool, table: Callable[[list[shown.Row]], str]) -> None:
    if as_json:
        print_json(rows)
    else:
        typer.echo(table(rows))


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def settings_of(config: Path | None) -> Settings:
    """Return the settings; where no folder is named and config/ is not in sight, the defaults do."""
    settings = load_settings(config or (DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else None))
    secrets = [
        secret.get_secret_value()
        for secret in (settings.telegram.token, settings.telegram.webhook_secret)
        if secret
    ]
    logs.set_up(level=settings.log.level, style=settings.log.format, secrets=secrets)
    return settings


def configured(config: Path | None) -> tuple[Settings, tuple[Topic, ...], tuple[Feed, ...]]:
    settings = settings_of(config)
    return settings, *load_sources(config or DEFAULT_FOLDER, settings)


def chosen(feeds: tuple[Feed, ...], names: list[str]) -> tuple[Feed, ...]:
    """Return the feeds of those *names*, or all of them; raise ConfigurationError for an unknown one."""
    known = {feed.id: feed for feed in feeds}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return tuple(feed for feed in feeds if not names or feed.id in names)


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
