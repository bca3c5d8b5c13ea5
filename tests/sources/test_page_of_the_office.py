"""The example article on pages with the small differences that editors and themes make."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.news.article import Article
from bot.sources.content.parse import parse_page
from bot.sources.html.document import Document, Markup
from tests.sources.office import (
    AWARDS,
    BODY,
    BYLINE,
    FIRST_IMAGE,
    LEAD,
    NOW,
    PAGE,
    PHOTOS,
    PICTURES,
    PUBLISHED,
    SAPO,
    SECOND_IMAGE,
    STORY,
    SUMMARY,
    TEXT,
    TIME_POST,
    TITLE,
    URL,
    WHOLE_SCENE,
    WRITTEN_DATE,
    paragraphs,
    read,
    without_sapo,
)


def test_the_example_article_is_read_whole() -> None:
    article = read(PAGE)

    assert replace(article, blocks=()) == Article(
        url=URL.replace("/vi_VN/web/guest", ""),
        title=TITLE,
        summary=SUMMARY,
        body=BODY,
        photos=PHOTOS,
        published=PUBLISHED,
        author="Cục Sở hữu trí tuệ",
    )
    assert len(BODY) == 6


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


WITHOUT_SUMMARY = {"no summary anywhere", "a slogan as description"}
"""Variants whose summary is the first sentences of the text, as many as a summary has room for."""


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize(
    "url", [URL, "https://www.ipvietnam.gov.vn/trang-thu.html"], ids=["its address", "another"]
)
def test_small_differences_of_the_page_do_not_matter(name: str, url: str) -> None:
    page = VARIANTS[name](PAGE)
    assert page != PAGE

    article = read(page, url=url)

    assert (article.title, article.summary) == (TITLE, BODY[0] if name in WITHOUT_SUMMARY else SUMMARY)
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

    article = parse_page(Document(body, URL, None), Markup({}, None), now=NOW)

    assert (article.title, article.body) == (TITLE, BODY)


def test_the_date_is_never_todays_from_the_header() -> None:
    page = PAGE.replace(TIME_POST, "")

    assert read(page).published is None


def test_an_article_without_photos_has_none() -> None:
    assert read(PAGE.replace(PICTURES, "")).photos == ()


@pytest.mark.parametrize("declared", ["iso-8859-1", None])
def test_a_stray_byte_does_not_change_the_encoding(declared: str | None) -> None:
    body = PAGE.encode().replace(b"<!-- body -->", b"<!-- body -->\xff")

    assert read(body, charset=declared).body[1:] == BODY[1:]
