"""What people type after /caidat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.settings.parse import (
    FilterChange,
    ImpossibleWish,
    LanguageChange,
    QuietChange,
    Switch,
    SwitchChange,
    TimingChange,
    Wish,
    WishProblem,
    ZoneChange,
    read,
)
from bot.domain.chats.preferences import QuietHours, QuietMode, Timing

HALF_PAST = QuietHours(21 * 60 + 30, 6 * 60)
DAILY, WEEKLY, AT_ONCE = Timing.DAILY, Timing.WEEKLY, Timing.AT_ONCE


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("hằng ngày 7h", TimingChange(DAILY, 7)),
        ("Hàng ngày lúc 7 giờ", TimingChange(DAILY, 7)),
        ("hang ngay 7:00", TimingChange(DAILY, 7)),
        ("mỗi ngày 7g sáng", TimingChange(DAILY, 7)),
        ("hằng ngày 7h tối", TimingChange(DAILY, 19)),
        ("hằng ngày 12h trưa", TimingChange(DAILY, 12)),
        ("hằng ngày 12 giờ đêm", TimingChange(DAILY, 0)),
        ("hằng ngày 7h30", TimingChange(DAILY, 7, is_rounded=True)),
        ("hằng ngày", TimingChange(DAILY)),
        ("daily at 7 pm", TimingChange(DAILY, 19)),
        ("daily 24h", TimingChange(DAILY, 0)),
        ("trong nước hằng ngày 7h", TimingChange(DAILY, 7, topic="trong nước")),
        ("hằng ngày 7h cho chuyên mục Trong nước", TimingChange(DAILY, 7, topic="Trong nước")),
        ("hằng tuần thứ hai 8h", TimingChange(WEEKLY, 8, 1)),
        ("thứ 6 17h", TimingChange(WEEKLY, 17, 5)),
        ("chủ nhật lúc 9 giờ", TimingChange(WEEKLY, 9, 7)),
        ("weekly on Friday at 5pm", TimingChange(WEEKLY, 17, 5)),
        ("hằng tuần", TimingChange(WEEKLY)),
        ("gửi ngay", TimingChange(AT_ONCE)),
        ("ngay", TimingChange(AT_ONCE)),
        ("ngay khi có tin", TimingChange(AT_ONCE)),
        ("trong nước: gửi ngay", TimingChange(AT_ONCE, topic="trong nước")),
        ("at once", TimingChange(AT_ONCE)),
        ("lúc 7 giờ", TimingChange(None, 7)),
        ("giờ yên lặng 21:30-6:00", QuietChange(is_on=True, hours=HALF_PAST)),
        ("gio yen lang tu 21h30 den 6h", QuietChange(is_on=True, hours=HALF_PAST)),
        ("yên lặng 21h30 – 6 giờ, chờ", QuietChange(is_on=True, hours=HALF_PAST, mode=QuietMode.WAIT)),
        ("quiet hours 21:30 to 6 silent", QuietChange(is_on=True, hours=HALF_PAST, mode=QuietMode.SILENT)),
        ("tắt giờ yên lặng", QuietChange(is_on=False)),
        ("giờ yên lặng tắt", QuietChange(is_on=False)),
        ("bật giờ yên lặng", QuietChange(is_on=True)),
        ("giờ yên lặng không chuông", QuietChange(mode=QuietMode.SILENT)),
        ("giờ yên lặng", QuietChange()),
        ("giờ yên lặng?", QuietChange()),
        ("quiet hours 9pm-6am", QuietChange(is_on=True, hours=QuietHours(21 * 60, 6 * 60))),
        ("giờ yên lặng từ 9h30 tối đến 6h sáng", QuietChange(is_on=True, hours=HALF_PAST)),
        ("gio yen lang 21h30 toi 6h", QuietChange(is_on=True, hours=HALF_PAST)),
        ("giờ yên lặng 12h đêm đến 5h", QuietChange(is_on=True, hours=QuietHours(0, 5 * 60))),
        ("quiet hours late", QuietChange(unclear="late")),
        ("lọc sáng chế -nhãn hiệu", FilterChange("sáng chế -nhãn hiệu")),
        ("loc sang che", FilterChange("sang che")),
        ("Lọc trong nước: sáng chế", FilterChange("sáng chế", "trong nước")),
        ("bộ lọc: sáng chế", FilterChange("sáng chế")),
        ("lọc tin học", FilterChange("tin học")),
        ("filter patent -trademark", FilterChange("patent -trademark")),
        ("lọc", FilterChange("")),
        ("lọc trong nước:", FilterChange("", "trong nước")),
        ("bỏ lọc", FilterChange(None)),
        ("xóa bộ lọc trong nước", FilterChange(None, "trong nước")),
        ("bo loc", FilterChange(None)),
        ("no filter", FilterChange(None)),
        ("không ảnh", SwitchChange(Switch.PHOTO, on=False)),
        ("có ảnh", SwitchChange(Switch.PHOTO, on=True)),
        ("tat anh", SwitchChange(Switch.PHOTO, on=False)),
        ("photo off", SwitchChange(Switch.PHOTO, on=False)),
        ("thẻ ngắn", SwitchChange(Switch.BRIEF, on=True)),
        ("thẻ đầy đủ", SwitchChange(Switch.BRIEF, on=False)),
        ("không chuông", SwitchChange(Switch.SILENT, on=True)),
        ("tắt chuông", SwitchChange(Switch.SILENT, on=True)),
        ("bật âm báo", SwitchChange(Switch.SILENT, on=False)),
        ("silent off", SwitchChange(Switch.SILENT, on=False)),
        ("cho phép tin khẩn", SwitchChange(Switch.URGENT, on=True)),
        ("tin khẩn tắt", SwitchChange(Switch.URGENT, on=False)),
        ("múi giờ Tokyo", ZoneChange("Tokyo")),
        ("time zone", ZoneChange("")),
        ("tiếng Anh", LanguageChange("en")),
        ("ngôn ngữ tiếng Việt", LanguageChange("vi")),
    ],
)
def test_a_wish_is_understood(text: str, wish: Wish) -> None:
    assert read(text) == wish


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("giờ yên lặng 25-26", WishProblem.HOUR),
        ("hằng ngày 25h", WishProblem.HOUR),
        ("giờ yên lặng từ 6h đến 6h", WishProblem.SAME_HOURS),
        ("thứ chín", WishProblem.WEEKDAY),
        ("thứ 8 7h", WishProblem.WEEKDAY),
    ],
)
def test_a_wish_that_cannot_be_says_why(text: str, problem: WishProblem) -> None:
    assert read(text) == ImpossibleWish(problem)


@pytest.mark.parametrize("text", ["", "xin chào"])
def test_what_is_no_wish_is_none(text: str) -> None:
    assert read(text) is None


@given(st.text(alphabet="hằng ngàytuầnlọc:-0123456789 giờyênặthứpm") | st.text())
def test_any_text_is_read(text: str) -> None:
    wish = read(text)

    if isinstance(wish, TimingChange) and wish.hour is not None:
        assert 0 <= wish.hour < 24


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_quiet_hours_are_read_as_they_are_written(begin: int, first: int, end: int, last: int) -> None:
    text = f"{begin:02}:{first:02}-{end:02}:{last:02}"

    wish = read(f"giờ yên lặng {text}")

    assert wish == (
        QuietChange(is_on=True, hours=QuietHours.parse(text))
        if (begin, first) != (end, last)
        else ImpossibleWish(WishProblem.SAME_HOURS)
    )
