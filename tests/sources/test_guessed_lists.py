"""Lists that no selector finds: the news of a page and not its menu, whatever the agency's markup is."""

import contextlib
import time
from datetime import UTC, datetime

import pytest

from bot.domain.news.feed import Entry, SourceError
from bot.sources.feeds.listing import parse_listing
from bot.sources.html.document import Document, Markup

NOW = datetime(2026, 9, 14, 3, tzinfo=UTC)
URL = "https://sotnmt.example.vn/tin-tuc"
SECTIONS = {
    "dat-dai": "Lĩnh vực quản lý đất đai",
    "moi-truong": "Bảo vệ môi trường và biến đổi khí hậu",
    "khoang-san": "Địa chất và khoáng sản",
}
TITLES = [
    "Công bố kết quả quan trắc môi trường không khí quý III",
    "Tập huấn phần mềm quản lý hồ sơ địa chính cho cán bộ cấp xã",
    "Kiểm tra việc khai thác cát trên sông Cầu",
    "Hội nghị góp ý dự thảo quy định về giá đất",
]


def read(body: str, *, url: str = URL) -> tuple[Entry, ...]:
    page = f"<html><head><title>Tin tức</title></head><body>{body}</body></html>"
    return parse_listing(Document(page.encode(), url, None), Markup({}, None), now=NOW).entries


def links(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.link.removeprefix("https://sotnmt.example.vn") for entry in entries]


def article(number: int, section: str = "moi-truong") -> str:
    return f"/{section}/bai-so-{number}-{26_000 + number}.html"


WANTED = [article(number) for number in range(4)]
NEWS = "".join(
    f"<div class='muc muc-{n}'><h{3 - (n == 0)}><a href='{article(n)}'>{title}</a></h{3 - (n == 0)}>"
    f"<p>Sáng nay, Sở đã làm việc với các đơn vị về nội dung số {n}.</p></div>"
    for n, title in enumerate(TITLES)
)
MENU = "".join(
    f"<li><a href='/{name}.html'>{title}</a><ul>"
    + "".join(
        f"<li><a href='{article(n, name)}'>Bài nổi bật của chuyên mục số {n} dài dòng</a></li>"
        for n in range(3)
    )
    + "</ul></li>"
    for name, title in SECTIONS.items()
)


@pytest.mark.parametrize(
    "menu",
    [
        f"<nav><ul>{MENU}</ul></nav>",
        f"<div class='main-menu clearfix'><ul>{MENU}</ul></div>",
        f"<header><nav></nav><ul>{MENU}</ul></header>",
        f"<div role=navigation><ul>{MENU}</ul></div>",
        f"<div id=topMenu><ul>{MENU}</ul></div>",
        f"<footer><ul>{MENU}</ul></footer>",
    ],
)
def test_a_menu_with_the_news_of_each_section_is_no_list(menu: str) -> None:
    assert links(read(menu + NEWS)) == WANTED


def test_what_is_called_after_the_menu_may_hold_the_page() -> None:
    page = f"<div class='page-with-menu'><nav>{MENU}</nav><h1>Tin tức</h1>{NEWS}</div>"

    assert links(read(page)) == WANTED


def test_sections_under_which_articles_lie_are_none_themselves() -> None:
    sections = "".join(
        f"<div class=nhom><h2><a href='/{name}.html'>{title}</a></h2><p>Tin bài về {title}</p></div>"
        for name, title in SECTIONS.items()
    )
    deeper = "".join(
        f"<li><a href='{article(n, name)}'>{title} {n}</a></li>"
        for name in SECTIONS
        for n, title in enumerate(TITLES)
    )

    assert links(read(f"{sections}<ul>{deeper}</ul>")) == [
        article(n, name) for name in SECTIONS for n in range(len(TITLES))
    ]


def test_the_link_to_the_section_in_each_item_is_not_its_article() -> None:
    items = "".join(
        f"<li><a class=muc href='/chuyen-muc-{n % 2}'>Môi trường</a>"
        f" <a class=ten href='{article(n)}'>{title}</a></li>"
        for n, title in enumerate(TITLES)
    )

    entries = read(f"<ul>{items}</ul>")

    assert [(entry.title, link) for entry, link in zip(entries, links(entries), strict=True)] == [
        *zip(TITLES, WANTED, strict=True)
    ]


def test_the_first_story_and_those_with_a_class_of_their_own_belong_to_the_list() -> None:
    body = (
        NEWS.replace("<div class='muc muc-2'>", "<div class='muc noi-bat'>")
        + f"<div class='muc'><h3><a class=moi href='{article(7)}'>Tin mới của Chi cục Biển</a></h3></div>"
    )

    assert links(read(body)) == [*WANTED, article(7)]


def test_short_titles_among_long_ones_are_articles_as_well() -> None:
    items = "".join(
        f"<li><a href='{article(n)}'>{t}</a></li>" for n, t in enumerate([*TITLES, "Lịch tiếp dân"])
    )

    assert len(read(f"<ul>{items}</ul>")) == 5


def test_the_same_title_each_week_is_no_button_where_it_is_a_heading() -> None:
    items = "".join(f"<h4><a href='{article(n)}'>Lịch công tác tuần của Sở</a></h4>" for n in range(4))

    assert links(read(f"<div>{items}</div>")) == WANTED


@pytest.mark.parametrize(
    "item",
    [
        "<h4><a href='{link}'>Bản tin số {n}</a></h4>",
        "<li><a href='{link}'>Bản tin số {n}</a> <i>(0{n}/09/2026)</i></li>",
        "<li><a href='{link}'>Bản tin số {n}</a> Tổng hợp tin của ngành trong tuần qua</li>",
    ],
    ids=["headings", "dated", "told"],
)
def test_short_titles_that_are_no_menu_s_are_articles(item: str) -> None:
    items = "".join(item.format(link=article(n), n=n + 1) for n in range(4))

    assert links(read(f"<div>{items}</div>")) == WANTED


def test_two_announcements_with_their_text_are_a_list() -> None:
    items = "".join(
        f"<li><a href='{article(n)}'>{title}</a><p>{'Sở thông báo tới các tổ chức, cá nhân. ' * 4}</p></li>"
        for n, title in enumerate(TITLES[:2])
    )

    assert links(read(f"<ul>{items}</ul>")) == WANTED[:2]


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>{''.join(f'<li><a href=/{n}>{t}</a></li>' for n, t in SECTIONS.items())}</nav>",
        "<div class=lien-ket>"
        + "".join(f"<a href='https://so{n}.example.vn/'>Cổng thông tin Sở Mẫu số {n}</a>" for n in range(9))
        + "</div>",
        "".join(f"<p>Xem <a href='{article(n)}'>mẫu số {n}</a> kèm theo quy định này.</p>" for n in range(9)),
        "<ul>"
        + "".join(f"<li><a href='{article(n)}'>Chia sẻ bài viết qua thư</a></li>" for n in range(9))
        + "</ul>",
    ],
    ids=["sections", "partners", "in a text", "share"],
)
def test_a_page_with_nothing_but_menus_lists_nothing(body: str) -> None:
    with pytest.raises(SourceError, match="no article is listed there"):
        read(body)


def test_articles_on_other_sites_are_listed_where_they_are_told_of() -> None:
    items = "".join(
        f"<li><a href='https://bao{n}.example.vn/bai-{n}'>{title}</a><p>Báo Mẫu đưa tin, số {n}</p></li>"
        for n, title in enumerate(TITLES)
    )

    assert [entry.link for entry in read(f"<ul>{items}</ul>")] == [
        f"https://bao{n}.example.vn/bai-{n}" for n in range(4)
    ]


def test_the_list_in_the_middle_goes_before_a_longer_one_at_the_side() -> None:
    aside = "".join(
        f"<h3><a href='{article(n, 'khoang-san')}'>Tin đọc nhiều nhất trong tháng của mục số {n}</a></h3>"
        for n in range(10, 16)
    )

    assert (
        links(read(f"{NEWS}<div class='sidebar right'><div><div><div>{aside}</div></div></div></div>"))
        == WANTED
    )


def test_a_portal_of_liferay_with_another_form_of_address_is_read() -> None:
    items = "".join(
        f"<div class=asset-abstract><a href='tin/-/view_content/{4_400_000 + n}-bai'><img src=/a{n}.jpg></a>"
        f"<h3 class=asset-title><a href='tin/-/view_content/{4_400_000 + n}-bai'>{title}</a></h3>"
        f"<div class=assetPublishDate>Ngày đăng 1{n}/09/2026 | 03:45 PM &nbsp;|&nbsp; View count: 93</div>"
        f"<div class=asset-summary>Thực hiện Kế hoạch ngày 02/9/2026 của Ủy ban nhân dân tỉnh...</div></div>"
        for n, title in enumerate([*TITLES[:3], "Kỷ niệm Quốc khánh (02/9/1945-02/9/2026)"])
    )
    menu = "<ul class=nav><li><a href='/tin/-/gioi-thieu'>Giới thiệu về Sở và các đơn vị</a></li></ul>"

    entries = read(menu + items)

    assert [
        (entry.title, entry.published and f"{entry.published.at:%d/%m/%Y %H:%M}") for entry in entries
    ] == [
        (title, f"1{n}/09/2026 15:45")
        for n, title in enumerate([*TITLES[:3], "Kỷ niệm Quốc khánh (02/9/1945-02/9/2026)"])
    ]


@pytest.mark.parametrize(
    "item",
    [
        "<div class='x{c}'><p class='y{c}'><a href='/a/{n}'>Một tiêu đề khá dài dòng số {n}</a></p></div>",
        "<a href='/{slashes}{n}'>Một tiêu đề khá dài dòng số {n}</a>",
        "<div><a href='/a/{n}'>Một tiêu đề khá dài dòng số {n}</a>",
    ],
    ids=["no two alike", "deep addresses", "nested"],
)
def test_a_page_of_thousands_of_links_does_not_take_long(item: str) -> None:
    letters = [chr(97 + n // 676 % 26) + chr(97 + n // 26 % 26) + chr(97 + n % 26) for n in range(4_000)]
    body = "".join(item.format(n=n, c=letters[n], slashes="a/" * 100) for n in range(4_000))
    started = time.process_time()

    with contextlib.suppress(SourceError):
        read(body)

    assert time.process_time() - started < 5
