"""GET and DELETE /publications, GET /topics: what a key is for is shown and taken back, and nothing else."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import Step
from bot.services.publishing.publications import take_step
from bot.store.feeds import feeds
from bot.store.publications import publications
from bot.store.runtime import audit
from tests.store.world import DOMESTIC, FEED, FOREIGN, NOW, claim, publish, sent, settle, subscribe
from tests.web.api.world import CONTENT, LAN, ApiWorld


async def test_publications_come_in_pages_the_newest_first_and_none_twice(api: ApiWorld) -> None:
    made = [await publish(api.database, number) for number in range(1, 8)]
    created = await api.key()

    first = await api.ask("GET", "/publications?limit=3", created.token)
    await publish(api.database, 9)
    second = await api.ask("GET", f"/publications?limit=3&cursor={first.body['next_cursor']}", created.token)
    last = await api.ask("GET", f"/publications?limit=3&cursor={second.body['next_cursor']}", created.token)

    seen = [item["id"] for said in (first, second, last) for item in said.body["items"]]
    assert seen == list(reversed(made))
    assert (last.body["next_cursor"], first.body["items"][0]["title"]) == (None, "Bài số 7")


async def test_a_key_for_some_topics_sees_those_alone(api: ApiWorld) -> None:
    home, abroad = await publish(api.database, 1), await publish(api.database, 2, topic=FOREIGN)
    both = await publish(api.database, 3)
    await publish(api.database, 3, topic=FOREIGN)
    limited = (await api.key(topics=frozenset({DOMESTIC.id}))).token

    listed = await api.ask("GET", "/publications", limited)
    other = await api.ask("GET", f"/publications/{abroad}", limited)
    shared = await api.ask("GET", f"/publications/{both}", limited)
    asked = await api.ask("GET", "/publications?topic=quoc-te", limited)
    recalled = [await api.ask("DELETE", f"/publications/{each}", limited) for each in (abroad, both)]
    topics = await api.ask("GET", "/topics", limited)

    assert [item["id"] for item in listed.body["items"]] == [both, home]
    assert [list(item["states"]) for item in listed.body["items"]] == [["trong-nuoc"]] * 2
    assert (other.status, asked.code, list(shared.body["states"])) == (404, "other-topic", ["trong-nuoc"])
    assert [(said.status, said.code) for said in recalled] == [(404, "not-found"), (403, "other-topic")]
    assert topics.body["items"] == [
        {"id": "trong-nuoc", "names": {"vi": "Trong nước", "en": "Domestic"}, "members_only": False}
    ]


async def test_publications_of_one_topic_can_be_asked_for(api: ApiWorld) -> None:
    await publish(api.database, 1)
    abroad = await publish(api.database, 2, topic=FOREIGN)
    created = await api.key()

    found = await api.ask("GET", "/publications?topic=quoc-te", created.token)
    none = await api.ask("GET", "/publications?topic=khac", created.token)

    assert [item["id"] for item in found.body["items"]] == [abroad]
    assert none.body == {"items": [], "next_cursor": None}


async def test_what_became_of_a_publication_is_counted(api: ApiWorld) -> None:
    await subscribe(api.database, "1", "2", "3")
    article = await publish(api.database)
    one, *_ = await claim(api.database)
    await settle(api.database, sent(one))
    created = await api.key()

    said = await api.ask("GET", f"/publications/{article}", created.token)

    assert said.body["state"] == "released"
    assert said.body["deliveries"] == {"sent": 1, "waiting": 2, "not_sent": 0, "is_growing": False}


async def test_a_key_is_told_what_became_of_it_in_its_topics_alone(api: ApiWorld) -> None:
    await subscribe(api.database, "1", "2")
    article = await publish(api.database)
    await subscribe(api.database, "3", topic=FOREIGN)
    assert await publish(api.database, topic=FOREIGN) == article

    waiting = []
    for name, topics in (("một", frozenset({DOMESTIC.id})), ("hai", frozenset({FOREIGN.id})), ("mọi", None)):
        created = await api.key(name, topics=topics)
        said = await api.ask("GET", f"/publications/{article}", created.token)
        waiting.append(said.body["deliveries"]["waiting"])

    assert waiting == [2, 1, 3]


async def test_few_of_a_members_only_topic_are_not_told(api: ApiWorld) -> None:
    await subscribe(api.database, *map(str, range(8)))
    article = await publish(api.database)
    await settle(api.database, *map(sent, (await claim(api.database))[:2]))
    closed = replace(DOMESTIC, members_only=True)
    async with api.database.write() as tx:
        await feeds.sync_definitions(tx, [closed, FOREIGN], [FEED], NOW)
    created = await api.key()

    said = await api.ask("GET", f"/publications/{article}", created.token)

    assert said.body["deliveries"] == {"sent": "< 5", "waiting": 6, "not_sent": 0, "is_growing": False}


async def test_a_recall_is_in_force_when_it_is_answered_and_can_be_repeated(api: ApiWorld) -> None:
    created = await api.key("cms", ApiScope.CONTENTS_WRITE, ApiScope.PUBLICATIONS_RECALL)
    article = (await api.post(created.token)).body["id"]
    before = api.clock.now()

    first = await api.ask("DELETE", f"/publications/{article}", created.token)
    second = await api.ask("DELETE", f"/publications/{article}", created.token)

    async with api.database.read() as tx:
        lines = [line for line in await audit.newest(tx, limit=9) if line.act.about.id == str(article)]
    assert (first.status, first.body["state"], second.body) == (200, "recalled", first.body)
    assert api.clock.now() - before == timedelta(seconds=1.5)
    assert [line.act.action for line in lines] == [
        AuditAction.PUBLICATION_RECALLED,
        AuditAction.CONTENT_PUBLISHED,
    ]
    assert {line.actor for line in lines} == {Actor(AuditPlace.API, "cms")}


async def test_two_recalls_at_once_are_one(api: ApiWorld) -> None:
    created = await api.key()
    article = (await api.post(created.token)).body["id"]

    said = await asyncio.gather(
        *(api.ask("DELETE", f"/publications/{article}", created.token) for _ in range(4))
    )

    async with api.database.read() as tx:
        actions = [line.act.action for line in await audit.newest(tx, limit=9)]
    assert {each.status for each in said} == {200}
    assert actions.count(AuditAction.PUBLICATION_RECALLED) == 1


async def test_what_was_stopped_is_no_way_around_the_stop_and_can_be_recalled(api: ApiWorld) -> None:
    created = await api.key()
    article = (await api.post(created.token)).body["id"]
    async with api.database.write() as tx:
        await take_step(tx, ArticleId(article), Step.STOP, LAN, now=NOW)

    posted = await api.post(created.token, {**CONTENT, "topics": [FOREIGN.id]}, key="k-2")
    recalled = await api.ask("DELETE", f"/publications/{article}", created.token)

    assert (posted.status, posted.body["state"]) == (200, "stopped")
    assert recalled.body["state"] == "recalled"


@pytest.mark.parametrize("name", ["0", "-1", "1.5", "abc", "9" * 30, "1%2F2", "%00", "١", "1_0", "+1"])
async def test_what_is_no_id_is_not_found(sqlite_api: ApiWorld, name: str) -> None:
    created = await sqlite_api.key()

    said = [
        await sqlite_api.ask(method, f"/publications/{name}", created.token) for method in ("GET", "DELETE")
    ]

    assert [(each.status, each.code) for each in said] == [(404, "not-found")] * 2


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("limit=0", ("/limit", "wrong-value")),
        ("limit=101", ("/limit", "wrong-value")),
        ("limit=1_0", ("/limit", "wrong-value")),
        ("limit=", ("/limit", "wrong-value")),
        ("cursor=abc", ("/cursor", "wrong-value")),
        ("topic=%00", ("/topic", "wrong-value")),
        ("cursor=99999999999999999999", ("/cursor", "wrong-value")),
        ("limit=1&limit=2", ("/limit", "twice")),
        ("page=2", ("/page", "unknown")),
        (f"topic={'x' * 300}", ("/topic", "too-long")),
    ],
)
async def test_a_query_that_cannot_be_says_what_is_wrong_with_it(
    sqlite_api: ApiWorld, query: str, fault: tuple[str, str]
) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.ask("GET", f"/publications?{query}", created.token)

    assert (said.status, said.code, said.faults) == (400, "invalid-request", [fault])


async def test_a_key_recalls_what_it_has_brought_wherever_that_is_by_now(api: ApiWorld) -> None:
    created = await api.key("cms", *ApiScope, topics=frozenset({DOMESTIC.id}))
    article = ArticleId((await api.post(created.token)).body["id"])
    async with api.database.write() as tx:
        assert await publications.enter(tx, article, FOREIGN.id, NOW) is not None

    said = await api.ask("DELETE", f"/publications/{article}", created.token)

    assert (said.status, said.body["state"]) == (200, "recalled")
