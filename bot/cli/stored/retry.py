"""`bantin retry`: failed deliveries are owed once more."""

from collections.abc import Collection
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import print_json
from bot.cli.base.storage import changing
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryId
from bot.domain.desk.audit import Act, AuditAction, Subject, SubjectKind
from bot.domain.errors import ExplainedError
from bot.services.delivery.redeliver import retry_all
from bot.settings.settings import Settings
from bot.store.outbox import outbox
from bot.store.runtime import audit


def retry(
    delivery: Annotated[
        list[int] | None, typer.Argument(help="Ids that `deliveries --failed` lists.")
    ] = None,
    *,
    everything: Annotated[
        bool,
        typer.Option("--all", help="All that have failed, but for those of chats that we may not write to."),
    ] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    if bool(delivery) == everything:
        raise typer.BadParameter("name the deliveries, or say --all")
    ids = {DeliveryId(number) for number in delivery or ()}
    settings = settings_of(config)
    owed, left_out = run_to_end(_retry(settings, ids) if ids else _retry_all(settings))
    if as_json:
        print_json({"owed": owed, "left_out": left_out})
    else:
        typer.echo(f"{owed} owed once more")
        if everything and left_out:
            typer.echo(
                f"{left_out} left out: their chats cannot be written to, or are paused (`bantin chats`);"
                " name one by its id to try it all the same"
            )
    if ids and left_out:
        raise ExplainedError(f"{left_out} of the deliveries named have not failed, or are not there")


async def _retry(settings: Settings, ids: Collection[DeliveryId]) -> tuple[int, int]:
    """Owe these failed deliveries once more; return how many there were, and how many were not failed."""
    async with changing(settings) as database, database.write() as tx:
        now = SystemClock().now()
        owed = await outbox.retry(tx, ids, now)
        if owed:
            about = Subject(SubjectKind.DELIVERIES, ", ".join(map(str, sorted(ids))))
            act = Act(AuditAction.DELIVERIES_RETRIED, about, after={"deliveries": owed})
            await audit.record(tx, actor(), act, now=now)
    return owed, len(ids) - owed


async def _retry_all(settings: Settings) -> tuple[int, int]:
    """Owe all failed deliveries once more but those out of reach; return how many there were of both."""
    clock = SystemClock()
    async with changing(settings) as database:
        async with database.read() as tx:
            left_out = await outbox.failed_out_of_reach(tx, ended_by=clock.now())
        return await retry_all(database, clock, actor=actor()), left_out
