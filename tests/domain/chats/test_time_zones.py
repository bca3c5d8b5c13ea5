"""Time zones as people name them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.time_zones import OFFERED, named, offset

PLACES = [
    ("Việt Nam", "Asia/Ho_Chi_Minh"),
    ("Nhật Bản", "Asia/Tokyo"),
    ("Hoa Kỳ (bờ Đông)", "America/New_York"),
]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Việt Nam", "Asia/Ho_Chi_Minh"),
        ("nhat ban", "Asia/Tokyo"),
        ("hoa kỳ", "America/New_York"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("New York", "America/New_York"),
        ("paris", "Europe/Paris"),
        ("GMT+9", "Etc/GMT-9"),
        ("+7", "Etc/GMT-7"),
        ("utc -05:00", "Etc/GMT+5"),
        ("+0", "Etc/GMT"),
        ("+19", None),
        ("Sao Hỏa", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_a_zone_is_named_by_country_city_or_offset(words: str, zone: str | None) -> None:
    assert named(words, PLACES) == zone


def test_every_zone_that_is_offered_is_known() -> None:
    assert [ZoneInfo(zone).key for zone in OFFERED.values()] == list(OFFERED.values())


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Ho_Chi_Minh", "GMT+7"),
        ("America/New_York", "GMT-5"),
        ("Asia/Kolkata", "GMT+5:30"),
        ("Etc/GMT", "GMT+0"),
    ],
)
def test_an_offset_is_said_as_people_say_it(zone: str, said: str) -> None:
    assert offset(zone, datetime(2026, 3, 2, tzinfo=UTC)) == said


@given(st.text())
def test_any_words_name_a_known_zone_or_none(words: str) -> None:
    zone = named(words, PLACES)

    assert zone is None or ZoneInfo(zone).key == zone
