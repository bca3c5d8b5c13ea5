"""`bantin run` and `bantin migrate`: the service, and the schema that it needs."""

from typing import Annotated

import typer

from bot import app
from bot.cli.base.options import Config, configured, folder_of, run_to_end, settings_of
from bot.cli.service.preflight import require_runnable
from bot.runtime.process import gc_tuning, malloc_tuning, open_files
from bot.settings.roles import parse_roles
from bot.store.integrity.migrate import upgrade


def run(
    *,
    roles: Annotated[
        str, typer.Option(help="What this process does, of several on PostgreSQL.", metavar="ROLE,…")
    ] = "poll,send,web",
    config: Config = None,
) -> None:
    malloc_tuning.give_memory_back()
    wanted = parse_roles(roles)
    settings, topics, defined = configured(config, service=True)
    run_to_end(require_runnable(settings, topics, defined, folder=folder_of(config), roles=wanted))
    gc_tuning.freeze_startup_objects()
    open_files.raise_open_files_limit()
    run_to_end(app.run(settings, topics, defined, roles=wanted))


def migrate(config: Config = None) -> None:
    run_to_end(upgrade(settings_of(config).database.url))
    typer.echo("the database's schema is up to date")
