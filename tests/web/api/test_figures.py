"""GET /figures: what was counted for the topics of a key, and nothing that might tell of a person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.figures import EndReason, Figure
from bot.store.feeds import feeds
from bot.store.figures.counting import EVERY_ACCOUNT, count, count_reason, count_waits, place
from tests.store.world import ACCOUNT, DOMESTIC, FEED, FOREIGN, NOW
from tests.web.api.world import ApiWorld

INTERNAL = replace(FOREIGN, id=TopicId("noi-bo"), members_only=True)


@pytest.fixture
async def counted(api: ApiWorld) -> ApiWorld:
    """The API of a service that has counted on two days, and for a members-only topic."""
    async with api.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN, INTERNAL], [FEED], NOW)
        today = place(DOMESTIC.id, ACCOUNT, NOW)
        count(tx, today, Figure.DELIVERED, 30)
        count_waits(tx, today, timedelta(seconds=1.5), 30)
        count_reason(tx, today, Figure.FAILED, "blocked", 2)
        count(tx, place(DOMESTIC.id, EVERY_ACCOUNT, NOW), Figure.RELEASED)
        count(tx, place(FOREIGN.id, ACCOUNT, NOW - timedelta(days=1)), Figure.SUBSCRIBED, 4)
        count(tx, place(INTERNAL.id, ACCOUNT, NOW), Figure.DELIVERED, 3)
        count_reason(tx, place(INTERNAL.id, ACCOUNT, NOW), Figure.ENDED, EndReason.SHUT_OUT)
    return api


async def figures(api: ApiWorld, query: str = "", **key: Any) -> list[dict[str, Any]]:
    created = await api.key("số liệu", ApiScope.FIGURES_READ, **key)
    said = await api.ask("GET", f"/figures{query}", created.token)
    assert said.status == 200
    items: list[dict[str, Any]] = said.body["items"]
    return items


async def test_figures_are_told_by_day_topic_and_account(counted: ApiWorld) -> None:
    found = await figures(counted)

    assert [(row["day"], row["topic"], row["account"]) for row in found] == [
        ("2026-03-01", "quoc-te", ACCOUNT),
        ("2026-03-02", "trong-nuoc", None),
        ("2026-03-02", "trong-nuoc", ACCOUNT),
        ("2026-03-02", "noi-bo", None),
    ]
    yesterday, released, today, _ = found
    assert (yesterday["subscribed"], released["released"], today["delivered"]) == (4, 1, 30)
    assert (today["failed"], today["failed_because"]) == (2, {"blocked": 2})
    assert (today["half_accepted_within"], yesterday["half_accepted_within"]) == (1.5, None)


async def test_few_of_a_members_only_topic_are_not_said(counted: ApiWorld) -> None:
    (found,) = await figures(counted, "?topic=noi-bo")

    assert (found["delivered"], found["ended"], found["ended_because"]) == ("< 5", "< 5", {"shut-out": "< 5"})


async def test_only_the_days_that_are_asked_for_are_told(counted: ApiWorld) -> None:
    found = await figures(counted, "?days=1")

    assert {row["day"] for row in found} == {"2026-03-02"}


async def test_a_key_for_some_topics_sees_the_figures_of_those_alone(counted: ApiWorld) -> None:
    found = await figures(counted, topics=frozenset({FOREIGN.id}))
    created = await counted.key(topics=frozenset({FOREIGN.id}))
    other = await counted.ask("GET", "/figures?topic=trong-nuoc", created.token)

    assert {row["topic"] for row in found} == {"quoc-te"}
    assert (other.status, other.code) == (403, "other-topic")


@pytest.mark.parametrize("days", ["0", "93", "", "1.5", "-1"])
async def test_days_that_cannot_be_are_refused(sqlite_api: ApiWorld, days: str) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.ask("GET", f"/figures?days={days}", created.token)

    assert (said.status, said.code, said.faults) == (400, "invalid-request", [("/days", "wrong-value")])
