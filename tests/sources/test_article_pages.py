"""Article pages as portals without known markup write them, and pages that are no articles."""

import json
from datetime import UTC, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, DatePrecision, Photo, Published
from bot.domain.news.feed import SourceError
from bot.sources.content.lead import same_picture
from bot.sources.content.parse import parse_page
from bot.sources.feeds.json_feed import parse_json_feed
from bot.sources.html.document import Document, Markup
from bot.sources.workers import bounds

NOW = datetime(2026, 11, 24, 3, 11, tzinfo=UTC)
SITE = "https://so.example.vn"
URL = f"{SITE}/tin/khai-truong-tram-quan-trac.html"
TITLE = "Khai trương trạm quan trắc nước mặt ở hồ Thanh Bình"
PARAGRAPHS = (
    "Sáng 20/11/2026, Sở Nông nghiệp và Môi trường đưa vào vận hành trạm quan trắc bên hồ Thanh Bình.",
    "Trạm đo mười hai chỉ số, gửi số liệu về trung tâm điều hành mỗi mười lăm phút và cảnh báo khi vượt mức.",
    "Theo lãnh đạo Sở, đây là trạm thứ ba trong năm; hai trạm còn lại sẽ hoàn thành trước mùa mưa tới.",
    "Người dân có thể xem kết quả trên bảng điện tử đặt tại cổng hồ và trên cổng dữ liệu của thành phố.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
OTHERS = (
    "Ban hành kế hoạch phòng chống úng ngập năm 2027",
    "Tập huấn kỹ thuật canh tác tiết kiệm nước cho xã viên",
    "Đối thoại với doanh nghiệp về thủ tục đất đai",
    "Kiểm tra công tác bảo vệ rừng dịp cuối năm",
    "Lấy ý kiến về quy hoạch khu xử lý chất thải",
    "Trao giải cuộc thi ảnh về đa dạng sinh học",
)


def read(body: str, *, head: str = "", url: str = URL) -> Article:
    page = f"<html><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return parse_page(Document(page.encode(), url, None), Markup({}, None), now=NOW)


def refusal(body: str, *, head: str = "", url: str = URL) -> str:
    with pytest.raises(SourceError) as raised:
        read(body, head=head, url=url)
    return str(raised.value)


def article(*, above: str = "", text: str = TEXT, below: str = "") -> str:
    return f"<main><h1>{TITLE}</h1>{above}<div class=noi-dung>{text}</div>{below}</main>"


def structured(**said: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, **said})
    return f'<script type="application/ld+json">{data}</script>'


def teaser(number: int, *, title: str) -> str:
    return (
        f'<div class=the><a href="/tin/{number}.html"><img src="/anh/{number}.jpg"><h3>{title}</h3></a></div>'
    )


TEASERS = "".join(teaser(number, title=title) for number, title in enumerate(OTHERS))


@pytest.mark.parametrize("written", ["Chi&#7871;n d&#7883;ch", "Chi&amp;#7871;n d&amp;#7883;ch"])
def test_what_a_page_states_is_read_however_often_it_was_escaped(written: str) -> None:
    said = structured(headline=f"{written} xanh", description=f"{written} xanh ra quân ở mười hai xã ven hồ.")

    found = read(f"<div>{TEXT}</div>", head=said)

    assert found.title == "Chiến dịch xanh"
    assert "&" not in found.summary


def test_a_title_in_a_json_feed_is_read_however_often_it_was_escaped() -> None:
    items = [{"id": "1", "url": f"{SITE}/1", "title": "Chi&#7871;n d&#7883;ch xanh", "content_text": "Tin"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tin", "items": items}

    listed = parse_json_feed(json.dumps(feed).encode(), url=f"{SITE}/feed.json", now=NOW)

    assert [entry.title for entry in listed.entries] == ["Chiến dịch xanh"]


def test_a_page_of_the_papers_system_is_read_by_its_roles_without_related_boxes() -> None:
    related = (
        '<div class="VCSortableInPreviewMode" type="RelatedNewsBox"><h4>Tham khảo thêm</h4>'
        '<a href="/tin/9.htm"><img src="/anh/9.jpg"></a><p>Giá lúa ở đồng bằng tăng nhẹ</p></div>'
    )

    found = read(
        f'<h1 data-role="title">{TITLE}, khách mời</h1><div data-role="publishdate">20/11/2026 17:05</div>'
        '<h2 data-role="sapo">Trạm thứ ba trong năm đã chạy thử ba tháng.</h2>'
        f'<div data-role="content">{TEXT}{related}<p>Trạm chạy bằng điện mặt trời.</p></div>',
        head=structured(datePublished="2026-11-01"),
    )

    assert found.title == f"{TITLE}, khách mời"
    assert found.summary == "Trạm thứ ba trong năm đã chạy thử ba tháng."
    assert found.body == (*PARAGRAPHS, "Trạm chạy bằng điện mặt trời.")
    assert found.photos == ()
    assert found.published == Published(datetime(2026, 11, 20, 17, 5, tzinfo=VIETNAM), DatePrecision.MINUTE)


def test_pictures_of_teasers_and_of_advertisers_are_no_photos_of_the_article() -> None:
    beside = '<p><a href="https://hang.example.com/mua"><img src="/anh/hop-qua.jpg"></a></p>'
    own = '<p><a href="/anh/tram-lon.jpg"><img src="/anh/tram.jpg"></a></p>'

    found = read(article(text=TEXT + teaser(7, title="Hội thi ảnh đẹp về hồ") + beside + own))

    assert [photo.url for photo in found.photos] == [f"{SITE}/anh/tram.jpg"]
    assert found.body == PARAGRAPHS


def test_the_picture_above_the_text_leads() -> None:
    above = "<figure><img src='/anh/le-cat-bang.jpg'><figcaption>Lễ cắt băng</figcaption></figure>"

    found = read(article(above=above, text=f"{TEXT}<p><img src='/anh/ho.jpg'></p>"))

    assert [photo.url for photo in found.photos] == [f"{SITE}/anh/le-cat-bang.jpg", f"{SITE}/anh/ho.jpg"]
    assert found.photos[0].caption == "Lễ cắt băng"


def test_the_picture_that_a_page_states_leads_where_the_page_shows_it_beside_the_text() -> None:
    stated = f'<meta property="og:image" content="{SITE}/anh/hop-1732431099-1200x630.jpg">'
    banner = "<div><img src='/anh/w400/hop-1732431099-400x210.jpg'></div>"
    body = article(text=f"{TEXT}<p><img src='/anh/ho.jpg'></p>")

    assert read(banner + body, head=stated).photos[0] == Photo(f"{SITE}/anh/hop-1732431099-1200x630.jpg")
    assert read(body, head=stated).photos[0] == Photo(f"{SITE}/anh/ho.jpg")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/anh/le-khai-mac.jpg", "/thumb/le-khai-mac.png?w=300"),
        ("/a/hop-1732431099-0-0-352-crop.jpg", "/a/hop-1732431099.jpg"),
    ],
)
def test_one_picture_in_two_sizes_is_known_by_its_name(one: str, other: str) -> None:
    assert same_picture(SITE + one, SITE + other)


@pytest.mark.parametrize(
    ("one", "other"), [("/a/20261120-hop-1.jpg", "/a/20261120-hop-2.jpg"), ("/a/1.jpg", "/b/1.jpg")]
)
def test_two_pictures_of_one_day_are_two(one: str, other: str) -> None:
    assert not same_picture(SITE + one, SITE + other)


def test_an_article_of_an_office_with_a_menu_longer_than_the_text_is_read() -> None:
    entries = "".join(f'<li><a href="/muc/{n}">Lĩnh vực quản lý nhà nước số {n}</a></li>' for n in range(90))
    form = "<form><input name=u><input type=password name=p></form>"

    body = article().replace("main>", "div>")
    found = read(f"{form}<div class=dau-trang><ul>{entries}</ul></div>{body}")

    assert found.body == PARAGRAPHS


def test_a_form_in_the_header_does_not_make_a_page_one_that_asks_for_a_login() -> None:
    form = "<form><input name=u><input type=password name=p></form>"
    listed = "".join(
        f"<div class=the><h3><a href=/tin/{n}>{t}</a></h3><p>{t}.</p></div>" for n, t in enumerate(OTHERS * 4)
    )

    assert "login" not in refusal(form + listed)


@pytest.mark.parametrize(
    "item",
    [
        '<div class="the"><h3><a href="/tin/{n}.html">{title}</a></h3><p>{summary}</p></div>',
        '<li class="i"><a href="/tin/{n}.html"><img src="x.jpg"><h4>{title}</h4></a><p>{summary}</p></li>',
    ],
)
def test_a_section_is_no_article(item: str) -> None:
    summary = "Cơ quan vừa thông báo nội dung này tới các xã, phường, đặc khu và doanh nghiệp trên địa bàn."
    listed = "".join(item.format(n=n, title=title, summary=summary + title) for n, title in enumerate(OTHERS))

    assert "no article" in refusal(f"<h1>Tin tức</h1><div>{listed}</div>", url=f"{SITE}/tin-tuc")
    assert "no article" in refusal(
        f"<h1>Tin tức</h1><div>{listed}</div>", head='<meta property="og:type" content="article">'
    )


def test_an_article_with_related_ones_below_is_one() -> None:
    found = read(article(below=f"<section>{TEASERS}</section>"))

    assert found.body == PARAGRAPHS


def test_a_front_page_is_no_article() -> None:
    assert "front page" in refusal(article(), url=f"{SITE}/")


def test_the_duties_of_a_division_are_no_article() -> None:
    portlet = f'<div class="journal-content-article">{TEXT}</div>'

    assert "no article" in refusal(f"<h1>Giới thiệu</h1>{portlet}")


def test_an_article_of_liferay_s_publisher_has_the_title_and_the_date_beside_it() -> None:
    found = read(
        f'<div class="asset-full-content-title">{TITLE} - đợt 2</div>'
        '<div class="assetPublishDate">Ngày đăng 20/11/2026 | 4:12 PM | View count: 349</div>'
        f'<div class="asset-full-content"><div class="journal-content-article">{TEXT}</div></div>'
    )

    assert found.title == f"{TITLE} - đợt 2"
    assert found.published == Published(datetime(2026, 11, 20, 16, 12, tzinfo=VIETNAM), DatePrecision.MINUTE)


def test_a_body_that_is_marked_paragraph_by_paragraph_is_read_whole() -> None:
    marked = "".join(f'<p itemprop="articleBody">{paragraph}</p>' for paragraph in PARAGRAPHS)

    assert read(f"<h1>{TITLE}</h1><div>{marked}</div>").body == PARAGRAPHS


def test_what_the_library_takes_along_behind_the_text_is_left_out() -> None:
    promotion = "".join(
        f"<p>Bản tin số {n} của Trung tâm giới thiệu mô hình sản xuất sạch; mời quý bạn đọc đăng ký nhận.</p>"
        for n in range(2)
    )

    found = read(
        f"<article><h1>{TITLE}</h1><div>{TEXT}</div><div class=gioi-thieu>{promotion}</div></article>"
    )

    assert found.body == PARAGRAPHS


def test_the_date_that_a_page_states_goes_before_a_time_it_shows() -> None:
    shown = '<article><time datetime="2026-11-24T08:00:00+07:00">Hôm nay</time></article>'

    found = read(shown + article(), head=structured(datePublished="2026-11-20T09:30:00+07:00"))

    assert found.published == Published(datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM), DatePrecision.MINUTE)


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (
            article(below='<p class="postDate">văn thư chuyển bài lúc chiều 20/11/2026</p>'),
            URL,
        ),
        (article(), f"{SITE}/tin/2026/11/20/khai-truong.html"),
    ],
    ids=["a name", "the address"],
)
def test_a_date_is_found_by_the_name_of_its_element_and_in_the_address(body: str, url: str) -> None:
    found = read(f"<div>{body}</div>", url=url)

    assert found.published == Published(datetime(2026, 11, 20, tzinfo=VIETNAM), DatePrecision.DAY)


def test_of_the_dates_of_other_articles_none_is_taken() -> None:
    dates = "".join(f'<p class="postDate">{day}/11/2026</p>' for day in (18, 19))

    assert read(f"{article()}<div>{dates}</div>").published is None


def test_the_date_in_structured_data_that_is_broken_is_read() -> None:
    broken = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-11-20",}</script>'
    )

    assert read(article(), head=broken).published == Published(
        datetime(2026, 11, 20, tzinfo=VIETNAM), DatePrecision.DAY
    )


def test_an_article_that_a_page_hands_to_its_scripts_is_read() -> None:
    state = json.dumps({"detail": {"contentHtml": TEXT * 2, "publishedAt": "2026-11-20 18:40"}})
    script = f"<div id=app></div><script>window.state = {state};</script>"

    found = read(script, head='<meta property="og:type" content="article">')

    assert found.title == TITLE
    assert found.body[: len(PARAGRAPHS)] == PARAGRAPHS
    assert found.published == Published(datetime(2026, 11, 20, 18, 40, tzinfo=VIETNAM), DatePrecision.MINUTE)


def test_a_page_of_very_many_elements_is_read_without_the_slow_library() -> None:
    rows = [f"Hộ thứ {n} trong danh sách đã nhận hỗ trợ theo quyết định của thành phố." for n in range(9_000)]

    found = read(article(text="".join(f"<p>{row}</p>" for row in rows)))

    assert len(found.body) > bounds.PARAGRAPHS
    assert list(found.body[: bounds.PARAGRAPHS]) == rows[: bounds.PARAGRAPHS]


def test_the_lead_that_its_markup_calls_a_sapo_is_the_summary_and_not_in_the_text_as_well() -> None:
    sapo = "Trạm thứ ba trong năm đã chạy thử ba tháng trước khi được bàn giao cho phường quản lý."

    found = read(article(above=f'<h2 class="bai-sapo">{sapo}</h2>'))

    assert (found.summary, found.body) == (sapo, PARAGRAPHS)


def test_the_date_beside_a_title_that_stands_in_the_text_is_found() -> None:
    line = '<p class="dong">Nguyễn Văn Bình | 20/11/2026 16:30</p>'

    found = read(f"<section><div><header><h1>{TITLE}</h1>{line}</header>{TEXT}</div></section>")

    assert found.published == Published(datetime(2026, 11, 20, 16, 30, tzinfo=VIETNAM), DatePrecision.MINUTE)


def test_an_article_whose_chapters_are_links_is_no_list() -> None:
    chapters = "".join(
        f'<div class="i"><h3><a href="/s/{n}">{title}</a></h3>{TEXT.replace("Sáng", f"Tối {n},") * 3}</div>'
        for n, title in enumerate(OTHERS)
    )

    assert len(read(f"<h1>{TITLE}</h1><div>{chapters}</div>").body) > len(OTHERS)
