"""What the owners are told of the month's messages of an account: when few are left, and when none is."""

from collections.abc import Collection, Iterator

from bot.domain.chats.alert import Alert, AlertKind, Subject, Trouble
from bot.domain.chats.chat import AccountId
from bot.domain.delivery.monthly_quota import MonthlyUsage, month_of


def quota_troubles(account: AccountId, usage: MonthlyUsage, standing: Collection[Alert]) -> Iterator[Trouble]:
    """Yield what is to be told of *usage*, or was in the same month: a few messages given back undo nothing.

    Of a month whose news are spent at once it is not told that few are left.
    """
    month = month_of(usage.moment)
    noted = {alert.subject: alert.since for alert in standing if month_of(alert.since) == month}
    reached = {AlertKind.QUOTA: usage.is_low and not usage.is_spent, AlertKind.SPENT: usage.is_spent}
    for kind, is_reached in reached.items():
        subject = Subject(kind, account)
        if is_reached or subject in noted:
            yield Trouble(
                subject,
                noted.get(subject, usage.moment),
                count=usage.count.news,
                most=usage.for_news,
                until=usage.lasts_until(),
            )
