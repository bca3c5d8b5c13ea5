import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator.agency.newsroom import (
    SECTIONS,
    SLUG_LENGTH,
    VIETNAM,
    Newsroom,
    UnknownChoiceError,
    cut,
    portal_date,
    slug,
)

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=VIETNAM)


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(lambda: NOON)


def test_the_site_opens_with_a_dozen_articles_of_recent_weeks(newsroom: Newsroom) -> None:
    articles = newsroom.articles()

    assert len(articles) == 12
    assert {article.section for article in articles} == set(SECTIONS)
    assert all(0 < (NOON - article.at).days + 1 <= 35 for article in articles)
    assert all(article.at.isoweekday() <= 5 for article in articles)


def test_every_article_is_composed_plain_text_and_ends_as_agencies_end_them(newsroom: Newsroom) -> None:
    for article in newsroom.articles():
        text = "\n".join(article.paragraphs)
        assert unicodedata.is_normalized("NFC", text)
        assert 600 <= len(text) <= 1500
        assert text.endswith("./.")
        assert "{" not in text
        assert article.photos


def test_publishing_nothing_in_particular_takes_the_next_draft(newsroom: Newsroom) -> None:
    expected = newsroom.draft.title

    article = newsroom.publish()

    assert (article.title, article.at) == (expected, NOON)
    assert newsroom.articles()[0] == article
    assert newsroom.draft.title != expected


def test_drafts_never_run_out_and_each_publication_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    articles = [newsroom.publish() for _ in range(12)]

    assert len({article.slug for article in articles}) == 12
    assert articles[5].slug == f"{articles[0].slug}-1"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 2, 4, 8, tzinfo=VIETNAM), "Ngày 04 tháng 02 năm 2026, "),
        (datetime(2026, 11, 14, 8, tzinfo=VIETNAM), "Ngày 14 tháng 11 năm 2026, "),
        (datetime(2026, 3, 5, 8, tzinfo=VIETNAM), "Ngày 05 tháng 3 năm 2026, "),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_written_with_a_nought(
    at: datetime, written: str
) -> None:
    article = Newsroom(lambda: at).publish()

    assert article.paragraphs[0].startswith(written)


def test_a_text_of_ones_own_is_published_as_it_is(newsroom: Newsroom) -> None:
    article = newsroom.publish(
        title="Thông báo", paragraphs=["Một {day}.", "Hai./."], photo="thu-vien", section="quoc-te"
    )

    assert (article.title, article.paragraphs, article.sapo) == (
        "Thông báo",
        ("Một {day}.", "Hai./."),
        "Một {day}.",
    )
    assert [photo.name for photo in article.photos] == ["thu-vien"]
    assert article.section.id == "quoc-te"


def test_an_article_can_go_without_a_photo(newsroom: Newsroom) -> None:
    assert newsroom.publish(photo="").photos == ()


@pytest.mark.parametrize("wrong", [{"section": "the-thao"}, {"photo": "meo"}])
def test_what_the_agency_does_not_have_is_refused(newsroom: Newsroom, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownChoiceError):
        newsroom.publish(section=wrong.get("section"), photo=wrong.get("photo"))


def test_a_section_has_a_new_revision_once_something_appears_in_it(newsroom: Newsroom) -> None:
    before = [newsroom.revision(section) for section in SECTIONS]

    newsroom.publish(section="quoc-te")

    after = [newsroom.revision(section) for section in SECTIONS]
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize(
    ("at", "printed"),
    [
        (datetime(2017, 8, 16, 11, 52, tzinfo=UTC), "Th 4, 16/08/2017 | 18:52 CH"),
        (datetime(2023, 1, 1, 2, 38, tzinfo=UTC), "CN, 01/01/2023 | 09:38 SA"),
        (datetime(2017, 8, 15, 17, 5, tzinfo=UTC), "Th 4, 16/08/2017 | 00:05 SA"),
    ],
)
def test_dates_are_printed_as_the_portal_prints_them(at: datetime, printed: str) -> None:
    assert portal_date(at) == printed


def test_a_slug_drops_the_letter_that_has_no_plain_form() -> None:
    assert slug("Hội nghị sơ kết công tác Đảng năm 2017") == "hoi-nghi-so-ket-cong-tac-ang-nam-2017"


@given(st.text())
def test_a_slug_is_always_a_short_plain_address_part(title: str) -> None:
    made = slug(title)

    assert 0 < len(made) <= SLUG_LENGTH
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text())
def test_a_cut_text_is_a_start_of_the_whole(text: str) -> None:
    assert text.startswith(cut(text).removesuffix("...")) or cut(text) == text
