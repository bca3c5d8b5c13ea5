"""Pages as offices without a known portal write them: what an editor would expect of the card."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, Attachment, DatePrecision, Photo, Published
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup

NOW = datetime(2026, 11, 24, 3, 11, tzinfo=UTC)
URL = "https://so.example.vn/tin/1.html"
OFFICE = "Sở Khoa học và Công nghệ tỉnh Hòa Bình"
FIRST = (
    "(KH&CN) - Ngày 15/8/2026, Giám đốc Sở PGS.TS. Nguyễn Văn A đã ký ban hành Quyết định số 123/QĐ-SKHCN"
    " về quy chế làm việc của Sở."
)
SECOND = (
    "Theo Điều 3. của Quyết định, các phòng, ban trực thuộc phải công khai quy trình, thủ tục, v.v. để"
    " người dân theo dõi; đồng thời bố trí cán bộ tiếp dân theo lịch./."
)
PAGE = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Ban hành quy chế làm việc của Sở - {OFFICE}</title>
<meta property="og:site_name" content="{OFFICE}">
<meta name="description" content="Cổng thông tin điện tử {OFFICE}"></head>
<body><header><a href="/"><img src="/logo.png" width="300"></a><span>Thứ ba, 24/11/2026</span></header>
<nav><ul><li><a href="/gioi-thieu">Giới thiệu chung về Sở</a></li></ul></nav>
<main><div class="detail"><h1>Ban hành quy chế làm việc của Sở</h1>
<div class="info"><span>Ngày đăng: 16/08/2026 - 18:52</span> <span>Lượt xem: 1.234</span></div>
<div class="content-detail"><p><strong>{FIRST.replace("&", "&amp;")}</strong></p><p>{SECOND}</p>
<p style="text-align:center"><img src="data:image/gif;base64,R0lGOD" data-src="/hop_180x108.jpg"
 srcset="/hop-320.jpg 320w, /hop-1280.jpg 1280w"></p>
<p style="text-align:center"><em>Toàn cảnh cuộc họp</em></p>
<p>Tải về: <a href="/QD-123.pdf">Quyết định 123</a> (1,2 MB); <a href="/phu-luc.docx">Phụ lục</a></p>
<p style="text-align:right"><strong>Văn phòng Sở</strong></p><p>Nguồn: Báo Hòa Bình</p></div>
<div class="relate"><h3>Tin liên quan</h3>
<ul><li><a href="/tin/2">Hội nghị giao ban công tác tháng 7</a></li></ul></div>
</div></main><footer>Bản quyền thuộc {OFFICE}. Điện thoại: 0218.3852.</footer></body></html>"""
BREAKS = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Thông báo lịch tiếp công dân | UBND HUYỆN</title>
</head><body><div class="left"><ul><li><a href="#">Trang chủ</a></li></ul></div><div class="news">
<div class="post-title">Thông báo lịch tiếp công dân</div><div class="post-date">28/08/2026 14:55</div>
<div class="post">UBND huyện thông báo lịch tiếp công dân định kỳ của Chủ tịch trong tháng 9/2026:<br><br>
- Ngày 01/9: Đồng chí Chủ tịch UBND huyện.<br>- Ngày 15/9: Đồng chí Phó Chủ tịch UBND huyện.<br><br>
Địa điểm: Trụ sở tiếp công dân. Thời gian: Từ 08 giờ 00 phút đến 11 giờ 30 phút./.
<table><tr><td>STT</td><td>Họ tên</td></tr><tr><td>1</td><td>Bùi Văn B</td></tr></table>
</div></div></body></html>"""


def read(page: str) -> Article:
    return parse_page(Document(page.encode(), URL, None), Markup({}, None), now=NOW)


def test_a_page_of_no_known_markup_gives_all_that_it_says() -> None:
    article = read(PAGE)

    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph", "photo"]
    assert replace(article, blocks=()) == Article(
        url=URL,
        title="Ban hành quy chế làm việc của Sở",
        summary=FIRST,
        body=(FIRST, SECOND),
        photos=(Photo("https://so.example.vn/hop-1280.jpg", "Toàn cảnh cuộc họp"),),
        published=Published(datetime(2026, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE),
        attachments=(
            Attachment("https://so.example.vn/QD-123.pdf", "Quyết định 123", "1,2 MB"),
            Attachment("https://so.example.vn/phu-luc.docx", "Phụ lục"),
        ),
        author="Văn phòng Sở",
        source="Báo Hòa Bình",
    )


def test_a_page_of_divisions_and_breaks_has_a_date_and_its_table_no_frame() -> None:
    article = read(BREAKS)

    assert article.title == "Thông báo lịch tiếp công dân"
    assert article.published == Published(datetime(2026, 8, 28, 14, 55, tzinfo=VIETNAM), DatePrecision.MINUTE)
    assert article.body[-1] == "1 | Bùi Văn B"


@pytest.mark.parametrize(
    "slogan",
    [
        "Cổng thông tin điện tử Sở Khoa học và Công nghệ tỉnh Hòa Bình",
        "Trang thông tin điện tử của Sở Khoa học và Công nghệ",
        "Website chính thức Sở Khoa học và Công nghệ tỉnh Hòa Bình.",
    ],
)
def test_what_the_site_says_on_all_its_pages_is_no_summary(slogan: str) -> None:
    assert read(PAGE.replace(f"Cổng thông tin điện tử {OFFICE}", slogan)).summary == FIRST


def test_a_description_of_the_article_is_its_summary_even_if_it_begins_with_the_portal() -> None:
    written = "Cổng thông tin điện tử của Sở phải công khai quy trình, thủ tục để người dân theo dõi."

    assert read(PAGE.replace(f"Cổng thông tin điện tử {OFFICE}", written)).summary == written
