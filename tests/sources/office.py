"""The client's own example article on a page of the office's portal, and what must be read from it."""

import re
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, DatePrecision, Photo, Published
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup

PAGE = (Path(__file__).parent.parent / "data" / "pages" / "office_article.html").read_text()
URL = (
    "https://www.ipvietnam.gov.vn/vi_VN/web/guest/hoat-ong-shcn-trong-nuoc/-/asset_publisher/"
    "7xsjBfqhCDAV/content/"
    "hoi-nghi-so-ket-cong-tac-ang-6-thang-au-nam-2017-va-trien-khai-thuc-hien-nhiem-vu-6-thang-cuoi-n-1"
)
NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)

TITLE = "Hội nghị sơ kết công tác Đảng 6 tháng đầu năm 2017 và triển khai thực hiện nhiệm vụ 6 tháng cuối năm"
SUMMARY = (
    "Ngày 10 tháng 8 năm 2017, Đảng ủy Cục Sở hữu trí tuệ (SHTT) đã tổ chức Hội nghị sơ kết công "
    "tác Đảng 6 tháng "
    "đầu năm 2017 và triển khai thực hiện nhiệm vụ 6 tháng cuối năm 2017."
)
PUBLISHED = Published(datetime(2017, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE)
WHOLE_SCENE = "Toàn cảnh Hội nghị"
AWARDS = "Đồng chí Đinh Hữu Phí, Bí thư Đảng ủy Cục SHTT trao Giấy khen cho các Chi bộ và đảng viên"
DOCUMENTS = "https://www.ipvietnam.gov.vn/documents/20182/0/"
PHOTOS = (
    Photo(DOCUMENTS + "toan-canh.jpg/3f1c?t=1502884320000", WHOLE_SCENE),
    Photo(DOCUMENTS + "trao-giay-khen.jpg/9a2b?t=1502884320001", AWARDS),
)
BODY = tuple(
    re.findall(r'<p style="text-align: justify;"><span style="font-size:14px;">(.*?)</span></p>', PAGE)
)


def found(pattern: str) -> str:
    (match,) = re.findall(pattern, PAGE, re.DOTALL)
    assert isinstance(match, str)
    return match


FIRST_IMAGE, SECOND_IMAGE = re.findall(r"<img [^>]*documents/20182/0/t[^>]*/>", PAGE)
PICTURES = PAGE[
    PAGE.index('<p style="text-align: center;"><img') : PAGE.index('<p style="text-align: right;">')
]
STORY = PAGE[PAGE.index("<!-- body -->") : PAGE.index("<!-- /body -->")]
TEXT = STORY[: STORY.index('<p style="text-align: center;"><img')]
SAPO = found(r'<p class="sapo">.*?</p>')
BYLINE = '<p style="text-align: right;"><strong>Cục Sở hữu trí tuệ</strong></p>'
WRITTEN_DATE = "Th 4, 16/08/2017 | 18:52 CH"
TIME_POST = found(r'<p class="time-post text-change-size">.*?</p>')


def read(page: str | bytes, *, url: str = URL, charset: str | None = None) -> Article:
    body = page.encode() if isinstance(page, str) else page
    return parse_page(Document(body, url, charset), Markup({}, None), now=NOW)


def paragraphs(*texts: str, attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{text}</p>" for text in texts)


def with_story(story: str) -> str:
    assert STORY in PAGE
    return PAGE.replace(STORY, story)


def without_sapo(page: str) -> str:
    return page.replace(SAPO, "")


LEAD = '<div class="avatartop">{image}</div>\n<div class="avatartopdesc"><span>{caption}</span></div>\n'
