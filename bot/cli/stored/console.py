"""`bantin console link`: a link that signs an owner, or an admin, in to the web console once."""

from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import print_json
from bot.cli.base.storage import changing
from bot.domain.chats.chat import AccountId
from bot.domain.clock import SystemClock
from bot.domain.desk.console_access import LINK_FOR
from bot.domain.errors import ExplainedError
from bot.services.administration.console_access import address_of, make_link
from bot.settings.settings import Settings
from bot.store.engine.database import Transaction
from bot.store.runtime import accounts, admins
from bot.store.runtime.console import Person

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)

_Person = Annotated[
    str | None,
    typer.Option(
        "--for",
        help="Whom it signs in, as telegram:123456789; without it the only owner there is.",
        metavar="PLATFORM:ID",
    ),
]


@app.callback()
def _group() -> None:
    """Group the commands of the console, though there is but one."""


@app.command("link", help="Print a link that signs an owner or an admin in to the console once.")
def link(person: _Person = None, *, as_json: Json = False, config: Config = None) -> None:
    settings = settings_of(config)
    if not settings.web.console:
        raise ExplainedError("there is no console: set console = true under [web] in bot.toml")
    address = run_to_end(_link(settings, person))
    minutes = int(LINK_FOR.total_seconds() // 60)
    if as_json:
        print_json({"url": address, "minutes": minutes})
    else:
        typer.echo(address)
        typer.echo(f"it works once, within {minutes} minutes", err=True)


async def _link(settings: Settings, named: str | None) -> str:
    clock = SystemClock()
    async with changing(settings) as database, database.write() as tx:
        person = await _person(tx, settings, named)
        token = await make_link(tx, person, actor(), now=clock.now())
    return address_of(settings.web.console_address, token)


async def _person(tx: Transaction, settings: Settings, named: str | None) -> Person:
    """Return who is meant, if they manage the bot; raises ExplainedError if they do not."""
    known = await accounts.ids(tx)
    owners = [(account, user) for account in known for user in sorted(settings.owners_of(account))]
    if named is None:
        if len(owners) != 1:
            raise ExplainedError(f"say whom it is for, as --for {_named(owners) or 'telegram:123456789'}")
        return owners[0]
    platform, _, user = named.partition(":")
    for account in known:
        is_there = account.partition(":")[0] == platform
        if is_there and ((account, user) in owners or await admins.find(tx, account, user)):
            return account, user
    raise ExplainedError(f"{named} manages nothing here; `bantin admins` lists who does")


def _named(owners: list[tuple[AccountId, str]]) -> str:
    """Return the first of *owners* as an option names somebody; empty if there are none."""
    return next((f"{account.partition(':')[0]}:{user}" for account, user in owners), "")
