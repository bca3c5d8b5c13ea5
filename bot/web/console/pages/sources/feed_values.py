"""What the form of a feed offers, and what the other feeds and topics say to it."""

from typing import Any

from bot.domain.desk.roles import Right
from bot.domain.news.feed import FeedId, FeedKind, Topic
from bot.store.feeds import feeds
from bot.web.console.pages.sources.feed_form import INTERVALS, FeedFields, FormProblem
from bot.web.console.visit import Visit


async def topics_to_fill(visit: Visit) -> list[Topic]:
    """Return the topics into which whoever is signed in may lead feeds."""
    return [each for each in await feeds.topics(visit.tx) if visit.may(Right.FEEDS, each.id)]


def offered_by(visit: Visit, topics: list[Topic]) -> dict[str, Any]:
    """Return what the form of a feed offers."""
    markup = visit.console.trials.markup
    return {
        "topics": [(each.id, each.name(visit.language)) for each in topics],
        "kinds": [each.value for each in FeedKind],
        "presets": markup.presets,
        "listing_parts": markup.listing,
        "page_parts": markup.page,
        "intervals": INTERVALS,
    }


async def refused(visit: Visit, fields: FeedFields, but: FeedId | None = None) -> FormProblem | None:
    """Return why a feed cannot be kept beside the others, all *but* the one that it is."""
    if fields.topic not in {each.id for each in await topics_to_fill(visit)}:
        return FormProblem("topic")
    for each in await feeds.statuses(visit.tx):
        same = (each.feed.url, each.feed.topic) == (fields.url, fields.topic)
        if same and each.feed.id != but:
            return FormProblem("twin", words=each.feed.name)
    return None
