"""The client's own example article, on pages of the office's portal as its editors may have made them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.article import Article, DatePrecision, Photo, Published
from bot.domain.clock import VIETNAM
from bot.sources.page import parse_page

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
    return parse_page(body, url=url, charset=charset, selectors={}, preset=None, now=NOW)


def paragraphs(*texts: str, attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{text}</p>" for text in texts)


def with_story(story: str) -> str:
    assert STORY in PAGE
    return PAGE.replace(STORY, story)


def without_sapo(page: str) -> str:
    return page.replace(SAPO, "")


def test_the_example_article_is_read_whole() -> None:
    article = read(PAGE)

    assert article == Article(
        url=URL.replace("/vi_VN/web/guest", ""),
        title=TITLE,
        summary=SUMMARY,
        body=BODY,
        photos=PHOTOS,
        published=PUBLISHED,
        author="Cục Sở hữu trí tuệ",
    )
    assert len(BODY) == 6


PICTURE_FORMS = {
    "paragraphs in italics": PICTURES,
    "unmarked paragraphs": paragraphs(FIRST_IMAGE, WHOLE_SCENE, SECOND_IMAGE, AWARDS),
    "centred without italics": paragraphs(
        FIRST_IMAGE, WHOLE_SCENE, SECOND_IMAGE, AWARDS, attributes=' align="center"'
    ),
    "a class for centring": paragraphs(
        FIRST_IMAGE, WHOLE_SCENE, SECOND_IMAGE, AWARDS, attributes=' class="rtecenter"'
    ),
    "caption in the picture's paragraph": paragraphs(
        f"{FIRST_IMAGE}<br/>{WHOLE_SCENE}",
        f"{SECOND_IMAGE}<br><i>{AWARDS}</i>",
        attributes=' style="text-align:center"',
    ),
    "figures": f"<figure>{FIRST_IMAGE}<figcaption><p>{WHOLE_SCENE}</p></figcaption></figure>"
    f"<figure><div>{SECOND_IMAGE}</div><figcaption>{AWARDS}</figcaption></figure>",
    "avatar tables": "".join(
        f'<table align="center"><tbody><tr><td>{image}</td></tr><tr><td class="avatardesc">'
        f"{caption}</td></tr>"
        "</tbody></table>"
        for image, caption in ((FIRST_IMAGE, WHOLE_SCENE), (SECOND_IMAGE, AWARDS))
    ),
    "one table of two rows": f"<table><tr><td>{FIRST_IMAGE}</td><td>{SECOND_IMAGE}</td></tr>"
    f"<tr><td><p>{WHOLE_SCENE}</p></td><td><p>Đồng chí Đinh Hữu Phí, Bí thư Đảng ủy Cục SHTT<br/>"
    "trao Giấy khen cho các Chi bộ và đảng viên</p></td></tr></table>",
    "both pictures, then both captions": paragraphs(
        FIRST_IMAGE, SECOND_IMAGE, f"<em>{WHOLE_SCENE}</em>", f"<em>{AWARDS}</em>"
    ),
    "a caption of two paragraphs": paragraphs(
        FIRST_IMAGE,
        WHOLE_SCENE,
        SECOND_IMAGE,
        "Đồng chí Đinh Hữu Phí,",
        "Bí thư Đảng ủy Cục SHTT trao Giấy khen cho các Chi bộ và đảng viên",
        attributes=' style="text-align: center"',
    ),
    "empty paragraphs between": f"<p>{FIRST_IMAGE}</p><p>&nbsp;</p><p></p><div><center>"
    f"{WHOLE_SCENE}</center></div><p> </p>"
    f"<div>{SECOND_IMAGE}</div><p>&nbsp;<br/></p><p><span><i>&nbsp;{AWARDS}&nbsp;</i></span></p>",
    "hard line breaks in an unmarked caption": paragraphs(
        FIRST_IMAGE,
        WHOLE_SCENE,
        SECOND_IMAGE,
        "Đồng chí Đinh Hữu Phí,<br/>\nBí thư Đảng ủy Cục SHTT<br />trao Giấy khen cho các Chi bộ "
        "và đảng viên",
    ),
    "links around the pictures": PICTURES.replace(
        "<img", '<a href="/documents/full.jpg" target="_blank"><img'
    ).replace("/></p>", "/></a></p>"),
    "headings as captions' neighbours": PICTURES + "<p><strong>&nbsp;</strong></p>",
}


@pytest.mark.parametrize("pictures", PICTURE_FORMS.values(), ids=PICTURE_FORMS)
@pytest.mark.parametrize("place", ["after the text", "between the paragraphs", "before the text"])
def test_photos_and_captions_are_told_from_text(pictures: str, place: str) -> None:
    at = {"after the text": 6, "between the paragraphs": 3, "before the text": 0}[place]
    texts = [f'<p style="text-align: justify;">{text}</p>' for text in BODY]
    story = "\n".join((*texts[:at], pictures, *texts[at:], BYLINE))

    article = read(with_story(story))

    assert article.photos == PHOTOS
    assert article.body == BODY


LEAD = '<div class="avatartop">{image}</div>\n<div class="avatartopdesc"><span>{caption}</span></div>\n'
SIDE_TABLE = (
    '<table cellspacing="3" cellpadding="3" width="1" align="right" border="0"><tbody>\n<tr>\n<td>'
    "{image}</td>\n</tr>\n"
    '<tr>\n<td class="avatardesc">{caption}</td>\n</tr></tbody></table>\n'
)


@pytest.mark.parametrize("form", [LEAD, SIDE_TABLE], ids=["avatartop", "avatar table"])
@pytest.mark.parametrize("image", [FIRST_IMAGE, FIRST_IMAGE.replace("<img", '<img class="avatar"')])
def test_a_lead_photo_above_the_text_comes_first(form: str, image: str) -> None:
    lead = form.format(image=image, caption=WHOLE_SCENE)
    rest = paragraphs(SECOND_IMAGE, f"<em>{AWARDS}</em>", attributes=' style="text-align: center;"')
    page = with_story(TEXT + rest + BYLINE).replace(
        '<div class="journal-content-article">\n<!--', lead + '<div class="journal-content-article">\n<!--'
    )

    article = read(page)

    assert (article.photos, article.body) == (PHOTOS, BODY)


def test_the_vcms_form_of_an_article_is_read() -> None:
    start, end = (
        PAGE.index('<div class="contentDetail text-change-size mt15"'),
        PAGE.index("<!-- /article -->"),
    )
    sapo = re.sub(r"</?p[^>]*>", "", SAPO)
    page = (
        PAGE[:start]
        + '<div class="contentDetail text-change-size mt15" align="justify">'
        + LEAD.format(image=FIRST_IMAGE.replace("<img", '<img class="avatar"'), caption=WHOLE_SCENE)
        + '<span class="text" style="font-weight:bold;font-style:italic;">\n\n</span>\n'
        + f'<span class="text" style="font-weight:bold;">\n{sapo}\n</span>\n<p>\n{TEXT}\n</p>\n'
        + paragraphs(SECOND_IMAGE, f"<em>{AWARDS}</em>", attributes=' style="text-align: center;"')
        + '<div class="author">Cục Sở hữu trí tuệ</div></div></div>'
        + '<h2 class="other-news-title hidden-print">Tin mới</h2><ul class="othernews hidden-print">'
        + '<li><a href="/tin-1">Hội thảo về khai thác tài sản trí tuệ</a> <span class="time-post">'
        "(15/08/2017)</span></li></ul>" + PAGE[end:]
    )

    article = read(page)

    assert article.title == TITLE
    assert (article.summary, article.published) == (SUMMARY, PUBLISHED)
    assert (article.body, article.photos) == (BODY, PHOTOS)


def _uppercase_tags(page: str) -> str:
    return re.sub(r"</?[a-z][a-z0-9]*", lambda found: found[0].upper(), page)


def _quotes_and_order(page: str) -> str:
    return (
        page.replace('<p class="sapo">', "<p  data-x=1 id='s' CLASS='sapo text-change-size'>")
        .replace('<h3 class="text-change-size">', "<h3 style='margin:0' class='story text-change-size'>")
        .replace(
            '<div class="journal-content-article">',
            '<div lang="vi" class="clearfix journal-content-article vi">',
        )
    )


def _wrapped(page: str) -> str:
    return (
        page.replace(
            '<div class="journal-content-article">',
            '<div class="row"><div><div class="journal-content-article"><div><div>',
        )
        .replace("<!-- /body -->\n</div>", "</div></div></div></div></div>")
        .replace(TIME_POST, f"<div><div>{TIME_POST}</div></div>")
    )


def _broken_lines(page: str) -> str:
    """The body as one element with hard breaks, the way of pasted text."""
    texts = "<br /><br />\n".join(BODY)
    first = f"{FIRST_IMAGE}<br />\n<em>{WHOLE_SCENE}</em><br /><br />"
    pictures = f"{first}\n{SECOND_IMAGE}<br />\n<em>{AWARDS}</em><br /><br />"
    return page.replace(STORY, f"{texts}<br /><br />\n{pictures}\n<strong>Cục Sở hữu trí tuệ</strong>\n")


def _single_breaks(page: str) -> str:
    texts = "<br>".join(BODY)
    return page.replace(
        STORY, f"<div>{texts}<br>{FIRST_IMAGE}<br>{WHOLE_SCENE}<br>{SECOND_IMAGE}<br>{AWARDS}<br></div>"
    )


def _breaks_in_one_paragraph(page: str) -> str:
    texts = "<br/>\n".join(BODY)
    return page.replace(TEXT, f'<p style="text-align: justify">{texts}</p>\n')


def _word_paste(page: str) -> str:
    styled = TEXT.replace(
        "<span",
        '<o:p></o:p><span lang="NL" style="font-family:&quot;Times New Roman&quot;"><b></b></span><span',
    )
    return page.replace(
        TEXT, styled.replace(" năm", "&nbsp;năm").replace("<p style", '<p class="MsoNormal" style')
    )


def _title_only_in_head(page: str) -> str:
    return page.replace(f'<h3 class="text-change-size">{TITLE}</h3>', "")


def _without_time_post(replacement: str) -> Callable[[str], str]:
    return lambda page: page.replace(TIME_POST, replacement)


def _date_above_the_title(page: str) -> str:
    return page.replace(TIME_POST, "").replace(
        '<div class="publish-info">', f"<div><span>{WRITTEN_DATE}</span></div><div>"
    )


def _date_in_the_body(page: str) -> str:
    return page.replace(TIME_POST, "").replace("<!-- body -->", f"<p>{WRITTEN_DATE}</p>")


def _controls_in_the_body(page: str) -> str:
    return page.replace(
        "<!-- body -->",
        "<p>Xuất bản thông tin</p><p>Xem với cỡ chữ  Đọc bài viết  Tương phản</p><div>Xem với cỡ "
        "chữ <a href='#'>A-</a> "
        "<a href='#'>A</a> <a href='#'>A+</a></div>",
    ).replace(
        "<!-- /body -->",
        '<div class="taglib-social-bookmarks"><ul><li>Facebook</li></ul></div><p><a '
        'href="javascript:window.print()">In trang</a></p>'
        '<p><strong>Các tin khác:</strong></p><ul><li><a href="/a">Hội thảo về khai thác tài sản '
        "trí tuệ</a></li>"
        '<li><a href="/b">Tập huấn đăng ký nhãn hiệu tập thể</a></li></ul>',
    )


def _only_meta_description(page: str) -> str:
    return without_sapo(page).replace('name="description"', 'name="DC.Description"')


def _no_summary_at_all(page: str) -> str:
    return re.sub(r"<meta [^>]*description[^>]*/>", "", without_sapo(page))


def _slogan_as_description(page: str) -> str:
    slogan = (
        "Cổng thông tin điện tử của cơ quan quản lý nhà nước về bản quyền, phát minh và kiểu mẫu ở nước ta"
    )
    return re.sub(
        r'content="[^"]*" lang="vi-VN" name="description"',
        f'content="{slogan}" name="description"',
        without_sapo(page),
    )


def _sapo_in_the_body(page: str) -> str:
    return without_sapo(page).replace("<!-- body -->", SAPO)


def _unmarked_byline(page: str) -> str:
    return page.replace(BYLINE, "<p>Cục Sở hữu trí tuệ</p>")


def _no_content_detail(page: str) -> str:
    return page.replace("contentDetail", "detail-wrapper")


def _no_journal(page: str) -> str:
    return page.replace('<div class="journal-content-article">\n<!--', '<div class="noi-dung">\n<!--')


VARIANTS: dict[str, Callable[[str], str]] = {
    "tags in capitals": _uppercase_tags,
    "other quotes and attribute order": _quotes_and_order,
    "more wrappers": _wrapped,
    "hard breaks instead of paragraphs": _broken_lines,
    "single hard breaks in a division": _single_breaks,
    "single hard breaks in one paragraph": _breaks_in_one_paragraph,
    "pasted from Word": _word_paste,
    "the title stands only in the head": _title_only_in_head,
    "date as metadata of the asset": _without_time_post(
        f'<div class="asset-metadata"><span class="metadata-entry metadata-publish-date">'
        f"{WRITTEN_DATE}</span></div>"
    ),
    "date with views": _without_time_post(
        f'<div class="asset-metadata">{WRITTEN_DATE} - Lượt xem: 1.234</div>'
    ),
    "date in no marked element": _without_time_post(f'<div class="abc"><i></i>{WRITTEN_DATE}</div>'),
    "date above the title": _date_above_the_title,
    "date in the body": _date_in_the_body,
    "date wrapped in spans": _without_time_post(
        '<p class="time-post text-change-size"><span>Th 4, 16/08/2017</span>&nbsp;|&nbsp;<span>'
        "18:52 CH</span></p>"
    ),
    "controls and other articles in the body": _controls_in_the_body,
    "only a meta description": _only_meta_description,
    "no summary anywhere": _no_summary_at_all,
    "a slogan as description": _slogan_as_description,
    "the sapo inside the body": _sapo_in_the_body,
    "an unmarked byline": _unmarked_byline,
    "no element contentDetail": _no_content_detail,
    "no element journal-content-article": _no_journal,
    "decomposed letters": lambda page: unicodedata.normalize("NFD", page),
    "no canonical link": lambda page: re.sub(r'<link [^>]*rel="canonical" />', "", page),
    "the portal's home as canonical link": lambda page: re.sub(
        r'<link href="[^"]*" rel="canonical" />',
        '<link rel="canonical" href="https://www.ipvietnam.gov.vn/">',
        page,
    ),
    "Windows line ends": lambda page: page.replace("\n", "\r\n"),
    "no white space between tags": lambda page: re.sub(r">\s+<", "><", page),
    "byte-order mark": lambda page: "\ufeff" + page,
}


@pytest.mark.parametrize("vary", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize(
    "url", [URL, "https://www.ipvietnam.gov.vn/trang-thu.html"], ids=["its address", "another"]
)
def test_small_differences_of_the_page_do_not_matter(vary: Callable[[str], str], url: str) -> None:
    page = vary(PAGE)
    assert page != PAGE

    article = read(page, url=url)

    assert (article.title, article.summary.startswith(SUMMARY)) == (TITLE, True)
    assert article.published == PUBLISHED
    assert article.body == BODY
    assert article.photos == PHOTOS


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1258", None, "no-such-charset"])
def test_utf8_is_known_whatever_is_declared(declared: str | None) -> None:
    page = PAGE.replace("charset=UTF-8", "charset=windows-1252")

    assert read(page, charset=declared).body == BODY


def test_windows_1258_is_read_as_declared() -> None:
    # The code page has ă, â, ê… as letters, and the five tones as marks that follow them.
    tones = "\u0300\u0301\u0303\u0309\u0323"
    split = ""
    for letter in PAGE:
        parts = unicodedata.normalize("NFD", letter)
        base = "".join(part for part in parts if part not in tones)
        split += unicodedata.normalize("NFC", base) + "".join(part for part in parts if part in tones)
    body = split.replace("charset=UTF-8", "charset=windows-1258").encode("cp1258", "xmlcharrefreplace")

    article = parse_page(body, url=URL, charset=None, selectors={}, preset=None, now=NOW)

    assert (article.title, article.body) == (TITLE, BODY)


def test_the_date_is_never_todays_from_the_header() -> None:
    page = PAGE.replace(TIME_POST, "")

    assert read(page).published is None


def test_an_article_without_photos_has_none() -> None:
    assert read(PAGE.replace(PICTURES, "")).photos == ()


def test_a_photo_on_a_bare_address_is_kept() -> None:
    page = PAGE.replace(
        'src="/documents/20182/0/toan-canh', 'src="http://125.212.226.47:8087/documents/toan-canh'
    )

    assert read(page).photos[0].url.startswith("http://125.212.226.47:8087/documents/toan-canh")


@pytest.mark.parametrize(
    "byline",
    [
        "<p>Cục Sở hữu trí tuệ</p>",
        "<p><em>Nguồn: Báo Khoa học và Phát triển</em></p>",
        "<p>(Theo Văn phòng Cục)</p>",
        "<p><strong>Nguyễn Thu Hà</strong></p>",
        "<p>Nguyễn Thu Hà</p>",
        "<p>Phòng Thông tin, Cục Sở hữu trí tuệ</p><p>Tin, ảnh: Thu Hà</p>",
        '<div align="right">T.H</div>',
    ],
)
@pytest.mark.parametrize("end", ["./.", "."])
def test_author_and_source_are_no_body(byline: str, end: str) -> None:
    body = (*BODY[:-1], BODY[-1].removesuffix("./.") + end)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)

    assert read(with_story(text + byline)).body == body
    assert read(with_story(text + PICTURES + byline)).body == body


@pytest.mark.parametrize(
    "caption",
    [
        "Các đại biểu tham dự Hội nghị.",
        "Ông Đinh Hữu Phí phát biểu khai mạc Hội nghị.",
        "Quang cảnh buổi làm việc (Ảnh: Thu Hà)",
        (
            "Đồng chí Đinh Hữu Phí, Bí thư Đảng ủy Cục Sở hữu trí tuệ, cùng các đồng chí trong Ban chấp hành "
            "Đảng bộ, đại diện các Chi bộ và các đảng viên được khen thưởng trong 6 tháng đầu năm "
            "chụp ảnh lưu niệm tại Hội nghị, Hà Nội 2017"
        ),
    ],
)
def test_an_unmarked_line_after_a_photo_that_describes_it_is_its_caption(caption: str) -> None:
    article = read(with_story(f"<p>{BODY[0]}</p><p>{FIRST_IMAGE}</p><p>{caption}</p><p>{BODY[1]}</p>"))

    assert [photo.caption for photo in article.photos] == [caption]
    assert article.body == BODY[:2]


@pytest.mark.parametrize(
    "text",
    [
        BODY[0],
        "Hội nghị đã thông qua ba nội dung sau:",
        "<strong>Kết quả thực hiện</strong>",
        "Nhiều ý kiến được nêu ra. Các ý kiến đều được ghi nhận.",
        "Đơn đăng ký tăng 12% so với cùng kỳ năm trước.",
    ],
)
def test_a_paragraph_after_a_photo_without_caption_stays_body(text: str) -> None:
    article = read(with_story(f"<p>{BODY[2]}</p><p>{FIRST_IMAGE}</p><p>{text}</p><p>{BODY[1]}</p>"))

    assert [photo.caption for photo in article.photos] == [""]
    assert article.body == (BODY[2], re.sub(r"</?strong>", "", text), BODY[1])


def test_a_list_of_other_articles_with_dates_is_no_body() -> None:
    others = "".join(
        f'<li><a href="/{n}">Hội thảo số {n} về nhãn hiệu</a> (15/08/2017)</li>' for n in range(3)
    )

    article = read(PAGE.replace("<!-- /body -->", f"<p>Tin cũ hơn</p><ul>{others}</ul>"))

    assert article.body == BODY
