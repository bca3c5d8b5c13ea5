"""The parts of the product, each made from the settings in one place."""

import hmac
import math
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from pydantic import SecretStr
from yarl import URL

from bot.commands.base.context import Keeping
from bot.domain.clock import Clock
from bot.domain.delivery.sliding_window import PROBE_EVERY, PacingRules, PaidTier, Window
from bot.domain.messaging.messenger import CONFIRM_AFTER, MessengerError, Webhook
from bot.domain.news.address import same_hosts
from bot.domain.news.correction import CorrectionRules
from bot.i18n import FormOfAddress, Translator
from bot.messengers.telegram.messenger import TelegramMessenger, TelegramSettings
from bot.proxy.address import Proxies, Proxy
from bot.services.ingest.ingester import IngestRules
from bot.services.operations.alerts import AlertRules
from bot.services.operations.retention import RetentionRules
from bot.services.subscribers.dormancy import DormancyRules, DormantChats
from bot.settings.keys import proof_key
from bot.settings.settings import ConfigurationError, Settings
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.web import WORKERS, WebSource
from bot.sources.workers.pool import Workers
from bot.store.engine.database import Database
from bot.store.integrity import migrate, schema_version

log = structlog.get_logger(__name__)

_STARS_PER_MESSAGE = 0.1
"""Bot API, allow_paid_broadcast: for each message above the free rate."""


def owner_name() -> str:
    """Return a name that no other process has: leases are held under it."""
    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"


def ingest_rules(settings: Settings) -> IngestRules:
    moments = correction_rules(settings).moments
    return IngestRules(
        expires_after=settings.delivery.expires_after,
        hosts=same_hosts(group.split("=") for group in settings.polling.same_hosts),
        revisit_after=moments[0] if moments else None,
    )


def correction_rules(settings: Settings) -> CorrectionRules:
    chosen = settings.corrections
    wanted = sorted(set(chosen.read_again_after))
    return CorrectionRules(
        moments=tuple(after for after in wanted if after <= chosen.window),
        window=chosen.window,
        edits=chosen.edits,
    )


def translator(settings: Settings) -> Translator:
    publisher = {"vi": settings.agency.name, "en": settings.agency.name_en}
    form = FormOfAddress(settings.language.address)
    return Translator.load(form, publisher, default_language=settings.language.default)


@asynccontextmanager
async def web_source(settings: Settings, clock: Clock) -> AsyncIterator[WebSource]:
    guard = AddressGuard(settings.http.allow_private)
    through = proxies(settings.http.proxy, "http.proxy")
    async with (
        HttpClient(guard=guard, ca_bundle=settings.http.ca_bundle, proxies=through) as http,
        Workers(count=WORKERS) as workers,
    ):
        limits = HttpLimits(size=settings.http.max_body_bytes, seconds=settings.http.timeout.total_seconds())
        yield WebSource(http=http, workers=workers, clock=clock, limits=limits)


def proxies(address: SecretStr | None, setting: str) -> Proxies:
    """Return the proxy of *address*, which *setting* names, or without one those of the environment.

    Raises ConfigurationError if a variable of the environment cannot be read.
    """
    try:
        if address and (text := address.get_secret_value().strip()):
            return Proxies(Proxy.parse(text, setting))
        return Proxies.of_environment()
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


@asynccontextmanager
async def current_database(settings: Settings, *, exclusive: bool) -> AsyncIterator[Database]:
    """Open the database with its schema as this program knows it: SQLite migrates by itself."""
    database = await Database.open(settings.database.url, exclusive=exclusive)
    try:
        if database.dialect == "sqlite":
            await migrate.upgrade(settings.database.url)
        else:
            await schema_version.require_current(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def telegram(settings: TelegramSettings) -> AsyncIterator[TelegramMessenger]:
    """Make the messenger; `reach` connects it."""
    messenger = TelegramMessenger(settings)
    try:
        yield messenger
    finally:
        await messenger.close()


async def reach(messenger: TelegramMessenger, clock: Clock) -> None:
    """Reach Telegram; an outage is waited for, a token that it twice refuses is a MessengerError."""
    wait, was_refused = 1.0, False
    while True:
        try:
            await messenger.open()
        except MessengerError as error:
            if error.fatal and was_refused:
                raise
            was_refused = error.fatal
            wait = min(wait * 2, PROBE_EVERY)
            pause = CONFIRM_AFTER if error.fatal else error.retry_after or wait
            log.warning("Telegram cannot be reached yet", error=str(error), next_try_in=pause)
            await clock.sleep(pause)
        else:
            return


def webhook(settings: Settings) -> Webhook | None:
    """Return where updates are posted, if they are; every process comes to the same secret."""
    chosen = settings.telegram
    if not chosen.webhook_url or chosen.token is None:
        return None
    token = chosen.token.get_secret_value()
    own = chosen.webhook_secret.get_secret_value() if chosen.webhook_secret else ""
    made = hmac.digest(token.encode(), b"webhook", "sha256").hex()
    return Webhook(chosen.webhook_url, own or made)


def telegram_settings(settings: Settings) -> TelegramSettings:
    """Return how to reach Telegram; raises ConfigurationError where there is no token."""
    chosen = settings.telegram
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


def retention_rules(settings: Settings) -> RetentionRules:
    return RetentionRules(settings.retention.deliveries, settings.retention.articles, settings.privacy.proofs)


def dormant_chats(settings: Settings, database: Database, clock: Clock) -> DormantChats:
    retention = settings.retention
    return DormantChats(
        database,
        clock,
        DormancyRules(retention.chats_without_subscription, retention.unreachable_chats),
        owners=settings.telegram.owners,
        proof_key=proof_key(settings),
    )


def keeping(settings: Settings) -> Keeping:
    """Return for how many days what people are told of is kept."""
    retention = settings.retention
    return Keeping(
        deliveries=_days(retention.deliveries),
        unsubscribed=_days(retention.chats_without_subscription),
        unreachable=_days(retention.unreachable_chats),
        proofs=_days(settings.privacy.proofs),
    )


def _days(span: timedelta) -> int:
    """Return *span* in whole days: one that is not over counts."""
    return math.ceil(span / timedelta(days=1))


def alert_rules(settings: Settings) -> AlertRules:
    chosen = settings.alerts
    return AlertRules(
        feed_after=chosen.feed_after,
        silent_after=chosen.silent_after,
        account_after=chosen.account_after,
        backlog_after=chosen.backlog_after,
        remind_every=chosen.remind_every,
    )
