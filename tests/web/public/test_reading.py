"""What everybody may read, and what nobody may: every page, feed and list is walked."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.domain.blocks.model import (
    DocumentBlock,
    Heading,
    ItemList,
    ListItem,
    Media,
    MediaKind,
    Paragraph,
    PhotoBlock,
    Quotation,
    Rule,
    Table,
    TableCell,
    TextRun,
    plain_runs,
)
from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.publication import Step
from bot.store.articles import articles, ended
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.web.public.pages import photos_in
from bot.web.public.templating import PublicPages
from bot.web.templating import iso, wording
from tests.commands.stage import ABROAD, FEEDS, HOME, TOPICS
from tests.web.public.stage import CLOSED, PublicStage

OPEN, SECOND = "Hội nghị sơ kết", "Ký kết hợp tác"
HIDDEN = ("Bài nội bộ mật", "Bài chờ duyệt", "Bài đã dừng", "Bài đã thu hồi", "Bài đã hết hạn")
GONE = frozenset(HIDDEN[3:])
_LINKS = re.compile(r"""(?:href|src)="([^"]+)"|<loc>([^<]+)</loc>|"(?:url|feed_url)":"([^"]+)\"""")


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[PublicStage]:
    """Serve a page with two articles for everybody, and others that nobody may read, for each reason."""
    async with PublicStage.open(db) as stage:
        await stage.publish(OPEN, age=2)
        await stage.publish(SECOND, ABROAD)
        await stage.publish(HIDDEN[0], CLOSED.id)
        asking = replace(TOPICS[1], approval=ApprovalRule(Approval.ONE))
        await _define(stage, asking)
        await stage.publish(HIDDEN[1], ABROAD)
        await _define(stage, TOPICS[1])
        stopped, recalled, over = [await stage.publish(title) for title in HIDDEN[2:]]
        await stage.step(stopped, Step.STOP)
        await stage.step(recalled, Step.RECALL)
        async with db.write() as tx:
            await ended.end(tx, over, stage.clock.now())
        yield stage


async def _define(stage: PublicStage, abroad: Any) -> None:
    async with stage.site.database.write() as tx:
        await feeds.sync_definitions(tx, (TOPICS[0], abroad, CLOSED), FEEDS, stage.clock.now())


async def test_whoever_follows_every_link_finds_what_is_released_and_nothing_else(stage: PublicStage) -> None:
    seen: dict[str, str] = {}
    waiting = [
        "/",
        "/tin",
        "/robots.txt",
        "/tin/sitemap.xml",
        "/tin/tim?q=b%C3%A0i",
        "/tin/tim?q=m%E1%BA%ADt",
    ]
    waiting += ["/tin/atom.xml", "/tin/feed.json"]
    while waiting:
        path = waiting.pop()
        answer = await stage.get_at_once(path)
        assert answer.status in (200, 302), (path, answer.status)
        text = seen[path] = answer.text
        assert "Set-Cookie" not in answer.headers
        found = {next(filter(None, each)).replace("&amp;", "&") for each in _LINKS.findall(text)}
        ours = {each.removeprefix(stage.site.address).partition("#")[0] for each in found}
        ours -= {each for each in ours if each.endswith(".pdf")}
        waiting += [each for each in ours if each.startswith("/") and each not in {*seen, *waiting}]

    everything = "\n".join(seen.values())
    assert [words for words in (*HIDDEN, CLOSED.name("vi"), CLOSED.id) if words in everything] == []
    for title in (OPEN, SECOND):
        assert {
            stage.path_of(title),
            stage.path_of(title, language="/en"),
            f"{stage.path_of(title)}/in",
        } <= set(seen)
    kinds = ("atom.xml", "feed.json", ".svg", "sitemap-chuyen-muc.xml", "/tin/en/dang-ky")
    assert [kind for kind in kinds if not any(path.endswith(kind) for path in seen)] == []


async def test_what_nobody_may_read_is_not_there_and_what_was_taken_down_is_gone(stage: PublicStage) -> None:
    paths = {title: stage.path_of(title) for title in HIDDEN}
    found = {title: (await stage.get(path)).status for title, path in paths.items()}
    printed = {title: (await stage.get(f"{path}/in")).status for title, path in paths.items()}
    closed = [
        (await stage.get(path)).status
        for path in (
            "/tin/chuyen-muc/noi-bo",
            "/tin/chuyen-muc/noi-bo/atom.xml",
            "/tin/chuyen-muc/noi-bo/feed.json",
            "/tin/dang-ky/noi-bo/telegram",
            "/tin/dang-ky/noi-bo/telegram.svg",
            "/tin/en/dang-ky/noi-bo/telegram.pdf",
            "/tin/dang-ky/trong-nuoc/signal",
            "/tin/chuyen-muc/trong-nuoc?trang=2",
            "/tin/chuyen-muc/trong-nuoc?trang=x",
            "/tin/sitemap-999.xml",
            "/tin/bai/x",
            "/tin/khac",
        )
    ]

    slash = await stage.get("/tin//chuyen-muc/")
    assert (slash.status, slash.headers["Location"]) == (301, "/tin//chuyen-muc")
    assert found == printed == {title: 410 if title in GONE else 404 for title in HIDDEN}
    assert closed == [404] * len(closed)


async def test_a_stop_is_seen_within_seconds_and_a_resume_as_well(stage: PublicStage) -> None:
    (number,) = await _ids(stage, OPEN)
    path = stage.path_of(OPEN)
    before = (await stage.get(path)).status
    await stage.step(number, Step.STOP)
    at_once, later = (await stage.get_at_once(path)).status, (await stage.get(path)).status
    listed = OPEN in (await stage.get("/tin")).text
    await stage.step(number, Step.RESUME)

    assert (before, at_once, later, listed) == (200, 200, 404, False)
    assert (await stage.get(path)).status == 200


async def _ids(stage: PublicStage, title: str) -> list[ArticleId]:
    async with stage.site.database.read() as tx:
        found, _ = await articles.latest(tx, topics=[HOME, ABROAD], limit=9)
    return [each.id for each in found if each.article.title == title]


async def test_an_article_that_is_called_otherwise_now_is_found_by_its_old_address_and_says_what_changed(
    stage: PublicStage,
) -> None:
    (number,) = await _ids(stage, OPEN)
    async with stage.site.database.write() as tx:
        stored = await articles.get(tx, number)
        assert stored is not None
        renamed = replace(stored.article, title="Hội nghị tổng kết")
        await articles.revise(tx, number, renamed, None, revision=1, now=stage.clock.now())

    old = await stage.get(stage.path_of(OPEN))
    printed = await stage.get(f"{stage.path_of(OPEN)}/in")
    new = await stage.get(old.headers["Location"])

    assert (old.status, printed.status, new.status) == (301, 301, 200)
    assert printed.headers["Location"] == f"{old.headers['Location']}/in"
    assert "hoi-nghi-tong-ket-" in old.headers["Location"]
    assert f"“{OPEN}”" in new.text


async def test_an_article_that_was_corrected_has_changed_since_it_was_published(stage: PublicStage) -> None:
    (number,) = await _ids(stage, OPEN)
    stage.clock.advance(3600)
    async with stage.site.database.write() as tx:
        stored = await articles.get(tx, number)
        assert stored is not None
        layout = (ItemList((ListItem((Paragraph(plain_runs("Một")),)),)),)
        changed = replace(stored.article, body=("Một",), blocks=layout)
        await articles.revise(tx, number, changed, None, revision=1, now=stage.clock.now())
    at = iso(stage.clock.now())

    atom = ET.fromstring((await stage.get("/tin/atom.xml")).text)
    told = json.loads((await stage.get("/tin/chuyen-muc/trong-nuoc/feed.json")).text)["items"]

    space = {"a": "http://www.w3.org/2005/Atom"}
    of_entries = [each.findtext("a:updated", "", space) for each in atom.findall("a:entry", space)]
    assert (of_entries[1], atom.findtext("a:updated", "", space), told[0]["date_modified"]) == (at, at, at)
    assert of_entries[0] != at
    assert told[0]["content_html"] == "<ul><li><p>Một</p>\n</li></ul>"


async def test_feeds_hold_the_articles_under_names_that_stay(stage: PublicStage) -> None:
    atom = ET.fromstring((await stage.get("/tin/chuyen-muc/trong-nuoc/atom.xml")).text)
    both = json.loads((await stage.get("/tin/feed.json")).text)
    key = Article(f"https://agency.example/{OPEN}", OPEN).key

    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = atom.findall("a:entry", space)
    assert [each.findtext("a:title", "", space) for each in entries] == [OPEN]
    assert entries[0].findtext("a:id", "", space) == f"{stage.site.address}/tin/bai/{key[:16]}"
    assert "<p>Đoạn đầu của" in entries[0].findtext("a:content", "", space)
    assert "&lt;/script&gt;" in entries[0].findtext("a:content", "", space)
    assert [each["title"] for each in both["items"]] == [SECOND, OPEN]
    assert both["items"][0]["external_url"] == f"https://agency.example/{SECOND}"
    assert both["feed_url"] == f"{stage.site.address}/tin/feed.json"


async def test_programs_are_told_of_the_agencys_own_page_and_nothing_ends_their_data(
    stage: PublicStage,
) -> None:
    page = (await stage.get(stage.path_of(OPEN))).text

    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(data[0])
    assert (told["@type"], told["headline"], len(data)) == ("NewsArticle", OPEN, 1)
    assert told["mainEntityOfPage"] == f"https://agency.example/{OPEN}"
    assert f'<link rel="canonical" href="https://agency.example/{OPEN}">' in page
    assert f'<meta property="og:title" content="{OPEN}">' in page
    assert "<script>" not in page


async def test_a_topic_is_paged_to_its_end(stage: PublicStage) -> None:
    for number in range(40):
        await stage.publish(f"Tin số {number:02}", TopicId("quoc-te"), age=number + 1)

    pages = [(await stage.get(f"/tin/chuyen-muc/quoc-te?trang={page}")).text for page in (1, 2, 3)]

    titles = [re.findall(r'lang="vi">(Tin số \d\d|Ký kết hợp tác)</a>', page) for page in pages]
    assert [len(each) for each in titles] == [20, 20, 1]
    assert [title for each in titles for title in each] == [
        SECOND,
        *(f"Tin số {number:02}" for number in range(40)),
    ]
    assert (await stage.get("/tin/chuyen-muc/quoc-te?trang=4")).status == 404


async def test_the_layout_of_a_text_is_kept_and_nothing_of_it_is_silently_gone(stage: PublicStage) -> None:
    header = TableCell(plain_runs("Năm"), header=True, colspan=2)
    blocks = (
        Heading(3, plain_runs("Kết quả")),
        Paragraph((TextRun("Xem "), TextRun("thông báo", bold=True, url="https://agency.example/tb"))),
        ItemList((ListItem((Paragraph(plain_runs("Một <b>")),)),), ordered=True, start=4),
        Quotation((Paragraph((TextRun("Lời nói", italic=True),)), Heading(5, plain_runs("Trong lời")))),
        Table(((header,), (TableCell(plain_runs("2017")),)), "Đơn"),
        PhotoBlock("https://agency.example/anh.jpg", "Toàn cảnh"),
        Media("https://agency.example/phim", "Phóng sự", MediaKind.VIDEO),
        DocumentBlock("https://agency.example/qd.pdf", "Quyết định", "1 MB"),
        Rule(),
    )
    article = Article("https://agency.example/bo-cuc", "Bố cục", blocks=blocks)
    template = PublicPages.load(stage.site).environment.get_template("text.html")

    page = template.render(
        **wording(stage.site.translator, "vi"),
        article=article,
        in_place={},
        lead=None,
        summary="",
    )

    parts = (
        "<h2>Kết quả</h2>",
        '<a href="https://agency.example/tb" rel="noopener nofollow"><strong>thông báo</strong></a>',
        '<ol start="4"><li><p>Một &lt;b&gt;</p>',
        "<blockquote><p><em>Lời nói</em></p>",
        "<h3>Trong lời</h3>",
        '<th colspan="2">Năm</th>',
        "<caption>Đơn</caption>",
        'href="https://agency.example/anh.jpg"',
        'href="https://agency.example/phim"',
        'href="https://agency.example/qd.pdf"',
        "<hr>",
    )
    assert [part for part in parts if part not in page] == []
    assert list(photos_in(article.layout)) == ["https://agency.example/anh.jpg"]
