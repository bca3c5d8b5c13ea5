"""Support in the console: each look is in the audit log, without whom it was about."""

import re

import pytest

from bot.domain.chats.chat import Address, ChatId
from bot.domain.desk.audit import EVERY
from bot.domain.desk.roles import Role
from bot.store.chats import chats
from bot.store.runtime import audit, follow_ups
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME
from tests.fakes import ACCOUNT
from tests.web.console.stage import ConsoleStage, Seen, Visitor
from tests.web.console.test_pages import ADMIN, PERSON, acts, fails, publish, register


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def looks(visitor: Visitor, chat: str = PERSON) -> Seen:
    return await visitor.post("/support/look", chat=chat)


async def subscribed(stage: ConsoleStage, chat: ChatId) -> set[str]:
    async with stage.database.read() as tx:
        return set(await chats.subscriptions(tx, chat))


async def test_a_person_is_looked_up_by_the_id_they_were_told(stage: ConsoleStage, owner: Visitor) -> None:
    chat, article = await register(stage, PERSON), await publish(stage)
    await fails(stage, article, chat)

    found = [await looks(owner, each) for each in (PERSON, f"telegram:{PERSON}", "4711")]
    async with stage.database.read() as tx:
        lines = [each for each in await audit.newest(tx, limit=9) if each.act.action == "chat-looked-up"]

    shown = [re.findall(r"Hội nghị sơ kết|Trong nước|không lưu dữ liệu nào", each.text) for each in found]
    assert shown[0] == shown[1] != shown[2] == ["không lưu dữ liệu nào"]
    assert {"Hội nghị sơ kết"} <= set(shown[0])
    assert [(each.act.about.id, each.act.before, each.act.after) for each in lines] == [
        (EVERY, None, None)
    ] * 3


async def test_subscriptions_end_at_their_wish_and_they_are_told(stage: ConsoleStage, owner: Visitor) -> None:
    chat = await register(stage, PERSON)
    async with stage.database.write() as tx:
        await chats.subscribe(tx, chat, ABROAD, stage.clock.now())

    first = await owner.post("/support/unsubscribe", chat=str(chat), topic=HOME)
    left = await subscribed(stage, chat)
    rest, again = [await owner.post("/support/unsubscribe", chat=str(chat)) for _ in range(2)]
    async with stage.database.read() as tx:
        told = [(each.kind, each.about) for each in await follow_ups.open_ones(tx, ACCOUNT)]

    assert ('class="notice"' in first.text, left, await subscribed(stage, chat)) == (True, {ABROAD}, set())
    assert ['role="alert"' in each.text for each in (rest, again)] == [False, True]
    assert set(told) == {("unsubscribed", HOME), ("unsubscribed", ABROAD)}
    assert [each for each in await acts(stage) if each != "chat-looked-up"] == ["chat-unsubscribed"] * 2


async def test_everything_is_deleted_at_their_wish_but_of_no_manager(
    stage: ConsoleStage, owner: Visitor
) -> None:
    chat, manager = await register(stage, PERSON), await register(stage, ADMIN)
    await stage.appoint(ADMIN)

    refused = await owner.post("/support/erase", chat=str(manager))
    erased = await owner.post("/support/erase", chat=str(chat))
    again = await owner.post("/support/erase", chat=str(chat))
    async with stage.database.read() as tx:
        left = [await chats.find(tx, Address(ACCOUNT, each)) is not None for each in (PERSON, ADMIN)]

    assert ['role="alert"' in each.text for each in (refused, again)] == [True, True]
    assert erased.headers["Location"] == "/console/support?notice=support-erased"
    assert left == [False, True]


async def test_who_is_limited_to_topics_helps_nobody(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), frozenset({HOME})))

    assert (await looks(await stage.sign_in(ADMIN))).status == 403
