"""Subscribing and unsubscribing in a private chat, by words and by switches."""

from dataclasses import replace

import pytest

from bot.commands.base.callbacks import Agree, OpenCommand, SwitchTopic, Undo
from bot.commands.base.command_names import Command
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import bold
from bot.store.feeds import feeds
from tests.commands.stage import ABROAD, FEEDS, HOME, TOPICS, Person, Stage, wording, words


@pytest.fixture
async def reader(stage: Stage) -> Person:
    """A person who has agreed to receive news."""
    person = stage.person()
    await person.types("/start")
    await person.taps(Agree)
    return person


async def test_a_topic_is_switched_on_and_off_in_place(reader: Person) -> None:
    said = await reader.types("/dangky")
    assert said.startswith("Đăng ký nhận tin")
    assert reader.labels == [
        "◻️ Hoạt động trong nước",
        "◻️ Hoạt động quốc tế",
        "Đăng ký tất cả",
        wording("button-latest"),
        wording("button-settings"),
    ]

    await reader.taps(SwitchTopic, topic=ABROAD)
    assert reader.answer.toast == wording("subscribed-toast", topic="Hoạt động quốc tế")
    assert reader.labels[:2] == ["◻️ Hoạt động trong nước", "✅ Hoạt động quốc tế"]
    assert reader.seen[-1].replaces == "5"
    assert await reader.subscriptions() == (ABROAD,)

    await reader.taps(SwitchTopic, topic=ABROAD)
    assert reader.answer.toast == "Đã hủy đăng ký: Hoạt động quốc tế"
    assert await reader.subscriptions() == ()


async def test_a_tap_that_is_handled_twice_ends_as_it_was_meant(reader: Person) -> None:
    await reader.types("/dangky")
    wish = reader.buttons[0].action or ""

    await reader.sends(wish)
    await reader.sends(wish)

    assert await reader.subscriptions() == (HOME,)


async def test_the_list_of_topics_describes_them_and_stays_what_it_is_when_tapped(reader: Person) -> None:
    said = await reader.types("/chuyenmuc")
    assert "Hoạt động trong nước\nTin trong nước của Cục" in said
    assert bold("Hoạt động quốc tế") in reader.seen[-1].text

    said = await reader.taps(SwitchTopic, topic=HOME)

    assert "Hoạt động trong nước\nTin trong nước của Cục" in said


async def test_all_topics_are_chosen_and_left_with_one_tap(reader: Person) -> None:
    await reader.types("/chuyenmuc")

    await reader.taps("Đăng ký tất cả")
    assert await reader.subscriptions() == (HOME, ABROAD)
    assert reader.labels[2:] == [wording("button-none"), wording("button-latest"), wording("button-settings")]

    said = await reader.taps(wording("button-none"))
    assert said.startswith(wording("unsubscribed-title"))
    assert await reader.subscriptions() == ()


@pytest.mark.parametrize(
    "words", ["trong nước", "trong nuoc", "Hoạt động trong nước", "TrongNước", "domestic"]
)
async def test_a_topic_is_named_in_words(reader: Person, words: str) -> None:
    said = await reader.types(f"/dangky {words}")

    assert said.startswith(f"✅ {wording('subscribed', private='yes', topics='Hoạt động trong nước')}")
    assert await reader.subscriptions() == (HOME,)


@pytest.mark.parametrize("words", ["thể thao", "hoạt động", "x" * 4000])
async def test_words_that_name_no_topic_or_more_than_one_lead_to_the_list(reader: Person, words: str) -> None:
    said = await reader.types(f"/dangky {words}")

    assert said.startswith("Không tìm thấy chuyên mục “")
    assert len(said) < 500
    assert "◻️ Hoạt động trong nước" in reader.labels


async def test_unsubscribing_stops_everything_at_once_and_can_be_undone(reader: Person) -> None:
    await reader.types("/dangky tất cả")

    said = await reader.types("huy")
    assert said == (
        "Đã hủy đăng ký\n\n"
        "Từ bây giờ, bot sẽ không gửi đến đây tin mới của: Hoạt động trong nước, Hoạt động quốc tế."
    )
    assert await reader.subscriptions() == ()
    assert reader.labels == ["↩️ Đăng ký lại", "◻️ Hoạt động trong nước", "◻️ Hoạt động quốc tế"]

    said = await reader.taps(Undo)
    assert said.startswith("Đã đăng ký lại: Hoạt động trong nước, Hoạt động quốc tế.")
    assert await reader.subscriptions() == (HOME, ABROAD)


async def test_one_topic_is_unsubscribed_by_its_name(reader: Person) -> None:
    await reader.types("/dangky tất cả")

    await reader.types("/huy quốc tế")

    assert await reader.subscriptions() == (HOME,)


async def test_an_unknown_name_unsubscribes_nothing(reader: Person) -> None:
    await reader.types("/dangky tất cả")

    said = await reader.types("huy động vốn")

    assert said.startswith("🔎 huy động vốn")
    assert (await reader.types("/huy động vốn")).startswith(wording("topic-unknown", words="động vốn"))
    assert await reader.subscriptions() == (HOME, ABROAD)


async def test_unsubscribing_from_nothing_says_so(reader: Person) -> None:
    assert await reader.types("/huy") == wording("unsubscribe-nothing")


async def test_an_undo_from_before_the_topics_changed_is_not_done(stage: Stage, reader: Person) -> None:
    await reader.types("/dangky tất cả")
    await reader.types("/huy")
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, TOPICS[::-1], FEEDS, stage.clock.now())

    await reader.taps(Undo)

    assert reader.answer.toast == wording("button-stale")
    assert await reader.subscriptions() == ()


async def test_a_topic_that_is_gone_leaves_the_list(stage: Stage, reader: Person) -> None:
    await reader.types("/dangky")
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, TOPICS[:1], FEEDS[:1], stage.clock.now())

    await reader.taps(SwitchTopic, topic=ABROAD)

    assert reader.answer.toast == "Chuyên mục này không còn nữa."
    assert reader.labels == ["◻️ Hoạt động trong nước", wording("button-latest"), wording("button-settings")]
    assert await reader.subscriptions() == ()


async def test_without_any_topic_there_is_nothing_to_choose(stage: Stage, reader: Person) -> None:
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (), (), stage.clock.now())

    assert await reader.types("/dangky") == "Hiện chưa có chuyên mục nào."


@pytest.mark.parametrize(
    "data", ["", "x", "9t.c.1.quoc-te", "1t", "1t.c.1.", "1u.zzzz", "1u.", "1m.a.b", "1o.x", "1l.fr.help"]
)
async def test_a_button_from_nowhere_is_answered_courteously(reader: Person, data: str) -> None:
    await reader.sends(data)

    assert reader.answer.toast in {
        wording("button-stale"),
        "Chuyên mục này không còn nữa.",
    }
    assert await reader.subscriptions() == ()


async def test_everything_is_also_said_in_english(stage: Stage) -> None:
    person = stage.person(language="en")
    await person.types("/start")
    await person.taps(Agree)

    said = await person.types("/subscribe international")
    assert said.startswith("✅ Subscribed. You will receive new articles on: International news.")
    said = await person.types("/unsubscribe")
    assert said.startswith(
        "Unsubscribed\n\nFrom now on, no more news will be sent here on: International news."
    )
    await person.taps(Undo)
    assert await person.subscriptions() == (ABROAD,)


async def test_more_descriptions_than_fit_in_a_message_are_left_out_and_the_topics_stay(
    stage: Stage, reader: Person
) -> None:
    many = [
        replace(TOPICS[0], id=TopicId(f"topic-{number}"), descriptions={"vi": "Mô tả dài. " * 20})
        for number in range(40)
    ]
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, many, (), stage.clock.now())

    said = await reader.types("/chuyenmuc")

    assert (len(said) <= 4096, "Mô tả dài." in said, len(reader.labels)) == (True, True, 43)


async def test_a_list_of_topics_says_how_often_they_publish(stage: Stage, reader: Person) -> None:
    for hour in (5, 6, 7):
        await stage.publish(f"Tin {hour} giờ", hour=hour)

    for typed in ("/chuyenmuc", "/dangky"):
        said = await reader.types(typed)

        assert "Hoạt động trong nước\nTin trong nước của Cục\nKhoảng 3 bài mỗi tuần\n\n" in said
        assert said.count("Khoảng") == 1
    english = stage.person("78", "en")
    assert "News from within Viet Nam\nAbout 3 articles a week" in await english.types("/topics")


async def test_a_list_of_topics_marks_what_does_not_bring_everything_at_once(reader: Person) -> None:
    await reader.types("/dangky tất cả")
    assert "⏰" not in words(reader.seen[-1])
    await reader.types("/caidat trong nước hằng ngày 8h")
    await reader.types("/caidat lọc trong nước: sáng chế")

    said = await reader.types("/chuyenmuc")

    assert reader.labels[:2] == ["✅ Hoạt động trong nước ⏰ 🔍", "✅ Hoạt động quốc tế"]
    assert (
        "Dấu ⏰: tin được gộp lại, gửi một lần vào giờ đã chọn. Dấu 🔍: tin được lọc theo từ ngữ đã chọn."
        in said
    )
    assert (await reader.taps(OpenCommand, command=Command.SETTINGS)).startswith("Cài đặt")


DAILY = wording("timing", timing="daily", weekday="", hour=8)
AT_ONCE = wording("timing", timing="at_once", weekday="", hour=0)
CHOSEN = f"• Hoạt động trong nước: {DAILY}; bộ lọc “sáng chế”"


@pytest.mark.parametrize("way", ["/huy", "/huy trong nước", "switch"])
async def test_undoing_brings_back_timing_and_filters(reader: Person, way: str) -> None:
    await reader.types("/dangky tất cả")
    await reader.types("/caidat trong nước hằng ngày 8h")
    await reader.types("/caidat lọc trong nước: sáng chế")
    if way == "switch":
        await reader.types("/chuyenmuc")
        await reader.taps(SwitchTopic, topic=HOME)
        assert DAILY in await reader.types("/dulieu")
        await reader.types("/chuyenmuc")
        await reader.taps(SwitchTopic, topic=HOME)
    else:
        await reader.types(way)
        await reader.taps(Undo)
        assert "✅ Hoạt động trong nước ⏰ 🔍" in reader.labels
        await reader.sends("1u.0")

    assert await reader.subscriptions() == (HOME, ABROAD)
    assert CHOSEN in await reader.types("/caidat")
    assert "hoàn tác" not in await reader.types("/dulieu")


async def test_after_a_day_nothing_of_what_was_stopped_comes_back(stage: Stage, reader: Person) -> None:
    await reader.types("/dangky trong nước")
    await reader.types("/caidat hằng ngày 8h")
    await reader.types("/huy")
    stage.clock.advance(86_400)

    await reader.taps(Undo)

    assert f"• Hoạt động trong nước: {AT_ONCE}" in await reader.types("/caidat")


async def test_subscribing_anew_begins_with_everything_at_once(reader: Person) -> None:
    await reader.types("/dangky trong nước")
    await reader.types("/caidat hằng ngày 8h")
    await reader.types("/huy")

    await reader.types("/dangky trong nước")

    assert f"• Hoạt động trong nước: {AT_ONCE}" in await reader.types("/caidat")


async def test_a_topic_is_switched_by_its_name_below_the_list(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky")
    await person.taps("Đồng ý")
    await person.types("/chuyenmuc")

    said = await person.types("Hoạt động quốc tế")

    assert ABROAD in await person.subscriptions()
    assert said.startswith("Đã đăng ký")
    await person.types("quốc tế")
    assert ABROAD not in await person.subscriptions()


async def test_a_name_that_is_typed_elsewhere_is_searched_for(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky")
    await person.taps("Đồng ý")
    await person.types("/chuyenmuc")
    await person.types("/trogiup")

    assert (await person.types("quốc tế")).startswith("🔎")
    assert ABROAD not in await person.subscriptions()


async def test_thanks_below_the_list_of_topics_switch_none(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky")
    await person.taps("Đồng ý")
    await person.types("/chuyenmuc")
    before = await person.subscriptions()

    await person.types("rõ")

    assert await person.subscriptions() == before
