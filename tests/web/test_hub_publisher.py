"""WebSub as a publisher, over real HTTP: the page's feeds name a hub, and it is told when they change."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import orjson
import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from bot.domain.news.article import Article, ArticleId
from bot.domain.news.feed import SourceError
from bot.domain.publication.publication import Step
from bot.runtime.serving.public_page import ticks_of_hub
from bot.services.operations.hub_publisher import POLICY, SETTLES
from bot.settings.settings import Settings, WebSection
from bot.sources.http.client import HttpLimits
from bot.sources.web import WebSource
from bot.sources.workers.pool import Workers
from bot.store.articles import articles
from bot.store.coordination import heartbeats
from bot.store.engine.database import Database
from bot.web.public.cache import CACHE_CONTROL, FRESH
from tests.sources.site import local_client
from tests.web.public.stage import CLOSED, PublicStage
from tests.web.small_hub import SmallHub

Look = Callable[[], Awaitable[object]]

OF_HOME = ("/tin/chuyen-muc/trong-nuoc/atom.xml", "/tin/chuyen-muc/trong-nuoc/feed.json")
OF_ALL = ("/tin/atom.xml", "/tin/feed.json")
ENOUGH = 20
"""Looks in which everything is told that is due."""


@dataclass
class World:
    """A public page, the hub that its feeds name, and what tells it."""

    stage: PublicStage
    hub: SmallHub
    source: WebSource
    hub_url: str

    def publisher(self, owner: str = "one") -> Look:
        """Return what a process of the service does again and again."""
        site = self.stage.site
        web = WebSection(public_url=site.address, public=True, hub=self.hub_url)
        settings = Settings.model_construct(web=web)
        (tick,) = ticks_of_hub(settings, site.database, site.clock, self.source, owner)
        return tick.call

    async def told(self, look: Look, *, seconds: float = SETTLES) -> list[str]:
        """Look now and once so many *seconds* have passed; return the paths that the hub was told of."""
        before = len(self.hub.requests)
        await look()
        self.stage.clock.advance(seconds)
        for _ in range(ENOUGH):
            await look()
        urls = [asked["hub.url"] for asked in self.hub.requests[before:]]
        return [url.removeprefix(self.stage.site.address) for url in urls]


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[World]:
    hub = SmallHub()
    async with (
        hub.running(tls=False) as url,
        PublicStage.open(database, hub=url) as stage,
        local_client() as http,
        Workers(count=1) as workers,
    ):
        limits = HttpLimits(size=10_000, seconds=5)
        yield World(stage, hub, WebSource(http=http, workers=workers, clock=stage.clock, limits=limits), url)


@pytest.fixture
async def world(db: Database) -> AsyncIterator[World]:
    async with opened(db) as world:
        yield world


async def test_the_feeds_name_the_hub_and_themselves(world: World) -> None:
    atom, told = [await world.stage.get(path) for path in OF_HOME]

    links = ET.fromstring(atom.text).findall("{http://www.w3.org/2005/Atom}link")
    named = {link.get("rel"): link.get("href") for link in links}
    own = [world.stage.site.address + path for path in OF_HOME]
    assert (named["hub"], named["self"]) == (world.hub_url, own[0])
    assert orjson.loads(told.body)["hubs"] == [{"type": "WebSub", "url": world.hub_url}]
    for answer, url in zip((atom, told), own, strict=True):
        assert answer.headers["Link"] == f'<{world.hub_url}>; rel="hub", <{url}>; rel="self"'


def test_a_hub_is_named_by_a_page_alone() -> None:
    with pytest.raises(ValidationError, match=r"web\.public"):
        WebSection(hub="https://hub.example.vn")


async def test_without_a_hub_none_is_named(sqlite_db: Database) -> None:
    async with PublicStage.open(sqlite_db) as stage:
        atom, told = await stage.get(OF_ALL[0]), await stage.get(OF_ALL[1])

    assert "hub" not in atom.text
    assert "hubs" not in orjson.loads(told.body)
    assert "Link" not in atom.headers


async def test_a_release_a_correction_and_a_recall_are_told_once_each_and_of_the_feeds_concerned(
    world: World,
) -> None:
    publisher = world.publisher()
    first = await world.told(publisher)
    article = await world.stage.publish("Họp báo")
    released = await world.told(publisher)
    await revise(world, article)
    corrected = await world.told(publisher)
    await world.stage.step(article, Step.RECALL)
    recalled = await world.told(publisher)
    quiet = await world.told(publisher)

    concerned = sorted((*OF_HOME, *OF_ALL))
    assert set(concerned) < set(first)
    assert [sorted(each) for each in (released, corrected, recalled)] == [concerned] * 3
    assert quiet == []
    assert {asked["hub.mode"] for asked in world.hub.requests} == {"publish"}
    assert all(asked["hub.url"] == asked["hub.topic"] for asked in world.hub.requests)


async def revise(world: World, article: ArticleId) -> None:
    now = world.stage.clock.now()
    corrected = Article("https://agency.example/Họp báo", "Họp báo thường kỳ", body=("Đoạn đã sửa.",))
    async with world.stage.site.database.write() as tx:
        await articles.revise(tx, article, corrected, None, revision=1, now=now)


async def test_of_what_is_for_members_only_no_hub_is_told(world: World) -> None:
    publisher = world.publisher()
    first = await world.told(publisher)

    await world.stage.publish("Họp kín", CLOSED.id)

    assert await world.told(publisher) == []
    assert not any(CLOSED.id in path for path in first)


async def test_what_the_hub_then_reads_is_new(world: World) -> None:
    """An answer may be given again for seconds, and be kept by a proxy for some more."""
    publisher = world.publisher()
    await world.told(publisher)
    await world.stage.get(OF_ALL[0])
    await world.stage.publish("Họp báo")

    early = await world.told(publisher, seconds=FRESH)
    late = await world.told(publisher)

    assert (early, sorted(late)) == ([], sorted((*OF_HOME, *OF_ALL)))
    assert "Họp báo" in (await world.stage.get_at_once(OF_ALL[0])).text
    assert FRESH + int(CACHE_CONTROL.rpartition("=")[2]) <= SETTLES


async def test_a_hub_that_refuses_is_told_again_later_and_of_nothing_twice(world: World) -> None:
    publisher = world.publisher()
    await world.told(publisher)
    await world.stage.publish("Họp báo")
    world.hub.answers = 503
    with capture_logs() as logs:
        refused = await world.told(publisher)
    world.hub.answers = 204
    too_early = await world.told(publisher, seconds=POLICY.first_wait.total_seconds() / 2)
    told = await world.told(publisher)

    assert (len(refused), too_early, sorted(told)) == (1, [], sorted((*OF_HOME, *OF_ALL)))
    assert [line["log_level"] for line in logs] == ["warning"]


async def test_a_hub_in_our_own_network_is_not_knocked_at(world: World) -> None:
    with pytest.raises(SourceError):
        await world.source.ping_hub("http://10.0.0.1/hub", "https://tin.example.vn/tin/atom.xml")


async def test_a_process_that_starts_tells_of_every_feed_once(world: World) -> None:
    first = await world.told(world.publisher())

    assert await world.told(world.publisher()) == first


@pytest.mark.postgres
async def test_of_two_processes_one_tells_and_the_other_once_it_is_dead(postgresql_url: str) -> None:
    database = await Database.open(postgresql_url)
    async with opened(database) as world:
        one, two = world.publisher("one"), world.publisher("two")
        async with database.write() as tx:
            await heartbeats.begin(tx, "one")
            await heartbeats.begin(tx, "two")
        first, other = await world.told(one), await world.told(two)
        async with database.write() as tx:
            await heartbeats.end(tx, "one")
        heir = await world.told(two)
    await database.close()

    assert (other, heir) == ([], first)
    assert first
