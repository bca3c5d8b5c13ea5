"""Alerts: the owners are told in their chats what is wrong, and when it is over, in few messages."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.chats.alert import ABOUT_FEEDS, Alert, AlertKind, News, Subject, Trouble, news, told, unheard
from bot.domain.chats.chat import AccountId, Address, Chat, ChatStatus
from bot.domain.chats.message import Message
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import ChatUnreachable, MessageRejected, Outcome, Receipt
from bot.domain.news.volume import silent_since
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import Translator
from bot.services.rendering.alert_text import alert_message
from bot.store.chats import chats
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.runtime import alerts

GATHER = timedelta(minutes=10)
"""The least time between two messages: what goes wrong in between is told in one."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AlertRules:
    """How long something must be wrong before it is told, and how often the owners are reminded of it."""

    feed_after: timedelta
    silent_after: timedelta
    account_after: timedelta
    backlog_after: timedelta
    remind_every: timedelta


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """Whether the account is ours to speak as; why the platform refuses it, if it does; since when and why
    no updates can be fetched.
    """

    ours: bool = True
    refused: str | None = None
    deaf_since: datetime | None = None
    deaf_reason: str = ""


class Alerts:
    """Looks after one account and the feeds. *reply* is the account's one way out."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        translator: Translator,
        account: AccountId,
        owners: Collection[str],
        health: Callable[[], AccountHealth],
        reply: Callable[[Address, Message], Awaitable[Outcome]],
        rules: AlertRules,
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._account = account
        self._owners = sorted(owners)
        self._health = health
        self._reply = reply
        self._rules = rules
        self._quiet_until: datetime | None = None
        self._refusal_noted = False
        self._unwritable_since: datetime | None = None

    async def check(self) -> None:
        """If the account is ours, note what is wrong, and tell the owners what they do not know yet."""
        health = self._health()
        if health.refused:
            await self._note_refusal(health.refused)
        else:
            self._refusal_noted = False
        if health.refused or not health.ours:
            return
        if await self._is_unwritable():
            return
        now = self._clock.now()
        async with self._database.read() as tx:
            standing = await alerts.standing(tx)
            statuses = await feeds.statuses(tx)
            backlog = await outbox.backlog(tx, now=now)
        troubles = [
            *self._of_account(health, now),
            *self._of_feeds(statuses, now),
            *self._of_silence(statuses, standing, now),
            *self._of_backlog(backlog, standing, now),
        ]
        polled = {str(status.feed.id): status.feed.name for status in statuses if not status.paused}
        found = news(troubles, standing, now=now, remind_every=self._rules.remind_every)
        found = replace(found, over=tuple(alert for alert in found.over if _is_of(alert, polled)))
        await self._note(troubles, standing, found)
        await self._tell(found, standing, polled)

    async def _is_unwritable(self) -> bool:
        """Return whether the database takes no writes; the owners are told, though that cannot be noted.

        What else is wrong is not looked after meanwhile: it could not be noted either.
        """
        subject = Subject(AlertKind.DATABASE)
        if self._database.write_failure:
            try:
                await self._database.probe()
            except DatabaseUnavailable as error:
                if self._unwritable_since is None:
                    self._unwritable_since = self._clock.now()
                    why = Reason(ReasonCode.DATABASE, str(error))
                    await self._tell_all(News(begun=(Trouble(subject, self._unwritable_since, why),)))
                return True
        if self._unwritable_since is not None:
            since, self._unwritable_since = self._unwritable_since, None
            await self._tell_all(News(over=(Alert(subject, since),)))
        return False

    async def tell_lost(self, reason: str) -> None:
        """Tell the owners that the database is lost, if the account is ours: it can be told just once."""
        if self._health().ours:
            subject, why = Subject(AlertKind.LOST), Reason(ReasonCode.DATABASE, reason)
            await self._tell_all(News(begun=(Trouble(subject, self._clock.now(), why),)))

    async def _tell_all(self, found: News) -> None:
        for owner in self._owners:
            await self._tell_one(owner, found, {})

    async def _note(self, troubles: Sequence[Trouble], standing: Collection[Alert], found: News) -> None:
        """Remember what has begun, and drop what has ended and is not worth a word."""
        wrong = {trouble.subject for trouble in troubles}
        new = unheard(troubles, standing)
        dropped = [each.subject for each in standing if each.subject not in wrong and each not in found.over]
        for alert in new:
            log.error("something is wrong", what=alert.subject.kind.value, about=alert.subject.about)
        if new or dropped:
            async with self._database.write() as tx:
                await alerts.save(tx, new)
                await alerts.forget(tx, dropped)

    async def _note_refusal(self, reason: str) -> None:
        """Note once that the account is refused: nothing can be said until it is not."""
        if self._refusal_noted:
            return
        self._refusal_noted = True
        refused = Alert(Subject(AlertKind.ACCOUNT, self._account), self._clock.now())
        log.error("the owners cannot be told: the account is refused", reason=reason)
        async with self._database.write() as tx:
            await alerts.save(tx, [refused])

    def _of_account(self, health: AccountHealth, now: datetime) -> list[Trouble]:
        if health.deaf_since is None or now - health.deaf_since < self._rules.account_after:
            return []
        subject = Subject(AlertKind.UPDATES, self._account)
        why = Reason(ReasonCode.NO_UPDATES, health.deaf_reason)
        return [Trouble(subject, health.deaf_since, why)]

    def _of_feeds(self, statuses: Sequence[feeds.FeedStatus], now: datetime) -> list[Trouble]:
        return [
            Trouble(Subject(AlertKind.FEED, status.feed.id), status.failing_since, status.last_error)
            for status in statuses
            if status.failing_since
            and not status.paused
            and now - status.failing_since >= self._rules.feed_after
        ]

    def _of_silence(
        self, statuses: Sequence[feeds.FeedStatus], standing: Collection[Alert], now: datetime
    ) -> list[Trouble]:
        """Return the feeds that are polled well and bring nothing.

        One that fails is told of for that; what was told before goes on until there are news again.
        """
        known = {alert.subject for alert in standing}
        return [
            trouble
            for status in statuses
            if not status.paused
            for trouble in self._silence(status, now)
            if trouble.subject in known or not status.failing_since
        ]

    def _silence(self, status: feeds.FeedStatus, now: datetime) -> Iterator[Trouble]:
        """Yield what is wrong with a feed that works; one that lists nothing brings nothing new, either."""
        if status.emptied_at and now - status.emptied_at >= self._rules.feed_after:
            yield Trouble(Subject(AlertKind.EMPTY, status.feed.id), status.emptied_at)
        since = silent_since(status.news_at, status.usual_gap, now=now, after=self._rules.silent_after)
        if since:
            yield Trouble(Subject(AlertKind.SILENT, status.feed.id), since)

    def _of_backlog(
        self, backlog: outbox.Backlog, standing: Collection[Alert], now: datetime
    ) -> list[Trouble]:
        """Return whether the backlog is old; once that was told, it is so until it is much younger."""
        subject = Subject(AlertKind.BACKLOG)
        known = any(alert.subject == subject for alert in standing)
        oldest, limit = backlog.oldest_due_at, self._rules.backlog_after / (2 if known else 1)
        if oldest is None or now - oldest < limit:
            return []
        return [Trouble(subject, oldest, count=backlog.due)]

    async def _tell(self, found: News, standing: Collection[Alert], names: Mapping[str, str]) -> None:
        now = self._clock.now()
        last = max((alert.told_at for alert in standing if alert.told_at), default=None)
        if not found or (last and now - last < GATHER):
            return
        if self._quiet_until and now < self._quiet_until:
            return
        self._quiet_until = now + GATHER
        outcomes = [await self._tell_one(owner, found, names) for owner in self._owners]
        if outcomes and not any(_is_final(outcome) for outcome in outcomes):
            return
        async with self._database.write() as tx:
            await alerts.save(tx, told(found, standing, now))
            await alerts.forget(tx, [alert.subject for alert in found.over])

    async def _tell_one(self, owner: str, found: News, names: Mapping[str, str]) -> Outcome:
        """Tell one owner in the language of their chat. A messenger gives a private chat its person's id."""
        address = Address(self._account, owner)
        chat = await self._chat(address)
        if chat and chat.status is ChatStatus.OFF:
            outcome: Outcome = ChatUnreachable("the chat is off")
        else:
            language = chat.language if chat else self._translator.default_language
            outcome = await self._reply(address, alert_message(self._translator, language, found, names))
        if not isinstance(outcome, Receipt):
            log.error("an owner could not be told: has he or she written to the bot?", reason=str(outcome))
        return outcome

    async def _chat(self, address: Address) -> Chat | None:
        """Return an owner's chat, as far as the database can be read."""
        try:
            async with self._database.read() as tx:
                return await chats.find(tx, address)
        except DatabaseUnavailable:
            return None


def _is_of(alert: Alert, polled: Collection[str]) -> bool:
    """Return whether an alert is about something that still is: a feed may have been paused or retired."""
    return alert.subject.kind not in ABOUT_FEEDS or alert.subject.about in polled


def _is_final(outcome: Outcome) -> bool:
    """Return whether asking again soon is of no use: it has arrived, or it never will."""
    return isinstance(outcome, Receipt | ChatUnreachable | MessageRejected)
