"""What people type after /caidat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import QuietHours, QuietMode, Timing
from bot.domain.setting_words import (
    FilterWish,
    LanguageWish,
    QuietWish,
    Switch,
    SwitchWish,
    TimingWish,
    Wish,
    ZoneWish,
    read,
)

HALF_PAST = QuietHours(21 * 60 + 30, 6 * 60)
DAILY, WEEKLY, AT_ONCE = Timing.DAILY, Timing.WEEKLY, Timing.AT_ONCE


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("hằng ngày 7h", TimingWish(DAILY, 7)),
        ("Hàng ngày lúc 7 giờ", TimingWish(DAILY, 7)),
        ("hang ngay 7:00", TimingWish(DAILY, 7)),
        ("mỗi ngày 7g sáng", TimingWish(DAILY, 7)),
        ("hằng ngày 7h tối", TimingWish(DAILY, 19)),
        ("hằng ngày 12h trưa", TimingWish(DAILY, 12)),
        ("hằng ngày 12 giờ đêm", TimingWish(DAILY, 0)),
        ("hằng ngày 7h30", TimingWish(DAILY, 7, is_rounded=True)),
        ("hằng ngày", TimingWish(DAILY)),
        ("daily at 7 pm", TimingWish(DAILY, 19)),
        ("daily 24h", TimingWish(DAILY, 0)),
        ("trong nước hằng ngày 7h", TimingWish(DAILY, 7, topic="trong nước")),
        ("hằng ngày 7h cho chuyên mục Trong nước", TimingWish(DAILY, 7, topic="Trong nước")),
        ("hằng tuần thứ hai 8h", TimingWish(WEEKLY, 8, 1)),
        ("thứ 6 17h", TimingWish(WEEKLY, 17, 5)),
        ("chủ nhật lúc 9 giờ", TimingWish(WEEKLY, 9, 7)),
        ("weekly on Friday at 5pm", TimingWish(WEEKLY, 17, 5)),
        ("hằng tuần", TimingWish(WEEKLY)),
        ("gửi ngay", TimingWish(AT_ONCE)),
        ("trong nước: gửi ngay", TimingWish(AT_ONCE, topic="trong nước")),
        ("at once", TimingWish(AT_ONCE)),
        ("lúc 7 giờ", TimingWish(None, 7)),
        ("giờ yên lặng 21:30-6:00", QuietWish(is_on=True, hours=HALF_PAST)),
        ("gio yen lang tu 21h30 den 6h", QuietWish(is_on=True, hours=HALF_PAST)),
        ("yên lặng 21h30 – 6 giờ, chờ", QuietWish(is_on=True, hours=HALF_PAST, mode=QuietMode.WAIT)),
        ("quiet hours 21:30 to 6 silent", QuietWish(is_on=True, hours=HALF_PAST, mode=QuietMode.SILENT)),
        ("tắt giờ yên lặng", QuietWish(is_on=False)),
        ("giờ yên lặng tắt", QuietWish(is_on=False)),
        ("bật giờ yên lặng", QuietWish(is_on=True)),
        ("giờ yên lặng không chuông", QuietWish(mode=QuietMode.SILENT)),
        ("giờ yên lặng", QuietWish()),
        ("giờ yên lặng?", QuietWish()),
        ("quiet hours 9pm-6am", QuietWish(is_on=True, hours=QuietHours(21 * 60, 6 * 60))),
        ("giờ yên lặng từ 9h30 tối đến 6h sáng", QuietWish(is_on=True, hours=HALF_PAST)),
        ("gio yen lang 21h30 toi 6h", QuietWish(is_on=True, hours=HALF_PAST)),
        ("giờ yên lặng 12h đêm đến 5h", QuietWish(is_on=True, hours=QuietHours(0, 5 * 60))),
        ("quiet hours late", QuietWish(unclear="late")),
        ("lọc sáng chế -nhãn hiệu", FilterWish("sáng chế -nhãn hiệu")),
        ("loc sang che", FilterWish("sang che")),
        ("Lọc trong nước: sáng chế", FilterWish("sáng chế", "trong nước")),
        ("bộ lọc: sáng chế", FilterWish("sáng chế")),
        ("lọc tin học", FilterWish("tin học")),
        ("filter patent -trademark", FilterWish("patent -trademark")),
        ("lọc", FilterWish("")),
        ("lọc trong nước:", FilterWish("", "trong nước")),
        ("bỏ lọc", FilterWish(None)),
        ("xóa bộ lọc trong nước", FilterWish(None, "trong nước")),
        ("bo loc", FilterWish(None)),
        ("no filter", FilterWish(None)),
        ("không ảnh", SwitchWish(Switch.PHOTO, on=False)),
        ("có ảnh", SwitchWish(Switch.PHOTO, on=True)),
        ("tat anh", SwitchWish(Switch.PHOTO, on=False)),
        ("photo off", SwitchWish(Switch.PHOTO, on=False)),
        ("thẻ ngắn", SwitchWish(Switch.BRIEF, on=True)),
        ("thẻ đầy đủ", SwitchWish(Switch.BRIEF, on=False)),
        ("không chuông", SwitchWish(Switch.SILENT, on=True)),
        ("tắt chuông", SwitchWish(Switch.SILENT, on=True)),
        ("bật âm báo", SwitchWish(Switch.SILENT, on=False)),
        ("silent off", SwitchWish(Switch.SILENT, on=False)),
        ("cho phép tin khẩn", SwitchWish(Switch.URGENT, on=True)),
        ("tin khẩn tắt", SwitchWish(Switch.URGENT, on=False)),
        ("múi giờ Tokyo", ZoneWish("Tokyo")),
        ("time zone", ZoneWish("")),
        ("tiếng Anh", LanguageWish("en")),
        ("ngôn ngữ tiếng Việt", LanguageWish("vi")),
    ],
)
def test_a_wish_is_understood(text: str, wish: Wish) -> None:
    assert read(text) == wish


@pytest.mark.parametrize(
    "text", ["", "xin chào", "giờ yên lặng 25-26", "hằng ngày 55h", "giờ yên lặng 7h-7h"]
)
def test_what_is_no_wish_is_none(text: str) -> None:
    assert read(text) is None


@given(st.text(alphabet="hằng ngàytuầnlọc:-0123456789 giờyênặthứpm") | st.text())
def test_any_text_is_read(text: str) -> None:
    wish = read(text)

    if isinstance(wish, TimingWish) and wish.hour is not None:
        assert 0 <= wish.hour < 24


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_quiet_hours_are_read_as_they_are_written(begin: int, first: int, end: int, last: int) -> None:
    text = f"{begin:02}:{first:02}-{end:02}:{last:02}"

    wish = read(f"giờ yên lặng {text}")

    assert wish == (
        QuietWish(is_on=True, hours=QuietHours.parse(text)) if (begin, first) != (end, last) else None
    )
