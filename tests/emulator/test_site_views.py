from collections.abc import AsyncIterator
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser
import lxml.html
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot.emulator.agency import Site
from bot.emulator.agency.faults import Fault
from bot.emulator.agency.newsroom import PHOTOS, SECTIONS, VIETNAM, PhotoForm
from bot.emulator.agency.views import article_path, listing_path

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=VIETNAM)
DOMESTIC, INTERNATIONAL = SECTIONS
FEED = f"{listing_path(DOMESTIC)}/-/asset_publisher/{DOMESTIC.instance}/rss"

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def site() -> Site:
    return Site(lambda: NOON)


@pytest.fixture
async def client(site: Site) -> AsyncIterator[Client]:
    app = web.Application()
    site.mount(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def page(client: Client, path: str) -> Any:
    response = await client.get(path)
    assert response.status == 200
    return lxml.html.fromstring(await response.text())


async def test_a_listing_shows_its_articles_in_the_markup_of_the_portal(client: Client, site: Site) -> None:
    items = (await page(client, listing_path(DOMESTIC))).cssselect(".home-list-4 li")

    newest = site.newsroom.articles(DOMESTIC)[0]
    link = items[0].cssselect("h4 a[href]")[0]
    assert len(items) == len(site.newsroom.articles(DOMESTIC))
    assert link.text_content() == newest.title
    assert link.get("href") == f"{article_path(newest)}?inheritRedirect=false"
    assert items[0].cssselect("p")[0].text_content() == newest.sapo
    assert items[0].text_content().strip().endswith("Th 2, 09/03/2026 | 16:35 CH")


async def test_a_listing_is_paged_by_the_portlets_own_query(client: Client, site: Site) -> None:
    portlet = f"_101_INSTANCE_{DOMESTIC.instance}"

    second = await page(client, f"{listing_path(DOMESTIC)}?{portlet}_delta=3&{portlet}_cur=2")

    titles = [link.text_content() for link in second.cssselect(".home-list-4 h4 a")]
    assert titles == [article.title for article in site.newsroom.articles(DOMESTIC)[3:6]]
    assert f"{portlet}_cur=1" in second.cssselect(".taglib-page-iterator a")[0].get("href")


@pytest.mark.parametrize("form", list(PhotoForm))
async def test_an_article_page_has_its_parts_where_the_portal_has_them(
    client: Client, site: Site, form: PhotoForm
) -> None:
    article = next(item for item in site.newsroom.articles() if item.form is form)

    shown = await page(client, article_path(article))

    body = shown.cssselect("div.contentDetail div.journal-content-article")[0]
    captions = {
        PhotoForm.LEAD: "div.avatartopdesc > span",
        PhotoForm.TABLE: "table td.avatardesc",
        PhotoForm.CENTRED: "p + p > em",
    }
    assert shown.cssselect("h3.text-change-size")[0].text_content() == article.title
    assert shown.cssselect("p.time-post")[0].text_content().split(" | ")[1] == f"{article.at:%H:%M} " + (
        "SA" if article.at.hour < 12 else "CH"
    )
    assert shown.cssselect("p.sapo")[0].text_content().endswith("...")
    assert body.cssselect(captions[form])[0].text_content() == article.photos[0].caption
    assert all(text in body.text_content() for text in article.paragraphs)
    assert "Xem với cỡ chữ Đọc bài viết Tương phản" in " ".join(shown.text_content().split()).replace(
        "A− A A+ ", ""
    )
    assert len(shown.cssselect("ul.tinlienquan li")) == 4
    assert shown.cssselect("title")[0].text == f"{article.title} - CỤC KIẾN TẠO SỐ (MẪU)"


async def test_one_article_is_found_by_slug_by_id_and_under_a_language(client: Client, site: Site) -> None:
    article = site.newsroom.articles(DOMESTIC)[0]
    path = article_path(article)
    by_id = path.replace(article.slug, f"id/{article.id}")

    found = [await page(client, one) for one in (path, by_id, path.replace("/web/", "/vi_VN/web/"))]

    assert {item.cssselect("h3")[0].text_content() for item in found} == {article.title}


@pytest.mark.parametrize(
    "path",
    [
        "/agency/web/guest/the-thao",
        listing_path(DOMESTIC) + "/-/asset_publisher/khac/rss",
        listing_path(DOMESTIC) + f"/-/asset_publisher/{DOMESTIC.instance}/content/khong-co",
        "/agency/documents/10180/20143/khong-co.jpg",
    ],
)
async def test_an_address_that_the_site_does_not_have_is_not_found(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 404


@pytest.mark.parametrize("query", ["", "?type=rss&version=2.0"])
async def test_a_feed_reads_as_liferay_writes_it(client: Client, site: Site, query: str) -> None:
    response = await client.get(FEED + query)

    feed = feedparser.parse(
        BytesIO(await response.read()), response_headers={"content-type": "text/xml; charset=UTF-8"}
    )
    newest = site.newsroom.articles(DOMESTIC)[0]
    entry = feed.entries[0]
    assert response.headers["Content-Type"] == "text/xml; charset=UTF-8"
    assert not feed.bozo
    assert feed.version == ("rss20" if query else "atom10")
    assert (entry.title, entry.summary) == (newest.title, newest.sapo)
    assert entry.link == str(client.make_url(f"{FEED.removesuffix('/rss')}/content/id/{newest.id}"))
    assert entry.published_parsed[:5] == (2026, 3, 9, 9, 35)


@pytest.mark.parametrize("path", [FEED, FEED + "?type=rss", listing_path(DOMESTIC)])
async def test_what_has_not_changed_is_not_sent_again(client: Client, site: Site, path: str) -> None:
    first = await client.get(path)
    by_tag = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_date = await client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    site.newsroom.publish(section=DOMESTIC.id)
    later = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    later_by_date = await client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    statuses = [response.status for response in (by_tag, by_date, later, later_by_date)]
    assert statuses == [304, 304, 200, 200]


@pytest.mark.parametrize("name", PHOTOS)
async def test_every_photo_is_a_small_wide_jpeg(client: Client, name: str) -> None:
    response = await client.get(f"/agency/documents/10180/20143/{name}.jpg")

    content = await response.read()
    picture = Image.open(BytesIO(content))
    assert response.content_type == "image/jpeg"
    assert (picture.format, picture.size) == ("JPEG", (1200, 675))
    assert len(content) < 60_000


async def test_publishing_over_http_answers_with_the_address_of_the_article(client: Client) -> None:
    response = await client.post(
        "/agency/_publish",
        json={"title": "Tin <b>thử</b> & mới", "paragraphs": ["Nội dung./."], "photo": "ky-ket"},
    )

    published = await response.json()
    shown = await page(client, published["url"])
    assert response.status == 201
    assert shown.cssselect("h3")[0].text_content() == "Tin <b>thử</b> & mới"
    assert shown.cssselect(".avatartop img")[0].get("src") == published["photo"]


async def test_publishing_without_a_word_takes_what_stands_ready(client: Client) -> None:
    ready = (await (await client.get("/agency/_desk")).json())["draft"]

    published = await (await client.post("/agency/_publish")).json()

    desk = await (await client.get("/agency/_desk")).json()
    assert published["title"] == ready["title"]
    assert desk["latest"][0] == published
    assert "{" not in "".join(ready["paragraphs"])


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"title": 1}', '{"paragraphs": "x"}', '{"section": "x"}', '{"paragraphs": [1]}']
)
async def test_a_publication_that_makes_no_sense_is_refused(client: Client, body: str) -> None:
    response = await client.post("/agency/_publish", data=body, headers={"Content-Type": "application/json"})

    assert response.status == 400


@pytest.mark.parametrize(
    ("fault", "path", "answer"),
    [
        (Fault.DOWN, FEED, (503, "<!DOCTYPE")),
        (Fault.HTML_INSTEAD_OF_FEED, FEED, (200, "<!DOCTYPE")),
        (Fault.HTML_INSTEAD_OF_FEED, listing_path(DOMESTIC), (200, "<!DOCTYPE")),
        (Fault.EMPTY, FEED, (200, "")),
        (Fault.EMPTY, listing_path(DOMESTIC), (200, "")),
        (Fault.PAGE_500, "article", (500, "<!DOCTYPE")),
        (Fault.PAGE_500, FEED, (200, "<?xml")),
        (Fault.SLOW, FEED, (200, "<?xml")),
    ],
)
async def test_a_fault_concerns_what_it_names(
    client: Client, site: Site, fault: Fault, path: str, answer: tuple[int, str]
) -> None:
    site.break_down(fault, seconds=0)

    response = await client.get(article_path(site.newsroom.articles()[0]) if path == "article" else path)

    text = await response.text()
    assert (response.status, text.split(" ")[0]) == answer


async def test_a_fault_ends_when_it_is_counted_out_or_cleared(client: Client) -> None:
    await client.post("/agency/_fault", json={"fault": "down", "times": 1})
    counted_out = [(await client.get(FEED)).status, (await client.get(FEED)).status]
    await client.post("/agency/_fault", json={"fault": "down"})
    lasting = [(await client.get(FEED)).status, (await client.get(FEED)).status]
    await client.delete("/agency/_fault")
    cleared = (await client.get(FEED)).status

    assert (counted_out, lasting, cleared) == ([503, 200], [503, 503], 200)


async def test_an_unknown_fault_is_refused(client: Client) -> None:
    assert (await client.post("/agency/_fault", json={"fault": "flood"})).status == 400


async def test_the_home_page_leads_to_both_sections(client: Client) -> None:
    links = {link.get("href") for link in (await page(client, "/agency/")).cssselect("a")}

    assert {listing_path(DOMESTIC), listing_path(INTERNATIONAL)} <= links


async def told(client: Client, action: str, **body: Any) -> Any:
    response = await client.post(f"/agency/_{action}", json=body)
    assert response.status == 200, await response.text()
    return await response.json()


async def test_a_corrected_article_keeps_its_address_and_shows_the_new_words(
    client: Client, site: Site
) -> None:
    article = site.newsroom.articles(DOMESTIC)[0]

    answered = await told(
        client, "correct", id=article.id, title="Tiêu đề mới", sapo="Tóm tắt mới.", photo="thu-vien"
    )

    shown = await page(client, article_path(article))
    assert shown.cssselect("h3.text-change-size")[0].text_content() == "Tiêu đề mới"
    assert shown.cssselect("p.sapo")[0].text_content().strip() == "Tóm tắt mới."
    assert (answered["id"], answered["title"], answered["sapo"], answered["photo"]) == (
        article.id,
        "Tiêu đề mới",
        "Tóm tắt mới.",
        "/agency/documents/10180/20143/thu-vien.jpg",
    )


async def test_a_correction_changes_only_what_it_names(client: Client, site: Site) -> None:
    before = site.newsroom.articles(DOMESTIC)[0]

    await told(client, "correct", id=before.id, title="Tiêu đề mới")

    (after,) = [article for article in site.newsroom.articles() if article.id == before.id]
    assert (after.title, after.sapo, after.photos, after.at, after.slug) == (
        "Tiêu đề mới",
        before.sapo,
        before.photos,
        before.at,
        before.slug,
    )


async def test_an_article_that_is_taken_down_is_nowhere_on_the_site(client: Client, site: Site) -> None:
    article = site.newsroom.articles(DOMESTIC)[0]

    await told(client, "take_down", id=article.id)

    assert (await client.get(article_path(article))).status == 404
    assert article.title not in await (await client.get(listing_path(DOMESTIC))).text()
    assert str(article.id) not in await (await client.get(FEED)).text()


async def test_a_site_without_any_article_still_shows_its_pages(client: Client, site: Site) -> None:
    for article in site.newsroom.articles():
        await told(client, "take_down", id=article.id)

    paths = ("/agency/", listing_path(DOMESTIC), FEED, "/agency/_desk")
    assert [(await client.get(path)).status for path in paths] == [200, 200, 200, 200]


@pytest.mark.parametrize("redate", [False, True])
async def test_a_rebuilt_site_has_the_same_articles_at_new_addresses(
    client: Client, site: Site, *, redate: bool
) -> None:
    before = site.newsroom.articles()

    answered = await told(client, "rebuild", redate=redate)

    after = site.newsroom.articles()
    assert answered == {"articles": len(before)}
    assert [article.title for article in after] == [article.title for article in before]
    assert not {article.id for article in after} & {article.id for article in before}
    assert [(await client.get(article_path(article))).status for article in before[:3]] == [404, 404, 404]
    assert (await client.get(article_path(after[0]))).status == 200
    assert ([a.at for a in after] == [a.at for a in before]) is not redate


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("correct", {"id": 1}),
        ("correct", {"title": "Không có số"}),
        ("correct", {"id": "1"}),
        ("correct", {"id": 151_800, "title": 5}),
        ("correct", {"id": 151_800, "photo": "meo"}),
        ("take_down", {"id": 1}),
        ("take_down", {}),
        ("rebuild", ["redate"]),
    ],
)
async def test_the_desk_refuses_what_makes_no_sense(client: Client, action: str, body: object) -> None:
    assert (await client.post(f"/agency/_{action}", json=body)).status == 400
