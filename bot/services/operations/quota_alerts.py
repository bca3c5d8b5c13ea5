"""What the owners are told of an account's plan: when few of the month's messages are left, or places."""

from collections.abc import Collection, Iterator
from datetime import datetime

from bot.domain.chats.alert import Alert, AlertKind, AlertSubject, Trouble
from bot.domain.chats.chat import AccountId
from bot.domain.delivery.monthly_quota import MonthlyUsage, month_of
from bot.domain.delivery.places import Places


def quota_troubles(account: AccountId, usage: MonthlyUsage, standing: Collection[Alert]) -> Iterator[Trouble]:
    """Yield what is to be told of *usage*, or was in the same month: a few messages given back undo nothing.

    Of a month whose news are spent at once it is not told that few are left.
    """
    month = month_of(usage.moment)
    noted = {alert.subject: alert.since for alert in standing if month_of(alert.since) == month}
    reached = {AlertKind.QUOTA: usage.is_low and not usage.is_spent, AlertKind.SPENT: usage.is_spent}
    for kind, is_reached in reached.items():
        subject = AlertSubject(kind, account)
        if is_reached or subject in noted:
            yield Trouble(
                subject,
                noted.get(subject, usage.moment),
                count=usage.count.news,
                most=usage.for_news,
                until=usage.lasts_until(),
            )


def places_troubles(
    account: AccountId, places: Places, standing: Collection[Alert], *, now: datetime
) -> Iterator[Trouble]:
    """Yield that a plan has too few *places*, or had in this month: that is told once."""
    subject = AlertSubject(AlertKind.USERS, account)
    noted = {alert.subject: alert.since for alert in standing if month_of(alert.since) == month_of(now)}
    if places.are_too_few or subject in noted:
        since = noted.get(subject, now)
        yield Trouble(
            subject,
            since,
            count=places.used,
            most=places.users,
            waiting=places.waiting,
            turned_away=places.turned_away,
        )
