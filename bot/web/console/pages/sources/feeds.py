"""Topics and feeds: where each is defined, how each feed is, pausing and polling it, and what is held."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Right
from bot.domain.news.feed import FeedId
from bot.domain.news.origin import Origin
from bot.services.administration import feed_acts
from bot.services.administration.feed_acts import HoldDecision
from bot.services.rendering.intervals import polled_every
from bot.services.rendering.reasons import worded
from bot.store.feeds import added_topics, feeds, poll_history, quarantine
from bot.store.feeds.feeds import FeedStatus
from bot.store.feeds.quarantine import Decision, Quarantine
from bot.store.publications import approval_rules
from bot.store.runtime import endings
from bot.web.console.feed_states import feed_state
from bot.web.console.pages.sources.feed_form import FeedFields, FormProblem
from bot.web.console.pages.sources.feed_values import offered_by, topics_to_fill
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, gone

_SOME = (3, 10)
"""How many of the newest entries may be sent instead of all."""
_TITLES = 50


async def show(visit: Visit) -> PageView:
    """List the topics, each with its feeds."""
    statuses = await feeds.statuses(visit.tx, topics=visit.seen)
    topics = [
        (topic, [each for each in statuses if each.feed.topic == topic.id])
        for topic in await feeds.topics(visit.tx, only=visit.seen)
    ]
    added = await added_topics.known(visit.tx)
    named = {topic.id for topic, _ in topics}
    values = {
        "topics": topics,
        "origins": {name: Origin.ADDED if name in added else Origin.CONFIGURED for name in named},
        "path_of_topic": path_of_topic,
        "may_add": visit.may(Right.FEEDS),
        "may_add_topics": visit.may(Right.FEEDS) and visit.authority.covers_all,
        "others": [each for each in statuses if each.feed.topic not in named],
        "held": {hold.feed: hold for hold in await quarantine.undecided(visit.tx)},
        "usual_approval": await approval_rules.usual(visit.tx),
        "feed_state": feed_state,
        "path_of": path_of,
        "error_of": lambda status: worded(visit.console.translator, visit.language, status.last_error),
    }
    return PageView("feeds.html", values)


async def show_one(visit: Visit) -> PageView:
    """Show how a feed is, where it is defined, and what is held of it."""
    return await one_page(visit, await find_feed(visit, visit.arguments["feed"]))


async def one_page(
    visit: Visit,
    status: FeedStatus,
    fields: FeedFields | None = None,
    problem: FormProblem | None = None,
) -> PageView:
    """Return the page of a feed; *fields* are what somebody has typed, with the *problem* that it has."""
    feed, translator, language = status.feed, visit.console.translator, visit.language
    topic = await feeds.topic(visit.tx, feed.topic)
    assert topic is not None, "a feed's topic is never deleted"
    values = {
        "here": "/feeds",
        "problem": problem,
        "fields": fields or FeedFields.of(feed),
        "polls": await poll_history.newest(visit.tx, feed.id),
        "reason": lambda reason: worded(translator, language, reason),
        "offered": offered_by(visit, await topics_to_fill(visit)),
        "status": status,
        "topic": topic.name(language),
        "state": feed_state(status),
        "interval": polled_every(translator, language, feed.interval),
        "error": worded(translator, language, status.last_error) if status.last_error else "",
        "may_change": visit.may(Right.FEEDS, feed.topic),
        **await _held(visit, status),
    }
    return PageView("feed.html", values, status=422 if problem else 200)


async def _held(visit: Visit, status: FeedStatus) -> Mapping[str, Any]:
    """Return what is held of a feed, if anything is, and the ways to decide about it."""
    feed = status.feed
    hold = next((each for each in await quarantine.undecided(visit.tx) if each.feed == feed.id), None)
    if hold is None:
        return {"hold": None}
    return {
        "hold": hold,
        "titles": await quarantine.titles(visit.tx, hold.id, limit=_TITLES),
        "may_decide": visit.may(Right.PUBLISH, feed.topic),
        "amounts": [hold.entries, *(each for each in _SOME if each < hold.entries)],
        "chats": await endings.recipients(visit.tx, feed.topic),
    }


async def set_paused(visit: Visit) -> Redirect:
    """Pause a feed, or have it polled again; chosen twice it is as it was meant all the same."""
    status = await feed_to_change(visit)
    paused = visit.form.value("on") != "yes"
    if status.paused is not paused:
        await feed_acts.set_paused(visit.tx, status.feed.id, visit.actor, paused=paused, now=visit.now)
    return Redirect(path_of(status.feed.id), "feed-paused" if paused else "feed-resumed")


async def poll(visit: Visit) -> Redirect:
    """Make it the feed's turn."""
    status = await feed_to_change(visit)
    if status.paused:
        return Redirect(path_of(status.feed.id), "feed-not-polled")
    await feed_acts.poll_now(visit.tx, status.feed.id, visit.actor, now=visit.now)
    return Redirect(path_of(status.feed.id), "feed-queued")


async def decide(visit: Visit) -> Redirect:
    """Decide about what is held; who comes second, or has not seen all of it, learns that it has changed."""
    status = await find_feed(visit, visit.form.value("feed"))
    visit.require(Right.PUBLISH, status.feed.topic)
    wanted = _wanted(visit)
    hold = await _seen(visit, status)
    path = path_of(status.feed.id)
    if hold is None or not await feed_acts.decide(visit.tx, hold, wanted, visit.actor, now=visit.now):
        return Redirect(path, "hold-changed")
    return Redirect(path, f"hold-{wanted.decision}")


def _wanted(visit: Visit) -> HoldDecision:
    named = visit.form.value("decision")
    if named not in set(Decision):
        raise Refusal(400, "console-no-form")
    return HoldDecision(Decision(named), visit.form.number("newest"))


async def _seen(visit: Visit, status: FeedStatus) -> Quarantine | None:
    """Return what the form is about; None where somebody has decided, or more is held by now."""
    hold = await quarantine.get(visit.tx, visit.form.number("hold"))
    if hold is None or hold.feed != status.feed.id or hold.decision is not None:
        return None
    return hold if hold.entries == visit.form.number("entries") else None


async def feed_to_change(visit: Visit) -> FeedStatus:
    status = await find_feed(visit, visit.form.value("feed"))
    visit.require(Right.FEEDS, status.feed.topic)
    return status


async def find_feed(visit: Visit, feed: str) -> FeedStatus:
    """Return a feed of a topic that whoever is signed in sees; raises Refusal."""
    statuses = await feeds.statuses(visit.tx, topics=visit.seen)
    found = next((each for each in statuses if each.feed.id == feed), None)
    if found is None:
        raise gone()
    return found


def path_of_topic(topic: TopicId) -> str:
    return f"/topics/{quote(topic, safe='')}"


def path_of(feed: FeedId) -> str:
    return f"/feeds/{quote(feed, safe='')}"


ROUTES = (
    shows("/feeds", Right.SEE, show),
    shows("/feeds/{feed}", Right.SEE, show_one),
    acts("/feeds/pause", Right.FEEDS, set_paused),
    acts("/feeds/poll", Right.FEEDS, poll),
    acts("/feeds/decide", Right.PUBLISH, decide),
)
