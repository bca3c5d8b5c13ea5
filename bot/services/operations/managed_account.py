"""An account as those see it who look after the service and tell its owners."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.chats.chat import AccountId, Address
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Outcome
from bot.domain.messaging.messenger import Messenger

TOLD_WITHIN = 120.0
"""Seconds that telling the owners of one account may take: what goes out through another one waits for it."""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """Whether the account is ours to speak as; why the platform refuses it, if it does; since when and why
    no updates can be fetched.
    """

    ours: bool = True
    refused: str | None = None
    deaf_since: datetime | None = None
    deaf_reason: str = ""


class ManagedAccount(Protocol):
    """One account: who owns it, how it is, and its one way out."""

    @property
    def id(self) -> AccountId: ...

    @property
    def owners(self) -> frozenset[str]:
        """Return the ids of the persons who own the service, on the platform of this account."""

    @property
    def messenger(self) -> Messenger: ...

    def health(self) -> AccountHealth: ...

    async def reply(self, address: Address, message: Message) -> Outcome:
        """Send *message* ahead of all broadcasts; it is RetryLater where the account is not ours."""


def is_spoken_through(account: ManagedAccount) -> bool:
    """Return whether people can be told something through *account*, and not just everybody at once."""
    return account.messenger.capabilities.pages is None
