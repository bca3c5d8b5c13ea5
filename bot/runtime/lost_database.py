"""The end of a service whose database is lost."""

from contextlib import suppress
from typing import NoReturn

import structlog

from bot.domain.clock import Clock
from bot.runtime.accounts import AccountWorkers
from bot.services.aio import at_most
from bot.services.operations.alerts import Alerts
from bot.store.engine.database import Database
from bot.store.integrity.watch import Watch

_LOOK_WITHIN = 15.0
_TELL_WITHIN = 5.0

log = structlog.get_logger(__name__)


async def until_lost(
    watch: Watch, database: Database, clock: Clock, accounts: AccountWorkers, alerts: Alerts
) -> NoReturn:
    """Raise DatabaseLost when *watch* finds *database* lost, after the owners have been told.

    To go on would be to send what nobody could ever note, and to answer people whose wishes are not kept.
    The end lets go of the files: what is put in their place is found at the next start.
    """
    while True:
        with suppress(TimeoutError):
            await at_most(_LOOK_WITHIN, watch.look())
        if database.lost:
            break
        await clock.sleep(watch.every)
    reason = str(database.lost)
    log.error("the service ends", reason=reason)
    accounts.hold()
    try:
        await at_most(_TELL_WITHIN, alerts.tell_lost(reason))
    except TimeoutError:
        log.warning("the owners could not be told in time")
    raise database.lost
