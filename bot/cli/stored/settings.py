"""`bantin settings`: what is in force and where it comes from; its commands change some settings."""

from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_rows
from bot.cli.base.storage import changing, reading
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.services.administration import stored_settings as service
from bot.settings.settings import SettingOrigin, Settings
from bot.settings.shown import shown_settings
from bot.settings.stored import EDITABLE, layered, problem_of, written
from bot.store.runtime import stored_settings

_Name = Annotated[str, typer.Argument(help="Section and key, for example agency.name.", metavar="NAME")]

app = typer.Typer(
    help="Show the settings in force, without secrets; with a command, change one that may be.",
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def list_settings(context: typer.Context, *, as_json: Json = False, config: Config = None) -> None:
    if context.invoked_subcommand is None:
        print_rows(run_to_end(_rows(settings_of(config))), as_json=as_json)


@app.command("set", help="Change a setting over bot.toml; a service that runs goes by it at once.")
def set_(
    name: _Name,
    value: Annotated[str, typer.Argument(help="Written as in the environment.", metavar="VALUE")],
    *,
    config: Config = None,
) -> None:
    text = written(value)
    if problem := problem_of(name, text):
        raise ExplainedError(f"{name}: {problem}")
    origin = run_to_end(_put(settings_of(config), name, text))
    place = {SettingOrigin.SECRETS: "secrets.env", SettingOrigin.ENVIRONMENT: "the environment"}.get(origin)
    echo(f"{name} is set{f', but {place} goes first' if place else ''}")


@app.command(help="Take back what was set over bot.toml.")
def reset(name: _Name, *, config: Config = None) -> None:
    if not run_to_end(_reset(settings_of(config), name)):
        raise ExplainedError(f"{name}: nothing was set over the configuration")
    echo(f"{name} is as it is configured")


async def _rows(settings: Settings) -> list[Row]:
    async with reading(settings) as database, database.read() as tx:
        stored = await stored_settings.every(tx)
    found = layered(settings, stored)
    rows: list[Row] = []
    for section, key, value, origin in shown_settings(found.settings):
        name = f"{section}.{key}"
        rows.append(_row(name, value, origin, stored.get(name), found.problems.get(name)))
    unknown = [name for name in stored if name not in {row["setting"] for row in rows}]
    return [*rows, *(_row(name, None, None, stored[name], found.problems[name]) for name in unknown)]


def _row(
    name: str, value: str | None, origin: SettingOrigin | None, stored: str | None, problem: str | None
) -> Row:
    return {
        "setting": name,
        "value": value,
        "origin": origin,
        "changeable": tuple(name.split(".", 1)) in EDITABLE,
        "stored": stored,
        "problem": problem,
    }


async def _put(settings: Settings, name: str, text: str) -> SettingOrigin:
    """Keep *text*, and return where what the configuration says comes from."""
    async with changing(settings) as database, database.write() as tx:
        await service.put(tx, name, text, actor(), now=SystemClock().now())
    section, _, key = name.partition(".")
    return settings.origin(section, key)


async def _reset(settings: Settings, name: str) -> bool:
    async with changing(settings) as database, database.write() as tx:
        return await service.reset(tx, name, actor(), now=SystemClock().now())
