"""`bantin api-keys`: which programs may use the API; its commands add and revoke a key."""

from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_json, print_rows
from bot.cli.base.storage import changing, reading
from bot.domain.chats.chat import TopicId
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.desk.api_keys import ApiKey, ApiScope, in_order
from bot.services.administration import api_keys
from bot.services.administration.api_keys import CreatedApiKey, WantedApiKey
from bot.settings.settings import Settings
from bot.store.api import api_keys as stored

_Name = Annotated[str, typer.Argument(help="What the key is called here and in the audit log.")]

app = typer.Typer(
    help="List the keys of the API; with a command, add or revoke one.",
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def list_keys(context: typer.Context, *, as_json: Json = False, config: Config = None) -> None:
    if context.invoked_subcommand is None:
        settings = settings_of(config)
        rows = run_to_end(_rows(settings))
        print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


@app.command(help="Add a key, and show its token this once: only its fingerprint is kept.")
def add(
    name: _Name,
    *,
    scope: Annotated[list[ApiScope], typer.Option(help="What it may do; may be given several times.")],
    topic: Annotated[
        list[str] | None,
        typer.Option(help="The id of a topic that it is for; without one it is for all.", metavar="ID"),
    ] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    topics = frozenset(map(TopicId, topic)) if topic else None
    created = run_to_end(_create(settings_of(config), WantedApiKey(name, frozenset(scope), topics)))
    if as_json:
        print_json({**_row(created.key), "token": created.token})
    else:
        echo(f"the key {name} was made; this is its token, which is shown only now:", err=True)
        echo(created.token)


@app.command(help="Revoke a key: nobody comes in with it any more, from now on.")
def revoke(name: _Name, *, as_json: Json = False, config: Config = None) -> None:
    key = run_to_end(_revoke(settings_of(config), name))
    if as_json:
        print_json(_row(key))
    else:
        echo(f"the key {name} is revoked")


async def _rows(settings: Settings) -> list[Row]:
    async with reading(settings) as database, database.read() as tx:
        return [_row(key) for key in await stored.every(tx)]


async def _create(settings: Settings, wanted: WantedApiKey) -> CreatedApiKey:
    async with changing(settings) as database, database.write() as tx:
        return await api_keys.create(tx, wanted, actor(), now=SystemClock().now())


async def _revoke(settings: Settings, name: str) -> ApiKey:
    async with changing(settings) as database, database.write() as tx:
        return await api_keys.revoke(tx, name, actor(), now=SystemClock().now())


def _row(key: ApiKey) -> Row:
    return {
        "name": key.name,
        "prefix": key.prefix,
        "scopes": ", ".join(in_order(key.scopes)),
        "topics": None if key.topics is None else ", ".join(sorted(key.topics)),
        "created": key.created_at,
        "last_used": key.last_used_on and key.last_used_on.isoformat(),
        "revoked": key.revoked_at,
    }
