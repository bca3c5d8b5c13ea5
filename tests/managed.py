"""An account as those see it who tell its owners: what it was told to say, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.chats.chat import AccountId, Address
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Outcome, Receipt
from bot.domain.messaging.messenger import Messenger
from bot.services.operations.managed_account import AccountHealth
from tests.fakes import FakeMessenger


@dataclass(eq=False)
class FakeAccount:
    """Sends nothing: *outcome* says what comes of each message, and *said* is all of them."""

    id: AccountId
    owners: frozenset[str] = frozenset()
    messenger: Messenger = field(default_factory=FakeMessenger)
    state: AccountHealth = field(default_factory=AccountHealth)
    outcome: Callable[[Address], Outcome] = lambda _address: Receipt("1")
    said: list[tuple[str, Message]] = field(default_factory=list)

    def health(self) -> AccountHealth:
        return self.state

    async def reply(self, address: Address, message: Message) -> Outcome:
        self.said.append((address.chat, message))
        return self.outcome(address)
