"""Headings, lists, links and tables of pages of no known markup: those of the article, and no others."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain.blocks.model import Block, Heading, ItemList, Paragraph, Quotation, Table
from bot.domain.blocks.plain import text_of_runs
from bot.domain.news.article import Article
from bot.sources import Document, Markup, page

URL = "https://so.example.vn/tin/thu-tuc-cap-phep.html"
TITLE = "Hướng dẫn thủ tục cấp phép khai thác nước dưới đất"
PROSE = (
    "Từ ngày 01/12/2026, hồ sơ cấp phép khai thác nước dưới đất được nộp trực tuyến trên cổng dịch vụ công.",
    "Sở Nông nghiệp và Môi trường tiếp nhận, kiểm tra hồ sơ trong ba ngày làm việc và báo kết quả qua thư.",
    "Tổ chức, cá nhân đã nộp hồ sơ giấy trước ngày này không phải nộp lại và được giải quyết như trước đây.",
    "Phí thẩm định theo quy định hiện hành của Bộ Tài chính, nộp một lần khi hồ sơ được xác nhận là hợp lệ.",
)
OTHERS = (
    "Ban hành kế hoạch phòng chống úng ngập năm 2027",
    "Tập huấn kỹ thuật canh tác tiết kiệm nước cho xã viên",
    "Đối thoại với doanh nghiệp về thủ tục đất đai",
    "Kiểm tra công tác bảo vệ rừng dịp cuối năm",
    "Lấy ý kiến về quy hoạch khu xử lý chất thải",
    "Trao giải cuộc thi ảnh về đa dạng sinh học",
)


def read(text: str) -> Article:
    html = (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title></head>"
        f"<body><main><h1>{TITLE}</h1>{text}</main></body></html>"
    )
    now = datetime(2026, 12, 1, tzinfo=UTC)
    return page(Document(html.encode(), URL, None), Markup({}, None), now=now)


def told(*parts: str) -> str:
    """Return an article's text: *parts* among its paragraphs."""
    first, *others = (f"<p>{text}</p>" for text in PROSE)
    return f"<div class=noi-dung>{first}{''.join(parts)}{''.join(others)}</div>"


def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Quotation):
            yield from inside(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from inside(item.blocks)


def headings(article: Article) -> list[str]:
    return [text_of_runs(block.text) for block in inside(article.blocks) if isinstance(block, Heading)]


def links(article: Article) -> dict[str, str]:
    texts = (block.text for block in inside(article.blocks) if isinstance(block, Heading | Paragraph))
    return {run.text.strip(): run.url for text in texts for run in text if run.url}


def items(article: Article) -> list[str]:
    lists = (block for block in inside(article.blocks) if isinstance(block, ItemList))
    first = (item.blocks[0] for found in lists for item in found.items)
    return [text_of_runs(block.text) for block in first if isinstance(block, Paragraph)]


def listed(*links: tuple[str, str]) -> str:
    return "<ul>" + "".join(f'<li><a href="{url}">{text}</a></li>' for text, url in links) + "</ul>"


def test_a_list_of_links_is_the_articles_own_if_its_text_announces_it() -> None:
    forms = listed(("Mẫu 01: đơn đề nghị", "/mau/1.html"), ("Mẫu 02: đề án khai thác", "/mau/2.html"))

    article = read(told("<p>Hồ sơ gồm các mẫu sau đây:</p>", forms))

    assert items(article) == ["Mẫu 01: đơn đề nghị", "Mẫu 02: đề án khai thác"]
    assert links(article)["Mẫu 02: đề án khai thác"] == "https://so.example.vn/mau/2.html"


def test_links_to_other_sites_stand_but_not_those_to_other_articles_nor_their_heading() -> None:
    law = listed(("Luật Tài nguyên nước", "https://phap-luat.gov.vn/nuoc"))
    others = listed(*((title, f"/tin/{number}.html") for number, title in enumerate(OTHERS)))

    article = read(told("<h2>Căn cứ</h2>", law, "<h2>Đừng bỏ lỡ</h2>", others, "<h2>Phí</h2>"))

    assert (headings(article), items(article)) == (["Căn cứ", "Phí"], ["Luật Tài nguyên nước"])
    assert not set(OTHERS) & set(article.body)


def test_a_line_that_points_to_another_article_is_none_of_the_text_but_one_to_a_document_is() -> None:
    away = f'<p><b>Xem thêm: </b><a href="/tin/9.html">{OTHERS[0]}</a></p>'
    tags = '<p>Từ khóa: <a href="/tag/nuoc">nước</a>, <a href="/tag/cap-phep">cấp phép</a></p>'
    decree = '<p>Xem thêm: <a href="/van-ban/54.pdf">Nghị định số 54/2024/NĐ-CP</a></p>'

    article = read(told(away, decree, tags))

    assert article.body == (PROSE[0], "Xem thêm: Nghị định số 54/2024/NĐ-CP", *PROSE[1:])


def test_a_table_of_contents_is_not_read_but_the_headings_that_it_names_are() -> None:
    names = ("Hồ sơ", "Trình tự", "Phí")
    contents = listed(*((name, f"#muc-{at}") for at, name in enumerate(names)))
    chapters = [f"<h2 id=muc-{at}>{name}</h2><p>{PROSE[at]}</p>" for at, name in enumerate(names)]

    article = read(told(contents, *chapters))

    assert (headings(article), items(article)) == (list(names), [])


def test_a_word_in_a_sentence_stays_though_a_picture_leads_to_the_same_page() -> None:
    picture = '<p><a href="/cong-dich-vu.html"><img src="/anh/cong.jpg"></a></p>'
    sentence = '<p>Hồ sơ nộp tại <a href="/cong-dich-vu.html">cổng dịch vụ công</a> của thành phố.</p>'

    article = read(told(picture, sentence))

    assert "Hồ sơ nộp tại cổng dịch vụ công của thành phố." in article.body
    assert links(article) == {"cổng dịch vụ công": "https://so.example.vn/cong-dich-vu.html"}


def test_a_table_whose_cells_show_marks_is_a_table_and_one_of_photos_is_none() -> None:
    mark = "<img src=/hinh/dau-tich.png alt=có>"
    rows = "".join(f"<tr><td>{name}</td><td>{mark}</td><td></td></tr>" for name in ("Đơn", "Đề án"))
    data = f"<table><tr><td>Giấy tờ</td><td>Bản chính</td><td>Bản sao</td></tr>{rows}</table>"
    photo = "<td><img src=/anh/{0}.jpg></td>"
    photos = f"<table><tr>{photo.format(1)}{photo.format(2)}</tr><tr><td>Trước</td><td>Sau</td></tr></table>"

    article = read(told(data, photos))

    (table,) = (block for block in article.blocks if isinstance(block, Table))
    assert [[text_of_runs(cell.text) for cell in row] for row in table.rows] == [
        ["Giấy tờ", "Bản chính", "Bản sao"],
        ["Đơn", "", ""],
        ["Đề án", "", ""],
    ]
    assert [photo.caption for photo in article.photos[-2:]] == ["Trước", "Sau"]


def test_a_text_in_parts_keeps_its_headings_and_links_in_each_of_them() -> None:
    parts = (
        f'<section><div><h2>Phần {at}</h2></div><div><p>{text} <a href="/p/{at}.html">Mẫu {at}</a></p>'
        f"<p>{text.upper()}</p></div></section>"
        for at, text in enumerate(PROSE)
    )

    article = read("".join(parts))

    assert headings(article) == [f"Phần {at}" for at in range(4)]
    assert links(article) == {f"Mẫu {at}": f"https://so.example.vn/p/{at}.html" for at in range(4)}


def test_a_post_that_is_shown_in_the_text_is_quoted_and_a_box_of_related_ones_is_not() -> None:
    post = (
        '<div class="social-media-embed"><blockquote><p>Cổng đã mở cho người dân từ sáng nay.</p>'
        "</blockquote></div>"
    )
    box = (
        f'<div class="bv-related-list"><p>{OTHERS[1]} được tổ chức trong hai ngày tại nhà văn hóa.</p></div>'
    )

    article = read(told(post, box))

    assert article.body == (PROSE[0], "Cổng đã mở cho người dân từ sáng nay.", *PROSE[1:])
    assert any(isinstance(block, Quotation) for block in article.blocks)
