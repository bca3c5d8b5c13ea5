"""Foretelling what becomes of a content that is released now: who gets it, when, and how long that takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.chats.chat import AccountId
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.monthly_quota import MonthlyQuota, day_of, month_of
from bot.domain.delivery.ration import kept_for_digests, ration
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.news.feed import Topic
from bot.domain.news.urgency import is_urgent
from bot.domain.publication.content import Content
from bot.domain.publication.forecast import AccountForecast, Circumstances, SendingTerms
from bot.domain.publication.forecast import forecast as foretold
from bot.store.engine.database import Transaction
from bot.store.outbox import digest_times
from bot.store.outbox import forecast as counting
from bot.store.publications import pauses
from bot.store.quotas import monthly_quota


@dataclass(slots=True)
class ForecastRules:
    """How fast each account sends, and what a chat prefers that has not said anything else; it may change."""

    pacing: Mapping[AccountId, PacingRules] = field(default_factory=dict)
    usual: Preferences = field(default_factory=Preferences)


async def forecast(
    tx: Transaction, content: Content, topics: Sequence[Topic], rules: ForecastRules, *, now: datetime
) -> tuple[AccountForecast, ...]:
    """Return what becomes of *content* on each account if it is released in *topics* now.

    It reads what all chats have chosen that subscribe: a second for each 100,000 of them, about.
    """
    article = content.as_article(now)
    wanted = [(topic.id, content.urgent or is_urgent(article, topic)) for topic in topics]
    counted = await counting.count(tx, article, wanted, now=now)
    around = Circumstances(
        now=now,
        usual=rules.usual,
        pauses=await pauses.known(tx),
        terms={account: await _terms(tx, account, rules, now) for account in counted.subscribers},
    )
    return foretold(counted.groups, counted.subscribers, around)


async def _terms(tx: Transaction, account: AccountId, rules: ForecastRules, now: datetime) -> SendingTerms:
    pacing = rules.pacing.get(account)
    if pacing is None:
        return SendingTerms(0.0)
    spacing = pacing.fastest.spacing
    if pacing.monthly is None:
        return SendingTerms(spacing)
    return SendingTerms(spacing, await _ration(tx, account, pacing.monthly, rules, now))


async def _ration(
    tx: Transaction, account: AccountId, quota: MonthlyQuota, rules: ForecastRules, now: datetime
) -> int:
    """Return how many news may still come at once today."""
    count = await monthly_quota.of(tx, account, month_of(now))
    times = await digest_times.digest_times(tx, account, time_zone=rules.usual.time_zone)
    due = await digest_times.digests_due(tx, account, now)
    digests = kept_for_digests(times, count, due=due, now=now)
    whole = ration(quota, count, digests=digests, now=now)
    return max(0, whole - count.at_once_on(day_of(now)))
