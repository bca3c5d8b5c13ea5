"""Alerts: what the owners are told is wrong: when it begins, while it lasts, and when it ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.reason import Reason


class AlertKind(StrEnum):
    """What an alert can be about."""

    FEED = "feed"
    SILENT = "silent"
    EMPTY = "empty"
    ACCOUNT = "account"
    UPDATES = "updates"
    BACKLOG = "backlog"
    DATABASE = "database"
    LOST = "lost"
    QUOTA = "quota"
    SPENT = "spent"
    HALTED = "halted"
    TOKEN = "token"  # noqa: S105 - what is told of, and none itself
    USERS = "users"
    UNREACHED = "unreached"


ABOUT_FEEDS = frozenset({AlertKind.FEED, AlertKind.SILENT, AlertKind.EMPTY})
TOLD_ONCE = frozenset({AlertKind.QUOTA, AlertKind.SPENT, AlertKind.USERS, AlertKind.UNREACHED})
"""What ends by itself, as when the month turns: nobody is reminded of it, or told of its end."""

ABOUT_ACCOUNTS = frozenset({AlertKind.ACCOUNT, AlertKind.UPDATES, AlertKind.TOKEN}) | TOLD_ONCE


@dataclass(frozen=True, slots=True)
class AlertSubject:
    """What exactly it is that is wrong; *about* names the feed, account or article, and may be empty.

    An article that is not where it should be is named with the account, as "12@telegram:1".
    """

    kind: AlertKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong now, since when, and why, if anybody said so.

    *count* is how many deliveries wait, or how many messages of the month are used out of *most*; at this
    rate the others last until *until*, or else to the end of the month. Or it is how many of the *most*
    places of a plan are used: so many persons are *waiting* for one, and so often in the month was somebody
    *turned_away* of whom nothing is stored. Access that is not renewed ends at *until*.
    """

    subject: AlertSubject
    since: datetime
    reason: Reason | None = None
    count: int = 0
    most: int = 0
    until: datetime | None = None
    waiting: int = 0
    turned_away: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """A trouble that the owners are, or should be, told of; without *told_at* nobody could be told yet."""

    subject: AlertSubject
    since: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What to tell now: what has begun, what still lasts, and what is over."""

    begun: tuple[Trouble, ...] = ()
    lasting: tuple[Trouble, ...] = ()
    over: tuple[Alert, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.begun or self.lasting or self.over)


def news(
    troubles: Sequence[Trouble], standing: Collection[Alert], *, now: datetime, remind_every: timedelta
) -> News:
    """Return what the owners are to be told, by what is wrong and what they know."""
    known = {alert.subject: alert for alert in standing}
    wrong = {trouble.subject for trouble in troubles}
    begun, lasting = [], []
    for trouble in troubles:
        alert = known.get(trouble.subject)
        if alert is None or alert.told_at is None:
            begun.append(trouble)
        elif trouble.subject.kind not in TOLD_ONCE and now - alert.told_at >= remind_every:
            lasting.append(trouble)
    if lasting:
        # One reminder is enough for the day: what would be due a little later comes along.
        soon = remind_every * 0.9
        lasting = [
            each
            for each in troubles
            if each.subject.kind not in TOLD_ONCE and _told_before(known.get(each.subject), now - soon)
        ]
    over = [alert for alert in standing if alert.subject not in wrong and _is_worth_an_end(alert)]
    return News(tuple(begun), tuple(lasting), tuple(over))


def _told_before(alert: Alert | None, moment: datetime) -> bool:
    return alert is not None and alert.told_at is not None and alert.told_at <= moment


def _is_worth_an_end(alert: Alert) -> bool:
    """Return whether to say that it is over: an account that was refused could say nothing before."""
    if alert.subject.kind in TOLD_ONCE:
        return False
    return alert.told_at is not None or alert.subject.kind is AlertKind.ACCOUNT


def unheard(troubles: Sequence[Trouble], standing: Collection[Alert]) -> tuple[Alert, ...]:
    """Return alerts for what is wrong and not noted yet."""
    known = {alert.subject for alert in standing}
    return tuple(
        Alert(trouble.subject, trouble.since) for trouble in troubles if trouble.subject not in known
    )


def told(news: News, standing: Collection[Alert], now: datetime) -> tuple[Alert, ...]:
    """Return how the alerts stand whose troubles the owners have just been told of."""
    known = {alert.subject: alert for alert in standing}
    return tuple(
        replace(known.get(trouble.subject, Alert(trouble.subject, trouble.since)), told_at=now)
        for trouble in (*news.begun, *news.lasting)
    )
