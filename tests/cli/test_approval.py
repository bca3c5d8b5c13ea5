"""Approving and rejecting at the command line."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.publication.publication import PublicationId
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from tests.cli.calling import Call
from tests.store.world import DAYS, DOMESTIC, FEED, FOREIGN, NOW, prepare, publish, rows, save, subscribe


@pytest.fixture
def waiting(call: Call, sqlite_url: str) -> Call:
    """An article that waits in one topic and is out in another, and one that waits for two persons."""
    call.knows(database__url=sqlite_url)

    async def make() -> None:
        db = await Database.open(sqlite_url)
        await prepare(db)
        await publish(db, 1, topic=FOREIGN)
        await subscribe(db, "11")
        for number, approval in ((1, Approval.ONE), (2, Approval.TWO)):
            asking = replace(DOMESTIC, approval=ApprovalRule(approval))
            async with db.write() as tx:
                await feeds.sync_definitions(tx, [asking, FOREIGN], [FEED], NOW)
                publication = PublicationId(await save(tx, number), DOMESTIC.id)
                worth = Worth(owed=True, urgent=False, lasts=DAYS)
                await approvals.ask(tx, publication, worth, NOW)
        await db.close()

    asyncio.run(make())
    return call


def owed(url: str) -> int:
    async def count() -> int:
        db = await Database.open_read_only(url)
        found = await rows(db, "id")
        await db.close()
        return len(found)

    return asyncio.run(count())


def listed(call: Call, state: str) -> list[tuple[int, str]]:
    found = json.loads(call("publications", "--state", state, "--json").out)
    return [(row["article"], row["topics"]) for row in found]


def test_what_waits_is_listed_with_how_it_stands_in_each_topic(waiting: Call) -> None:
    assert listed(waiting, "awaiting") == [
        (2, DOMESTIC.id),
        (1, f"{FOREIGN.id}, {DOMESTIC.id} (awaiting)"),
    ]
    assert [article for article, _ in listed(waiting, "released")] == [1]


def test_an_article_is_approved_and_goes_out(waiting: Call, sqlite_url: str) -> None:
    assert "1 in trong-nuoc is released: it goes out now" in waiting("approve", "1").out

    assert owed(sqlite_url) == 1
    assert waiting("approve", "1").err.strip().startswith("bantin: article 1 does not wait to be released")


def test_one_person_does_not_approve_twice(waiting: Call) -> None:
    assert "noted: another person has to approve it" in waiting("approve", "2").out
    assert "article 2 was approved by you before" in waiting("approve", "2").err
    assert [article for article, _ in listed(waiting, "awaiting")] == [2, 1]


def test_a_time_is_given(waiting: Call, sqlite_url: str) -> None:
    done = waiting("approve", "1", "--at", "8 giờ sáng mai", "--json")

    assert json.loads(done.out) == {"article": 1, "topics": {DOMESTIC.id: "scheduled"}}
    assert owed(sqlite_url) == 0
    refused = waiting("approve", "1", "--at", "8:00 1/1/2020")
    assert "no time to come" in refused.err


def test_an_article_is_rejected_in_one_topic(waiting: Call) -> None:
    assert "does not wait to be released in quoc-te" in waiting("reject", "1", "--topic", "quoc-te").err
    assert "1 in trong-nuoc is rejected" in waiting("reject", "1", "--topic", DOMESTIC.id).out
    assert [article for article, _ in listed(waiting, "rejected")] == [1]


def test_an_article_is_rejected_for_a_reason_and_put_back(waiting: Call) -> None:
    too_long = waiting("reject", "2", "--reason", "a" * 201)
    waiting("reject", "2", "--reason", "Chưa có số liệu")
    audited = waiting("audit").out

    told = [waiting("put-back", "2") for _ in range(2)]

    assert "the reason has more than 200 characters" in too_long.err
    assert "Chưa có số liệu" in audited
    assert "2 in trong-nuoc awaits approval again" in told[0].out
    assert "article 2 was not rejected in any topic within the last 7 days" in told[1].err
    assert json.loads(waiting("reject", "2", "--json").out)["topics"] == {DOMESTIC.id: "rejected"}
