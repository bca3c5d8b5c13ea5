"""Photos, captions and bylines of the example article, in every form that an editor may give them."""

import re

import pytest

from tests.sources.office import (
    AWARDS,
    BODY,
    BYLINE,
    FIRST_IMAGE,
    LEAD,
    PAGE,
    PHOTOS,
    PICTURES,
    SECOND_IMAGE,
    TEXT,
    WHOLE_SCENE,
    paragraphs,
    read,
    with_story,
)

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


def test_a_photo_on_a_bare_address_is_kept() -> None:
    page = PAGE.replace(
        'src="/documents/20182/0/toan-canh', 'src="http://125.212.226.47:8087/documents/toan-canh'
    )

    assert read(page).photos[0].url.startswith("http://125.212.226.47:8087/documents/toan-canh")
