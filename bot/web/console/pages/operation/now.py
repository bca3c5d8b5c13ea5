"""Now: what waits and how fast it goes, what is wrong, how feeds and accounts are, and what is paused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.chats.alert import ABOUT_FEEDS, Alert
from bot.domain.delivery.monthly_quota import MonthlyUsage, month_of
from bot.domain.desk.roles import Right
from bot.domain.publication.pauses import EVERYTHING, Paused, PauseScope, may_pause, may_see
from bot.services.coordination.leader import lease_name
from bot.services.publishing.pausing import pause, unpause
from bot.services.rendering.reasons import worded
from bot.store.coordination import leases
from bot.store.feeds import feeds
from bot.store.feeds.feeds import FeedStatus
from bot.store.publications import pauses
from bot.store.quotas import monthly_quota
from bot.store.runtime import alerts
from bot.web.console.console import ConsoleAccount
from bot.web.console.feed_states import feed_state
from bot.web.console.names import account_names, topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit


@dataclass(frozen=True, slots=True)
class AccountState:
    """How an account is: whether a process serves it, and the month's messages where a plan counts them."""

    account: ConsoleAccount
    name: str
    is_served: bool
    month: MonthlyUsage | None


@dataclass(frozen=True, slots=True)
class PauseChoice:
    """What may be paused, as people call it, since when it is, and whether whoever looks may change that."""

    what: Paused
    name: str
    since: datetime | None
    may: bool


async def show(visit: Visit) -> PageView:
    return PageView("now.html", {**await _state(visit), "choices": await _choices(visit)})


async def show_live(visit: Visit) -> PageView:
    """Return the part of the page that changes by itself."""
    return PageView("now_live.html", await _state(visit))


async def set_paused(visit: Visit) -> Redirect:
    """Pause something, or let it go on; chosen twice it is as it was meant all the same."""
    scope, on = visit.form.value("scope"), visit.form.value("on") == "yes"
    if scope not in set(PauseScope):
        raise Refusal(400, "console-no-form")
    what = Paused(PauseScope(scope), visit.form.value("about"))
    if not may_pause(visit.authority, what):
        raise Refusal(403, "only-other-topics")
    change = pause if on else unpause
    done = await change(visit.tx, what, visit.actor, now=visit.now)
    if not done:
        return Redirect("/now", "pause-refused")
    return Redirect("/now", "paused" if on else "unpaused", in_force=on)


async def _state(visit: Visit) -> Mapping[str, Any]:
    """Return how the feeds are that somebody sees and, for those who see every topic, the whole service."""
    statuses = await feeds.statuses(visit.tx, topics=visit.seen)
    sees_service = visit.seen is None
    return {
        "now": visit.now,
        "troubles": await _troubles(visit, statuses),
        "sees_service": sees_service,
        **(await _service(visit) if sees_service else {}),
        "feeds": sorted(statuses, key=_urgency),
        "feed_state": feed_state,
        "error_of": lambda status: worded(visit.console.translator, visit.language, status.last_error),
    }


async def _service(visit: Visit) -> Mapping[str, Any]:
    """Return what is owed, how fast it goes, and how the accounts are."""
    called = await account_names(visit)
    return {
        "backlog": await visit.console.figures.backlog.get(None),
        "ended": await visit.console.figures.ended.get(None),
        "accounts": [await _account(visit, each, called[each.id]) for each in visit.console.accounts],
    }


async def _troubles(visit: Visit, statuses: Sequence[FeedStatus]) -> list[tuple[Alert, str]]:
    """Return what is wrong, and what that is called: all of it, or what is about the feeds of *statuses*."""
    feed_names = {str(status.feed.id): status.feed.name for status in statuses}
    names = feed_names | {str(account): name for account, name in (await account_names(visit)).items()}
    return [
        (each, names.get(each.subject.about, each.subject.about))
        for each in await alerts.standing(visit.tx)
        if visit.seen is None or (each.subject.kind in ABOUT_FEEDS and each.subject.about in feed_names)
    ]


def _urgency(status: FeedStatus) -> int:
    """Return by what feeds are listed: those in trouble first."""
    return ("failing", "new", "paused", "well").index(feed_state(status))


async def _account(visit: Visit, account: ConsoleAccount, name: str) -> AccountState:
    # An SQLite file is served by one process, which is this one, and needs no lease.
    is_shared = visit.console.database.is_shared
    is_served = not is_shared or await leases.holder(visit.tx, lease_name(account.id)) is not None
    quota = account.messenger.pacing.monthly
    if quota is None:
        return AccountState(account, name, is_served, None)
    used = await monthly_quota.of(visit.tx, account.id, month_of(visit.now))
    return AccountState(account, name, is_served, MonthlyUsage(quota, used, visit.now))


async def _choices(visit: Visit) -> list[PauseChoice]:
    """Return what is paused, and what whoever is signed in may pause."""
    every = await pauses.standing(visit.tx)
    standing = {each.what: each for each in every if may_see(visit.authority, each.what)}
    names = {
        EVERYTHING: "",
        **{
            Paused(PauseScope.ACCOUNT, account): name
            for account, name in (await account_names(visit)).items()
        },
        **{Paused(PauseScope.TOPIC, topic): name for topic, name in (await topic_names(visit)).items()},
    }
    # A topic may have been retired since it was paused.
    shown = {**names, **{what: names.get(what, what.about) for what in standing}}
    choices = [
        PauseChoice(
            what,
            name,
            since=standing[what].since if what in standing else None,
            may=may_pause(visit.authority, what),
        )
        for what, name in shown.items()
        if what.scope is not PauseScope.ARTICLE
    ]
    return [each for each in choices if each.since or each.may]


ROUTES = (
    shows("/now", Right.SEE, show),
    shows("/now/live", Right.SEE, show_live),
    acts("/now/pause", Right.PUBLISH, set_paused),
)
