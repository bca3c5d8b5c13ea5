"""Corrections: what counts as a change, and when pages are read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.news.article import Article, Photo
from bot.domain.news.correction import CorrectionRules, correction

HOUR = timedelta(hours=1)
BEGAN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULES = CorrectionRules((HOUR, 6 * HOUR, 24 * HOUR, 48 * HOUR), 48 * HOUR, 3)
KNOWN = Article(
    "https://office.example/1",
    "Trao tặng bà Lê Thị Hạnh huân chương hoà bình",
    "Sáng nay,  Cục trao tặng.",
    ("Đoạn một.",),
    (Photo("https://office.example/a.jpg"),),
)


@pytest.mark.parametrize(
    "page",
    [
        KNOWN,
        replace(KNOWN, title=" Trao tặng bà Lê Thị Hạnh  huân chương hòa bình "),
        replace(KNOWN, summary="Sáng nay, Cục TRAO TẶNG."),
        replace(KNOWN, url="https://wipo.example/1"),
        replace(KNOWN, summary="", photos=(), body=()),
        replace(KNOWN, photos=(Photo("http://www.office.example/a.jpg", "Chú thích mới"),)),
    ],
    ids=["same", "tone and space", "case", "address", "gaps", "photo's host"],
)
def test_what_readers_would_not_notice_is_no_change(page: Article) -> None:
    found = correction(KNOWN, page)

    assert found is None or (found.has_new_words, found.has_new_photo) == (False, False)


def test_a_tone_in_a_name_is_a_change() -> None:
    found = correction(KNOWN, replace(KNOWN, title=KNOWN.title.replace("Hạnh", "Hanh")))

    assert found
    assert found.has_new_words


def test_a_new_lead_photo_is_a_change() -> None:
    found = correction(KNOWN, replace(KNOWN, photos=(Photo("https://office.example/b.jpg"),)))

    assert found
    assert (found.has_new_words, found.has_new_photo) == (False, True)


def test_a_body_alone_changes_what_is_stored_and_no_message() -> None:
    found = correction(KNOWN, replace(KNOWN, body=("Đoạn một.", "Đoạn hai.")))

    assert found
    assert (found.article.body, found.has_new_words) == (("Đoạn một.", "Đoạn hai."), False)


def test_pages_are_read_again_at_the_moments_that_lie_ahead() -> None:
    moments = [RULES.next_after(BEGAN, BEGAN + timedelta(hours=hours)) for hours in (0, 1, 5, 30, 48)]

    assert moments == [BEGAN + HOUR, BEGAN + 6 * HOUR, BEGAN + 6 * HOUR, BEGAN + 48 * HOUR, None]


def test_a_page_that_could_not_be_had_is_tried_again_until_an_hour_after_the_window() -> None:
    assert RULES.retry_at(BEGAN, BEGAN + HOUR) == BEGAN + HOUR + timedelta(minutes=15)
    assert RULES.retry_at(BEGAN, BEGAN + 49 * HOUR) is None
