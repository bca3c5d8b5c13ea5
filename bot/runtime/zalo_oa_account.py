"""The Official Account on Zalo, as the settings describe it."""

from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import structlog
from yarl import URL

from bot.domain.chats.chat import AccountId
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.zalo_oa.messenger import MOST_BROADCAST, ZaloOaMessenger, ZaloOaSettings
from bot.messengers.zalo_oa.request import App
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.from_settings import media_addresses
from bot.runtime.proxies import proxies
from bot.runtime.scheduler import Tick
from bot.runtime.upkeep import Surroundings, Upkeep
from bot.services.coordination.account_tokens import AccountTokens
from bot.services.delivery.broadcasts import BroadcastRules, Broadcasts
from bot.services.delivery.destinations import Destination
from bot.services.delivery.stored_creations import StoredCreations
from bot.settings.accounts import ZaloOaSection
from bot.settings.settings import ConfigurationError, Settings

TITLE = "Zalo Official Account"

log = structlog.get_logger(__name__)


def zalo_oa_settings(chosen: ZaloOaSection) -> ZaloOaSettings:
    """Return how to reach the Official Account. Raises ConfigurationError where something is missing."""
    if missing := chosen.missing():
        raise ConfigurationError("\n".join(f"{name} is not set: {said}" for name, said in missing.items()))
    return ZaloOaSettings(
        app=App(chosen.app_id, chosen.app_secret.get_secret_value().strip() if chosen.app_secret else ""),
        cover=chosen.cover,
        api_url=chosen.api_url,
        oauth_url=chosen.oauth_url,
        comments=chosen.comments,
        dry_run=chosen.dry_run,
        proxy=proxies(chosen.proxy, "zalo_oa.proxy").of(URL(chosen.api_url)),
    )


def zalo_oa_account(settings: Settings) -> ConfiguredAccount:
    """Return the Official Account; raises ConfigurationError where something is missing."""
    chosen = settings.zalo_oa
    reached = zalo_oa_settings(chosen)
    if addresses := media_addresses(settings):
        reached = replace(reached, photo_address=addresses.address)
    messenger = ZaloOaMessenger(reached)
    return ConfiguredAccount(
        messenger=messenger,
        owners=frozenset(),
        destination=Destination(TITLE, settings.language.default, frozenset(chosen.topics)),
        prepare=partial(_prepared, chosen, messenger, broadcasts=not settings.delivery.only_chats),
    )


def switched_off(settings: Settings) -> AccountId | None:
    """Return the Official Account that the settings name and switch off: both are said, or there is none."""
    chosen = settings.zalo_oa
    is_off = "enabled" in chosen.model_fields_set and not chosen.enabled
    return App(chosen.app_id, "").account if is_off and chosen.app_id else None


def _prepared(
    chosen: ZaloOaSection, messenger: ZaloOaMessenger, around: Surroundings, *, broadcasts: bool
) -> Upkeep:
    """Tell *messenger* where its tokens and creations are kept; return what is to be looked after.

    A test installation makes no *broadcasts*.
    """
    configured = chosen.refresh_token.get_secret_value().strip() if chosen.refresh_token else ""
    database, clock, account = around.database, around.clock, messenger.account
    tokens = AccountTokens(
        database,
        clock,
        account=account,
        owner=around.owner,
        configured=configured,
        exchange=messenger.exchange,
    )
    messenger.remember(tokens, StoredCreations(database, clock, account), clock)
    if chosen.dry_run:
        return Upkeep((), tokens.close)

    async def refresh() -> None:
        if around.is_ours():
            try:
                await tokens.access()
            except MessengerError as error:
                log.warning("the tokens could not be exchanged", account=account, error=str(error))

    ticks = [Tick(f"tokens of {account}", timedelta(minutes=5), refresh)]
    if chosen.broadcast_at and broadcasts:
        rules = BroadcastRules(
            time.fromisoformat(chosen.broadcast_at), MOST_BROADCAST, chosen.broadcasts_per_month
        )
        daily = Broadcasts(database, clock, account, rules, send=messenger.broadcast, is_ours=around.is_ours)
        ticks.append(Tick(f"broadcasts of {account}", timedelta(seconds=30), daily.look))
    return Upkeep(tuple(ticks), tokens.close)
