"""The platforms that `bantin init` sets up: what each is called, and how its token is checked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import SecretStr

from bot.cli.base.options import run_to_end
from bot.cli.service.check import UNREACHABLE, ZALO_UNREACHABLE
from bot.domain.messaging.messenger import Messenger
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.zalo import ZaloMessenger
from bot.runtime import logs
from bot.runtime.telegram_account import telegram_settings
from bot.runtime.zalo_account import zalo_settings
from bot.settings.review import Finding, token_refused, zalo_token_refused
from bot.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class PlatformSetup:
    """One platform, as init asks about it.

    *section* is that of its settings; *source* says who hands out tokens; *unreachable* is what to do where
    its server does not answer. *mark* stands before a bot's *name*, and *link* is the address that starts it
    with a *code*, if there is such. *refused* judges the form of the token; *connect* asks the server.
    """

    name: str
    section: str
    source: str
    unreachable: str
    mark: str
    link: str
    refused: Callable[[Settings], Finding | None]
    connect: Callable[[Settings], Awaitable[Messenger]]

    def called(self, name: str) -> str:
        """Return how people there call the bot of that *name*."""
        return f"{self.mark}{name}"

    def token_of(self, settings: Settings) -> str:
        token: SecretStr | None = getattr(settings, self.section).token
        return token.get_secret_value() if token else ""

    def with_token(self, settings: Settings, token: str) -> Settings:
        """Return *settings* with *token*, which stands in no log from now on."""
        known = [each.token_of(settings) for each in PLATFORMS]
        logs.set_up(level="error", style="text", secrets=[each for each in (token, *known) if each])
        section = getattr(settings, self.section).model_copy(update={"token": SecretStr(token)})
        return settings.model_copy(update={self.section: section})

    def username(self, settings: Settings) -> str:
        """Ask the platform whom the token belongs to. Raises MessengerError."""
        return run_to_end(self._username(settings))

    async def _username(self, settings: Settings) -> str:
        messenger = await self.connect(settings)
        await messenger.close()
        return messenger.username


async def _connect_to_telegram(settings: Settings) -> Messenger:
    return await TelegramMessenger.connect(telegram_settings(settings.telegram))


async def _connect_to_zalo(settings: Settings) -> Messenger:
    return await ZaloMessenger.connect(zalo_settings(settings.zalo))


TELEGRAM = PlatformSetup(
    name="Telegram",
    section="telegram",
    source="@BotFather",
    unreachable=UNREACHABLE,
    mark="@",
    link="https://t.me/{name}?start={code}",
    refused=lambda settings: token_refused(settings.telegram),
    connect=_connect_to_telegram,
)
ZALO = PlatformSetup(
    name="Zalo",
    section="zalo",
    source="Zalo's Bot Creator",
    unreachable=ZALO_UNREACHABLE,
    mark="",
    link="",
    refused=lambda settings: zalo_token_refused(settings.zalo),
    connect=_connect_to_zalo,
)
PLATFORMS = (TELEGRAM, ZALO)
