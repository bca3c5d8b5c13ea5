"""Finding out who owns a bot: the person who sends it a code that only the terminal has shown."""

import secrets

from bot.domain.chats.chat import ChatKind, TextReceived
from bot.domain.clock import Clock
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger

_PAUSE = 3.0
"""Seconds between two looks: Telegram slows down those who ask for the same updates more often."""
_MOST = 100
"""Bot API, getUpdates: no more than so many are shown until the first are confirmed."""


def new_code() -> str:
    """Return a code that nobody guesses, of characters that a link may hold."""
    return secrets.token_hex(5)


async def claimed_by(messenger: TelegramMessenger, code: str, clock: Clock) -> str:
    """Wait until somebody has sent `/start CODE` to the bot in private, and return their id.

    Updates are looked at and not confirmed, so that the service finds all of them. Raises MessengerError.
    """
    while True:
        updates = await messenger.updates(None)
        for _, payload in updates:
            said = messenger.parse(payload)
            if (
                isinstance(said, TextReceived)
                and said.kind is ChatKind.PRIVATE
                and said.text.split() == ["/start", code]
            ):
                return said.sender.user
        if len(updates) >= _MOST:
            raise MessengerError(f"{_MOST} messages wait for the bot already, so that yours is not shown")
        await clock.sleep(_PAUSE)
