"""`bantin retry`: failed deliveries are owed once more."""

from collections.abc import Collection
from typing import Annotated

import typer

from bot import parts
from bot.cli.options import Config, run_to_end, settings_of
from bot.domain.clock import SystemClock
from bot.domain.delivery import DeliveryId
from bot.domain.errors import ExplainedError
from bot.services.retrying import retry_all
from bot.settings.settings import Settings
from bot.store import outbox


def retry(
    delivery: Annotated[
        list[int] | None, typer.Argument(help="Ids that `deliveries --failed` lists.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that have failed.")] = False,
    config: Config = None,
) -> None:
    if bool(delivery) == everything:
        raise typer.BadParameter("name the deliveries, or say --all")
    owed = run_to_end(_retry(settings_of(config), delivery or None))
    typer.echo(f"{owed} owed once more")
    if delivery and owed < len(set(delivery)):
        missing = len(set(delivery)) - owed
        raise ExplainedError(f"{missing} of the deliveries named have not failed, or are not there")


async def _retry(settings: Settings, ids: Collection[int] | None) -> int:
    """Owe these failed deliveries once more, or all of them (None); return how many there were."""
    clock = SystemClock()
    async with parts.current_database(settings, exclusive=False) as database:
        if ids is None:
            return await retry_all(database, clock)
        async with database.write() as tx:
            return await outbox.retry(tx, {DeliveryId(number) for number in ids}, clock.now())
