"""Whoever is limited to topics is shown nothing of others by any command or button of those who manage."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.codec import SEPARATOR
from bot.commands.base.command_names import NAMES, Command
from bot.commands.base.managing import MANAGING
from bot.domain.news.article import ArticleId
from bot.store.engine.database import Database
from tests.commands.examples import DATA
from tests.commands.stage import Person, Stage
from tests.commands.test_guards import MANAGERS_ONLY, OWNERS_ONLY
from tests.marked_topics import LIMITED, OTHER, OTHERS_ADMIN, OURS, MarkedTopics, fill

SHOWING = {
    *(Command.PUBLICATIONS, Command.FEEDS, Command.FAILURES, Command.PAUSE),
    *(Command.APPROVALS, Command.INVITATIONS),
    *(Verb.PUBLICATIONS, Verb.PUBLICATION, Verb.FEEDS, Verb.FAILURES, Verb.PAUSES),
    *(Verb.WAITING, Verb.WAITING_ONE, Verb.INVITATIONS, Verb.MEMBERS),
}
"""Where the admin of a topic is shown something of it."""

KINDS = {kind.verb: kind for kind in CallbackData.__subclasses__()}


@pytest.fixture
async def topics(stage: Stage) -> MarkedTopics:
    return await fill(stage.database, stage.clock.now())


def buttons(topics: MarkedTopics, example: CallbackData) -> Iterator[CallbackData]:
    """Return *example* about each thing of the other topic, as far as it names any."""
    for article, topic in [*((each, OTHER) for each in topics.other.articles), (topics.both, OURS)]:
        yield about(topics, example, article, topic)


def about(topics: MarkedTopics, example: CallbackData, article: ArticleId, topic: str) -> CallbackData:
    closed = topic + "-rieng" if topic == OTHER and example.verb in _OF_CLOSED else topic
    other: dict[str, Any] = {
        "article": article,
        "topic": closed,
        "feed": f"{OTHER}-feed",
        "hold": topics.other.hold,
        "chat": topics.other.chat,
        "invitation": topics.other.invitation,
        "about": OTHER,
    }
    named = {each.name for each in fields(example)}
    return replace(example, **{name: value for name, value in other.items() if name in named})


_OF_CLOSED = {Verb.INVITATIONS, Verb.INVITE, Verb.MEMBERS, Verb.SHUT_OUT}


async def shown(stage: Stage, user: str, topics: MarkedTopics) -> set[Command | Verb]:
    """Return the commands and buttons by which *user* is shown something of the other topic."""
    found = set[Command | Verb]()
    for command in MANAGING:
        if names_other(await typed(stage.person(user), f"/{NAMES[command]['vi']}")):
            found.add(command)
    for verb in sorted(MANAGERS_ONLY | OWNERS_ONLY):
        example = KINDS[verb].of(DATA[verb].partition(SEPARATOR)[2])
        for button in buttons(topics, example):
            person = stage.person(user)
            await person.sends(button.pack())
            if names_other(all_of(person)):
                found.add(verb)
    return found


async def typed(person: Person, text: str) -> str:
    await person.types(text)
    return all_of(person)


def all_of(person: Person) -> str:
    """Return all that the last answer says: its words, its buttons and its toast."""
    return f"{person.answer.messages} {person.answer.toast}"


def names_other(said: str) -> bool:
    return OTHER in said.lower()


async def test_no_command_or_button_shows_anything_of_another_topic(
    stage: Stage, topics: MarkedTopics
) -> None:
    ours = await shown(stage, LIMITED, topics)
    theirs = await shown(stage, OTHERS_ADMIN, topics)

    assert (ours, SHOWING - theirs) == (set(), set())


async def test_what_is_theirs_fills_the_pages(db: Database) -> None:
    stage = await Stage.open(db)
    topics = await fill(stage.database, stage.clock.now())
    person = stage.person(LIMITED)

    said = await person.types("/tinphathanh")

    assert said.count("Mục alfamark") == len((*topics.ours.articles, topics.both))
    assert "Trang" not in " ".join(person.labels)
