"""The account on Telegram, as the settings describe it."""

import hmac

from yarl import URL

from bot.domain.chats.courtesy import ThrottleRules
from bot.domain.delivery.sliding_window import PacingRules, PaidTier, Window
from bot.domain.messaging.messenger import Webhook
from bot.messengers.telegram.messenger import TelegramMessenger, TelegramSettings
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.proxies import proxies
from bot.settings.accounts import TelegramSection
from bot.settings.settings import ConfigurationError, Settings

_STARS_PER_MESSAGE = 0.1
"""Bot API, allow_paid_broadcast: for each message above the free rate."""


def telegram_settings(chosen: TelegramSection) -> TelegramSettings:
    """Return how to reach Telegram; raises ConfigurationError where there is no token."""
    if chosen.token is None or not chosen.token.get_secret_value():
        raise ConfigurationError(
            "telegram.token is not set: put the token from @BotFather into BANTIN_TELEGRAM__TOKEN, "
            "or its file's name into BANTIN_TELEGRAM__TOKEN_FILE"
        )
    paid = None
    if chosen.allow_paid_broadcast:
        messages = round(chosen.stars_per_day / _STARS_PER_MESSAGE)
        paid = PaidTier(Window(chosen.paid_messages_per_second, 1.0), messages)
    pacing = PacingRules(
        account=Window(chosen.messages_per_second, 1.0),
        paid=paid,
        private=Window(chosen.private_chat_messages, chosen.private_chat_window.total_seconds()),
        shared=Window(chosen.group_messages_per_minute, 60.0),
    )
    return TelegramSettings(
        token=chosen.token.get_secret_value(),
        api_url=chosen.api_url,
        pacing=pacing,
        proxy=proxies(chosen.proxy, "telegram.proxy").of(URL(chosen.api_url)),
    )


def telegram_webhook(chosen: TelegramSection) -> Webhook | None:
    """Return where updates are posted, if they are; every process comes to the same secret."""
    if not chosen.webhook_url or chosen.token is None:
        return None
    token = chosen.token.get_secret_value()
    own = chosen.webhook_secret.get_secret_value() if chosen.webhook_secret else ""
    made = hmac.digest(token.encode(), b"webhook", "sha256").hex()
    return Webhook(chosen.webhook_url, own or made)


def telegram_account(settings: Settings) -> ConfiguredAccount:
    """Return the account on Telegram; raises ConfigurationError where there is no token."""
    messenger = TelegramMessenger(telegram_settings(settings.telegram))
    return ConfiguredAccount(
        messenger=messenger,
        owners=settings.owners_of(messenger.account),
        throttle=ThrottleRules(burst=settings.telegram.answers_at_once),
        webhook=telegram_webhook(settings.telegram),
    )
