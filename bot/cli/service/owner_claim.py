"""Finding out who owns a bot: the person who sends it a code that only the terminal has shown."""

import asyncio
import secrets

import typer

from bot.cli.base.options import run_to_end
from bot.cli.base.progress import progress
from bot.cli.service.platforms import PlatformSetup
from bot.domain.chats.chat import ChatKind, TextReceived
from bot.domain.clock import Clock, SystemClock
from bot.domain.messaging.messenger import Messenger, MessengerError
from bot.settings.settings import Settings

_CLAIM_WITHIN = 600.0

_PAUSE = 3.0
"""Seconds between two looks: Telegram slows down those who ask for the same updates more often."""
_MOST = 100
"""Bot API, getUpdates: no more than so many are shown until the first are confirmed."""


def ask_for_owner(platform: PlatformSetup, settings: Settings, name: str) -> str | None:
    """Ask for a message to the bot of that *name*; return who has sent it in time. Ctrl+C goes on without."""
    code = _new_code()
    typer.echo(f"In {platform.name}, send this to {platform.called(name)}:\n\n    /start {code}\n")
    try:
        if platform.link:
            typer.echo(f"or open {platform.link.format(name=name, code=code)} and press Start.")
        typer.echo("Ctrl+C skips this.")
        with progress("waiting for your message"):
            return f"{platform.section}:{run_to_end(_claim(platform, settings, code))}"
    except KeyboardInterrupt:
        typer.echo("Skipped.")
    except TimeoutError:
        typer.echo("Nobody has sent it; this is skipped.")
    except MessengerError as error:
        typer.echo(f"{error}; this is skipped.")
    return None


async def _claim(platform: PlatformSetup, settings: Settings, code: str) -> str:
    messenger = await platform.connect(settings)
    try:
        async with asyncio.timeout(_CLAIM_WITHIN):
            return await _claimed_by(messenger, code, SystemClock())
    finally:
        await messenger.close()


def _new_code() -> str:
    """Return a code that nobody guesses, of characters that a link may hold."""
    return secrets.token_hex(5)


async def _claimed_by(messenger: Messenger, code: str, clock: Clock) -> str:
    """Wait until somebody has sent `/start CODE` to the bot in private, and return their id.

    Updates are looked at and not confirmed, so that the service finds all of them; where the platform has no
    such thing, what others write in between is lost. Raises MessengerError.
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
