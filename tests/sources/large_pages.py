"""Article pages as large as the service fetches, each of another shape."""

from collections.abc import Callable

URL = "https://so.example.vn/tin/hoi-nghi-so-ket-1234.html"
_SENTENCE = "Sáng ngày {n}, Sở tổ chức hội nghị sơ kết công tác sở hữu trí tuệ, với {n} đại biểu của các xã. "
_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8">'
    "<title>Hội nghị sơ kết công tác năm - SỞ KHOA HỌC</title>"
    '<meta property="og:type" content="article">'
    '<meta property="og:title" content="Hội nghị sơ kết công tác năm">'
    '<meta property="article:published_time" content="2026-11-20T08:00:00+07:00"></head><body>'
    '<div class="header"><a href="/">Trang chủ</a></div>{before}'
    '<div id="content"><h1>Hội nghị sơ kết công tác năm</h1><div class="detail">{text}</div></div>{after}'
    '<div class="foot"><p>Bản quyền của Sở</p></div></body></html>'
)
_STORY = "".join(f"<p>{_SENTENCE.format(n=n) * 2}</p>" for n in range(12))


def _page(text: str, *, before: str = "", after: str = "") -> bytes:
    return _HEAD.format(text=text, before=before, after=after).encode()


def _filled(part: Callable[[int], str], size: int) -> str:
    """Return parts, each of its number, of *size* bytes together."""
    parts: list[str] = []
    written = 0
    while written < size:
        parts.append(part(len(parts)))
        written += len(parts[-1].encode())
    return "".join(parts)


def paragraphs(size: int) -> bytes:
    return _page(_filled(lambda n: f"<p>{_SENTENCE.format(n=n) * 3}</p>\n", size))


def one_paragraph(size: int) -> bytes:
    return _page(f"<p>{_filled(lambda n: _SENTENCE.format(n=n), size)}</p>")


def short_paragraphs(size: int) -> bytes:
    return _page(_STORY + _filled(lambda n: f"<p>Đại biểu {n}</p>", size))


def breaks(size: int) -> bytes:
    return _page(_filled(lambda n: f"{_SENTENCE.format(n=n)}<br>\n<br>", size))


def one_table(size: int) -> bytes:
    def row(n: int) -> str:
        return f"<tr><td>{n}</td><td>Nguyễn Văn {n}</td><td>xã Bình Minh</td><td>{n * 37}</td></tr>\n"

    return _page(f"{_STORY}<table><tbody>{_filled(row, size)}</tbody></table>")


def many_tables(size: int) -> bytes:
    rows = "".join(f"<tr><th>Mục {n}</th><td>{n}.000 đồng</td></tr>" for n in range(5))
    return _page(_STORY + _filled(lambda n: f"<table>{rows}</table><p>Bảng {n}, theo báo cáo.</p>", size))


def nested_tables(size: int) -> bytes:
    def nested(n: int) -> str:
        return f"{'<table><tr><td>' * 8}Ô {n}{'</td></tr></table>' * 8}"

    return _page(_STORY + _filled(nested, size))


def deep_lists(size: int) -> bytes:
    def nested(n: int) -> str:
        return f"{'<ul><li>Điểm' * 20} {n}{'</li></ul>' * 20}"

    return _page(_STORY + _filled(nested, size))


def one_list(size: int) -> bytes:
    return _page(f"{_STORY}<ul>{_filled(lambda n: f'<li>Hồ sơ số {n}/QĐ-SHTT, ngày nộp</li>', size)}</ul>")


def links(size: int) -> bytes:
    def paragraph(n: int) -> str:
        written = "".join(f'<a href="/van-ban/{n}/{at}.pdf">Quyết định {n}/{at}</a>, ' for at in range(8))
        return f"<p>{_SENTENCE.format(n=n)}{written}</p>"

    return _page(_filled(paragraph, size))


def inline(size: int) -> bytes:
    return _page(_STORY + _filled(lambda n: f"<b>{n}</b> <i>là</i> <span>một</span> ", size))


def inline_paragraphs(size: int) -> bytes:
    words = "".join(f'<span style="color:red">Sở</span> <b>họp {n}</b> <em>bàn</em> ' for n in range(20))
    return _page(_filled(lambda n: f'<p class="MsoNormal" style="text-align:justify">{words}{n}.</p>', size))


def scripts(size: int) -> bytes:
    def script(n: int) -> str:
        return f"<script>var x{n} = \"{'abc def ' * 1000}\"; if (x{n} < 3) {{ y('</div>'); }}</script>\n"

    return _page(_STORY, before=_filled(script, size // 2), after=_filled(script, size // 2))


def embedded_images(size: int) -> bytes:
    def image(n: int) -> str:
        return f'<p><img src="data:image/png;base64,{"iVBORw0KGgo" * 9_000}{n}"></p>'

    return _page(_STORY + _filled(image, size))


def photos(size: int) -> bytes:
    def figure(n: int) -> str:
        return (
            f'<figure><img src="/anh/{n}.jpg" srcset="/anh/{n}-640.jpg 640w, /anh/{n}-1280.jpg 1280w">'
            f"<figcaption>Quang cảnh hội nghị {n}</figcaption></figure>"
        )

    return _page(_STORY + _filled(figure, size))


def navigation(size: int) -> bytes:
    def item(n: int) -> str:
        return f'<li class="item"><a href="/chuyen-muc/{n}">Chuyên mục số {n} của cổng thông tin</a></li>'

    return _page(_STORY, before=f'<ul class="menu-chinh">{_filled(item, size)}</ul>')


def teasers(size: int) -> bytes:
    def teaser(n: int) -> str:
        link = f"/tin/bai-viet-so-{n}.html"
        return (
            f'<div class="item"><a href="{link}"><img src="/anh/{n}.jpg"></a>'
            f'<h3><a href="{link}">Hội nghị tổng kết công tác lần thứ {n}</a></h3>'
            f"<p>{_SENTENCE.format(n=n)}</p></div>"
        )

    return _page(_STORY, after=f'<div class="muc">{_filled(teaser, size)}</div>')


def comments(size: int) -> bytes:
    return _page(_filled(lambda n: f"<p>{_SENTENCE.format(n=n)}</p><!-- {'x' * 500} {n} -->", size))


def deep(size: int) -> bytes:
    """Return elements inside elements as deep as the parser goes, again and again."""
    return _page(_STORY + _filled(lambda n: f"{'<div><span>' * 100}chữ {n} {'</span></div>' * 100}", size))


def one_line_each(size: int) -> bytes:
    return _page(_filled(lambda n: f"<div>{n}</div>", size))


def portal(size: int) -> bytes:
    """Return the page of a known portal, whose article stands in an element with a name."""
    story = _filled(lambda n: f'<p class="MsoNormal"><span>{_SENTENCE.format(n=n) * 3}</span></p>', size)
    head = '<h3>Hội nghị sơ kết</h3><p class="time-post">20/11/2026</p>'
    return _page(f'<div class="contentDetail">{head}{story}</div>')


def undated(size: int) -> bytes:
    """Return a page that says nothing of itself, and gives each of its elements a name."""
    story = _filled(
        lambda n: f'<div class="dong dong-{n}"><span class="chu chu-{n}">Mục {n}</span></div>', size
    )
    body = f'{_STORY}<div class="muc">{story}</div>'
    return f"<html><head><title>Hội nghị</title></head><body>{body}</body></html>".encode()


def untitled_teasers(size: int) -> bytes:
    """Return a list of news, which is no article: every way of reading it is tried."""

    def teaser(n: int) -> str:
        link = f"/tin/bai-viet-so-{n}.html"
        title = f"Hội nghị tổng kết công tác lần thứ {n}"
        return f'<li><a href="{link}" title="Tin {n}">{title}</a><p>{n}/11/2026</p></li>'

    listed = f"<h1>Tin tức</h1><ul>{_filled(teaser, size)}</ul>"
    return f"<html><body><article>{listed}</article></body></html>".encode()


SHAPES: tuple[Callable[[int], bytes], ...] = (
    paragraphs,
    one_paragraph,
    short_paragraphs,
    breaks,
    one_table,
    many_tables,
    nested_tables,
    deep_lists,
    one_list,
    links,
    inline,
    inline_paragraphs,
    scripts,
    embedded_images,
    photos,
    navigation,
    teasers,
    comments,
    deep,
    one_line_each,
    portal,
    undated,
    untitled_teasers,
)
