"""One account that is served, and what serving it needs."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chats.chat import AccountId
from bot.domain.chats.preferences import Preferences
from bot.domain.clock import Clock
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats
from bot.domain.messaging.messenger import Messenger
from bot.metrics import Metrics
from bot.store.engine.database import Database


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedAccount:
    """An account with its messenger and database.

    *time_zone* (IANA) is that of chats which have chosen none.
    *owner* is the name under which this process holds leases. *is_leader* says whether this process still
    leads the account; nothing may be sent otherwise. *served* are those who get anything.
    """

    messenger: Messenger
    database: Database
    clock: Clock
    metrics: Metrics
    owner: str
    is_leader: Callable[[], bool] = always
    time_zone: str = Preferences().time_zone
    served: ServedChats = EVERYBODY

    @property
    def id(self) -> AccountId:
        return self.messenger.account
