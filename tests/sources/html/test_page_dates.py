"""Dates on article pages: the article's own is found, and what it tells of other days is kept."""

from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, DatePrecision, Published
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup
from bot.sources.html.page_dates import dates_only

NOW = datetime(2026, 9, 14, 3, tzinfo=UTC)
LONG = (
    "Sở Khoa học và Công nghệ mời các tổ chức, cá nhân đăng ký tham gia xét giao trực tiếp nhiệm vụ khoa học"
    " và công nghệ cấp tỉnh năm 2027 theo danh mục đã được Ủy ban nhân dân tỉnh phê duyệt."
)
OTHER = LONG.replace("mời các", "thông báo để các")
TITLE = "Thông báo xét giao nhiệm vụ khoa học và công nghệ"
PAGES = {
    "selectors": '<div class="contentDetail"><h3 class="text-change-size">{title}</h3>{dated}'
    '<div class="journal-content-article">{text}</div></div>',
    "density": "<div><h1>{title}</h1>{dated}</div><div>{text}</div>",
    "one article": "<article><h1>{title}</h1>{dated}<div>{text}</div></article>",
}
NEWS = [
    "Hạn nhận hồ sơ: 16h30 ngày 12/10/2026.",
    "Lễ trao giải: 14:00 18/11/2026",
    "Quyết định có hiệu lực từ 20/9/2026.",
    "Ngày thi: 03/10/2026",
    "Đăng ký: 21/9/2026",
    "Ngày ban hành: 10/09/2026",
    "Từ 15/9/2026 đến 20/9/2026",
    "Hà Nội, 20/9/2026",
]
DATES = [
    "Th 2, 14/09/2026 | 09:05 SA",
    "14/09/2026",
    "Ngày đăng: 14/9/2026",
    "Cập nhật lúc: 09:05, Thứ Hai, 14/09/2026",
    "Ngày đăng 14/09/2026 | 9:05 AM | View count: 107",
    "Thứ hai, ngày 14 tháng 09 năm 2026, 09:05 (GMT+7)",
    "Posted on September 14, 2026 9:05 AM",
    "14/09/2026 - 09h05 | Lượt xem: 12",
]


def read(page: str, *, text: tuple[str, ...], dated: str = "") -> Article:
    body = page.format(title=TITLE, dated=dated, text="".join(f"<p>{each}</p>" for each in text))
    html = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return parse_page(Document(html.encode(), "https://so.example.vn/a/b", None), Markup({}, None), now=NOW)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("sentence", NEWS)
@pytest.mark.parametrize("dated", ["", "<p>14/09/2026</p>"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_sentence_with_a_date_is_kept_and_dates_nothing(
    page: str, sentence: str, *, dated: str, is_first: bool
) -> None:
    text = (sentence, LONG, OTHER) if is_first else (LONG, sentence, OTHER)

    article = read(page, text=text, dated=dated)

    assert article.body == text
    assert article.published == (
        Published(datetime(2026, 9, 14, tzinfo=VIETNAM), DatePrecision.DAY) if dated else None
    )


@pytest.mark.parametrize("page", [PAGES["selectors"], PAGES["one article"]], ids=["selectors", "one article"])
@pytest.mark.parametrize("line", DATES)
def test_a_date_in_front_of_the_text_is_the_article_s_and_no_part_of_it(page: str, line: str) -> None:
    article = read(page, text=(line, LONG, OTHER))

    assert article.body == (LONG, OTHER)
    assert article.published is not None
    assert article.published.at.date() == NOW.date()


def test_the_date_stands_near_the_title_with_the_author_s_name() -> None:
    article = read(PAGES["density"], text=(LONG, OTHER), dated="<p>Bích Ngọc - TTXVN | 14/09/2026 09:05</p>")

    assert article.published == Published(datetime(2026, 9, 14, 9, 5, tzinfo=VIETNAM), DatePrecision.MINUTE)


def test_a_day_to_come_in_front_of_the_text_announces_something() -> None:
    article = read(PAGES["selectors"], text=("Thứ Hai, ngày 28/9/2026", LONG, OTHER))

    assert article.published is None
    assert article.body[0] == "Thứ Hai, ngày 28/9/2026"


def test_the_days_of_a_table_are_kept() -> None:
    text = ("14/09/2026", LONG, "Họp giao ban", "14/09/2026", "Tiếp công dân", "15/09/2026")

    article = read(PAGES["selectors"], text=text)

    assert article.body == (LONG, *text[2:])


def test_the_same_date_with_its_label_under_the_text_says_nothing_new() -> None:
    article = read(PAGES["selectors"], text=("14/09/2026", LONG, OTHER, "Ngày đăng: 14/09/2026"))

    assert article.body == (LONG, OTHER)


@pytest.mark.parametrize("line", DATES)
def test_a_line_of_publication_is_a_date_only(line: str) -> None:
    assert dates_only(line, now=NOW)


@pytest.mark.parametrize("line", [*NEWS[:-1], "İstanbul, 20/9/2026 toplantı", LONG])
def test_a_line_of_news_is_more_than_a_date(line: str) -> None:
    assert not dates_only(line, now=NOW)
