"""Article pages of other portals, of none that is known, and pages that are no articles."""

import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, DatePrecision, Photo, Published
from bot.domain.news.feed import SourceError
from bot.sources.content.parse import parse_page
from bot.sources.feeds.listing import parse_listing
from bot.sources.html.document import Document, Markup
from bot.sources.text.urls import absolute
from bot.sources.workers.bounds import bounded_article

PAGES = Path(__file__).parent.parent / "data" / "pages"
NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
PLAIN = "https://bao.example.vn/moi-truong/ban-do-cay-xanh.html"


def read(
    body: bytes, *, url: str = PLAIN, selectors: Mapping[str, str] | None = None, preset: str | None = None
) -> Article:
    return parse_page(Document(body, url, None), Markup(selectors or {}, preset), now=NOW)


def page(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def test_a_nukeviet_article_is_read() -> None:
    article = read(
        page("nukeviet_article.html"),
        url="http://skhcn.example.vn/vi/news/tin-tuc/khai-mac-tuan-le-12.html?x=1",
    )

    assert [block.kind for block in article.blocks] == ["photo", "paragraph", "paragraph", "photo"]
    assert replace(article, blocks=()) == Article(
        url="https://skhcn.example.vn/vi/news/tin-tuc/khai-mac-tuan-le-12.html",
        title="Khai mạc Tuần lễ Sáng kiến trẻ",
        summary="Sáng 05/6, Tuần lễ Sáng kiến trẻ khai mạc với 42 gian trưng bày.",
        body=(
            (
                "Sáng 05/6, tại nhà văn hóa tỉnh, Tuần lễ Sáng kiến trẻ đã khai mạc với sự có mặt của "
                "hơn 600 học sinh, "
                "sinh viên."
            ),
            (
                "Các sáng kiến năm nay tập trung vào nước sạch, tiết kiệm điện và nông nghiệp nhỏ. "
                "Ban Tổ chức nhận bình "
                "chọn đến hết ngày 08/6."
            ),
        ),
        photos=(
            Photo(
                "http://skhcn.example.vn/uploads/news/2025_06/khai-mac.jpg",
                "Các gian trưng bày trong ngày khai mạc",
            ),
            Photo(
                "http://skhcn.example.vn/uploads/news/2025_06/nuoc-sach.jpg",
                "Mô hình lọc nước của nhóm học sinh",
            ),
        ),
        published=Published(datetime(2025, 6, 5, 9, 15, tzinfo=VIETNAM), DatePrecision.MINUTE),
        author="Lan Chi",
    )


def test_a_page_of_no_known_portal_is_read_by_its_metadata_and_density() -> None:
    article = read(page("plain_article.html"))

    assert article.title == "Ra mắt bản đồ cây xanh của thành phố & vùng ven"
    assert article.summary == "Người dân có thể xem tuổi, loài và lịch chăm sóc của từng cây."
    assert article.published == Published(datetime(2025, 3, 9, 9, 30, tzinfo=VIETNAM), DatePrecision.MINUTE)
    assert next(text.partition(",")[0] for text in article.body) == "Từ hôm nay"
    assert len(article.body) == 3
    assert article.photos == (
        Photo("https://bao.example.vn/media/ban-do-1200.jpg", "Bản đồ trên điện thoại"),
    )


def test_configured_selectors_go_first() -> None:
    selectors = {
        "title": ".thoi-gian",
        "body": ".noi-dung-bai",
        "date": ".thoi-gian",
        "summary": "h1",
        "photo": ".x",
    }

    article = read(page("plain_article.html"), selectors=selectors)

    assert article.title == "09/03/2025 09:30 GMT+7"
    assert article.summary.startswith("Ra mắt bản đồ")
    assert len(article.body) == 3


@pytest.mark.parametrize(
    ("selectors", "preset", "words"),
    [
        ({"title": "h1["}, None, ["'title'", "h1["]),
        ({"body": "p::text"}, None, ["'body'", "p::text"]),
        ({"titel": "h1"}, None, ["'titel'", "title, date"]),
        ({}, "joomla", ["'joomla'", "liferay-vgov, nukeviet, vccorp, generic"]),
    ],
)
def test_a_wrong_setting_is_named(selectors: dict[str, str], preset: str | None, words: list[str]) -> None:
    with pytest.raises(SourceError) as raised:
        read(page("plain_article.html"), selectors=selectors, preset=preset)

    assert all(word in str(raised.value) for word in words)


LOGIN = "<title>Đăng nhập</title><form><input name=u><input type=password name=p></form><p>Nhập "
"tên và mật khẩu.</p>"
NO_ARTICLES = {
    "nothing": b"",
    "white space": b" \n ",
    "a login": LOGIN.encode(),
    "an error": "<title>404 - Không tìm thấy</title><h1>404</h1><p>Trang bạn tìm không tồn tại "
    "trên hệ thống này.</p>".encode(),
    "a listing": (PAGES / "office_listing.html").read_bytes(),
    "another listing": (PAGES / "nukeviet_listing.html").read_bytes(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a feed": b"<?xml version='1.0'?><rss><channel><title>x</title><item><title>y</title></item></"
    b"channel></rss>",
    "plain words": b"Service Unavailable",
}


@pytest.mark.parametrize("body", NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_a_page_without_an_article_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(SourceError) as raised:
        read(body)

    assert PLAIN in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_login_is_called_one() -> None:
    with pytest.raises(SourceError, match="login"):
        read(LOGIN.encode())


def _mutated(body: bytes, seed: int) -> bytes:
    """Return *body* with a few pieces cut, doubled, moved or overwritten."""
    chance = random.Random(seed)
    parts = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(parts))
        end = min(len(parts), start + chance.randint(1, 400))
        match chance.randrange(4):
            case 0:
                del parts[start:end]
            case 1:
                parts[start:start] = parts[start:end]
            case 2:
                parts[start:end] = chance.randbytes(chance.randint(0, 20))
            case _:
                parts[start:start] = chance.choice(
                    [b"<table>", b"</div>", b"<!--", b"\x00", b"<p", b'"', b"&#0;", b"<br>"]
                )
        if not parts:
            parts = bytearray(b"<")
    return bytes(parts)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PAGES.glob("*.html"))), st.integers())
def test_damaged_pages_give_a_result_or_a_source_error(path: Path, seed: int) -> None:
    body = _mutated(path.read_bytes(), seed)
    for parse in (parse_page, parse_listing):
        with suppress(SourceError):
            parse(Document(body, PLAIN, None), Markup({}, None), now=NOW)


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "font"])
def test_a_tower_of_tags_is_no_trouble(tag: str) -> None:
    body = f"<html><body>{f'<{tag}>' * 5000}text".encode()

    with pytest.raises(SourceError):
        read(body)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Ký kết hợp tác Việt Nam - Lào", "Ký kết hợp tác Việt Nam - Lào"),
        ("Ký kết hợp tác - CỤC SỞ HỮU TRÍ TUỆ", "Ký kết hợp tác"),
        ("Ký kết hợp tác Việt Nam - Lào | Báo Khoa học Mẫu", "Ký kết hợp tác Việt Nam - Lào"),
        ("Ký kết hợp tác » mau.example.vn", "Ký kết hợp tác"),
    ],
)
def test_the_site_s_name_is_cut_off_the_title(head: str, title: str) -> None:
    paragraph = (
        "<p>Hai bên đã ký kết biên bản ghi nhớ về hợp tác trong lĩnh vực nhãn hiệu và chỉ dẫn địa lý.</p>"
    )

    article = read(
        f"<title>{head}</title><div class=x>{paragraph * 3}</div>".encode(), selectors={"body": ".x"}
    )

    assert article.title == title


def test_a_photo_address_that_cannot_be_written_is_none() -> None:
    assert absolute("https://bao.example.vn/p\ud800.jpg", PLAIN) == ""


def test_half_a_surrogate_pair_in_what_a_page_says_of_itself_becomes_what_can_be_written() -> None:
    said = r'{"@type": "NewsArticle", "headline": "Ra \ud800 quân", "description": "Tin \ud800 tức"}'
    story = "<p>Sáng nay, Sở ra quân dọn rác ở bờ sông cùng năm mươi người dân trong xã.</p>" * 9

    found = read(
        f'<html><head><title>Ra quân</title><script type="application/ld+json">{said}</script></head>'
        f"<body><article>{story}</article></body></html>".encode(),
        selectors={"body": "article"},
    )

    article = bounded_article(found)
    assert "\ufffd" in str(article)
    assert r"\ud8" not in str(article)
