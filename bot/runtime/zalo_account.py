"""The account on Zalo, as the settings describe it."""

import hmac
from dataclasses import replace
from functools import partial

from yarl import URL

from bot.domain.delivery.monthly_quota import MonthlyQuota
from bot.domain.messaging.messenger import Webhook
from bot.messengers.zalo.incoming import updates_in
from bot.messengers.zalo.messenger import PACING, ZaloMessenger, ZaloSettings
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.from_settings import media_addresses
from bot.runtime.proxies import proxies
from bot.settings.accounts import ZaloSection
from bot.settings.settings import ConfigurationError, Settings
from bot.web.public import MediaFile
from bot.web.webhook import ZALO_PATH, WebhookForm

FORM = WebhookForm(ZALO_PATH, "X-Bot-Api-Secret-Token", updates_in)


def zalo_settings(chosen: ZaloSection) -> ZaloSettings:
    """Return how to reach Zalo; raises ConfigurationError where there is no token."""
    token = chosen.token.get_secret_value().strip() if chosen.token else ""
    if not token:
        raise ConfigurationError(
            "zalo.token is not set: put the token from Zalo's Bot Creator into BANTIN_ZALO__TOKEN, "
            "or its file's name into BANTIN_ZALO__TOKEN_FILE"
        )
    return ZaloSettings(
        token=token,
        api_url=chosen.api_url,
        pacing=replace(PACING, monthly=MonthlyQuota(chosen.messages_per_month), users=chosen.users),
        proxy=proxies(chosen.proxy, "zalo.proxy").of(URL(chosen.api_url)),
    )


def zalo_webhook(chosen: ZaloSection) -> Webhook | None:
    """Return where updates are posted, if they are; every process comes to the same secret."""
    if not chosen.webhook_url or chosen.token is None:
        return None
    token = chosen.token.get_secret_value().strip()
    own = chosen.webhook_secret.get_secret_value() if chosen.webhook_secret else ""
    made = hmac.digest(token.encode(), b"webhook", "sha256").hex()
    return Webhook(chosen.webhook_url, own or made)


def zalo_account(settings: Settings) -> ConfiguredAccount:
    """Return the account on Zalo; raises ConfigurationError where there is no token."""
    reached = zalo_settings(settings.zalo)
    if addresses := media_addresses(settings):
        recording = partial(addresses.address, file=MediaFile.RECORDING)
        reached = replace(reached, photo_address=addresses.address, voice_address=recording)
    messenger = ZaloMessenger(reached)
    return ConfiguredAccount(
        messenger=messenger,
        owners=settings.owners_of(messenger.account),
        webhook=zalo_webhook(settings.zalo),
        form=FORM,
        address=settings.zalo.link,
    )
