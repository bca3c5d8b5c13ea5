"""All that one emulated Zalo holds."""

from dataclasses import dataclass, field
from typing import Any

from bot.emulator.clock import EmulatorClock
from bot.emulator.events import Events
from bot.emulator.zalo.errors import ZaloError, quota_exceeded, unauthorized
from bot.emulator.zalo.faults import Faults
from bot.emulator.zalo.fetching import FetchedFile
from bot.emulator.zalo.knobs import Knobs
from bot.emulator.zalo.metrics import Metrics
from bot.emulator.zalo.world import Account, Chat, ChatMessage, month

Json = dict[str, Any]

HAPPENED = "zalo"
"""The kind of event that tells of a message in a chat."""


@dataclass(slots=True)
class ZaloState:
    """The bots, each by its token, what tests turn and ask, and who watches.

    *files* are the photos and recordings that were fetched, by the SHA-256 of their bytes.
    """

    clock: EmulatorClock = field(default_factory=EmulatorClock)
    knobs: Knobs = field(default_factory=Knobs)
    faults: Faults = field(default_factory=Faults)
    metrics: Metrics = field(default_factory=Metrics)
    accounts: dict[str, Account] = field(default_factory=dict)
    files: dict[str, FetchedFile] = field(default_factory=dict)
    events: Events = field(default_factory=Events)

    def account(self, token: str) -> Account:
        """Return the bot of that *token*; raise ZaloError 401 where there is none."""
        account = self.accounts.get(token)
        if account is None:
            raise unauthorized()
        return account

    def tell(self, account: Account, update: Json) -> None:
        """Have the bot learn of *update*, in the way that it has chosen."""
        if account.webhook is not None:
            account.webhook.waiting.put_nowait(update)
        else:
            knobs = self.knobs
            account.inbox.push(update, replay=knobs.replay, keep=knobs.keep_unheard)

    def spend(self, account: Account) -> None:
        """Count a message; raise ZaloError 429 where the month has no room for it."""
        now = month(self.clock.now())
        if account.spent.get(now, 0) >= self.knobs.messages_per_month:
            self.metrics.above_quota += 1
            raise quota_exceeded()
        account.spent[now] = account.spent.get(now, 0) + 1

    def keep(self, account: Account, chat: Chat, message: ChatMessage) -> ChatMessage:
        """Write down a *message* in its *chat*, and tell whoever watches."""
        chat.messages.append(message)
        self.events.tell(HAPPENED, chat.id, {"chat": chat.id, **message.as_json()})
        said = message.text or message.photo or message.voice
        if not message.is_ours:
            chat.said_since.clear()
            if self.knobs.incoming_counts:
                now = month(self.clock.now())
                account.spent[now] = account.spent.get(now, 0) + 1
            return message
        self.metrics.sent += 1
        self.metrics.second_copies += said in chat.said_since
        chat.said_since.add(said)
        return message

    async def close(self) -> None:
        """End what would wait for ever: polls and deliveries to webhooks."""
        for account in self.accounts.values():
            account.inbox.interrupt(ZaloError(502, "Bad Gateway"))
            if account.webhook is not None:
                await account.webhook.end()
