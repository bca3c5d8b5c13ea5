"""Whoever is limited to topics is shown nothing of others, on whichever page a later version adds."""

import itertools
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.services.figures.drawing import CHARTS
from bot.store.engine.database import Database
from bot.store.publications import publications
from bot.store.runtime import audit
from bot.web.console.routes import ConsoleRoute
from bot.web.console.table import TABLE
from tests.fakes import ACCOUNT
from tests.marked_topics import LIMITED, OTHER, OTHERS_ADMIN, OURS, SEARCHED, Marked, MarkedTopics, fill
from tests.web.console.stage import ConsoleStage, Seen, Visitor

PAGES = [route for route in TABLE if not route.writes]
ACTS = sorted((route for route in TABLE if route.writes), key=lambda route: route.path == "/sign-out")

QUERIES = ("forecast=yes&days=30", f"q={SEARCHED}", "show=released", "show=ended")

SHOWING = {
    "/now",
    "/now/live",
    "/approvals",
    "/approvals/{article}/{topic}",
    "/approvals/{article}/{topic}/edit",
    "/articles",
    "/articles/{article}",
    "/announcements",
    "/announcements/drafts/{draft}",
    "/announcements/drafts/{draft}/preview",
    "/members",
    "/members/topic",
    "/feeds",
    "/feeds/{feed}",
    "/topics/{topic}",
    "/failures",
    "/figures",
    "/figures.csv",
}
"""Where the admin of a topic is shown something of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A console with both topics, and what there is of them."""

    stage: ConsoleStage
    topics: MarkedTopics


@pytest.fixture
async def place(sqlite_db: Database) -> AsyncIterator[Place]:
    async with ConsoleStage.open(sqlite_db) as stage:
        yield Place(stage, await fill(stage.database, stage.clock.now()))


def addresses(route: ConsoleRoute, topics: MarkedTopics) -> Iterator[str]:
    """Return addresses at which a page is shown that may be about the other topic."""
    parts: dict[str, list[Any]] = {
        "article": [*topics.other.articles, topics.both],
        "topic": [OTHER, f"{OTHER}-rieng", OURS],
        "feed": [f"{OTHER}-feed"],
        "draft": [topics.other.draft],
        "chart": list(CHARTS),
        "photo": ["0" * 64],
    }
    names = re.findall(r"\{(\w+)\}", route.path)
    for chosen in itertools.product(*(parts[name] for name in names)):
        path = route.path.format(**dict(zip(names, chosen, strict=True)))
        for query in QUERIES[:1] if names else QUERIES:
            yield f"{path}?{query}"
    if route.path == "/members/topic":
        yield f"{route.path}?account={ACCOUNT}&topic={OTHER}-rieng"


def forms(topics: MarkedTopics) -> Iterator[dict[str, str]]:
    """Return forms that name something of the other topic in each of the fields that there are."""
    for article, topic in [*((each, OTHER) for each in topics.other.articles), (topics.both, OURS)]:
        yield form_about(article, topic, topics.other)


def form_about(article: ArticleId, topic: str, other: Marked) -> dict[str, str]:
    named = {
        "article": article,
        "topic": topic,
        "feed": f"{OTHER}-feed",
        "hold": other.hold,
        "draft": other.draft,
        "chat": other.chat,
        "invitation": other.invitation,
        "account": ACCOUNT,
    }
    chosen = parse_qsl(
        "entries=1&decision=send&step=stop&to=topic&status=rejected&scope=topic&on=no&answer=approve&round=1"
        f"&about={OTHER}&into={OTHER}&offer={OTHER}&version=1&takes=yes&seen=-&url=https://new.example/"
    )
    return {**{name: str(value) for name, value in named.items()}, **dict(chosen)}


def names_other(seen: Seen) -> bool:
    return OTHER in f"{seen.text} {seen.headers.get('Location', '')}".lower()


async def shown(visitor: Visitor, topics: MarkedTopics) -> dict[str, list[str]]:
    """Return where something of the other topic is shown, by the paths of the routes."""
    found: dict[str, list[str]] = {}
    for route in PAGES:
        for address in addresses(route, topics):
            if names_other(await visitor.get(address)):
                found.setdefault(route.path, []).append(address)
    return found


async def test_no_page_shows_anything_of_another_topic(place: Place) -> None:
    theirs = await shown(await place.stage.sign_in(OTHERS_ADMIN), place.topics)
    ours = await shown(await place.stage.sign_in(LIMITED), place.topics)

    assert (ours, SHOWING - theirs.keys()) == ({}, set())


async def test_no_act_answers_with_anything_of_another_topic_or_changes_it(place: Place) -> None:
    visitor, topics = await place.stage.sign_in(LIMITED), place.topics
    before = await states(place)

    found = [
        (route.path, form)
        for route in ACTS
        for form in forms(topics)
        if names_other(await visitor.post(route.path, **form))
    ]

    assert (found, await states(place)) == ([], before)
    async with place.stage.database.read() as tx:
        lines = await audit.newest(tx, limit=200)
    done = [each for each in lines if each.actor.user == LIMITED]
    assert [each.act for each in done if OTHER in repr(each.act)] == []


async def states(place: Place) -> list[str]:
    """Return how everything stands that is of the other topic."""
    ids = [*place.topics.other.articles, place.topics.both]
    async with place.stage.database.read() as tx:
        return [each.states[TopicId(OTHER)] for each in await publications.many(tx, ids)]


async def test_lists_and_searches_hold_all_that_is_theirs(db: Database) -> None:
    async with ConsoleStage.open(db) as stage:
        topics = await fill(stage.database, stage.clock.now())
        visitor = await stage.sign_in(LIMITED)
        pages = [(await visitor.get(f"/articles{query}")).text for query in ("", "?q=chung", "?q=loi")]
        failures = (await visitor.get("/failures")).text

    counts = [page.count('class="title"') for page in (*pages, failures)]
    assert counts == [len((*topics.ours.articles, topics.both)), 1, 2, 2]
