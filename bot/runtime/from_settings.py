"""The rules of the services, and the texts, as the settings have them."""

import math
from collections.abc import Iterable
from datetime import timedelta

from bot.commands.base.context import Keeping
from bot.domain.clock import Clock
from bot.domain.messaging.messenger import Messenger
from bot.domain.news.address import same_hosts
from bot.domain.news.correction import CorrectionRules
from bot.i18n import FormOfAddress, Translator
from bot.services.delivery.sender_rules import SenderRules
from bot.services.ingest.ingester import IngestRules
from bot.services.operations.alerts import AlertRules
from bot.services.operations.retention import RetentionRules
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.forecasting import ForecastRules
from bot.services.subscribers.dormancy import DormancyRules
from bot.services.subscribers.recordings import ArticleRecordings
from bot.settings.keys import address_key
from bot.settings.settings import Settings
from bot.speech.recorder import SpeechRecorder
from bot.store.engine.database import Database
from bot.web.public import PhotoAddresses


def translator(settings: Settings) -> Translator:
    publisher = {"vi": settings.agency.name, "en": settings.agency.name_en}
    form = FormOfAddress(settings.language.address)
    return Translator.load(form, publisher, default_language=settings.language.default)


def recordings(
    settings: Settings, database: Database, texts: Translator, clock: Clock
) -> ArticleRecordings | None:
    """Return what has articles read aloud, where a voice is set up."""
    voice = settings.voice.speaker
    return ArticleRecordings(database, SpeechRecorder(voice), texts, clock) if voice else None


def console_url(settings: Settings) -> str:
    """Return where people reach the web console; empty where there is none."""
    return settings.web.console_address if settings.web.console else ""


def photo_addresses(settings: Settings) -> PhotoAddresses | None:
    """Return where prepared photos are fetched from; None while nobody can reach us."""
    url = settings.web.public_url
    return PhotoAddresses(url, address_key(settings)) if url else None


def ingest_rules(settings: Settings) -> IngestRules:
    moments = correction_rules(settings).moments
    return IngestRules(
        expires_after=settings.delivery.expires_after,
        hosts=_hosts(settings),
        revisit_after=moments[0] if moments else None,
        concurrency=settings.polling.concurrency,
    )


def publishing_rules(settings: Settings) -> PublishingRules:
    return PublishingRules(settings.delivery.expires_after, _hosts(settings))


def forecast_rules(settings: Settings, messengers: Iterable[Messenger]) -> ForecastRules:
    pacing = {each.account: each.pacing for each in messengers}
    return ForecastRules(pacing, settings.subscribers.preferences)


def _hosts(settings: Settings) -> dict[str, str]:
    return same_hosts(group.split("=") for group in settings.polling.same_hosts)


def correction_rules(settings: Settings) -> CorrectionRules:
    chosen = settings.corrections
    wanted = sorted(set(chosen.read_again_after))
    return CorrectionRules(
        moments=tuple(after for after in wanted if after <= chosen.window),
        window=chosen.window,
        edits=chosen.edits,
    )


def retention_rules(settings: Settings) -> RetentionRules:
    kept = settings.retention
    return RetentionRules(kept.deliveries, kept.articles, settings.privacy.proofs, kept.audit, kept.figures)


def sender_rules(settings: Settings) -> SenderRules:
    return SenderRules(
        malformed_share=settings.delivery.malformed_percent / 100, usual=settings.subscribers.preferences
    )


def dormancy_rules(settings: Settings) -> DormancyRules:
    retention = settings.retention
    return DormancyRules(retention.chats_without_subscription, retention.unreachable_chats)


def alert_rules(settings: Settings) -> AlertRules:
    chosen = settings.alerts
    return AlertRules(
        feed_after=chosen.feed_after,
        silent_after=chosen.silent_after,
        account_after=chosen.account_after,
        backlog_after=chosen.backlog_after,
        remind_every=chosen.remind_every,
    )


def keeping(settings: Settings) -> Keeping:
    """Return for how many days what people are told of is kept."""
    retention = settings.retention
    return Keeping(
        deliveries=_days(retention.deliveries),
        unsubscribed=_days(retention.chats_without_subscription),
        unreachable=_days(retention.unreachable_chats),
        proofs=_days(settings.privacy.proofs),
        audit=_days(retention.audit),
    )


def _days(span: timedelta) -> int:
    """Return *span* in whole days: one that is not over counts."""
    return math.ceil(span / timedelta(days=1))
