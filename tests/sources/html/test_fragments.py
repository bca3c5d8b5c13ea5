"""Pieces of HTML as feeds carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.article import Photo
from bot.sources.html.fragments import images_of_html, paragraphs_of_html, text_of_html

BASE = "https://a.vn/tin/bai.html"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("chữ\u00a0 thường", "chữ thường"),
        ("Luật &amp; đời", "Luật & đời"),
        ("<p>Một</p><p>Hai<br>ba</p>", "Một Hai ba"),
        ("<a href=x><img src=a.jpg></a></br>Sapo của bài", "Sapo của bài"),
        ("<script>x()</script><style>p{}</style>Còn lại<!-- ẩn -->", "Còn lại"),
        ("5 < 6 và 7 > 3", "5 < 6 và 7 > 3"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("ẩn\u200b mình\ufeff", "ẩn mình"),
        ("<b>đậm</b>nhạt", "đậmnhạt"),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of_html(html) == text


def test_paragraphs_leave_captions_out() -> None:
    html = (
        "<html><body><p>Đoạn đầu.</p><figure><img src='/a.jpg'><figcaption>Chú thích</figcaption></figure>"
        "<div>Đoạn hai<br><br>Đoạn ba</div><ul><li>Ý một</li><li>Ý hai</li></ul></body></html>"
    )

    assert paragraphs_of_html(html) == ("Đoạn đầu.", "Đoạn hai", "Đoạn ba", "Ý một", "Ý hai")


def test_a_table_of_data_is_read_by_rows() -> None:
    html = "<table><tr><th>Loại</th><th>Số đơn</th></tr><tr><td><p>Sáng chế</p></td><td>12</td></tr></table>"

    assert paragraphs_of_html(html) == ("Loại | Số đơn", "Sáng chế | 12")


@pytest.mark.parametrize(
    ("html", "photos"),
    [
        ('<img width=130 height=100 src="http://i.vn/a_180x108.jpg" >', [Photo("http://i.vn/a_180x108.jpg")]),
        ("<img src=data:image/gif;base64,R0 data-original='/b.jpg'>", [Photo("https://a.vn/b.jpg")]),
        ("<img src=s.jpg srcset='s.jpg 1x, m.jpg 1.5x, l.jpg 2x'>", [Photo("https://a.vn/tin/l.jpg")]),
        (
            "<picture><source srcset='w480.webp 480w, w960.webp 960w'><img src=s.jpg></picture>",
            [Photo("https://a.vn/tin/w960.webp")],
        ),
        (
            "<img src=/a.jpg><img src=/a.jpg><img src='/ảnh 2.jpg'>",
            [Photo("https://a.vn/a.jpg"), Photo("https://a.vn/%E1%BA%A3nh%202.jpg")],
        ),
        (
            "<figure><img src=/a.jpg><figcaption>Một<br>hai</figcaption></figure>",
            [Photo("https://a.vn/a.jpg", "Một hai")],
        ),
        (
            (
                "<img src=/icons/print.png><img src=/spacer.gif><img width=1 height=1 src=/p.jpg><img "
                "src=x.svg><img>"
            ),
            [],
        ),
        ("<img src='javascript:x'><img src='http://[::1/a.jpg'><img src='ftp://a.vn/a.jpg'>", []),
        ("không có ảnh", []),
    ],
)
def test_photos_are_found_in_their_largest_form(html: str, photos: list[Photo]) -> None:
    assert list(images_of_html(html, base_url=BASE)) == photos


@given(st.text(st.sampled_from("<>/=\"' abpimgdivtrscfeu!-&;#x0\x00\n"), max_size=120))
def test_any_text_is_taken(html: str) -> None:
    assert isinstance(text_of_html(html), str)
    assert all(paragraphs_of_html(html))
    assert all(photo.url.startswith("https://a.vn/") for photo in images_of_html(html, base_url=BASE))
