"""What those who manage the bot choose for a channel or group, from their private chats."""

from dataclasses import replace

import pytest

from bot.commands.base.callbacks import Agree, ChangeChannel, ShowChannel, SwitchChannelTopic
from bot.domain.chats.chat import Address, ChatFacts, ChatKind
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import Preferences, QuietHours, QuietMode, Schedule, Subscription, Timing
from bot.store.chats import preferences
from tests.commands.stage import HOME, OWNER, Person, Stage, wording
from tests.fakes import ACCOUNT

CHANNEL = Address(ACCOUNT, "-900")
FACTS = ChatFacts(CHANNEL, ChatKind.CHANNEL, "Kênh tin của Cục", "kenhtin", frozenset())


@pytest.fixture
async def owner(stage: Stage) -> Person:
    """An owner who has opened the settings of a channel that gets one topic."""
    stage.messenger.known = {"@kenhtin": FACTS, "-900": FACTS}
    owner = stage.person(OWNER)
    await owner.types("/start")
    await owner.types("/kenh @kenhtin")
    await owner.taps(SwitchChannelTopic, topic=HOME)
    await owner.taps(ChangeChannel)
    return owner


async def chosen(stage: Stage) -> tuple[Preferences, tuple[Subscription, ...]]:
    chat = await stage.chat(CHANNEL)
    assert chat
    async with stage.database.read() as tx:
        usual = Preferences()
        return await preferences.of(tx, chat.id, usual=usual), await preferences.subscribed(tx, chat.id)


async def test_everything_is_chosen_for_a_channel_as_for_oneself(stage: Stage, owner: Person) -> None:
    await owner.taps("⚙️ Hoạt động trong nước")
    await owner.taps("Hằng ngày")
    await owner.taps("19h")
    await owner.taps("Đặt bộ lọc")
    said = await owner.types("sáng chế")
    assert said.startswith("✅ Đã lưu cho Hoạt động trong nước: bộ lọc “sáng chế”.")
    await owner.taps("Quay lại")
    await owner.taps("Âm báo, ảnh")
    await owner.taps("Ảnh: có")
    await owner.taps("Quay lại")
    await owner.taps("Giờ yên lặng")
    await owner.taps("Chờ hết giờ")
    await owner.taps("Từ 21 giờ")
    await owner.taps("Quay lại")
    await owner.taps("Múi giờ")
    await owner.taps("Nhật Bản")
    said = await owner.taps("Quay lại")

    assert said.startswith(
        "Cài đặt: Kênh tin của Cục\n\nChuyên mục đang nhận:\n• Hoạt động trong nước: bản tin"
    )
    assert "cài đặt hằng ngày" not in said
    preferred = Preferences(QuietHours(21 * 60, 6 * 60), QuietMode.WAIT, photo=False, time_zone="Asia/Tokyo")
    timed = Subscription(HOME, Schedule(Timing.DAILY, 19), parse("sáng chế"))
    assert await chosen(stage) == (preferred, (timed,))
    await owner.types("/kenh")
    await owner.taps("Kênh tin của Cục")
    await owner.taps(ChangeChannel)
    await owner.taps("⚙️ Hoạt động trong nước")
    await owner.taps("Bỏ bộ lọc")
    await owner.taps("Ngay khi có tin")
    assert (await chosen(stage))[1] == (Subscription(HOME),)


async def test_the_language_of_a_channel_is_its_own(stage: Stage, owner: Person) -> None:
    said = await owner.taps("English")

    chat = await stage.chat(CHANNEL)
    assert (chat and chat.language, said[:7]) == ("en", "Cài đặt")
    assert "🌐 Tiếng Việt" in owner.labels
    await owner.taps(ShowChannel)
    assert "Gửi thử cho tôi" in owner.labels


async def test_it_is_for_those_who_manage_the_bot(stage: Stage, owner: Person) -> None:
    chat = await stage.chat(CHANNEL)
    assert chat
    stranger = stage.person()
    await stranger.types("/start")
    await stranger.taps(Agree)
    for wish in ("st..", "sp.photo.0", "sc.d19.trong-nuoc", "sf.-.trong-nuoc", "l.en.settings."):
        await stranger.sends(f"1cs.{chat.id}.{wish}")
        assert stranger.answer.toast == wording("not-allowed")

    assert await chosen(stage) == (Preferences(), (Subscription(HOME),))


@pytest.mark.parametrize("wish", ["", "x", "z.!", "st", "l.xx.settings.", "cs.1.st..", "99"])
async def test_buttons_of_nobody_do_no_harm(stage: Stage, owner: Person, wish: str) -> None:
    chat = await stage.chat(CHANNEL)
    assert chat

    await owner.sends(f"1cs.{chat.id}.{wish}")
    await owner.sends(f"1cs.{wish}")

    assert await chosen(stage) == (Preferences(), (Subscription(HOME),))


async def test_a_manager_who_was_dismissed_meanwhile_sets_no_filter(stage: Stage, owner: Person) -> None:
    await owner.taps("⚙️ Hoạt động trong nước")
    await owner.taps("Đặt bộ lọc")
    stage.owners = frozenset()

    said = await replace(owner).types("sáng chế")

    assert said.startswith(wording("only-managers", role="admin"))
    assert (await chosen(stage))[1] == (Subscription(HOME),)
