"""Alerts: the owners are told in their chats what is wrong, and when it is over, in few messages."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.chats.alert import (
    ABOUT_ACCOUNTS,
    ABOUT_FEEDS,
    Alert,
    AlertKind,
    AlertSubject,
    News,
    Trouble,
    news,
    told,
    unheard,
)
from bot.domain.chats.chat import AccountId, Address, Chat, ChatStatus
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import ChatUnreachable, MessageRejected, NotPermitted, Outcome, Receipt
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyUsage, month_of
from bot.domain.delivery.places import Places
from bot.domain.messaging.tokens import LIVES_FOR, WARNED_AFTER
from bot.domain.news.volume import silent_since
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import Translator
from bot.services.aio import at_most
from bot.services.figures.urgent_reach import UrgentReach
from bot.services.operations.halt_alerts import halt_troubles, titles
from bot.services.operations.managed_account import (
    TOLD_WITHIN,
    AccountHealth,
    ManagedAccount,
    is_spoken_through,
)
from bot.services.operations.quota_alerts import places_troubles, quota_troubles
from bot.services.rendering.alert_text import alert_message
from bot.store.chats import chats, waiting
from bot.store.coordination import account_tokens
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.quotas import monthly_quota
from bot.store.runtime import alerts

GATHER = timedelta(minutes=10)
"""The least time between two messages: what goes wrong in between is told in one."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class AlertRules:
    """How long something must be wrong before it is told, and how often the owners are reminded of it.

    They may change while the service runs.
    """

    feed_after: timedelta
    silent_after: timedelta
    account_after: timedelta
    backlog_after: timedelta
    remind_every: timedelta


_Health = Mapping[AccountId, AccountHealth]


class Alerts:
    """Looks after the *accounts* and the feeds, and tells the owners through each account that is ours.

    An account is judged by the process that has it, and a refused one by every process.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        translator: Translator,
        rules: AlertRules,
        accounts: Sequence[ManagedAccount],
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._rules = rules
        self._accounts = tuple(accounts)
        self._quiet_until: datetime | None = None
        self._refusals_noted: set[AccountId] = set()
        self._unwritable_since: datetime | None = None
        self._urgent_reach = UrgentReach()

    async def check(self) -> None:
        """If an account is ours, note what is wrong, and tell the owners what they do not know yet."""
        health = {account.id: account.health() for account in self._accounts}
        await self._note_refusals(health)
        if not self._speaking() or await self._is_unwritable():
            return
        now = self._clock.now()
        async with self._database.read() as tx:
            standing = _judged_here(await alerts.standing(tx), health)
            statuses = await feeds.statuses(tx)
            backlog = await outbox.backlog(tx, now=now)
            used = await monthly_quota.used(tx, month_of(now))
            halts = await halt_troubles(tx)
            unreached = await self._urgent_reach.troubles(tx, now)
            refreshed = await account_tokens.refreshed(tx)
            places = await self._places(tx, health, now)
        troubles = [
            *self._of_accounts(health, standing, now),
            *self._of_quotas(health, used, standing, now),
            *self._of_tokens(health, refreshed, now),
            *(
                trouble
                for account, found in places.items()
                for trouble in places_troubles(account, found, standing, now=now)
            ),
            *self._of_feeds(statuses, now),
            *self._of_silence(statuses, standing, now),
            *self._of_backlog(backlog, standing, now),
            *halts,
            *unreached,
        ]
        polled = {str(status.feed.id): status.feed.name for status in statuses if not status.paused}
        found = news(troubles, standing, now=now, remind_every=self._rules.remind_every)
        found = replace(found, over=tuple(alert for alert in found.over if _is_of(alert, polled)))
        await self._note(troubles, standing, found)
        async with self._database.read() as tx:
            named = await titles(tx, found)
        await self._tell(found, standing, {**polled, **named})

    def _speaking(self) -> list[ManagedAccount]:
        """Return the accounts through which owners can be told something now."""
        found = [(account, account.health()) for account in self._accounts if is_spoken_through(account)]
        return [account for account, health in found if health.ours and not health.refused]

    async def _is_unwritable(self) -> bool:
        """Return whether the database takes no writes; the owners are told, though that cannot be noted.

        What else is wrong is not looked after meanwhile: it could not be noted either.
        """
        subject = AlertSubject(AlertKind.DATABASE)
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
        """Tell the owners that the database is lost, through what is ours: it can be told just once."""
        subject, why = AlertSubject(AlertKind.LOST), Reason(ReasonCode.DATABASE, reason)
        await self._tell_all(News(begun=(Trouble(subject, self._clock.now(), why),)))

    async def _tell_all(self, found: News, names: Mapping[str, str] | None = None) -> list[Outcome]:
        """Tell all owners, those of each account beside those of the others; return what came of it."""
        told = await asyncio.gather(
            *(self._tell_through(account, found, names or {}) for account in self._speaking())
        )
        return [outcome for outcomes in told for outcome in outcomes]

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

    async def _note_refusals(self, health: _Health) -> None:
        """Note once of each account that it is refused: nothing can be said through it until it is not."""
        refused = {account: each.refused for account, each in health.items() if each.refused}
        new = refused.keys() - self._refusals_noted
        if new:
            now = self._clock.now()
            found = [Alert(AlertSubject(AlertKind.ACCOUNT, account), now) for account in new]
            async with self._database.write() as tx:
                known = {alert.subject for alert in await alerts.standing(tx)}
                await alerts.save(tx, [alert for alert in found if alert.subject not in known])
        for account in sorted(new):
            log.error(
                "the owners cannot be told: the account is refused", account=account, reason=refused[account]
            )
        self._refusals_noted = set(refused)

    def _of_accounts(self, health: _Health, standing: Collection[Alert], now: datetime) -> Iterator[Trouble]:
        noted = {alert.subject: alert.since for alert in standing}
        for account, each in health.items():
            refusal, silence = (
                AlertSubject(AlertKind.ACCOUNT, account),
                AlertSubject(AlertKind.UPDATES, account),
            )
            if each.refused:
                # A process whose token is accepted has called it off, if it is not noted any more.
                if refusal in noted:
                    why = Reason(ReasonCode.ACCOUNT_REFUSED, each.refused)
                    yield Trouble(refusal, noted[refusal], why)
            elif each.ours and each.deaf_since and now - each.deaf_since >= self._rules.account_after:
                yield Trouble(silence, each.deaf_since, Reason(ReasonCode.NO_UPDATES, each.deaf_reason))

    async def _places(self, tx: Transaction, health: _Health, now: datetime) -> dict[AccountId, Places]:
        """Return how the places stand of each account of ours whose plan has only so many."""
        return {
            account.id: await waiting.places(tx, account.id, month_of(now), users=users)
            for account in self._accounts
            if (users := account.messenger.pacing.users) is not None and health[account.id].ours
        }

    def _of_quotas(
        self,
        health: _Health,
        used: Mapping[AccountId, MonthCount],
        standing: Collection[Alert],
        now: datetime,
    ) -> Iterator[Trouble]:
        for account in self._accounts:
            quota = account.messenger.pacing.monthly
            if quota and health[account.id].ours:
                usage = MonthlyUsage(quota, used.get(account.id, MonthCount()), now)
                yield from quota_troubles(account.id, usage, standing)

    def _of_tokens(
        self, health: _Health, refreshed: Mapping[AccountId, datetime], now: datetime
    ) -> Iterator[Trouble]:
        """Yield the accounts whose refresh token nothing has renewed for long, and when it ends."""
        for account, since in refreshed.items():
            if account in health and health[account].ours and now - since >= WARNED_AFTER:
                yield Trouble(AlertSubject(AlertKind.TOKEN, account), since, until=since + LIVES_FOR)

    def _of_feeds(self, statuses: Sequence[feeds.FeedStatus], now: datetime) -> list[Trouble]:
        return [
            Trouble(AlertSubject(AlertKind.FEED, status.feed.id), status.failing_since, status.last_error)
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
            yield Trouble(AlertSubject(AlertKind.EMPTY, status.feed.id), status.emptied_at)
        since = silent_since(status.news_at, status.usual_gap, now=now, after=self._rules.silent_after)
        if since:
            yield Trouble(AlertSubject(AlertKind.SILENT, status.feed.id), since)

    def _of_backlog(
        self, backlog: outbox.Backlog, standing: Collection[Alert], now: datetime
    ) -> list[Trouble]:
        """Return whether the backlog is old; once that was told, it is so until it is much younger."""
        subject = AlertSubject(AlertKind.BACKLOG)
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
        outcomes = await self._tell_all(found, names)
        if outcomes and not any(_is_final(outcome) for outcome in outcomes):
            return
        async with self._database.write() as tx:
            await alerts.save(tx, told(found, standing, now))
            await alerts.forget(tx, [alert.subject for alert in found.over])

    async def _tell_through(
        self, account: ManagedAccount, found: News, names: Mapping[str, str]
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []

        async def tell() -> None:
            for owner in sorted(account.owners):
                outcome = await self._tell_one(account, owner, found, names)
                outcomes.append(outcome)

        try:
            await at_most(TOLD_WITHIN, tell())
        except TimeoutError:
            log.warning("the owners could not be told in time", account=account.id)
        return outcomes

    async def _tell_one(
        self, account: ManagedAccount, owner: str, found: News, names: Mapping[str, str]
    ) -> Outcome:
        """Tell one owner in the language of their chat. A messenger gives a private chat its person's id."""
        address = Address(account.id, owner)
        chat = await self._chat(address)
        if chat and chat.status is ChatStatus.OFF:
            outcome: Outcome = ChatUnreachable("the chat is off")
        else:
            language = chat.language if chat else self._translator.default_language
            outcome = await account.reply(address, alert_message(self._translator, language, found, names))
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


def _judged_here(standing: Collection[Alert], health: _Health) -> tuple[Alert, ...]:
    """Return *standing* without what is said of accounts that another process may have."""
    elsewhere = {account for account, each in health.items() if not each.ours and not each.refused}
    return tuple(
        alert
        for alert in standing
        if alert.subject.kind not in ABOUT_ACCOUNTS or alert.subject.about not in elsewhere
    )


def _is_of(alert: Alert, polled: Collection[str]) -> bool:
    """Return whether an alert is about something that still is: a feed may have been paused or retired."""
    return alert.subject.kind not in ABOUT_FEEDS or alert.subject.about in polled


def _is_final(outcome: Outcome) -> bool:
    """Return whether asking again soon is of no use: it has arrived, or it never will."""
    return isinstance(outcome, Receipt | ChatUnreachable | NotPermitted | MessageRejected)
