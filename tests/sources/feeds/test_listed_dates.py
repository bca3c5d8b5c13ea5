"""The dates of listed entries: where they stand alone, and never out of a title or a summary."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Published
from bot.sources.feeds.listed_dates import day_in
from bot.sources.feeds.listing import parse_listing
from bot.sources.html.document import Document, Markup

NOW = datetime(2026, 9, 14, 3, tzinfo=UTC)
MINUTE = Published(datetime(2026, 9, 10, 8, 30, tzinfo=VIETNAM), DatePrecision.MINUTE)
DAY = Published(datetime(2026, 9, 10, tzinfo=VIETNAM), DatePrecision.DAY)
TITLE = "Quy định về đấu giá biển số áp dụng từ 1/10/2026"


def published(item: str, *, link: str = "/tin/bai") -> Published | None:
    items = "".join(
        f"<div class=muc>{item.format(link=f'{link}-{n}', title=f'{TITLE} kỳ {n}')}</div>" for n in range(3)
    )
    entries = parse_listing(
        Document(f"<div>{items}</div>".encode(), "https://so.example.vn/tin", None), Markup({}, None), now=NOW
    ).entries
    assert len({entry.published for entry in entries}) == 1
    return entries[0].published


LINK = "<h3><a href='{link}'>{title}</a></h3>"


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<span>10/09/2026 08:30</span>", MINUTE),
        ("<span>(10/09/2026)</span>", DAY),
        ("<i class=ngay>10/09/2026</i>", DAY),
        ("<p>Ngày đăng: <b>10/09/2026</b></p>", DAY),
        ("<p>08:30 | 10/09/2026</p>", MINUTE),
        ("<p>Thứ Năm, 10/09/2026, 08:30 (GMT+7)</p><p>Lượt xem: 12</p>", MINUTE),
        ("<p>VP Sở - 10/09/2026 08:30</p>", MINUTE),
        ("<div><span>10/09/2026</span> <span>08:30</span></div>", MINUTE),
        ("<span>01/09/2026</span><span>10/09/2026 08:30</span>", MINUTE),
        ("<time datetime='2026-09-10T08:30+07:00'>thứ Năm</time>", MINUTE),
        ("<p>Sáng <b>08/09/2026</b>, tại trụ sở, lãnh đạo Sở đã làm việc.</p><span>10/09/2026</span>", DAY),
        ("<p>Sáng 08/9/2026, tại trụ sở, lãnh đạo Sở đã làm việc.</p>", None),
        ("<p>Sáng <b>08/09/2026</b>, tại trụ sở, lãnh đạo Sở đã làm việc.</p>", None),
        ("<p>Hạn nộp hồ sơ: 10/09/2026</p>", None),
        ("<span>20/09/2026 - 30/09/2026</span>", None),
        ("<span>30/09/2026</span>", None),
        ("", None),
    ],
)
def test_the_date_is_the_one_that_stands_alone(beside: str, expected: Published | None) -> None:
    assert published(LINK + beside) == expected


def test_a_date_stands_behind_the_link_or_in_an_element_of_its_own_in_it() -> None:
    assert published("<a href='{link}'>{title}</a> (10/09/2026)") == DAY
    assert published("<a href='{link}'>{title} <span>(10/09/2026)</span></a>") == DAY


def test_hours_ago_on_a_page_that_is_old_are_not_believed() -> None:
    ago = f"{LINK}<span>2 giờ trước</span>"

    assert published(ago) == Published(datetime(2026, 9, 14, 8, tzinfo=VIETNAM), DatePrecision.MINUTE)
    assert published(ago, link="/tin/20260914071500123") is not None
    assert published(ago, link="/tin/20260801071500123") is None
    assert published(ago, link="/2026/08/01/bai") is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://so.example.vn/2026/09/14/bai", date(2026, 9, 14)),
        ("https://so.example.vn/2026/9/4/bai", date(2026, 9, 4)),
        ("https://so.example.vn/bai-20260914081500123.htm", date(2026, 9, 14)),
        ("https://so.example.vn/bai-20261399081500.htm", None),
        ("https://so.example.vn/bai-2026091.htm", None),
        ("https://so.example.vn/van-ban/2026/13/45/", None),
    ],
)
def test_the_day_in_an_address(address: str, day: date | None) -> None:
    assert day_in(address) == day
