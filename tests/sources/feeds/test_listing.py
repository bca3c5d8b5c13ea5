"""Listing pages: the office's, NukeViet's, and any list of dated links."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Photo, Published
from bot.domain.news.feed import Entry, SourceError
from bot.sources.feeds.listing import parse_listing
from bot.sources.html.document import Document, Markup

PAGES = Path(__file__).parents[2] / "data" / "pages"
NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
OFFICE = "https://www.ipvietnam.gov.vn/vi_VN/web/guest/hoat-ong-shcn-trong-nuoc"
PUBLISHER = (
    "https://www.ipvietnam.gov.vn/web/guest/hoat-ong-shcn-trong-nuoc/-/asset_publisher/7xsjBfqhCDAV/content/"
)


def read(body: str, *, url: str = OFFICE, selectors: Mapping[str, str] | None = None) -> tuple[Entry, ...]:
    return parse_listing(Document(body.encode(), url, None), Markup(selectors or {}, None), now=NOW).entries


def minute(year: int, month: int, day: int, hour: int, minute: int) -> Published:
    return Published(datetime(year, month, day, hour, minute, tzinfo=VIETNAM), DatePrecision.MINUTE)


OFFICE_ENTRIES = (
    Entry(
        title="Hội nghị sơ kết công tác Đảng 6 tháng đầu năm 2017 và triển khai thực hiện nhiệm "
        "vụ 6 tháng cuối năm",
        link=PUBLISHER + "hoi-nghi-so-ket-cong-tac-ang-6-thang-au-nam-2017"
        "-va-trien-khai-thuc-hien-nhiem-vu-6-thang-cuoi-n-1",
        summary="Ngày 10 tháng 8 năm 2017, Đảng ủy Cục Sở hữu trí tuệ đã tổ chức Hội nghị sơ kết "
        "công tác Đảng 6 tháng đầu năm 2017...",
        photos=(
            Photo("https://www.ipvietnam.gov.vn/documents/20182/0/toan-canh.jpg/3f1c?t=1&imageThumbnail=1"),
        ),
        published=minute(2017, 8, 16, 18, 52),
    ),
    Entry(
        title="Hội thảo về khai thác tài sản trí tuệ",
        link=PUBLISHER + "hoi-thao-1",
        summary="Ngày 14/8/2017, tại Hà Nội, Cục Sở hữu trí tuệ tổ chức Hội thảo về khai thác tài "
        "sản trí tuệ...",
        published=minute(2017, 8, 15, 9, 5),
    ),
    Entry(
        title="Tập huấn đăng ký nhãn hiệu tập thể",
        link=PUBLISHER + "tap-huan-2",
        published=minute(2017, 8, 13, 0, 5),
    ),
)


def test_the_office_s_listing_is_read() -> None:
    assert read((PAGES / "office_listing.html").read_text()) == OFFICE_ENTRIES


def test_the_office_s_links_are_found_in_other_markup() -> None:
    body = (
        (PAGES / "office_listing.html").read_text().replace("home-list-4", "danh-sach").replace("h4>", "h5>")
    )

    entries = read(body)

    assert [(e.title, e.link, e.published) for e in entries] == [
        (e.title, e.link, e.published) for e in OFFICE_ENTRIES
    ]


def test_a_nukeviet_listing_is_read() -> None:
    body = (PAGES / "nukeviet_listing.html").read_text()

    entries = read(body, url="https://skhcn.example.vn/vi/news/")

    assert entries == (
        Entry(
            title="Khai mạc Tuần lễ Sáng kiến trẻ",
            link="https://skhcn.example.vn/vi/news/tin-tuc/khai-mac-tuan-le-12.html",
            summary="Sáng 05/6, Tuần lễ Sáng kiến trẻ khai mạc với 42 gian trưng bày.",
            photos=(Photo("https://skhcn.example.vn/assets/news/2025_06/khai-mac.jpg"),),
            published=minute(2025, 6, 5, 9, 15),
        ),
        Entry(
            title="Phát động cuộc thi ảnh sáng tạo",
            link="https://skhcn.example.vn/vi/news/tin-tuc/cuoc-thi-11.html",
            summary="Ảnh dự thi nhận đến hết tháng 7.",
            published=minute(2025, 6, 1, 14, 0),
        ),
    )


PLAIN = """<html><body><ul class=menu>{menu}</ul><div class=tin>{items}</div></body></html>"""
ITEM = """<div class="muc"><a class="ten" href="/tin/{n}.html?utm_source=home">
Thông báo số {n} về việc tuyển dụng viên chức</a>
<span>(0{n}/09/2025)</span></div>"""
MENU = "".join(f"<li><a href='/muc-{n}'>Một mục dài dòng của trình đơn số {n}</a></li>" for n in range(5))


def test_a_list_of_dated_links_is_found_without_selectors() -> None:
    body = PLAIN.format(menu=MENU, items="".join(ITEM.format(n=n) for n in (3, 2, 1)))

    entries = read(body, url="https://so.example.vn/thong-bao")

    assert [entry.link for entry in entries] == [f"https://so.example.vn/tin/{n}.html" for n in (3, 2, 1)]
    assert entries[0].title == "Thông báo số 3 về việc tuyển dụng viên chức"
    assert entries[0].published == Published(datetime(2025, 9, 3, tzinfo=VIETNAM), DatePrecision.DAY)


def test_an_item_found_without_selectors_has_its_summary_and_no_date_or_title_for_one() -> None:
    item = (
        "<div class=muc><h3><a href=/tin/{n}>Sở Y tế tổ chức hội nghị lần thứ {n}</a></h3>"
        "<p>Sở Y tế tổ chức hội nghị lần thứ {n}</p><p>Thứ Ba, ngày 0{n}/09/2025</p>"
        "<p>Sáng nay, Sở đã tổ chức hội nghị...</p><a href=/tin/{n}>Xem chi tiết</a></div>"
    )
    body = PLAIN.format(menu=MENU, items="".join(item.format(n=n) for n in (3, 2, 1)))

    entries = read(body, url="https://so.example.vn/tin")

    assert [(entry.summary, entry.published) for entry in entries] == [
        (
            "Sáng nay, Sở đã tổ chức hội nghị...",
            Published(datetime(2025, 9, day, tzinfo=VIETNAM), DatePrecision.DAY),
        )
        for day in (3, 2, 1)
    ]


def test_a_title_of_endless_lines_does_not_take_long() -> None:
    def seconds(lines: int) -> float:
        endless = f'<div class="muc"><a class="ten" href="/tin/9.html">{"<p>x" * lines}</a></div>'
        body = PLAIN.format(menu="", items=endless + "".join(ITEM.format(n=n) for n in (3, 2, 1)))
        started = time.process_time()
        assert len(read(body, url="https://so.example.vn/")) == 4
        return time.process_time() - started

    # Four times as many take four times as long, not sixteen times.
    assert seconds(16_000) < 8 * seconds(4_000)


def test_configured_selectors_say_what_an_item_is() -> None:
    selectors = {"item": ".menu li", "title": "a", "summary": "i", "date": "time", "photo": "img"}
    body = PLAIN.format(
        menu="<li><a href=/a>Một</a><i>Chuyện thứ nhất ở xa</i><time datetime=2025-09-01>hôm nọ</"
        "time><img data-src=/a.jpg></li>",
        items="".join(ITEM.format(n=n) for n in (3, 2, 1)),
    )

    assert read(body, url="https://so.example.vn/", selectors=selectors) == (
        Entry(
            title="Một",
            link="https://so.example.vn/a",
            summary="Chuyện thứ nhất ở xa",
            photos=(Photo("https://so.example.vn/a.jpg"),),
            published=Published(datetime(2025, 9, 1, tzinfo=VIETNAM), DatePrecision.DAY),
        ),
    )


def test_the_same_article_twice_is_one_entry() -> None:
    body = PLAIN.format(menu="", items="".join(ITEM.format(n=n) for n in (3, 3, 2, 1)))

    assert len(read(body, url="https://so.example.vn/")) == 3


@pytest.mark.parametrize(
    "body", ["", "<p>Chưa có tin nào.</p>", "<ul><li><a href='#'>Về đầu trang này nhé</a></li></ul>"]
)
def test_a_listing_without_articles_is_an_error_that_says_so(body: str) -> None:
    with pytest.raises(SourceError, match=r"no article is listed there|there is no page"):
        read(body)


@pytest.mark.parametrize("markup", ["generic", "office"])
def test_the_portal_s_error_page_lists_nothing(markup: str) -> None:
    lead = "/-/asset_publisher/a/content" if markup == "office" else ""
    links = "".join(f"<li><a href='{lead}/muc-{n}'>Một chuyên mục dài dòng số {n}</a></li>" for n in range(9))
    body = f"<title>Trạng thái - Sở Y tế</title><h3>Không tìm thấy</h3><ul>{links}</ul>"

    with pytest.raises(SourceError, match="no article is listed there, the page says 'Trạng thái"):
        read(body, url="https://so.example.vn/tin-tuc")


def test_a_wrong_selector_is_named() -> None:
    with pytest.raises(SourceError, match=r"'item'.*'li:nth\('"):
        read("<p>x</p>", selectors={"item": "li:nth("})
