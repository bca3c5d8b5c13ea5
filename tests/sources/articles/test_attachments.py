"""What an article comes with beside its text: documents, author and source."""

from datetime import UTC, datetime

import pytest

from bot.domain.news.article import Attachment
from bot.sources.articles.bylines import credits_of
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup

NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
URL = "https://so.example.vn/tin/quyet-dinh.html"
LIFERAY = "/documents/10180/1/Th%C3%B4ng+b%C3%A1o.pdf/0a1b2c3d-0000-1111-2222-333344445555"
LEAD = "<p>Ngày 25/9/2025, Cục đã ban hành quyết định về quy chế làm việc của các đơn vị trực thuộc Cục.</p>"


def attachments(markup: str, *, after: str = "") -> tuple[Attachment, ...]:
    page = (
        f'<html><body><nav><a href="/huong-dan.pdf">Hướng dẫn dùng trang</a></nav><div class="contentDetail">'
        f'<h3 class="text-change-size">Ban hành quyết định mới</h3><div class="journal-content-article">'
        f"{LEAD * 2}{markup}</div>{after}</div></body></html>"
    )
    return parse_page(Document(page.encode(), URL, None), Markup({}, None), now=NOW).attachments


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<p>File đính kèm: <a href="/files/QD-12.pdf">Quyết định số 12</a> (1,2 MB)</p>',
            Attachment("https://so.example.vn/files/QD-12.pdf", "Quyết định số 12", "1,2 MB"),
        ),
        (
            '<p><a href="/files/Quyet%20dinh.DOCX">Tải về tại đây</a></p>',
            Attachment("https://so.example.vn/files/Quyet%20dinh.DOCX", "Quyet dinh.DOCX"),
        ),
        (
            f'<a href="{LIFERAY}">Download</a> <span>350KB</span>',
            Attachment(
                f"https://so.example.vn{LIFERAY}",
                "Thông báo.pdf",
                "350 KB",
            ),
        ),
        (
            '<a href="/c/document_library/get_file?uuid=1&amp;title=bao-cao.xlsx">Báo cáo quý [85 kb]</a>',
            Attachment(
                "https://so.example.vn/c/document_library/get_file?uuid=1&title=bao-cao.xlsx",
                "Báo cáo quý",
                "85 KB",
            ),
        ),
    ],
)
def test_a_document_is_named_with_its_size(markup: str, expected: Attachment) -> None:
    assert attachments(markup) == (expected,)


def test_documents_beside_the_text_count_and_those_of_the_menu_do_not() -> None:
    found = attachments(
        "", after='<ul><li><a href="a.doc">Phụ lục A</a></li><li><a href="a.doc">x</a></li></ul>'
    )

    assert found == (Attachment("https://so.example.vn/tin/a.doc", "Phụ lục A"),)


def test_a_line_that_only_names_a_document_is_no_body() -> None:
    page = (
        f"<html><body><article><h1>Ban hành quyết định mới</h1>{LEAD}"
        '<p>Tải về: <a href="/1.pdf">Quyết định.pdf</a> (2 MB)</p>'
        f"<p>Xem <a href=/2.pdf>Kế hoạch số 2</a> để biết thời gian của từng đơn vị.</p></article></html>"
    )

    article = parse_page(Document(page.encode(), URL, None), Markup({}, None), now=NOW)

    assert len(article.body) == 2
    assert [each.name for each in article.attachments] == ["Quyết định.pdf", "Kế hoạch số 2"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Nguồn: Cổng TTĐT Bộ KH&CN"], ("", "Cổng TTĐT Bộ KH&CN")),
        (["(Theo Báo Nhân Dân)"], ("", "Báo Nhân Dân")),
        (["Tác giả: Nguyễn Văn A"], ("Nguyễn Văn A", "")),
        (["Tin, ảnh: Trung tâm Thông tin"], ("Trung tâm Thông tin", "")),
        (["Bài và ảnh: Lan Anh", "Nguồn: TTXVN"], ("Lan Anh", "TTXVN")),
        (["Văn phòng Cục"], ("Văn phòng Cục", "")),
        (["Ảnh: Minh Tú"], ("", "")),
        ([], ("", "")),
    ],
)
def test_author_and_source_are_read_from_the_lines_below(lines: list[str], expected: tuple[str, str]) -> None:
    assert credits_of(lines) == expected


def test_a_short_page_with_one_article_element_and_no_date_is_an_article() -> None:
    page = (
        "<html><head><title>Tin ngắn - SỞ MẪU</title></head><body><nav><a href=/>Trang chủ</a></nav><article>"
        "<h1>Tin ngắn</h1><p>Sở họp sáng nay.</p><p>Cuộc họp bàn ba việc.</p><p>Kết quả gửi các đơn vị.</p>"
        "</article></body></html>"
    )

    article = parse_page(Document(page.encode(), URL, None), Markup({}, None), now=NOW)

    assert (article.title, article.body, article.published) == (
        "Tin ngắn",
        ("Sở họp sáng nay.", "Cuộc họp bàn ba việc.", "Kết quả gửi các đơn vị."),
        None,
    )
    assert article.summary == "Sở họp sáng nay. Cuộc họp bàn ba việc. Kết quả gửi các đơn vị."
