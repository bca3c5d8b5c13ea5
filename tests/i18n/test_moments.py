from datetime import UTC, date, datetime

import pytest

from bot.domain.chats.preferences import QuietHours
from bot.i18n import FormOfAddress, moments
from tests.i18n.rendering import translator

TEXTS = translator(FormOfAddress.HONOURED)


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "18:52 ngày 04/02/2017"), ("en", "18:52 on 4 February 2017")]
)
def test_a_moment_is_said_in_viet_nams_time_as_the_language_says_it(language: str, said: str) -> None:
    assert moments.moment(TEXTS, language, datetime(2017, 2, 4, 11, 52, tzinfo=UTC)) == said


@pytest.mark.parametrize(("language", "said"), [("vi", "31/12/0987"), ("en", "31 December 0987")])
def test_a_year_is_no_quantity(language: str, said: str) -> None:
    assert moments.date(TEXTS, language, date(987, 12, 31)) == said


@pytest.mark.parametrize(
    ("language", "begin", "end", "said"),
    [
        ("vi", 22 * 60, 6 * 60, "từ 22 giờ đến 6 giờ"),
        ("vi", 21 * 60 + 5, 6 * 60 + 30, "từ 21 giờ 05 phút đến 6 giờ 30 phút"),
        ("vi", 0, 7 * 60, "từ 0 giờ đến 7 giờ"),
        ("en", 22 * 60, 6 * 60, "22:00 to 06:00"),
        ("en", 21 * 60 + 5, 0, "21:05 to 00:00"),
    ],
)
def test_a_span_of_hours_is_said_in_words(language: str, begin: int, end: int, said: str) -> None:
    assert moments.hours(TEXTS, language, QuietHours(begin, end)) == said
