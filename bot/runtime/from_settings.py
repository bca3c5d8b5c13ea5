"""The rules of the services, and the texts, as the settings have them: some change while the service runs."""

import math
from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot.commands.base.article_buttons import ArticleButtons, composer
from bot.commands.base.context import AgencyChoices, Keeping
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
from bot.services.rendering.card import correction_note, ending_note, removal_note, withdrawal
from bot.services.rendering.digest import digest_composer
from bot.services.rendering.renderer import Renderer
from bot.services.subscribers.dormancy import DormancyRules
from bot.services.subscribers.recordings import ArticleRecordings
from bot.settings.keys import address_key
from bot.settings.settings import Settings
from bot.settings.stored import Layered, layered
from bot.speech.recorder import SpeechRecorder
from bot.store.engine.database import Database, Transaction
from bot.store.publications import approval_rules
from bot.store.runtime import stored_settings
from bot.web.public import MediaAddresses

log = structlog.get_logger(__name__)


def translator(settings: Settings) -> Translator:
    publisher = {"vi": settings.agency.name, "en": settings.agency.name_en}
    form = FormOfAddress(settings.language.address)
    return Translator.load(form, publisher, default_language=settings.language.default)


def renderer(messenger: Messenger, texts: Translator, *, listens: bool) -> Renderer:
    """Return what composes the messages that go out by *messenger*; *listens*: articles are read aloud."""
    return Renderer(
        composer(texts, messenger, listens=listens),
        digest_composer(
            texts,
            messenger.capabilities,
            ArticleButtons(texts, messenger.link_to_us).opening,
            saves_messages=messenger.pacing.monthly is not None,
        ),
        partial(withdrawal, texts),
        partial(correction_note, texts),
        partial(removal_note, texts),
        partial(ending_note, texts),
    )


def recordings(
    settings: Settings, database: Database, texts: Translator, clock: Clock
) -> ArticleRecordings | None:
    """Return what has articles read aloud, where a voice is set up."""
    voice = settings.voice.speaker
    return ArticleRecordings(database, SpeechRecorder(voice), texts, clock) if voice else None


def console_url(settings: Settings) -> str:
    """Return where people reach the web console; empty where there is none."""
    return settings.web.console_address if settings.web.console else ""


def media_addresses(settings: Settings) -> MediaAddresses | None:
    """Return where photos and recordings are fetched from; None while nobody can reach us."""
    url = settings.web.public_url
    return MediaAddresses(url, address_key(settings)) if url else None


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


class RulesInForce:
    """The settings in force, and what is made of those that owners change while the service runs.

    Whoever is handed a part of it reads that each time: it changes in place.
    """

    def __init__(self, configured: Settings, stored: Layered) -> None:
        self.configured = configured
        self.translator = translator(stored.settings)
        self.alerts = alert_rules(stored.settings)
        self.sender = sender_rules(stored.settings)
        self.forecasts = ForecastRules(usual=stored.settings.subscribers.preferences)
        self.agency = _agency(stored.settings)
        self._stored = stored
        _warn(stored)

    @classmethod
    async def read(cls, tx: Transaction, configured: Settings) -> "RulesInForce":
        """Lay what is stored over what is *configured*, and have topics go by it."""
        found = layered(configured, await stored_settings.every(tx))
        await approval_rules.set_usual(tx, found.settings.topics.usual_approval)
        return cls(configured, found)

    @property
    def settings(self) -> Settings:
        return self._stored.settings

    def pace(self, messengers: Iterable[Messenger]) -> None:
        """Have forecasts go by how fast *messengers* send."""
        self.forecasts.pacing = {each.account: each.pacing for each in messengers}

    async def refresh(self, database: Database) -> bool:
        """Follow what is stored now; return whether anything has changed."""
        async with database.read() as tx:
            stored = await stored_settings.every(tx)
        if stored == self._stored.stored:
            return False
        found = layered(self.configured, stored)
        async with database.write() as tx:
            await approval_rules.set_usual(tx, found.settings.topics.usual_approval)
        self._adopt(found)
        return True

    def _adopt(self, found: Layered) -> None:
        self._stored = found
        self.translator.adopt(translator(found.settings))
        _take_over(self.alerts, alert_rules(found.settings))
        _take_over(self.sender, sender_rules(found.settings))
        _take_over(self.agency, _agency(found.settings))
        self.forecasts.usual = found.settings.subscribers.preferences
        _warn(found)
        log.info("the settings were changed")


def _agency(settings: Settings) -> AgencyChoices:
    return AgencyChoices(settings.agency.contact, settings.subscribers.preferences)


def _take_over(rules: Any, other: Any) -> None:
    """Give *rules* the values of *other*, which is of the same kind."""
    for each in fields(rules):
        setattr(rules, each.name, getattr(other, each.name))


def _warn(stored: Layered) -> None:
    for name, problem in stored.problems.items():
        log.warning("a stored setting is left out", setting=name, problem=problem)
