"""Choosing a list on somebody's page, in the console: with a real page, fetched and read as feeds are."""

import re
from collections.abc import AsyncIterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.desk.roles import Role
from bot.sources.http.client import HttpClient
from bot.sources.http.ssrf import AddressGuard
from bot.sources.listing_pages import KeptListingPages
from bot.sources.web import WebSource
from bot.sources.workers.pool import Workers
from bot.store.engine.database import Database
from bot.store.runtime.admins import Appointment
from tests.fakes import FakeClock
from tests.sources.site import LIMITS, Site, local_client, running_site
from tests.web.console.stage import ConsoleStage, Seen, Visitor

ITEM = "<li><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a> <i>0{n}/03/2026</i>"
ITEM += "<p>Nội dung tóm tắt của tin số {n}, dài đủ để nhận ra là tóm tắt</p></li>"
PAGE = (
    "<html><body><script>alert(1)</script><h1>Tin tức</h1><ul class=tin>"
    + "".join(ITEM.format(n=n) for n in range(1, 5))
    + "</ul></body></html>"
)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_site() as site:
        yield site


@pytest.fixture
async def stage(sqlite_db: Database) -> AsyncIterator[ConsoleStage]:
    async with local_client() as http, Workers(count=1) as workers:
        source = WebSource(http=http, workers=workers, clock=FakeClock(), limits=LIMITS)
        async with ConsoleStage.open(sqlite_db, listings=KeptListingPages(source, FakeClock())) as stage:
            yield stage


def first_number(page: Seen) -> str:
    found = re.search(r'name="pick-title" value="(\d+)"', page.text)
    assert found is not None, page.text
    return found[1]


def version(page: Seen) -> str:
    found = re.search(r'data-version="([0-9a-f]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def frame(page: Seen) -> str:
    found = re.search(r'<iframe[^>]* src="/console([^"]+)"', page.text)
    assert found is not None, page.text
    return unescape(found[1])


async def test_a_list_is_chosen_without_a_script_and_handed_to_the_new_feed(
    stage: ConsoleStage, site: Site
) -> None:
    url = site.answers("/tin", PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    owner = await stage.sign_in()

    opened = await owner.get(f"/pick-listing?url={url}")
    chosen = await owner.get(
        f"/pick-listing?url={url}&version={version(opened)}&pick-title={first_number(opened)}"
    )
    found = re.search(r'href="/console(/new-feed[^"]+)"', chosen.text)
    assert found is not None, chosen.text
    handed = parse_qs(urlsplit(unescape(found[1])).query)
    form = await owner.get(unescape(found[1]))

    assert [f"Tin số {n}" in chosen.text.partition('id="found"')[2] for n in (1, 4)] == [True, True]
    assert ("Tìm thấy 4 tin" in chosen.text, "listing = { item = " in unescape(chosen.text)) == (True, True)
    assert (handed["url"], handed["kind"]) == ([url], ["listing"])
    assert all(f'value="{handed[part][0]}"' in unescape(form.text) for part in ("item", "title", "summary"))
    assert site.asked == ["/tin"]


async def test_the_page_is_shown_where_it_can_do_nothing(stage: ConsoleStage, site: Site) -> None:
    url = site.answers("/tin", PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    owner = await stage.sign_in()

    around = await owner.get(f"/pick-listing?url={url}")
    inside = await owner.get(frame(around))

    assert '<iframe class="picked-page" sandbox="allow-scripts" ' in around.text
    assert around.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'; frame-src 'self'")
    policy = dict(each.strip().split(" ", 1) for each in inside.headers["Content-Security-Policy"].split(";"))
    assert (policy["sandbox"], policy["default-src"], policy["frame-ancestors"]) == (
        "allow-scripts",
        "'none'",
        "'self'",
    )
    assert policy["script-src"].startswith(f"{owner.url}/console/static/")
    assert ("alert" in inside.text, inside.text.count("<script"), "Tin số 4" in inside.text) == (
        False,
        1,
        True,
    )


async def test_a_choice_on_a_page_that_has_changed_is_asked_again(stage: ConsoleStage, site: Site) -> None:
    url = site.answers("/tin", PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    owner = await stage.sign_in()

    page = await owner.get(f"/pick-listing?url={url}&version=0123456789abcdef&pick-title=6")

    assert ("Trang vừa thay đổi" in page.text, 'id="found"' in page.text) == (True, False)


@pytest.mark.parametrize("url", ["ftp://so.example/", "tin-tuc", "javascript:alert(1)"])
async def test_what_is_no_address_of_the_web_is_not_asked_for(stage: ConsoleStage, url: str) -> None:
    page = await (await stage.sign_in()).get(f"/pick-listing?url={url}")

    assert ("không hợp lệ" in page.text, "<iframe" in page.text) == (True, False)


async def test_a_private_address_is_refused(sqlite_db: Database, site: Site) -> None:
    url = site.answers("/tin", PAGE.encode())
    async with HttpClient(guard=AddressGuard(())) as http, Workers(count=1) as workers:
        source = WebSource(http=http, workers=workers, clock=FakeClock(), limits=LIMITS)
        async with ConsoleStage.open(sqlite_db, listings=KeptListingPages(source, FakeClock())) as stage:
            owner = await stage.sign_in()
            page, inside = (
                await owner.get(f"/pick-listing?url={url}"),
                await owner.get(f"/pick-listing/page?url={url}"),
            )

    assert ('class="card trouble"' in page.text, "Tin số" in page.text + inside.text) == (True, False)
    assert site.asked == []


async def test_it_is_for_those_who_manage_feeds(stage: ConsoleStage, site: Site) -> None:
    url = site.answers("/tin", PAGE.encode())
    await stage.appoint("901", Appointment((Role.READER,)))
    reader: Visitor = await stage.sign_in("901")

    answers = [
        (await reader.get(f"{path}?url={url}")).status for path in ("/pick-listing", "/pick-listing/page")
    ]

    assert (answers, site.asked) == ([403, 403], [])
