"""What somebody writes, read: titles, paragraphs, documents, and when it is over."""

from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Attachment
from bot.domain.publication.announcement import Draft, Lack, Written, documents_in, page_in
from bot.domain.publication.ending import SeriesError, end_of, release_of

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""Half past eight in Viet Nam."""


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Nghỉ lễ", Written("Nghỉ lễ")),
        ("  Nghỉ   lễ \n\nMột.\r\nHai.\n", Written("Nghỉ lễ", ("Một.", "Hai."))),
        ("Nghi\u0309 lễ", Written("Nghỉ lễ")),
    ],
)
def test_the_first_line_is_the_title(said: str, written: Written) -> None:
    assert Written.of(said) == written


@pytest.mark.parametrize("said", ["", " \n ", "x" * 301, "Tiêu đề\n" + "x" * 20_001])
def test_what_has_no_title_or_is_too_long_is_none(said: str) -> None:
    with pytest.raises(ValueError, match="no announcement"):
        Written.of(said)


@pytest.mark.parametrize(
    ("said", "documents"),
    [
        ("https://a.vn/cv.pdf", (Attachment("https://a.vn/cv.pdf", "cv.pdf"),)),
        ("Công văn: https://a.vn/cv.pdf", (Attachment("https://a.vn/cv.pdf", "Công văn"),)),
        (
            "- https://a.vn/1 – Một\n\nHai https://a.vn/2.",
            (Attachment("https://a.vn/1", "Một"), Attachment("https://a.vn/2", "Hai")),
        ),
    ],
)
def test_documents_are_addresses_with_their_names(said: str, documents: tuple[Attachment, ...]) -> None:
    assert documents_in(said) == documents


@pytest.mark.parametrize(
    "said", ["", "Công văn", "https://a.vn/1 https://a.vn/2", "\n".join(["https://a.vn/1"] * 11)]
)
def test_what_names_no_documents_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="no"):
        documents_in(said)


@pytest.mark.parametrize(
    "said",
    [
        "trang web",
        "ftp://a.vn",
        "https://a.vn https://b.vn",
        # No platform takes a button or a link that leads there: nobody would get the announcement.
        "https://[",
        "https://.",
        "https://a.vn:99999/tin",
        "https://lan@a.vn/tin",
        "https://a.vn/\u202efdp.exe",
        f"https://a.vn/{'x' * 2_000}",
    ],
)
def test_a_page_is_one_address(said: str) -> None:
    with pytest.raises(ValueError, match="not one address"):
        page_in(said)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("31/12/2026", "2027-01-01 00:00"),
        ("31-12-2026", "2027-01-01 00:00"),
        ("17:00 31/12/2026", "2026-12-31 17:00"),
        ("ngày 31/12 lúc 17h30", "2026-12-31 17:30"),
        ("17 giờ 05 ngày 3.5", "2026-05-03 17:05"),
        ("2/3", "2026-03-03 00:00"),
        ("1/3", "2027-03-02 00:00"),
        ("8:00 2/3", "2027-03-02 08:00"),
        ("mai", "2026-03-04 00:00"),
        ("thứ Sáu", "2026-03-07 00:00"),
        ("17h chiều mai", "2026-03-03 17:00"),
        ("3 ngày nữa", "2026-03-05 08:30"),
    ],
)
def test_a_day_lasts_to_its_end_unless_an_hour_is_said(said: str, at: str) -> None:
    assert f"{end_of(said, NOW, VIETNAM):%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("14:30", "2026-03-02 14:30"),
        ("8h ngày 31/12/2026", "2026-12-31 08:00"),
        ("9 giờ", "2026-03-02 09:00"),
        ("8:00", "2026-03-03 08:00"),
        ("8 giờ sáng mai", "2026-03-03 08:00"),
        ("14h30 thứ Sáu tuần sau", "2026-03-13 14:30"),
    ],
)
def test_a_release_has_an_hour_and_is_the_next_such_one_unless_a_day_is_said(said: str, at: str) -> None:
    assert f"{release_of(said, NOW, VIETNAM):%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize("said", ["31/12/2026", "", "mai", "8:00 1/3/2026", "25:00"])
def test_a_release_without_an_hour_or_in_the_past_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        release_of(said, NOW, VIETNAM)


@pytest.mark.parametrize("said", ["", "ngày đẹp trời", "31/02", "1/1/2026", "1/1/2031", "25:00 1/5", "45/1"])
def test_what_is_no_date_or_not_within_a_year_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r".") as found:
        end_of(said, NOW, VIETNAM)
    assert not isinstance(found.value, SeriesError)


@pytest.mark.parametrize(
    "said", ["hằng tuần", "hàng tháng", "8h mỗi thứ Hai", "every Monday", "weekly", "định kỳ 1/5"]
)
def test_a_series_is_refused(said: str) -> None:
    with pytest.raises(SeriesError):
        end_of(said, NOW, VIETNAM)


def test_what_it_lacks_is_said_one_after_the_other() -> None:
    drafts = (
        Draft("k"),
        Draft("k", "Nghỉ lễ"),
        Draft("k", "Nghỉ lễ", topics=("a",), ends_at=NOW),  # type: ignore[arg-type]  # a topic's id
        Draft("k", "Nghỉ lễ", topics=("a",)),  # type: ignore[arg-type]
    )

    assert [each.lacks(NOW) for each in drafts] == [Lack.TITLE, Lack.TOPIC, Lack.FUTURE, None]
