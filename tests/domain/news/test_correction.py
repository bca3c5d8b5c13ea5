"""Corrections: what counts as a change, and when pages are read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.news.article import Article, Attachment, Photo
from bot.domain.news.correction import Changes, CorrectionRules, Version, changes, correction

HOUR = timedelta(hours=1)
BEGAN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULES = CorrectionRules((HOUR, 6 * HOUR, 24 * HOUR, 48 * HOUR), 48 * HOUR, 3)
FIRST = Attachment("https://office.example/1.pdf", "Quyết định số 1")
DRAFT = Attachment("https://office.example/0.pdf", "Dự thảo")
SECOND = Attachment("https://office.example/2.pdf", "Phụ lục")
KNOWN = Article(
    "https://office.example/1",
    "Trao tặng bà Lê Thị Hạnh huân chương hoà bình",
    "Sáng nay,  Cục trao tặng.",
    ("Đoạn một.",),
    (Photo("https://office.example/a.jpg"),),
    attachments=(FIRST, SECOND),
)
SHOWN = Version.of(KNOWN, "a")


@pytest.mark.parametrize(
    "page",
    [
        KNOWN,
        replace(KNOWN, title=" Trao tặng bà Lê Thị Hạnh  huân chương hòa bình "),
        replace(KNOWN, summary="Sáng nay, Cục TRAO TẶNG."),
        replace(KNOWN, url="https://wipo.example/1"),
        replace(KNOWN, summary="", photos=(), body=(), attachments=()),
        replace(KNOWN, attachments=(replace(FIRST, url="https://office.example/1.pdf?t=2"), SECOND)),
        replace(KNOWN, photos=(Photo("http://www.office.example/a.jpg", "Chú thích mới"),)),
    ],
    ids=["same", "tone and space", "case", "address", "gaps", "a file's address", "photo's host"],
)
def test_what_readers_would_not_notice_is_no_change(page: Article) -> None:
    found = correction(KNOWN, page)

    assert found is None or not (found.has_new_words or found.has_new_files or found.has_new_photo)


def test_a_tone_in_a_name_is_a_change() -> None:
    found = correction(KNOWN, replace(KNOWN, title=KNOWN.title.replace("Hạnh", "Hanh")))

    assert found
    assert found.has_new_words


def test_a_new_lead_photo_is_a_change() -> None:
    found = correction(KNOWN, replace(KNOWN, photos=(Photo("https://office.example/b.jpg"),)))

    assert found
    assert (found.has_new_words, found.has_new_photo) == (False, True)


def test_a_file_more_is_a_change() -> None:
    files = (FIRST, SECOND, Attachment("https://office.example/3.pdf", "Biểu mẫu"))

    found = correction(KNOWN, replace(KNOWN, attachments=files))

    assert found
    assert (found.has_new_words, found.has_new_files, found.article.attachments) == (False, True, files)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (SHOWN, Changes()),
        (replace(SHOWN, title="Trao tặng bà Lê Thị Hanh"), Changes(title="Trao tặng bà Lê Thị Hanh")),
        (replace(SHOWN, summary="Chiều nay."), Changes(has_new_summary=True)),
        (replace(SHOWN, files=(SECOND,)), Changes(added=1)),
        (
            replace(SHOWN, files=(Attachment("https://office.example/0", "Dự thảo"),)),
            Changes("", False, 2, 1),
        ),
        (replace(SHOWN, photo="b"), Changes(has_new_photo=True)),
        (replace(SHOWN, photo=""), Changes(has_new_photo=True)),
        (Version(SHOWN.title, SHOWN.summary), Changes()),
    ],
    ids=["nothing", "title", "summary", "a file more", "other files", "photo", "first photo", "not kept"],
)
def test_what_has_changed_is_told_part_by_part(before: Version, told: Changes) -> None:
    assert changes(before, SHOWN) == told


def test_of_a_small_correction_nothing_is_told() -> None:
    small = replace(SHOWN, title=SHOWN.title.upper(), summary=f"{SHOWN.summary}.")

    assert changes(small, SHOWN) == Changes()


def test_a_photo_that_is_gone_is_none_to_tell_of() -> None:
    assert changes(SHOWN, replace(SHOWN, photo="")) == Changes()


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
