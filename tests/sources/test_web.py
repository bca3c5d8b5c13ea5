import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, Photo
from bot.domain.news.feed import (
    ArticleGoneError,
    AskedToWaitError,
    Entry,
    Feed,
    FeedId,
    FeedKind,
    Source,
    SourceError,
    Validators,
)
from bot.domain.news.guess import GuessCode
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.trial import trial_of
from bot.sources.web import REQUESTS_PER_HOST, WebSource
from bot.sources.workers.pool import Workers
from tests.sources.pictures import picture
from tests.sources.site import DATA, Site, local_client, running_site

RSS = (DATA / "feeds" / "rss20.xml").read_bytes()
PAGE = """<!DOCTYPE html><html lang="vi"><head><title>Hội nghị sơ kết</title></head><body>
<div class="contentDetail"><p class="time-post text-change-size">Th 4, 16/08/2017 | 18:52 CH</p>
<h3 class="text-change-size">Hội nghị sơ kết</h3><div class="journal-content-article">
<p>Ngày 10/8/2017, tại Hà Nội, Đảng ủy Cục đã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.</p>
<p>Hội nghị đã nghe báo cáo và thảo luận về nhiệm vụ sáu tháng cuối năm của toàn Đảng bộ.</p>
</div></div></body></html>""".encode()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    started = Workers(count=2)
    yield started
    asyncio.run(started.close())


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_site() as running:
        yield running


@pytest.fixture
async def source(workers: Workers) -> AsyncIterator[WebSource]:
    async with local_client() as client:
        limits = HttpLimits(size=100_000, seconds=5)
        yield WebSource(http=client, workers=workers, clock=SystemClock(), limits=limits)


def feed_at(url: str, kind: FeedKind = FeedKind.SYNDICATION) -> Feed:
    return Feed(id=FeedId("tin"), topic=TopicId("tin"), name="Tin", url=url, kind=kind)


def the_source(source: Source) -> Source:
    return source


async def test_a_feed_is_fetched_and_its_validators_kept(site: Site, source: WebSource) -> None:
    url = site.answers(
        "/rss", RSS, headers={"ETag": 'W/"7"', "Last-Modified": "Wed, 16 Aug 2017 12:00:00 GMT"}
    )

    fetched = await the_source(source).fetch(feed_at(url), Validators())

    assert fetched is not None
    assert [entry.title for entry in fetched.entries] == [
        "Hội nghị sơ kết công tác Đảng & đoàn thể",
        "Lễ ra quân",
    ]
    assert fetched.validators == Validators('W/"7"', "Wed, 16 Aug 2017 12:00:00 GMT")
    assert not {"If-None-Match", "If-Modified-Since"} & set(site.headers[0])


async def test_a_feed_that_has_not_changed_is_not_parsed(site: Site, source: WebSource) -> None:
    url = site.answers("/rss", status=304)
    validators = Validators('W/"7"', "Wed, 16 Aug 2017 12:00:00 GMT")

    assert await source.fetch(feed_at(url), validators) is None
    assert site.headers[0]["If-None-Match"] == 'W/"7"'
    assert site.headers[0]["If-Modified-Since"] == "Wed, 16 Aug 2017 12:00:00 GMT"


async def test_a_validator_that_could_not_be_sent_back_is_forgotten(site: Site, source: WebSource) -> None:
    url = site.answers("/rss", RSS, headers={"ETag": '"Đảng"'})

    fetched = await source.fetch(feed_at(url), Validators())

    assert fetched is not None
    assert fetched.validators == Validators()


async def test_links_are_relative_to_where_the_redirects_ended(site: Site, source: WebSource) -> None:
    site.answers(
        "/moi/rss",
        b'<rss version="2.0"><channel><item><title>Tin</title><link>1</link></item></channel></rss>',
    )

    fetched = await source.fetch(feed_at(site.redirects("/cu", "/moi/rss")), Validators())

    assert fetched is not None
    assert fetched.entries[0].link == f"{site.url}/moi/1"


async def test_a_listing_page_is_read_by_its_selectors(site: Site, source: WebSource) -> None:
    url = site.answers(
        "/tin",
        b"<html><body><ul><li class=tin><a href=/tin/1.html>Tin so mot trong ngay</a><i>16/08/2017</i></li>"
        b"<li class=tin><a href=/tin/2>Tin so hai cung ngay</a><i>15/08/2017</i></li></ul></body></html>",
    )
    feed = replace(feed_at(url, FeedKind.LISTING), listing={"item": "li.tin", "title": "a"})

    fetched = await source.fetch(feed, Validators())

    assert fetched is not None
    assert [entry.link for entry in fetched.entries] == [f"{site.url}/tin/1.html", f"{site.url}/tin/2"]


async def test_a_feed_that_is_none_is_refused(site: Site, source: WebSource) -> None:
    url = site.answers("/rss", b"<html><body>x</body></html>")

    with pytest.raises(SourceError, match="is a web page, not a feed"):
        await source.fetch(feed_at(url), Validators())


async def test_a_feed_larger_than_the_limit_is_refused(site: Site, source: WebSource) -> None:
    url = site.answers("/rss", b" " * 100_001)

    with pytest.raises(SourceError, match="is larger than"):
        await source.fetch(feed_at(url), Validators())


async def test_a_page_is_completed_from_its_entry(site: Site, source: WebSource) -> None:
    link = site.answers("/tin/1.html", PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    entry = Entry("Hội nghị", link, photos=(Photo(f"{site.url}/a.jpg"),), summary="Tóm tắt của nguồn tin.")

    article = await source.read(feed_at(site.url), entry)

    assert (article.url, article.title) == (link, "Hội nghị sơ kết")
    assert len(article.body) == 2
    assert article.photos == entry.photos


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (404, {"Content-Type": "text/html"}),
        (200, {"Content-Type": "application/pdf"}),
        (302, {"Location": "/"}),
    ],
)
async def test_an_entry_stands_in_for_a_page_that_cannot_be_read(
    site: Site, source: WebSource, caplog: pytest.LogCaptureFixture, *, status: int, headers: dict[str, str]
) -> None:
    site.answers("/", PAGE, headers={"Content-Type": "text/html"})
    link = site.answers("/tin/1.html", b"x", status=status, headers=headers)
    entry = Entry("Hội nghị", link, summary="Tóm tắt.")

    with caplog.at_level(logging.WARNING):
        article = await source.read(feed_at(site.url), entry)

    assert article == Article(link, "Hội nghị", "Tóm tắt.")
    assert "feed tin: an entry stands in for its page" in caplog.text


async def test_an_entry_without_a_link_has_no_page(source: WebSource) -> None:
    entry = Entry("Hội nghị", guid="tin_1")

    article = await source.read(feed_at("https://so.example/rss"), entry)

    assert article == Article(f"https://so.example/rss#{entry.identity[:16]}", "Hội nghị")


async def test_a_page_is_previewed_without_a_feed(site: Site, source: WebSource) -> None:
    url = site.answers("/tin/1.html", PAGE, headers={"Content-Type": "text/html; charset=utf-8"})

    assert (await source.preview(url)).title == "Hội nghị sơ kết"


@pytest.mark.parametrize("url", ["khong-phai-dia-chi", "http://169.254.169.254/", "ftp://so.example/"])
async def test_a_preview_of_an_unknown_address_is_refused(source: WebSource, url: str) -> None:
    with pytest.raises(SourceError):
        await source.preview(url)


async def test_the_first_photo_that_can_be_shown_is_prepared(
    site: Site, source: WebSource, caplog: pytest.LogCaptureFixture
) -> None:
    icon = site.answers("/icon.png", picture(16, 16, kind="PNG"))
    good = site.answers("/good.webp", picture(640, 480, kind="WEBP"))
    article = Article(f"{site.url}/1", "Tin", photos=(Photo(icon), Photo(good)))

    with caplog.at_level(logging.WARNING):
        photo = await source.photo(article)

    assert photo is not None
    assert (photo.url, photo.width, photo.height) == (good, 640, 480)
    assert photo.content.startswith(b"\xff\xd8")
    assert len(photo.key) == 64
    assert f"{icon}: it is an icon or a spacer (16×16)" in caplog.text


async def test_the_same_picture_has_the_same_key(site: Site, source: WebSource) -> None:
    urls = [site.answers(path, picture(300, 200)) for path in ("/a.jpg", "/b.jpg")]

    photos = [await source.photo(Article(url, "Tin", photos=(Photo(url),))) for url in urls]

    assert len({photo.key for photo in photos if photo}) == 1


async def test_no_more_than_three_photos_are_tried(site: Site, source: WebSource) -> None:
    good = site.answers("/good.jpg", picture(300, 200))
    missing = tuple(Photo(f"{site.url}/{number}.jpg") for number in range(3))

    assert await source.photo(Article(site.url, "Tin", photos=(*missing, Photo(good)))) is None
    assert site.asked == ["/0.jpg", "/1.jpg", "/2.jpg"]


async def test_a_host_is_asked_by_few_at_a_time(site: Site, source: WebSource) -> None:
    here: list[int] = []
    most = 0
    full = asyncio.Event()

    async def slow(_: web.BaseRequest) -> web.StreamResponse:
        nonlocal most
        here.append(1)
        most = max(most, len(here))
        if most == REQUESTS_PER_HOST:
            full.set()
        await full.wait()
        here.pop()
        return web.Response(status=304)

    url = site.handles("/rss", slow)
    await asyncio.gather(*(source.fetch(feed_at(url), Validators()) for _ in range(6)))

    assert (most, len(site.asked)) == (REQUESTS_PER_HOST, 6)
    assert source._hosts._gates == {}


async def test_the_original_of_a_thumbnail_is_taken_where_there_is_one(site: Site, source: WebSource) -> None:
    thumbnails = [site.answers(f"/{name}_180x108.jpg", picture(180, 108)) for name in ("a", "b")]
    original = site.answers("/a.jpg", picture(900, 540))

    photos = [await source.photo(Article(site.url, "Tin", photos=(Photo(url),))) for url in thumbnails]

    assert [photo and (photo.url, photo.width) for photo in photos] == [
        (original, 900),
        (thumbnails[1], 180),
    ]
    led = Article(site.url, "Tin", photos=(Photo(thumbnails[0], "Quang cảnh"),)).led_by(photos[0])
    assert led.photos == (Photo(original, "Quang cảnh"),)


async def test_the_certificates_of_a_feed_are_trusted_for_its_pages_and_photos(
    workers: Workers,
) -> None:
    async with (
        running_site(certificate="incomplete.pem") as site,
        local_client(ca_bundle="root.pem") as client,
    ):
        source = WebSource(
            http=client, workers=workers, clock=SystemClock(), limits=HttpLimits(size=100_000, seconds=5)
        )
        url = site.answers("/rss", RSS)
        link = site.answers("/1.html", PAGE, headers={"Content-Type": "text/html"})
        photo = site.answers("/1.jpg", picture(300, 200))
        with pytest.raises(SourceError, match="incomplete certificate chain"):
            await source.fetch(feed_at(url), Validators())
        feed = replace(feed_at(url), ca_bundle=str(DATA / "tls" / "bundle.pem"))

        assert await source.fetch(feed, Validators())
        assert (await source.read(feed, Entry("Hội nghị", link))).body
        assert await source.photo(Article(link, "Tin", photos=(Photo(photo),)))


async def test_the_certificates_of_a_feed_are_trusted_for_no_other_host(workers: Workers) -> None:
    async with (
        running_site() as agency,
        running_site(certificate="incomplete.pem") as other,
        local_client(ca_bundle="root.pem") as client,
    ):
        source = WebSource(http=client, workers=workers, clock=SystemClock(), limits=HttpLimits(100_000, 5))
        feed_url = agency.answers("/rss", RSS).replace("127.0.0.1", "localhost")
        feed = replace(feed_at(feed_url), ca_bundle=str(DATA / "tls" / "bundle.pem"))
        photo = Photo(other.answers("/1.jpg", picture(300, 200)))
        page = other.answers("/1.html", PAGE, headers={"Content-Type": "text/html"})
        leads_away = agency.redirects("/away.html", page).replace("127.0.0.1", "localhost")

        assert await source.fetch(feed, Validators())
        alone = [await source.read(feed, Entry("Hội nghị", link)) for link in (page, leads_away)]

        assert [article.body for article in alone] == [(), ()]
        assert await source.photo(Article(feed_url, "Tin", photos=(photo,))) is None
        assert other.asked == []


@pytest.mark.parametrize(
    ("feed_url", "host", "trusted"),
    [
        ("https://so.gov.vn/rss", "so.gov.vn", True),
        ("https://www.so.gov.vn:8443/rss", "so.gov.vn", True),
        ("https://www.so.gov.vn/rss", "anh.SO.gov.vn", True),
        ("https://so.gov.vn/rss", "gov.vn", False),
        ("https://so.gov.vn/rss", "khac.gov.vn", False),
        ("https://so.gov.vn/rss", "so.gov.vn.evil.example", False),
        ("https://so.gov.vn/rss", "notso.gov.vn", False),
    ],
)
def test_what_belongs_to_the_site_of_a_feed(
    source: WebSource, feed_url: str, host: str, *, trusted: bool
) -> None:
    source._trust(replace(feed_at(feed_url), ca_bundle="agency.pem"))

    assert source._bundle_of(host) == ("agency.pem" if trusted else None)


async def test_a_bundle_of_a_feed_that_cannot_be_read_is_named(source: WebSource) -> None:
    feed = replace(feed_at("https://so.example.vn/rss"), ca_bundle="khong/co.pem")

    with pytest.raises(SourceError, match=r"the feed's ca_bundle: khong/co\.pem cannot be used"):
        await source.fetch(feed, Validators())


async def test_a_page_that_names_its_feed_is_polled_by_that_feed(site: Site, source: WebSource) -> None:
    page = b"<html><head><link rel=alternate type=application/rss+xml href=/rss></head><body>x</body></html>"
    url = site.answers("/tin", page, headers={"ETag": '"page"'})
    site.answers("/rss", RSS, headers={"ETag": '"feed"', "Cache-Control": "max-age=60"})
    feed = feed_at(url, FeedKind.AUTO)

    first = await source.fetch(feed, Validators())
    site.answers("/rss", status=304)
    second = await source.fetch(feed, Validators())

    assert first is not None
    assert (len(first.entries), first.validators, second) == (2, Validators(), None)
    assert (first.min_interval, first.kind) == (timedelta(seconds=60), FeedKind.SYNDICATION)
    assert site.asked == ["/tin", "/rss", "/rss"]
    assert site.headers[2]["If-None-Match"] == '"feed"'


async def test_a_page_whose_feed_cannot_be_had_is_read_as_a_list(site: Site, source: WebSource) -> None:
    items = "".join(f"<li><a href=/{n}>Tin so {n} cua So trong ngay</a> 16/08/2017</li>" for n in range(4))
    head = "<head><link rel=alternate type=application/rss+xml href=/rss></head>"
    url = site.answers("/tin", f"<html>{head}<body><ul>{items}</ul></body></html>".encode())

    fetched = await source.fetch(feed_at(url, FeedKind.AUTO), Validators())

    assert fetched is not None
    assert (len(fetched.entries), fetched.kind, site.asked) == (4, FeedKind.LISTING, ["/tin", "/rss"])


async def test_a_page_is_read_again_as_it_is_now(site: Site, source: WebSource) -> None:
    link = site.answers("/tin/1.html", PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    before = await source.read_again(feed_at(site.url), link)
    changed = PAGE.replace("Hội nghị sơ kết</h3>".encode(), "Hội nghị tổng kết</h3>".encode())
    site.answers("/tin/1.html", changed, headers={"Content-Type": "text/html; charset=utf-8"})

    after = await source.read_again(feed_at(site.url), link)

    assert (before.title, after.title) == ("Hội nghị sơ kết", "Hội nghị tổng kết")
    assert after == replace(before, title=after.title)


@pytest.mark.parametrize("status", [404, 410])
async def test_an_article_that_the_site_says_is_gone_is_gone(
    site: Site, source: WebSource, status: int
) -> None:
    link = site.answers("/tin/1.html", status=status)

    with pytest.raises(ArticleGoneError, match=f"answered {status}"):
        await source.read_again(feed_at(site.url), link)


async def test_an_article_that_leads_to_the_front_page_is_gone(site: Site, source: WebSource) -> None:
    site.answers("/", PAGE, headers={"Content-Type": "text/html"})

    with pytest.raises(ArticleGoneError, match="leads to the site's front page"):
        await source.read_again(feed_at(site.url), site.redirects("/tin/1.html", "/"))


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
async def test_an_article_that_cannot_be_had_just_now_is_not_gone(
    site: Site, source: WebSource, status: int
) -> None:
    link = site.answers("/tin/1.html", status=status)

    with pytest.raises(SourceError) as raised:
        await source.read_again(feed_at(site.url), link)

    assert not isinstance(raised.value, ArticleGoneError)


async def test_a_page_without_an_article_is_not_gone(site: Site, source: WebSource) -> None:
    busy = "<html><head><title>Bảo trì hệ thống</title></head><body><h1>Bảo trì</h1></body></html>".encode()
    link = site.answers("/tin/1.html", busy, headers={"Content-Type": "text/html"})

    with pytest.raises(SourceError) as raised:
        await source.read_again(feed_at(site.url), link)

    assert not isinstance(raised.value, ArticleGoneError)


async def test_an_older_page_is_read_like_the_first(site: Site, source: WebSource) -> None:
    older = await source.older(feed_at(site.url), site.answers("/rss2", RSS))

    assert len(older.entries) == 2


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_to_wait_is_told_apart(site: Site, source: WebSource, status: int) -> None:
    url = site.answers("/rss", status=status, headers={"Retry-After": "120"})

    with pytest.raises(AskedToWaitError) as raised:
        await source.fetch(feed_at(url), Validators())

    assert raised.value.after == timedelta(seconds=120)


async def test_a_hub_in_the_header_counts_before_the_feeds_own(site: Site, source: WebSource) -> None:
    url = site.answers("/rss", RSS, headers={"Link": "<https://hub.example/>; rel=hub, </rss>; rel=self"})

    fetched = await source.fetch(feed_at(url), Validators())

    assert fetched is not None
    assert (fetched.hub, fetched.topic) == ("https://hub.example/", url)


async def test_a_trial_finds_the_feed_of_a_page_and_teaches_the_polls_nothing(
    site: Site, source: WebSource
) -> None:
    site.answers("/rss", RSS, headers={"ETag": '"7"'})
    page = b"<html><head><link rel=alternate type=application/rss+xml href=/rss></head><body></body></html>"
    feed = feed_at(site.answers("/", page), FeedKind.AUTO)

    trials = [await trial_of(source, feed) for _ in range(2)]
    polled = await source.fetch(feed, Validators())

    assert [len(trial.fetched.entries) for trial in trials] == [2, 2]
    assert [guess.code for guess in trials[0].guesses] == [GuessCode.ELSEWHERE]
    assert trials[0].article is not None
    assert trials[0].unread is not None
    assert polled is not None
    assert len(polled.entries) == 2
    assert not any("If-None-Match" in headers for headers in site.headers)


async def test_a_page_whose_list_is_selected_leads_nowhere_else_any_more(
    site: Site, source: WebSource
) -> None:
    site.answers("/rss", RSS)
    page = (
        b"<html><head><link rel=alternate type=application/rss+xml href=/rss></head><body>"
        b"<p class=tin><a href=/1>Mot tin trong danh sach</a></p></body></html>"
    )
    feed = feed_at(site.answers("/", page), FeedKind.AUTO)

    found = await source.fetch(feed, Validators())
    selected = await source.fetch(replace(feed, listing={"item": ".tin"}), Validators())

    assert found is not None
    assert selected is not None
    assert [len(found.entries), [entry.title for entry in selected.entries]] == [
        2,
        ["Mot tin trong danh sach"],
    ]


async def test_a_trial_reads_no_private_address(workers: Workers) -> None:
    async with HttpClient(guard=AddressGuard(())) as client:
        limits = HttpLimits(size=100_000, seconds=5)
        source = WebSource(http=client, workers=workers, clock=SystemClock(), limits=limits)

        with pytest.raises(SourceError, match="private"):
            await trial_of(source, feed_at("http://127.0.0.1:9/rss"))
