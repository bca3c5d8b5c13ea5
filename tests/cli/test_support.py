"""Helping somebody who asks for help, at the command line."""

import asyncio
import json

import pytest

from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.store.engine.database import Database
from bot.store.runtime import audit
from bot.store.schema import chats
from bot.store.schema.types import EPOCH
from tests.cli.calling import Call
from tests.store.world import DOMESTIC, claim, prepare, publish, settle, subscribe


@pytest.fixture
def helped(call: Call, database_url: str) -> Call:
    """Two subscribers, the first of whom was refused an article."""
    call.knows(database__url=database_url, access__owners="telegram:12", privacy__proof_secret="a secret")

    async def make() -> None:
        db = await Database.open(database_url)
        await prepare(db)
        await subscribe(db, "11", "12")
        await publish(db, 1)
        (delivery,) = await claim(db, limit=1)
        await settle(db, Settlement(delivery.id, DeliveryStatus.REJECTED, 1, reason="no"))
        await db.close()

    asyncio.run(make())
    return call


def lines(url: str) -> list[tuple[AuditPlace, AuditAction, str]]:
    async def read() -> list[tuple[AuditPlace, AuditAction, str]]:
        db = await Database.open_read_only(url)
        async with db.read() as tx:
            found = await audit.since(tx, EPOCH)
        await db.close()
        return [(line.actor.place, line.act.action, line.act.about.id) for line in found]

    return asyncio.run(read())


def test_a_chat_is_shown_with_its_subscriptions_and_deliveries(helped: Call, database_url: str) -> None:
    (shown,) = json.loads(helped("support", "telegram:11", "--json").out)
    text = helped("support", "11").out

    assert (shown["chat"], shown["kind"], shown["status"]) == ("11", "private", "active")
    assert [each["topic"] for each in shown["subscriptions"]] == [DOMESTIC.id]
    assert [(each["status"], each["title"]) for each in shown["deliveries"]] == [("rejected", "Bài số 1")]
    assert shown["deliveries"][0]["reason"]
    assert "Bài số 1" in text
    assert lines(database_url) == [(AuditPlace.CLI, AuditAction.CHAT_LOOKED_UP, "*")] * 2


def test_it_is_unsubscribed_at_its_wish(helped: Call, database_url: str) -> None:
    (none_such,) = json.loads(helped("support", "11", "--unsubscribe", "khong-co", "--json").out)
    (after,) = json.loads(helped("support", "11", "--unsubscribe", "all", "--json").out)

    assert [each["topic"] for each in none_such["subscriptions"]] == [DOMESTIC.id]
    assert after["subscriptions"] == []
    assert [action for _, action, _ in lines(database_url)] == [
        AuditAction.CHAT_LOOKED_UP,
        AuditAction.CHAT_UNSUBSCRIBED,
        AuditAction.CHAT_LOOKED_UP,
    ]


def test_it_is_deleted_at_its_wish_once_that_was_confirmed(helped: Call, database_url: str) -> None:
    said = helped("support", "11", "--delete", "--yes").out

    async def left() -> list[str]:
        db = await Database.open_read_only(database_url)
        async with db.read() as tx:
            found = (await tx.execute(chats.select().with_only_columns(chats.c.chat))).scalars().all()
        await db.close()
        return list(found)

    assert said == "everything about 11 is deleted\n"
    assert asyncio.run(left()) == ["12"]
    assert lines(database_url) == [(AuditPlace.CLI, AuditAction.CHAT_ERASED, "*")]
    assert json.loads(helped("erased", "11", "--json").out)


def test_who_owns_the_service_is_not_deleted_by_others(helped: Call) -> None:
    refused_to = helped("support", "12", "--delete", "--yes")

    assert refused_to.status == 1
    assert "manages the bot" in refused_to.err


def test_of_whom_nothing_is_stored_nothing_is_shown_and_the_look_is_kept(
    helped: Call, database_url: str
) -> None:
    answer = helped("support", "99")

    assert (answer.status, answer.err) == (1, "bantin: nothing is stored about 99\n")
    assert lines(database_url) == [(AuditPlace.CLI, AuditAction.CHAT_LOOKED_UP, "*")]
