"""The conversation in a test installation."""

from dataclasses import dataclass

import pytest

from bot.commands.base.context import SILENCE, Response
from bot.commands.runtime.confined import confined
from bot.commands.runtime.text_menu import fitting
from bot.domain.chats.chat import (
    Address,
    ChatKind,
    ChatMigrated,
    ChatStatus,
    Incoming,
    InlineQuery,
    MembershipChanged,
    UpdateSender,
)
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats
from tests.commands.stage import OWNER, Stage, wording

LISTED, OUTSIDER, ADMIN = "77", "78", "79"
SERVED = ServedChats(frozenset({LISTED, "-500"}), frozenset({OWNER}))


@dataclass
class ConfinedStage(Stage):
    """A bot that serves nobody but a few."""

    async def answer(self, incoming: Incoming, speaker: object = None) -> Response:
        del speaker
        return await super().answer(incoming, confined(fitting(self.conversation), SERVED))


@pytest.fixture
async def confined_stage(stage: Stage) -> ConfinedStage:
    return ConfinedStage(stage.database)


async def test_somebody_else_learns_that_it_is_a_test_and_which_id_is_to_be_listed(
    confined_stage: ConfinedStage,
) -> None:
    outsider = confined_stage.person(OUTSIDER)

    said = [await outsider.types(text) for text in ("/start", "đăng ký tất cả", "xin chào")]

    assert said == [wording("test-only", chat=f"fake:{OUTSIDER}")] * 3
    assert not outsider.buttons
    assert await confined_stage.chat(outsider.address) is None


async def test_a_button_of_former_days_says_the_same(confined_stage: ConfinedStage) -> None:
    outsider = confined_stage.person(OUTSIDER, "en")
    button = confined_stage.person(LISTED)
    await button.types("/start")

    said = await outsider.sends(button.buttons[0].action or "")

    assert said == wording("test-only", "en", chat=f"fake:{OUTSIDER}")


async def test_whoever_is_listed_is_served(confined_stage: ConfinedStage) -> None:
    person = confined_stage.person(LISTED)
    await person.types("/start")
    await person.types("đồng ý")
    await person.types("/dangky trong-nuoc")

    assert await person.subscriptions()


@pytest.mark.parametrize("user", [OWNER, ADMIN])
async def test_whoever_manages_the_bot_may_do_so(confined_stage: ConfinedStage, user: str) -> None:
    await confined_stage.appoints(ADMIN)
    manager = confined_stage.person(user)

    said = await manager.types("/nguon")

    assert "Nguồn trong nước" in said


async def test_what_a_manager_does_says_nothing_to_others_and_that_is_told(
    confined_stage: ConfinedStage,
) -> None:
    await confined_stage.appoints(ADMIN)
    admin = confined_stage.person(ADMIN)
    await admin.types("/start")

    answer = await confined_stage.bot_joins("-501", by=ADMIN)

    assert {each.to for each in answer.messages} == {admin.address}
    assert wording("test-only-elsewhere", count=1) in admin.looks(answer)


async def test_a_group_that_lets_the_bot_in_is_stored_and_told_nothing(confined_stage: ConfinedStage) -> None:
    answer = await confined_stage.bot_joins("-502", by=OUTSIDER)

    stored = await confined_stage.chat(Address(confined_stage.messenger.account, "-502"))
    assert stored
    assert stored.status is ChatStatus.ACTIVE
    assert {each.to.chat for each in answer.messages} == {OWNER}


async def test_what_happens_to_chats_is_noted_without_a_word(confined_stage: ConfinedStage) -> None:
    account = confined_stage.messenger.account
    await confined_stage.bot_joins("-503", by=OUTSIDER)
    moved = ChatMigrated(Address(account, "-503"), Address(account, "-504"))
    left = MembershipChanged(
        Address(account, "-504"), ChatKind.SUPERGROUP, UpdateSender(OUTSIDER), can_write=False, title="X"
    )

    answers = [await confined_stage.answer(each) for each in (moved, left)]

    stored = await confined_stage.chat(Address(account, "-504"))
    assert answers == [SILENCE, SILENCE]
    assert stored
    assert stored.status is ChatStatus.OFF


async def test_nothing_is_offered_inline_to_others(confined_stage: ConfinedStage) -> None:
    await confined_stage.publish("Hội nghị", hour=8)
    asked = {user: InlineQuery("1", UpdateSender(user, "vi"), "hội nghị") for user in (LISTED, OUTSIDER)}

    offered = {user: (await confined_stage.answer(query)).offers for user, query in asked.items()}

    assert offered[LISTED]
    assert offered[OUTSIDER] is None


async def test_words_in_a_group_that_are_not_for_the_bot_are_not_answered(
    confined_stage: ConfinedStage,
) -> None:
    member = confined_stage.member(OUTSIDER, "-505")

    silent, told = await member.types("chào cả nhà", addressed=False), await member.types("/start")

    assert silent == ""
    assert told == wording("test-only", chat="fake:-505")


def test_usually_nothing_is_different(stage: Stage) -> None:
    conversation = stage.conversation

    assert confined(conversation, EVERYBODY) is conversation
