"""The next page of a list, however a site counts its pages."""

import pytest

from bot.sources.feeds.paging import next_page
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import parse_text

SITE = "https://so.example.vn"


def following(links: str, *, at: str) -> str:
    page = IndexedPage(parse_text(f"<html><body>{links}</body></html>", url=SITE))
    return next_page(page, url=SITE + at, base=SITE + at, selectors=()).removeprefix(SITE)


def row(form: str, *, values: dict[int, int], here: int) -> str:
    return "".join(
        f"<b>{label}</b>" if label == here else f"<a href='{form.format(value)}'>{label}</a>"
        for label, value in values.items()
    )


STEPS = {1: 0, 2: 15, 3: 30, 4: 45}
PAGES = {1: 1, 2: 2, 3: 3, 4: 4}


@pytest.mark.parametrize(
    ("form", "values", "first", "second", "third"),
    [
        ("/tin?start={}", STEPS, "/tin", "/tin?start=15", "/tin?start=30"),
        (
            "/tin?id=8&offset={}&n=15",
            STEPS,
            "/tin?id=8",
            "/tin?id=8&offset=15&n=15",
            "/tin?id=8&offset=30&n=15",
        ),
        ("/list_48_{}.html", PAGES, "/list_48.html", "/list_48_2.html", "/list_48_3.html"),
        ("/tin/?PAGEN_1={}", PAGES, "/tin/", "/tin/?PAGEN_1=2", "/tin/?PAGEN_1=3"),
        ("/tin/Seite/{}", PAGES, "/tin", "/tin/Seite/2", "/tin/Seite/3"),
        ("/tin?page={}", {1: 0, 2: 1, 3: 2}, "/tin", "/tin?page=1", "/tin?page=2"),
        ("/tin/trang-{}.html", PAGES, "/tin.html", "/tin/trang-2.html", "/tin/trang-3.html"),
        (
            "?_101_INSTANCE_a_cur={}",
            PAGES,
            "/tin",
            "/tin?_101_INSTANCE_a_cur=2",
            "/tin?_101_INSTANCE_a_cur=3",
        ),
    ],
)
def test_pages_in_a_row(form: str, values: dict[int, int], first: str, second: str, third: str) -> None:
    assert following(row(form, values=values, here=1), at=first) == second
    assert following(row(form, values=values, here=2), at=second) == third


@pytest.mark.parametrize(
    ("link", "at", "expected"),
    [
        ("<a href='/tin/page/2/'>Pagina successiva »</a>", "/tin/", "/tin/page/2/"),
        ("<a href='./?page=1'>次のページ</a>", "/tin/", "/tin/?page=1"),
        ("<a href='./?page=2'>次のページ</a>", "/tin/?page=1", "/tin/?page=2"),
        ("<a href='/tin?updated-max=2026-09-01T00:00:00&amp;max-results=9'>Bài đăng cũ hơn</a>", "/tin",
         "/tin?updated-max=2026-09-01T00:00:00&max-results=9"),
        ("<a href='/tat-ca?page=1'>Xem thêm tin của Sở</a>", "/", "/tat-ca?page=1"),
        ("<a href='/tin?page=1'>Trang đầu</a><a href='/tin?page=1'>1</a>", "/tin", ""),
        ("<a href='/tin?page=9'>Trang cuối</a>", "/tin", ""),
        ("<a href='/bai-2.html'>Một bài viết về đợt 2</a>", "/tin", ""),
        ("<a href='https://khac.example.vn/tin?page=2'>2</a>", "/tin", ""),
        ("<a href='/tin#trang-2'>2</a>", "/tin", ""),
    ],
)  # fmt: skip
def test_a_single_link_to_the_next_page(link: str, at: str, expected: str) -> None:
    assert following(link, at=at) == expected


def test_the_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f"<td><a href='/lich/2026/9/{day}'>{day}</a></td>" for day in range(1, 29))

    assert following(f"<table><tr>{days}</tr></table>", at="/tin") == ""


def test_of_two_rows_the_one_of_this_list_counts() -> None:
    other = row("/thong-bao/Seite/{}", values=PAGES, here=1)
    own = row("/tin/Seite/{}", values=PAGES, here=3)

    assert following(other + own, at="/tin/Seite/3") == "/tin/Seite/4"


def test_the_links_may_have_the_other_scheme() -> None:
    links = row("http://so.example.vn/tin/page/{}/", values=PAGES, here=2)

    assert following(links, at="/tin/page/2/") == "http://so.example.vn/tin/page/3/"


def test_the_last_page_has_none_after_it() -> None:
    assert following(row("/tin?start={}", values=STEPS, here=4), at="/tin?start=45") == ""
