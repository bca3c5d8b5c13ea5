"""The API of a running service: what a program posts arrives at once, and once, and no kill makes it two."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.domain.clock import SystemClock
from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.audit import AuditAction
from bot.domain.news.feed import Feed, FeedId, FeedKind
from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import PREFIX, article_path, photo_path
from bot.services.administration import api_keys
from bot.services.administration.api_keys import WantedApiKey
from bot.store.engine.database import Database
from bot.store.feeds import added_feeds, feeds
from bot.store.schema import articles, audit_log, deliveries, submissions
from tests.emulated import Emulated
from tests.outbox_world import TOPIC, OutboxWorld
from tests.running import Running, environment, service
from tests.web.api.world import CONTENT, LAN

KILLS = int(os.environ.get("BANTIN_TEST_KILLS", "3"))
"""More of them take long: each process needs its seconds to start."""
AT_ONCE = 3
FEED = FeedId("nguon")
SECTION = SECTIONS[0]
RSS = f"{PREFIX}/web/guest/{SECTION.path}/-/asset_publisher/{SECTION.instance}/rss"
USERS = 3


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def emulated(site: Site) -> AsyncIterator[Emulated]:
    async with Emulated.start(mounts=(site.mount,)) as emulated:
        yield emulated


def with_api(emulated: Emulated, url: str) -> dict[str, str]:
    return environment(
        emulated, url, BANTIN_WEB__API="true", BANTIN_HTTP__ALLOW_PRIVATE=emulated.url.rpartition("/")[2]
    )


async def prepared(emulated: Emulated, url: str) -> str:
    """Make people who subscribe, a feed, and a key; return its token."""
    users = await emulated.subscribers(USERS)
    feed = Feed(FEED, TOPIC.id, "Nguồn", f"{emulated.url}{RSS}", FeedKind.AUTO, timedelta(hours=6))
    async with OutboxWorld.make(emulated, url) as world:
        await world.subscribe(users)
        async with world.database.write() as tx:
            await added_feeds.add(tx, feed, world.clock.now())
            wanted = WantedApiKey("cms", frozenset(ApiScope))
            return (await api_keys.create(tx, wanted, LAN, now=world.clock.now())).token


async def post(
    session: aiohttp.ClientSession, running: Running, token: str, key: str, **content: Any
) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    address = f"{await running.web()}/api/v1/contents"
    async with session.post(address, json={**CONTENT, **content}, headers=headers) as answer:
        return answer.status, await answer.json()


async def poll_now(url: str) -> None:
    database = await Database.open(url)
    async with database.write() as tx:
        await feeds.poll_now(tx, FEED, SystemClock().now())
    await database.close()


@pytest.mark.timeout(300)
async def test_what_is_posted_arrives_and_the_poll_that_finds_it_later_doubles_nothing(
    emulated: Emulated, site: Site, database_url: str
) -> None:
    token = await prepared(emulated, database_url)
    async with service(with_api(emulated, database_url)) as running, aiohttp.ClientSession() as session:
        await running.until_logged("polled")
        published = site.newsroom.publish(section=SECTION.id)
        status, said = await post(
            session,
            running,
            token,
            "bài 1".encode().hex(),
            url=f"{emulated.url}{article_path(published)}",
            title=published.title,
            # This portal has two addresses for each page, and by these two it is known as one.
            published_at=published.at.isoformat(),
            photo_url=f"{emulated.url}{photo_path(published.photos[0].name)}",
        )
        await emulated.until_sent(USERS)
        await poll_now(database_url)
        polled = await running.until_logged("polled", 2)

    messages = await emulated.outbox()
    assert (status, said["state"], polled["pushed"]) == (201, "released", 1)
    assert Counter(message["chat"] for message in messages) == Counter(range(1000, 1000 + USERS))
    assert all(message["photo"] and published.title in message["text"] for message in messages)
    assert token not in str(running.logs)


@pytest.mark.timeout(300)
async def test_the_api_is_there_only_where_it_is_switched_on(emulated: Emulated, sqlite_url: str) -> None:
    token = await prepared(emulated, sqlite_url)
    variables = {**with_api(emulated, sqlite_url), "BANTIN_WEB__API": "false"}

    async with service(variables) as running, aiohttp.ClientSession() as session:
        address = f"{await running.web()}/api/v1/topics"
        async with session.get(address, headers={"Authorization": f"Bearer {token}"}) as answer:
            status = answer.status

    assert status == 404


@pytest.mark.timeout(300)
async def test_a_photo_inside_of_the_network_is_not_fetched(emulated: Emulated, sqlite_url: str) -> None:
    token = await prepared(emulated, sqlite_url)
    variables = {**with_api(emulated, sqlite_url), "BANTIN_HTTP__ALLOW_PRIVATE": ""}
    before = (await emulated.metrics())["sent"]

    async with service(variables) as running, aiohttp.ClientSession() as session:
        photo = f"{emulated.url}{photo_path(Site().newsroom.articles()[0].photos[0].name)}"
        status, _ = await post(session, running, token, "k", photo_url=photo)
        await emulated.until_sent(before + USERS)
        left_out = await running.until_logged("a photo is left out")

    messages = await emulated.outbox()
    assert (status, [message.get("photo") for message in messages]) == (201, [None] * USERS)
    assert "is not in the public internet" in left_out["reason"]


@pytest.mark.timeout(300)
async def test_a_request_that_is_repeated_after_a_kill_publishes_once(
    emulated: Emulated, database_url: str
) -> None:
    token = await prepared(emulated, database_url)
    variables = with_api(emulated, database_url)
    chance = random.Random()
    async with aiohttp.ClientSession() as session:
        for number in range(KILLS):
            async with service(variables) as running:
                await running.until_logged("running")
                posts = [begin(session, running, token, number * AT_ONCE + each) for each in range(AT_ONCE)]
                await asyncio.sleep(chance.uniform(0.0, 0.1))  # the moment is the point of it
                running.process.kill()
                await running.process.wait()
                await asyncio.gather(*posts, return_exceptions=True)
        async with service(variables) as running:
            ids: dict[int, int] = {}
            for number in range(KILLS * AT_ONCE):
                for _ in range(2):
                    status, said = await begin(session, running, token, number)
                    assert status == 201
                    assert ids.setdefault(number, said["id"]) == said["id"]
            await emulated.until(lambda: sent_to_everybody(emulated, KILLS * AT_ONCE))

    database = await Database.open(database_url)
    async with database.read() as tx:
        titles = (await tx.execute(select(articles.c.title).where(articles.c.id.in_(ids.values())))).scalars()
        owed = (await tx.execute(select(deliveries.c.article_id, deliveries.c.chat_id))).all()
        known = (await tx.execute(select(submissions.c.article_id))).scalars().all()
        acts = (await tx.execute(select(audit_log.c.action))).scalars().all()
    await database.close()
    assert sorted(titles) == sorted(f"Bài {number:03}" for number in range(KILLS * AT_ONCE))
    assert sorted(known) == sorted(ids.values())
    assert len(owed) == len(set(owed)) == KILLS * AT_ONCE * USERS
    assert acts.count(AuditAction.CONTENT_PUBLISHED) == KILLS * AT_ONCE


def begin(
    session: aiohttp.ClientSession, running: Running, token: str, number: int
) -> "asyncio.Task[tuple[int, dict[str, Any]]]":
    page = f"https://agency.example/tin/{number:03}"
    return asyncio.create_task(
        post(session, running, token, f"k-{number}", url=page, title=f"Bài {number:03}")
    )


async def sent_to_everybody(emulated: Emulated, count: int) -> bool:
    """Return whether each article has arrived in each chat; a kill may send one again, never none."""
    seen = {(message["chat"], message["text"][:7]) for message in await emulated.outbox()}
    return len(seen) == count * USERS
