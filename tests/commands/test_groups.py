"""Groups and forum topics: silence on ordinary talk, and administrators decide."""

import pytest

from bot.commands.base.callbacks import Agree
from bot.domain.chats.chat import Address, ChatKind, ChatMigrated, ChatRole, ChatStatus
from tests.commands.stage import ABROAD, HOME, OWNER, Stage, wording

REFUSAL = wording("only-group-administrators")


@pytest.fixture
def group(stage: Stage) -> Stage:
    """A group in which user 1 is an administrator and user 2 is not."""
    stage.messenger.roles[("-500", "1")] = ChatRole.ADMINISTRATOR
    return stage


@pytest.mark.parametrize(
    "text", ["hủy", "đăng ký", "Tin mới nhất đây", "chào cả nhà", "/khongco", "/huy@bot_khac"]
)
async def test_ordinary_talk_is_met_with_silence(group: Stage, text: str) -> None:
    person = group.member("1")

    for addressed in (True, False):
        await person.types(text, addressed=addressed)

    assert person.seen == []
    assert await group.chat(person.address) is None


async def test_the_bot_answers_when_it_is_mentioned(group: Stage) -> None:
    assert (await group.member("1").types("@bantin_bot chuyên mục")).startswith("Các chuyên mục")


async def test_an_administrator_subscribes_the_group(group: Stage) -> None:
    person = group.member("1")

    said = await person.types("/dangky trong nước")

    assert said.startswith(f"✅ {wording('subscribed', private='no', topics='Hoạt động trong nước')}")
    assert await person.subscriptions() == (HOME,)
    chat = await group.chat(person.address)
    assert (chat and chat.title, chat and chat.consent_version) == ("Chi bộ 1", None)


async def test_a_member_is_told_that_only_administrators_may(group: Stage) -> None:
    boss, member = group.member("1"), group.member("2")
    await boss.types("/dangky trong nước")

    for text in ("/dangky quốc tế", "/huy", "/ngonngu"):
        assert await member.types(text) == REFUSAL
    for wish in ("1t.d.1.quoc-te", "1T.d.1", "1T.d.0", "1u.00000000f", "1l.en.help."):
        await member.sends(wish)
        assert (member.answer.toast, member.answer.messages) == (REFUSAL, ())

    assert await member.subscriptions() == (HOME,)


async def test_an_administrator_who_speaks_as_the_group_may(group: Stage) -> None:
    person = group.member("1087968824").speaking(anonymous_administrator=True)

    await person.types("/dangky quốc tế")

    assert await person.subscriptions() == (ABROAD,)


async def test_a_member_may_read(group: Stage) -> None:
    await group.publish("Tin 8 giờ", hour=8)

    assert (await group.member("2").types("/moinhat")).startswith("Tin 8 giờ")
    assert "Chỉ quản trị viên của nhóm" in await group.member("2").types("/trogiup")


async def test_a_command_in_a_forum_topic_subscribes_that_topic_alone(group: Stage) -> None:
    thread, whole = group.member("1", thread="42"), group.member("1")

    await thread.types("/dangky quốc tế")

    assert (await thread.subscriptions(), await whole.subscriptions()) == ((ABROAD,), ())


async def test_what_is_personal_or_for_managers_is_not_said_in_a_group(group: Stage) -> None:
    member, owner = group.member("2"), group.member(OWNER)

    for text in ("/dulieu", "/xoadulieu", "/admin"):
        assert await member.types(text) == "Lệnh này chỉ dùng được trong cuộc trò chuyện riêng với bot."
    assert (await member.types("/kenh"), await member.types("/nguon")) == ("", "")
    assert await owner.types("/kenh") == "Lệnh này chỉ dùng được trong cuộc trò chuyện riêng với bot."


async def test_a_group_that_becomes_a_supergroup_keeps_its_subscriptions(group: Stage) -> None:
    person = group.member("1")
    await person.types("/dangky trong nước")
    new = Address(person.address.account, "-100500")

    await group.answer(ChatMigrated(person.address, new))

    group.messenger.roles[("-100500", "1")] = ChatRole.ADMINISTRATOR
    assert await group.member("1", "-100500").subscriptions() == (HOME,)
    assert await group.chat(person.address) is None


async def test_a_group_that_expels_the_bot_is_switched_off_with_its_forum_topics(group: Stage) -> None:
    whole, thread = group.member("1"), group.member("1", thread="42")
    for person in (whole, thread):
        await person.types("/dangky trong nước")

    await group.bot_joins("-500", by="1", can_write=False)

    found = [await group.chat(person.address) for person in (whole, thread)]
    assert [chat and chat.status for chat in found] == [ChatStatus.OFF, ChatStatus.OFF]


async def test_a_forum_topic_of_a_paused_group_is_paused_and_says_so(group: Stage) -> None:
    await group.bot_joins("-500", by="1")
    owner = group.person(OWNER)
    chat = await group.chat(group.member("1").address)
    assert chat
    await owner.sends(f"1p.{chat.id}.no")

    said = await group.member("1", thread="42").types("/dangky trong nước")

    assert "đang tạm dừng theo quyết định của quản trị viên" in said


async def test_a_channel_is_never_answered(stage: Stage) -> None:
    channel = stage.member("1", "-900")
    channel.kind = ChatKind.CHANNEL

    assert await channel.types("/moinhat") == ""


async def test_a_person_who_blocks_the_bot_is_switched_off_and_finds_everything_again(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)

    await stage.bot_joins("77", by="77", kind=ChatKind.PRIVATE, can_write=False)
    off = await stage.chat(person.address)
    await stage.bot_joins("77", by="77", kind=ChatKind.PRIVATE)
    on = await stage.chat(person.address)

    assert (off and off.status, on and on.status) == (ChatStatus.OFF, ChatStatus.ACTIVE)
    assert await person.subscriptions() == (HOME,)


async def test_a_person_who_writes_again_is_switched_on_even_if_we_missed_the_unblocking(
    stage: Stage,
) -> None:
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    await stage.bot_joins("77", by="77", kind=ChatKind.PRIVATE, can_write=False)

    await person.types("/start")

    chat = await stage.chat(person.address)
    assert chat
    assert chat.status is ChatStatus.ACTIVE


async def test_a_person_we_never_met_may_block_us(stage: Stage) -> None:
    await stage.bot_joins("77", by="77", kind=ChatKind.PRIVATE, can_write=False)
    await stage.bot_joins("77", by="77", kind=ChatKind.PRIVATE)

    assert await stage.chat(stage.person().address) is None
