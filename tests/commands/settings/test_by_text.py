"""/caidat: everything that a chat chooses, by buttons and by typing."""

from datetime import timedelta

import pytest

from bot.commands.base.callbacks import Agree, ChooseLanguage, EditFilter, OpenSettings, SettingsPanel
from bot.domain.chats.chat import ChatRole, TopicId
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import (
    AT_ONCE,
    Preferences,
    QuietHours,
    QuietMode,
    Schedule,
    Subscription,
    Timing,
)
from bot.domain.news.feed import Topic
from bot.store.articles import articles
from bot.store.chats import preferences
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from tests.commands.stage import ABROAD, HOME, Person, Stage, wording, words

USUAL = Preferences()


@pytest.fixture
async def reader(stage: Stage) -> Person:
    """A person who subscribes to both topics."""
    person = stage.person()
    await person.types("/dangky tất cả")
    await person.taps(Agree)
    return person


@pytest.fixture
async def english(stage: Stage) -> Person:
    person = stage.person("78", "en")
    await person.types("/subscribe domestic")
    await person.taps(Agree)
    return person


async def prefers(person: Person) -> Preferences:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.read() as tx:
        return await preferences.of(tx, chat.id, usual=USUAL)


async def wish(person: Person, topic: TopicId = HOME) -> Subscription:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.read() as tx:
        return next(each for each in await preferences.subscribed(tx, chat.id) if each.topic == topic)


async def test_everything_that_is_chosen_is_shown(reader: Person) -> None:
    said = await reader.types("/caidat")

    assert said.startswith(
        "Cài đặt\n\n"
        "Chuyên mục đang nhận:\n"
        "• Hoạt động trong nước: gửi ngay khi có tin\n"
        "• Hoạt động quốc tế: gửi ngay khi có tin\n\n"
        "Giờ yên lặng: từ 22 giờ đến 6 giờ; tin được gửi không có âm báo\n"
        "Âm báo: có\nẢnh kèm theo: có\nHình thức tin: đầy đủ\n"
        "Tin khẩn: gửi như các tin khác\nMúi giờ: Việt Nam (GMT+7)"
    )
    assert reader.labels == [
        "Mỗi sáng 7 giờ",
        "Mỗi tối 19 giờ",
        "✅ Ngay khi có tin",
        "⚙️ Hoạt động trong nước",
        "⚙️ Hoạt động quốc tế",
        "⚙️ Áp dụng cho mọi chuyên mục",
        "🌙 Giờ yên lặng: đang bật",
        "🔔 Âm báo, ảnh, độ dài tin",
        "🕰 Múi giờ",
        "🌐 English",
        "🗣 Xưng hô: bạn",
        "📋 Chuyên mục",
    ]


async def test_a_topic_comes_daily_at_an_hour(reader: Person) -> None:
    await reader.types("/caidat")
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)

    assert not {"7h", "T2"} & set(reader.labels)
    await reader.taps("Hằng ngày")
    assert "T2" not in reader.labels
    said = await reader.taps("19h")

    assert reader.seen[-1].replaces == "5"
    assert f"🕰 {wording('timing', timing='daily', weekday='', hour=19)}" in said
    assert {"✅ Hằng ngày", "✅ 19h"} <= set(reader.labels)
    assert (await wish(reader)).schedule == Schedule(Timing.DAILY, 19)
    assert (await wish(reader, ABROAD)).schedule == AT_ONCE
    await reader.taps(OpenSettings, panel=SettingsPanel.MAIN)
    assert "⚙️ Hoạt động trong nước ⏰" in reader.labels


async def test_a_topic_comes_weekly_and_at_once_again(reader: Person) -> None:
    await reader.types("/caidat")
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)
    await reader.taps("Hằng tuần")
    assert (await wish(reader)).schedule == Schedule(Timing.WEEKLY, 7, 1)
    await reader.taps("T6")
    said = await reader.taps("17h")
    assert "bản tin hằng tuần lúc 17 giờ thứ Sáu" in said
    assert (await wish(reader)).schedule == Schedule(Timing.WEEKLY, 17, 5)

    await reader.taps("Ngay khi có tin")

    assert (await wish(reader)).schedule == AT_ONCE


async def test_all_topics_are_timed_together(reader: Person) -> None:
    await reader.types("/caidat")
    await reader.taps("Áp dụng")

    said = await reader.taps("Hằng ngày")

    assert said.startswith(
        "Tất cả chuyên mục đã đăng ký\n\n• Hoạt động trong nước: bản tin hằng ngày lúc 7 giờ"
    )
    assert [(await wish(reader, topic)).schedule.hour for topic in (HOME, ABROAD)] == [7, 7]


async def test_a_filter_is_asked_for_typed_shown_and_dropped(reader: Person, stage: Stage) -> None:
    await stage.publish("Cấp bằng sáng chế", hour=8)
    await stage.publish("Hội nghị", hour=9)
    await reader.types("/caidat")
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)
    said = await reader.taps(EditFilter)
    assert said.startswith("Vui lòng gửi từ ngữ cần lọc cho: Hoạt động trong nước")

    said = await reader.types("Sáng chế, kiểu dáng -nhãn hiệu")

    assert said.startswith(
        "✅ Đã lưu cho Hoạt động trong nước: bộ lọc “Sáng chế”, “kiểu dáng”, −“nhãn hiệu”.\n"
        "Trong 2 bài mới nhất, có 1 bài phù hợp với bộ lọc."
    )
    assert (await wish(reader)).filter == parse("sáng chế, kiểu dáng -nhãn hiệu")
    await reader.taps(OpenSettings, panel=SettingsPanel.MAIN)
    assert "⚙️ Hoạt động trong nước 🔍" in reader.labels
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)
    said = await reader.taps("Đổi bộ lọc")
    assert "Bộ lọc hiện tại: “Sáng chế”, “kiểu dáng”, −“nhãn hiệu”" in said
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)
    said = await reader.taps("Bỏ bộ lọc")
    assert said.startswith("✅ Đã lưu cho Hoạt động trong nước: nhận tất cả các bài.")
    assert (await wish(reader)).filter is None


async def test_a_filter_that_nothing_passes_says_how_to_ask_for_more(reader: Person, stage: Stage) -> None:
    await stage.publish("Hội nghị", hour=9)

    said = await reader.types("/caidat lọc trong nước: sáng chế nhãn hiệu")

    assert "Bài mới nhất không phù hợp với bộ lọc. Nếu muốn nhận bài có một trong nhiều cụm từ" in said


@pytest.mark.parametrize("filtered", ["sáng chế, nhãn hiệu", "sáng chế"])
async def test_who_has_typed_a_comma_or_one_word_is_not_told_of_commas(
    reader: Person, stage: Stage, filtered: str
) -> None:
    await stage.publish("Hội nghị", hour=9)

    said = await reader.types(f"/caidat lọc trong nước: {filtered}")

    assert "Bài mới nhất không phù hợp với bộ lọc." in said
    assert "dấu phẩy" not in said


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("?!", "Bộ lọc chưa có từ nào."),
        ("a " * 13, "Mỗi cụm từ có tối đa 12 từ."),
        (", ".join(f"a{number}" for number in range(21)), "Bộ lọc có quá 20 cụm từ."),
        ("a" * 3000, "Bộ lọc dài quá 200 ký tự."),
        ("sáng chế -sang che", "Bộ lọc vừa yêu cầu vừa loại bỏ"),
    ],
)
async def test_what_is_wrong_with_a_filter_is_said_and_asked_for_again(
    reader: Person, typed: str, fault: str
) -> None:
    await reader.types("/caidat lọc trong nước:")

    said = await reader.types(typed)

    assert said.startswith(fault)
    await reader.types("sáng chế")
    assert (await wish(reader)).filter == parse("sáng chế")


async def test_a_filter_may_begin_with_the_name_of_a_command(reader: Person) -> None:
    await reader.types("/caidat lọc trong nước:")

    await reader.types("tin mới -hủy")

    assert (await wish(reader)).filter == parse('"tin mới", -hủy')


@pytest.mark.parametrize("instead", ["/moinhat", "hủy đăng ký"])
async def test_a_command_is_no_filter(reader: Person, instead: str) -> None:
    await reader.types("/caidat lọc trong nước:")

    said = await reader.types(instead)

    assert not said.startswith("✅ Hoạt động trong nước: bộ lọc")


async def test_going_back_waits_for_no_filter_any_more(reader: Person) -> None:
    await reader.types("/caidat lọc trong nước:")
    await reader.taps(OpenSettings, panel=SettingsPanel.TOPIC)

    assert (await reader.types("sáng chế")).startswith("🔎 sáng chế")


async def test_quiet_hours_are_set_by_buttons(reader: Person) -> None:
    await reader.types("/caidat")
    await reader.taps("Giờ yên lặng")
    await reader.taps("Chờ hết giờ")
    await reader.taps("Từ 21 giờ")
    said = await reader.taps("Đến 5 giờ")

    assert "Giờ yên lặng: từ 21 giờ đến 5 giờ; tin được gửi khi hết giờ" in said
    assert {"✅ Từ 21 giờ", "✅ Đến 5 giờ", "✅ Chờ hết giờ"} <= set(reader.labels)
    assert await prefers(reader) == Preferences(QuietHours(21 * 60, 5 * 60), QuietMode.WAIT)
    await reader.taps("Tin khẩn: như tin khác")
    said = await reader.taps("Giờ yên lặng: đang bật")
    assert "Giờ yên lặng: không đặt" in said
    assert "Từ 21 giờ" not in reader.labels
    assert (await prefers(reader)).urgent
    await reader.taps("Giờ yên lặng: đang tắt")
    assert (await prefers(reader)).quiet == USUAL.quiet


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("🔔 Âm báo: có", "🔔 Âm báo: không"),
        ("🖼 Ảnh: có", "🖼 Ảnh: không"),
        ("📝 Độ dài tin: đầy đủ", "📝 Độ dài tin: ngắn"),
        ("🚨 Tin khẩn: như tin khác", "🚨 Tin khẩn: gửi ngay"),
    ],
)
async def test_a_switch_says_how_things_are_and_is_one_tap(reader: Person, now: str, then: str) -> None:
    await reader.types("/caidat")
    await reader.taps(OpenSettings, panel=SettingsPanel.FORM)

    await reader.taps(now)
    assert reader.answer.toast == "Đã lưu"
    assert await prefers(reader) != USUAL

    await reader.taps(then)
    assert now in reader.labels
    assert await prefers(reader) == USUAL


@pytest.mark.parametrize(
    ("label", "schedule"),
    [
        ("Mỗi sáng 7 giờ", Schedule(Timing.DAILY, 7)),
        ("Mỗi tối 19 giờ", Schedule(Timing.DAILY, 19)),
        ("Ngay khi có tin", AT_ONCE),
    ],
)
async def test_the_first_rows_time_every_topic_in_one_tap(
    reader: Person, label: str, schedule: Schedule
) -> None:
    await reader.types("/caidat thứ sáu 17h")

    said = await reader.taps(label)

    assert [(await wish(reader, topic)).schedule for topic in (HOME, ABROAD)] == [schedule] * 2
    assert said.startswith("Cài đặt")
    assert f"✅ {label}" in reader.labels


@pytest.mark.parametrize(
    "typed", ["/caidat", "/caidat giờ yên lặng", "/caidat thứ sáu 17h", "/caidat múi giờ"]
)
async def test_every_row_fits_a_narrow_phone(reader: Person, typed: str) -> None:
    """Of 360 px, a letter takes some 8 and what surrounds the label of a button some 20."""
    await reader.types(typed)

    widths = [sum(len(button.label) * 8 + 20 for button in row) for row in reader.seen[-1].keyboard]

    assert max(widths) <= 360


async def test_a_time_zone_is_chosen(reader: Person) -> None:
    await reader.types("/caidat")
    await reader.taps("Múi giờ")
    said = await reader.taps("Nhật Bản")

    assert "Múi giờ hiện tại: Nhật Bản (GMT+9)" in said
    assert (await prefers(reader)).time_zone == "Asia/Tokyo"


async def test_the_language_is_changed_in_place(reader: Person) -> None:
    await reader.types("/caidat")

    assert (await reader.taps(ChooseLanguage, language="en")).startswith("Settings\n\nSubscribed topics:")


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("giờ im lặng 22h-6h", Preferences()),
        ("giờ yên lặng 21:30-6:00", Preferences(quiet=QuietHours(21 * 60 + 30, 6 * 60))),
        ("gio yen lang tat", Preferences(quiet=None)),
        ("yên lặng chờ", Preferences(quiet_mode=QuietMode.WAIT)),
        ("không ảnh", Preferences(photo=False)),
        ("the ngan", Preferences(brief=True)),
        ("tắt chuông", Preferences(silent=True)),
        ("tin khẩn bật", Preferences(urgent=True)),
        ("múi giờ Nhật Bản", Preferences(time_zone="Asia/Tokyo")),
        ("time zone paris", Preferences(time_zone="Europe/Paris")),
    ],
)
async def test_preferences_are_typed(reader: Person, typed: str, changed: Preferences) -> None:
    assert (await reader.types(f"/caidat {typed}")).startswith(
        wording("settings-saved", what="").rstrip(" .")
    )
    assert await prefers(reader) == changed


async def test_timing_is_typed_for_one_topic_and_for_all(reader: Person) -> None:
    said = await reader.types("/caidat quốc tế thứ hai 8h")
    assert said.startswith("✅ Đã lưu cho Hoạt động quốc tế: bản tin hằng tuần lúc 8 giờ thứ Hai.")
    assert (await wish(reader, ABROAD)).schedule == Schedule(Timing.WEEKLY, 8, 1)

    await reader.types("cai dat luc 9h30")
    assert "Bản tin chỉ gửi được vào đúng đầu giờ, nên giờ gửi được đặt là 9 giờ." in words(reader.seen[-1])
    assert (await wish(reader, ABROAD)).schedule == Schedule(Timing.WEEKLY, 9, 1)
    assert (await wish(reader)).schedule == Schedule(Timing.DAILY, 9)

    await reader.types("/caidat gửi ngay")
    assert (await wish(reader, ABROAD)).schedule == AT_ONCE


async def test_filters_are_typed_for_all_topics_and_dropped(reader: Person) -> None:
    await reader.types("/caidat lọc sáng chế -nhãn hiệu")
    assert (await wish(reader, ABROAD)).filter == parse("sáng chế -nhãn hiệu")

    await reader.types("/caidat bỏ lọc quốc tế")
    assert (await wish(reader, ABROAD)).filter is None
    assert (await wish(reader)).filter == parse("sáng chế -nhãn hiệu")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "Bot chưa hiểu “abc”."),
        ("giờ yên lặng khi họp", "Bot chưa hiểu “khi họp”."),
        ("hằng ngày 7h mặt trăng", wording("topic-unknown", words="mặt trăng")),
        ("lọc mặt trăng: sáng chế", wording("topic-unknown", words="mặt trăng")),
        ("hằng ngày 25h", "Không có giờ này trong ngày. Vui lòng chọn giờ từ 0 đến 23."),
        ("giờ yên lặng từ 6h đến 6h", "Giờ bắt đầu và giờ kết thúc phải khác nhau."),
        ("thứ chín", "Không có thứ này trong tuần."),
        ("múi giờ Sao Hỏa", "Không tìm thấy múi giờ “Sao Hỏa”."),
    ],
)
async def test_what_is_not_understood_is_said_with_what_can_be_done(
    reader: Person, typed: str, said: str
) -> None:
    assert (await reader.types(f"/caidat {typed}")).startswith(said)
    assert wording("spoken", command="settings") in words(reader.seen[-1])
    assert await prefers(reader) == USUAL


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("giờ yên lặng", "🌙 Giờ yên lặng"),
        ("múi giờ", "🕰 Múi giờ"),
        ("tiếng Anh", "✅ Saved: language English."),
    ],
)
async def test_a_panel_is_opened_by_its_name(reader: Person, typed: str, title: str) -> None:
    assert (await reader.types(f"/caidat {typed}")).startswith(title)


async def test_without_subscriptions_there_is_nothing_to_time(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start")
    await person.taps(Agree)

    for typed in ("", " hằng ngày 7h", " lọc sáng chế"):
        assert "Chưa đăng ký chuyên mục nào" in await person.types(f"/caidat{typed}")


async def test_who_has_not_agreed_is_asked_first_and_nothing_is_stored(stage: Stage) -> None:
    person = stage.person()

    said = await person.types("/caidat không ảnh")

    assert wording("consent-title") in said
    assert await stage.chat(person.address) is None
    await person.sends("1sp.photo.0")
    assert await stage.chat(person.address) is None


@pytest.mark.parametrize(
    "action",
    [
        "1sc.x",
        "1sc.d99.trong-nuoc",
        "1sc.w907.trong-nuoc",
        "1sp.silent.2",
        "1sp.mode.x",
        "1sp.begin.99",
        "1sp.begin.x",
        "1sp.zone.Mars",
        "1sp.x.y",
        "1sc.d07.gone",
        "1sf.?.gone",
        "1sf.-.gone",
        "1st.x.y",
        "1st.t.gone",
    ],
)
async def test_buttons_of_nobody_do_no_harm(reader: Person, action: str) -> None:
    await reader.sends(action)

    assert await prefers(reader) == USUAL
    assert await wish(reader) == Subscription(HOME)


async def test_everything_is_also_said_in_english(english: Person) -> None:
    await english.types("/settings")
    await english.taps("⚙️ Domestic news")
    await english.taps("Weekly")
    said = await english.taps("Fr")
    assert "weekly digest, Friday at 07:00" in said
    await english.taps("Set a filter")
    said = await english.types("patent")
    assert said.startswith("✅ Saved for Domestic news: filter “patent”.")
    await english.taps("Remove filter")
    await english.taps(OpenSettings, panel=SettingsPanel.MAIN)
    await english.taps("Sound, photos")
    for label in ("Sound: on", "Photos: on", "Cards: full", "Urgent news: like any other"):
        await english.taps(label)
    await english.taps(OpenSettings, panel=SettingsPanel.MAIN)
    await english.taps("Quiet hours")
    await english.taps("Wait")
    await english.taps("From 21")
    await english.taps("To 05")
    await english.taps(OpenSettings, panel=SettingsPanel.MAIN)
    await english.taps("Time zone")
    said = await english.taps("Japan")
    assert "Current time zone: Japan (GMT+9)" in said
    assert await prefers(english) == Preferences(
        QuietHours(21 * 60, 5 * 60),
        QuietMode.WAIT,
        urgent=True,
        silent=True,
        photo=False,
        brief=True,
        time_zone="Asia/Tokyo",
    )
    said = await english.types("/settings daily 8h")
    assert said.startswith("✅ Saved for Domestic news: daily digest at 08:00.")


@pytest.mark.parametrize("thread", [None, "42"])
async def test_administrators_choose_for_a_group_or_a_forum_topic(stage: Stage, thread: str | None) -> None:
    stage.messenger.roles[("-500", "1")] = ChatRole.ADMINISTRATOR
    boss, member = (stage.member(user, thread=thread) for user in ("1", "2"))
    await boss.types("/dangky trong nước")
    await boss.types("/caidat")
    await boss.taps(OpenSettings, panel=SettingsPanel.FORM)
    await boss.taps("Ảnh: có")
    await boss.taps(OpenSettings, panel=SettingsPanel.MAIN)
    await boss.taps(OpenSettings, panel=SettingsPanel.TOPIC)
    await boss.taps("Hằng ngày")
    said = await boss.taps(EditFilter)
    assert "/caidat lọc Hoạt động trong nước: sáng chế −nhãn hiệu" in said
    assert await boss.types("sáng chế") == ""
    await boss.types("/caidat lọc Hoạt động trong nước: sáng chế")

    refusal = wording("only-group-administrators")
    assert await member.types("/caidat không chuông") == refusal
    for action in ("1st..", "1sp.photo.1", "1sc.n.trong-nuoc", "1sf.-.trong-nuoc"):
        await member.sends(action)
        assert (member.answer.toast, member.answer.messages) == (refusal, ())
    assert await prefers(boss) == Preferences(photo=False)
    assert await wish(boss) == Subscription(HOME, Schedule(Timing.DAILY, 7), parse("sáng chế"))


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("giờ im lặng 22h-6h", "giờ yên lặng từ 22 giờ đến 6 giờ"),
        ("giờ nghỉ 21:30-6h", "giờ yên lặng từ 21 giờ 30 phút đến 6 giờ"),
        ("tắt giờ yên lặng", "tắt giờ yên lặng"),
        ("tắt chuông", "tin được gửi không có âm báo"),
        ("múi giờ Hà Nội", "múi giờ Việt Nam (GMT+7)"),
    ],
)
async def test_what_was_saved_is_named(reader: Person, typed: str, saved: str) -> None:
    assert (await reader.types(f"/caidat {typed}")).startswith(wording("settings-saved", what=saved))


async def test_a_topic_that_there_is_not_brings_the_list_of_those_that_there_are(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start")
    await person.taps(Agree)

    said = await person.types("/caidat thể thao 8h")

    assert said.startswith(wording("topic-unknown", words="thể thao"))
    assert person.labels[:2] == ["◻️ Hoạt động trong nước", "◻️ Hoạt động quốc tế"]


async def test_a_group_that_has_nothing_yet_may_choose(stage: Stage) -> None:
    stage.messenger.roles[("-500", "1")] = ChatRole.ADMINISTRATOR
    boss = stage.member("1")

    assert "Âm báo: có\nẢnh kèm theo: không\n" in await boss.types("/caidat không ảnh")


async def test_more_topics_than_fit_in_a_message_are_left_out_and_their_buttons_stay(stage: Stage) -> None:
    many = [
        Topic(
            TopicId(f"topic-{number}"), {"vi": f"Chuyên mục số {number} " + "dài " * 20}, {}, f"Tin{number}"
        )
        for number in range(60)
    ]
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, many, (), stage.clock.now())
    person = stage.person()
    await person.types("/dangky tất cả")
    await person.taps(Agree)
    await person.types("/caidat lọc " + ", ".join(["một hai ba bốn năm sáu bảy tám chín mười"] * 3))

    for typed in ("/caidat", "/caidat hằng ngày 7h", "/huy"):
        said = await person.types(typed)

        assert (len(said) <= 4096, "Chuyên mục số 0" in said) == (True, True)
    assert len(person.labels) > 60


async def test_whoever_has_chosen_a_digest_gets_what_waits_at_once(stage: Stage, reader: Person) -> None:
    await reader.types("/caidat hằng ngày 7h")
    await stage.publish("Tin 8 giờ", hour=8)
    chat = await stage.chat(reader.address)
    assert chat
    async with stage.database.write() as tx:
        found, _ = await articles.latest(tx, topics=None, limit=1, offset=0)
        now = stage.clock.now()
        expires_at = now + timedelta(days=3)
        await outbox.enqueue(
            tx, outbox.NewFanout(article=found[0].id, topic=HOME, due_at=now, expires_at=expires_at), now=now
        )
    await reader.types("/caidat")
    await reader.taps("⚙️ Hoạt động quốc tế")
    await reader.taps("Nhận ngay các tin đang chờ")
    assert reader.answer.toast == "Chưa có tin nào đang chờ"
    await reader.types("/caidat")
    await reader.taps("⚙️ Hoạt động trong nước")

    await reader.taps("Nhận ngay các tin đang chờ")
    first = reader.answer.toast
    await reader.taps("Nhận ngay các tin đang chờ")

    assert (first, reader.answer.toast) == ("Đang gửi 1 tin đang chờ", "Chưa có tin nào đang chờ")
