"""WebSub over real HTTP: a small hub is asked, verifies, pings and is asked again before its lease ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web

from bot.domain.news.feed import Entry, Feed, Fetched, SourceError
from bot.domain.news.websub import LONGEST_LEASE, PING_FLOOR, HubState, is_signed
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller
from bot.services.ingest.websub import PATH, HubSubscriber, note_hub
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.web import WebSource
from bot.sources.workers.pool import Workers
from bot.store.engine.database import Database
from bot.store.feeds import feeds, websub
from bot.web.server import serve
from bot.web.websub import websub_routes
from tests.fake_source import FakeSource
from tests.fakes import FakeClock
from tests.services.polling_world import FEED, OTHER, TOPIC
from tests.sources.site import local_client
from tests.web.small_hub import SmallHub


class World:
    """A feed that names a hub, our side of it, and the hub."""

    def __init__(self, database: Database, source: WebSource, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock
        self.hub = SmallHub()
        self._source = source
        self._runner: web.AppRunner | None = None

    async def start(self, hub: str) -> None:
        self.hub_url = hub
        async with self.database.write() as tx:
            await feeds.sync_definitions(tx, [TOPIC], [FEED, OTHER], self.clock.now())
        application = web.Application()
        application.add_routes(websub_routes(PATH, self))
        self._runner = await serve(application, host="127.0.0.1", port=0)
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.ours = HubSubscriber(self.database, self._source.ask_hub, self.clock, public_url=f"{self.url}/")
        self.is_known, self.confirm, self.ping = self.ours.is_known, self.ours.confirm, self.ours.ping

    async def stop(self) -> None:
        assert self._runner
        await self._runner.cleanup()

    async def name_hub(self, hub: str) -> None:
        async with self.database.write() as tx:
            await note_hub(tx, FEED, Fetched((), hub=hub), self.clock.now())

    async def subscribed(self) -> None:
        await self.name_hub(self.hub_url)
        await self.ours.ask_due()
        assert await self.hub.verify() == (200, "thử thách")

    async def define(self, *defined: Feed) -> None:
        async with self.database.write() as tx:
            await feeds.sync_definitions(tx, [TOPIC], defined, self.clock.now())

    async def remove(self) -> None:
        await self.define(OTHER)

    async def put_off(self) -> None:
        async with self.database.write() as tx:
            await feeds.poll_now(tx, FEED.id, self.clock.now() + timedelta(hours=1))

    async def state(self) -> HubState | None:
        async with self.database.read() as tx:
            subscription = await websub.of_feed(tx, FEED.id)
        return subscription.state if subscription else None

    async def due_in(self) -> timedelta:
        async with self.database.read() as tx:
            return (await feeds.statuses(tx))[0].next_poll_at - self.clock.now()


@asynccontextmanager
async def running_world(database: Database, *, tls: bool) -> AsyncIterator[World]:
    clock = FakeClock()
    async with local_client(ca_bundle="root.pem") as http, Workers(count=1) as workers:
        limits = HttpLimits(size=10_000, seconds=5)
        source = WebSource(http=http, workers=workers, clock=clock, limits=limits)
        world = World(database, source, clock)
        async with world.hub.running(tls=tls) as hub:
            await world.start(hub)
            yield world
            await world.stop()


@pytest.fixture
async def world(sqlite_db: Database) -> AsyncIterator[World]:
    async with running_world(sqlite_db, tls=True) as world:
        yield world


@pytest.fixture
async def plain_world(sqlite_db: Database) -> AsyncIterator[World]:
    """The same with a hub that is asked by plain http."""
    async with running_world(sqlite_db, tls=False) as world:
        yield world


async def test_a_hub_is_asked_and_its_challenge_answered(world: World) -> None:
    await world.name_hub(world.hub_url)

    await world.ours.ask_due()

    (asked,) = world.hub.requests
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == (
        "subscribe",
        FEED.url,
        "864000",
    )
    assert asked["hub.callback"].startswith(f"{world.url}{PATH}/")
    assert await world.state() == HubState.ASKED
    assert await world.hub.verify() == (200, "thử thách")
    assert await world.state() == HubState.ACTIVE


@pytest.mark.parametrize(
    ("mode", "topic"), [("subscribe", "https://khac.example/"), ("unsubscribe", ""), ("", "")]
)
async def test_what_was_not_asked_for_is_not_confirmed(world: World, mode: str, topic: str) -> None:
    await world.name_hub(world.hub_url)
    await world.ours.ask_due()

    status, _ = await world.hub.verify(mode=mode, topic=topic)

    assert (status, await world.state()) == (404, HubState.ASKED)


async def test_a_hub_that_refuses_is_asked_again_the_next_day(world: World) -> None:
    await world.name_hub(world.hub_url)
    await world.ours.ask_due()
    await world.hub.verify(mode="denied")

    for hours in (23, 2):
        world.clock.advance(hours * 3600)
        await world.ours.ask_due()

    assert len(world.hub.requests) == 2


async def test_one_that_is_not_confirmed_or_cannot_be_reached_is_asked_every_hour(world: World) -> None:
    world.hub.answers = 503
    await world.name_hub(world.hub_url)

    for _ in range(3):
        await world.ours.ask_due()
        await world.ours.ask_due()
        world.clock.advance(3601)

    assert len(world.hub.requests) == 3


async def test_a_subscription_is_renewed_before_its_lease_ends(world: World) -> None:
    await world.subscribed()

    for seconds in (790, 20):
        world.clock.advance(seconds)
        await world.ours.ask_due()

    assert len(world.hub.requests) == 2
    assert world.hub.requests[0] == world.hub.requests[1]


async def test_the_hub_of_a_feed_that_is_removed_is_asked_to_stop(world: World) -> None:
    await world.subscribed()
    await world.remove()

    await world.ours.ask_due()
    await world.ours.ask_due()

    assert [asked["hub.mode"] for asked in world.hub.requests] == ["subscribe", "unsubscribe"]
    assert (await world.hub.verify(mode="unsubscribe"), await world.state()) == ((200, "thử thách"), None)
    assert await world.hub.ping() == 410


async def test_a_hub_may_verify_while_it_is_asked_to_stop(world: World) -> None:
    await world.subscribed()
    await world.remove()
    world.hub.verifies = "unsubscribe"

    await world.ours.ask_due()

    assert (world.hub.verified, await world.state()) == ([(200, "thử thách")], None)


async def test_a_hub_that_cannot_be_left_is_asked_every_hour_until_its_lease_ends(world: World) -> None:
    await world.subscribed()
    await world.remove()
    world.hub.answers = 503

    states = []
    for seconds in (0, 10, 3_600):
        world.clock.advance(seconds)
        await world.ours.ask_due()
        states.append(await world.state())

    assert [asked["hub.mode"] for asked in world.hub.requests] == ["subscribe", "unsubscribe"]
    assert states == [HubState.LEAVING, HubState.LEAVING, None]


async def test_a_feed_that_comes_back_is_told_of_by_its_hub_again(world: World) -> None:
    await world.subscribed()
    await world.remove()
    world.hub.answers = 503
    await world.ours.ask_due()
    world.hub.answers = 202
    await world.define(FEED, OTHER)
    world.clock.advance(3_601)

    await world.ours.ask_due()

    assert world.hub.requests[-1]["hub.mode"] == "subscribe"
    assert (await world.hub.verify(), await world.state()) == ((200, "thử thách"), HubState.ACTIVE)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_a_signed_ping_makes_the_feed_due_at_once(world: World, method: str) -> None:
    await world.subscribed()
    await world.put_off()

    status = await world.hub.ping(method=method)

    assert (status, await world.due_in()) == (202, timedelta(0))


async def test_a_ping_that_is_replayed_is_forgotten(world: World) -> None:
    await world.subscribed()
    polls = 0
    for _ in range(200):
        assert await world.hub.ping(body=b"one") == 202
        world.clock.advance(2)
        if await world.due_in() <= timedelta(0):
            polls += 1
            await poller(world, FakeSource(hub=world.hub_url)).poll([FEED.id])

    assert polls == 1


async def test_pings_bring_about_one_poll_in_half_a_minute(world: World) -> None:
    await world.subscribed()
    polled_at = []
    for number in range(100):
        await world.hub.ping(body=f"news {number}".encode())
        world.clock.advance(1)
        if await world.due_in() <= timedelta(0):
            polled_at.append(world.clock.now())
            await poller(world, FakeSource(hub=world.hub_url)).poll([FEED.id])

    gaps = [after - before for before, after in pairwise(polled_at)]
    assert len(polled_at) == 4
    assert min(gaps) >= PING_FLOOR


async def test_a_ping_never_puts_a_poll_off(world: World) -> None:
    await world.subscribed()
    await poller(world, FakeSource(hub=world.hub_url)).poll([FEED.id])
    async with world.database.write() as tx:
        await feeds.poll_now(tx, FEED.id, world.clock.now())

    await world.hub.ping()

    assert await world.due_in() == timedelta(0)


async def test_a_hub_without_tls_is_given_no_secret(plain_world: World) -> None:
    await plain_world.subscribed()

    assert "hub.secret" not in plain_world.hub.requests[0]


async def test_an_unsigned_ping_of_a_hub_without_tls_only_makes_a_poll_due(plain_world: World) -> None:
    world = plain_world
    await world.subscribed()
    await poller(world, FakeSource(hub=world.hub_url)).poll([FEED.id])
    await world.put_off()

    statuses = [await world.hub.ping(body=body) for body in (b"one", b"two", b"two")]

    assert (statuses, await world.due_in()) == ([202] * 3, PING_FLOOR)


async def test_an_unsigned_ping_is_ignored_where_a_secret_was_given(world: World) -> None:
    await world.subscribed()
    await world.put_off()
    callback = world.hub.requests[0]["hub.callback"]

    async with aiohttp.ClientSession() as session, session.post(callback, data=b"forged") as answer:
        status = answer.status

    assert (status, await world.due_in()) == (202, timedelta(hours=1))


async def test_a_hub_that_promises_years_is_asked_again_within_a_month(world: World) -> None:
    await world.name_hub(world.hub_url)
    await world.ours.ask_due()
    await world.hub.verify(lease="999999999")

    world.clock.advance(LONGEST_LEASE.total_seconds())
    await world.ours.ask_due()

    assert LONGEST_LEASE.days == 30
    assert len(world.hub.requests) == 2


async def test_a_ping_without_a_good_signature_is_ignored(world: World) -> None:
    await world.subscribed()
    await world.put_off()

    statuses = [await world.hub.ping(secret="khác"), await world.hub.ping(method="md5")]

    assert (statuses, await world.due_in()) == ([202, 202], timedelta(hours=1))


async def test_a_ping_of_nobodys_subscription_ends_it(world: World) -> None:
    await world.subscribed()
    await world.name_hub("")

    assert await world.hub.ping() == 410


async def test_what_strangers_send_is_not_repeated_to_them(world: World) -> None:
    await world.subscribed()
    query = {"hub.mode": "unsubscribe", "hub.challenge": "<script>alert(1)</script>", "hub.topic": FEED.url}

    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.url}{PATH}/anything", params=query) as stranger:
            answered = stranger.status, await stranger.text()
        async with session.get(world.hub.requests[0]["hub.callback"], params=query) as token:
            known = token.status, await token.text()

    assert [answered, known] == [(404, ""), (404, "")]


async def test_strangers_are_answered_while_the_database_is_being_written_to(world: World) -> None:
    await world.subscribed()
    stranger = f"{world.url}{PATH}/la"

    async with world.database.write(), asyncio.timeout(5), aiohttp.ClientSession() as session:
        async with session.get(stranger, params={"hub.mode": "subscribe"}) as answer:
            assert answer.status == 404
        async with session.post(stranger, data=b"x" * 300_000) as answer:
            assert answer.status == 410
        assert await world.hub.ping(secret="khác") == 202


async def test_a_lease_of_thousands_of_digits_is_as_if_it_were_not_said(world: World) -> None:
    await world.name_hub(world.hub_url)
    await world.ours.ask_due()

    assert await world.hub.verify(lease="9" * 5_000) == (200, "thử thách")


async def test_a_ping_during_a_poll_is_not_lost(world: World) -> None:
    await world.subscribed()
    source = FakeSource(hub=world.hub_url, entries={FEED.id: (Entry("Tin", "https://office.example/1"),)})

    async def meanwhile() -> None:
        world.clock.advance(1)
        await world.hub.ping()

    source.meanwhile = meanwhile
    await poller(world, source).poll([FEED.id])

    assert await world.due_in() == PING_FLOOR


async def test_a_poll_notes_the_hub_and_forgets_one_that_is_named_no_more(world: World) -> None:
    source = FakeSource(hub="https://hub.example/")
    states = []
    for hub in ("https://hub.example/", ""):
        source.hub = hub
        await poller(world, source).poll([FEED.id])
        states.append(await world.state())

    assert states == [HubState.ASKED, None]


async def test_a_hub_inside_our_network_is_never_asked() -> None:
    async with HttpClient(guard=AddressGuard(())) as http:
        with pytest.raises(SourceError, match="not in the public internet"):
            await http.post("http://127.0.0.1:1/hub", {}, limits=HttpLimits(size=1, seconds=1))


@pytest.mark.parametrize(
    "signature", ["", "sha256=", "md5=d41d8cd98f00b204e9800998ecf8427e", "sha256=é", "x"]
)
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    assert not is_signed(b"", signature, secret="s")


def poller(world: World, source: FakeSource) -> Poller:
    return Poller(
        world.database,
        source,
        world.clock,
        owner="poller",
        rules=IngestRules(concurrency=1),
    )
