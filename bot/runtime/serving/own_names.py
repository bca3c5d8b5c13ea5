"""What the accounts are called, for a process that shows links to them and sends nothing itself."""

from collections.abc import Iterable
from datetime import timedelta

import structlog

from bot.domain.messaging.messenger import MessengerError
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.scheduler import Tick
from bot.settings.roles import ProcessRole
from bot.settings.settings import Settings

log = structlog.get_logger(__name__)


class OwnNames:
    """Asks the platforms of *accounts* until each has said how it is called."""

    def __init__(self, accounts: Iterable[ConfiguredAccount]) -> None:
        self._unnamed = [each.messenger for each in accounts if each.door]

    async def learn(self) -> None:
        """Ask those that have not answered yet; one that cannot be asked is asked again next time."""
        for messenger in list(self._unnamed):
            try:
                await messenger.open()
            except MessengerError as error:
                log.warning("an account does not say its name", account=messenger.account, error=str(error))
            else:
                self._unnamed.remove(messenger)


def ticks_of_names(
    settings: Settings, accounts: Iterable[ConfiguredAccount], roles: frozenset[ProcessRole]
) -> tuple[Tick, ...]:
    """Return what asks for the names, in a process that shows the public page and sends nothing."""
    if not settings.web.public or ProcessRole.WEB not in roles or ProcessRole.SEND in roles:
        return ()
    return (Tick("names of accounts", timedelta(seconds=10), OwnNames(accounts).learn),)
