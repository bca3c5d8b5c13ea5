"""A followed page, read and compared: what changes by itself is nothing, the rest is told."""

from datetime import UTC, datetime

import pytest

from bot.domain.blocks.difference import LineChange, differences
from bot.sources.articles.page_lines import page_lines
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

ROWS = (
    "<tr><td>1</td><td>Phí thẩm định hình thức</td><td>150.000 đồng</td></tr>"
    "<tr><td>2</td><td>Phí tra cứu thông tin</td><td>600.000 đồng</td></tr>"
)
FORMS = (
    '<li><a href="/f/01.docx">Mẫu số 01 - Tờ khai</a></li>'
    '<li><a href="/f/02.docx">Mẫu số 02 - Sửa đổi đơn</a></li>'
)
PARTS = {
    "banner": '<img src="/b/1.jpg" alt="Tết"><p>Chào mừng năm mới</p>',
    "today": "Thứ Hai, ngày 02/03/2026 08:30",
    "updated": "Cập nhật lần cuối: 01/03/2026 10:20",
    "count": "1.234",
    "related": '<li><a href="/tin/1">Hội nghị một</a></li><li><a href="/tin/2">Hội nghị hai</a></li>',
    "ad": "<p>Quảng cáo sách mới</p>",
    "rows": ROWS,
    "forms": FORMS,
    "more": "",
}
PAGE = """<html><head><title>Biểu phí - Cục</title></head><body>
<div class="banner">{banner}</div><div class="today">Hôm nay: {today}</div>
<div id="menu"><a href="/">Trang chủ</a><a href="/gioi-thieu">Giới thiệu</a></div>
<div id="content"><h1>Biểu phí sở hữu công nghiệp</h1><p>{updated}</p>
<p>Biểu phí áp dụng cho đơn đăng ký sáng chế, kiểu dáng công nghiệp và nhãn hiệu nộp tại Cục.</p>
<table><tr><th>TT</th><th>Loại phí</th><th>Mức thu</th></tr>{rows}</table>{more}
<p>Mẫu đơn dùng cho các thủ tục nêu trên được đăng dưới đây.</p><ul>{forms}</ul>
<p>Lượt xem: {count}</p><p>Hôm nay, {today}</p></div>
<div class="other-news"><h3>Tin liên quan</h3><ul>{related}</ul></div>
<aside class="ads">{ad}</aside>
<footer><p>Lượng truy cập: {count}. Đang online: 12</p></footer></body></html>"""


def lines(**parts: str) -> tuple[str, ...]:
    page = PAGE.format(**(PARTS | parts))
    url = "https://agency.example/bieu-phi"
    return page_lines(parse_page(Document(page.encode(), url, "utf-8"), Markup({}, None), now=NOW))


@pytest.mark.parametrize(
    "parts",
    [
        {"banner": '<a href="/tet"><img src="/b/2.jpg" alt="Hè"></a><p>Ngày hội đổi mới sáng tạo 2026</p>'},
        {"today": "Thứ Ba, ngày 03/03/2026 09:00"},
        {"updated": "Cập nhật lần cuối: 02/03/2026 16:45"},
        {"count": "98.765"},
        {"related": '<li><a href="/tin/9">Quyết định mới về đào tạo</a></li>'},
        {"ad": "<p>Mời tham dự triển lãm</p><p>Giảm giá 50%</p>"},
        {"rows": ROWS.replace("<td>", "<td> <span>").replace("</td>", "</span>\n</td>")},
        {"banner": "<p>Khác</p>", "today": "Chủ nhật, 08/03/2026", "count": "2.000", "ad": ""},
    ],
    ids=["banner", "date", "updated", "counter", "related", "ad", "markup", "all at once"],
)
def test_what_changes_by_itself_is_no_change(parts: dict[str, str]) -> None:
    assert differences(lines(), lines(**parts)) == ()


def test_a_changed_fee_a_new_paragraph_and_a_removed_form_are_told() -> None:
    fee = differences(lines(), lines(rows=ROWS.replace("150.000", "180.000")))
    new = differences(lines(), lines(more="<p>Từ ngày 01/04/2026, phí nộp trực tuyến được giảm 50%.</p>"))
    gone = differences(lines(), lines(forms=FORMS[: FORMS.index("<li>", 4)]))

    assert fee == (
        LineChange(
            "1 | Phí thẩm định hình thức | 150.000 đồng", "1 | Phí thẩm định hình thức | 180.000 đồng"
        ),
    )
    assert new == (LineChange("", "Từ ngày 01/04/2026, phí nộp trực tuyến được giảm 50%."),)
    assert gone == (LineChange("Mẫu số 02 - Sửa đổi đơn", ""),)


def test_a_row_put_in_between_renumbers_the_others_and_is_told_alone() -> None:
    first, second = ROWS.split("</tr>")[:2]
    row = "<tr><td>2</td><td>Phí công bố đơn</td><td>120.000 đồng</td></tr>"
    rows = first + "</tr>" + row + second.replace("<td>2</td>", "<td>3</td>") + "</tr>"

    assert differences(lines(), lines(rows=rows)) == (LineChange("", "2 | Phí công bố đơn | 120.000 đồng"),)


def test_what_has_moved_or_was_joined_is_no_change_and_a_small_slip_is_none() -> None:
    one, two = "Hồ sơ nộp tại bộ phận một cửa.", "Thời hạn giải quyết là 12 tháng."

    assert differences((one, two), (two, one)) == ()
    assert differences((one, two), (f"{one} {two}",)) == ()
    assert differences((one,), ("Hồ sơ nộp tại bộ phận  một cửa",)) == ()
    assert differences((two,), (two.replace("12", "18"),)) == (LineChange(two, two.replace("12", "18")),)
