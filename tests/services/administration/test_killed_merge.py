"""A process that is killed while topics are merged: no merge is half done, and each has its line once."""

import asyncio
import os
import random
from asyncio.subprocess import PIPE
from collections import Counter

import pytest
from sqlalchemy import select

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import AuditAction
from bot.services.administration.topic_merges import TopicMerges
from bot.store.engine.database import Database
from bot.store.feeds import added_topics, feeds, topic_merges
from bot.store.runtime import audit
from bot.store.schema import articles, deliveries, publications, subscriptions
from bot.store.schema.types import EPOCH
from tests import merging_process
from tests.forked import start_module
from tests.merging_process import ACTOR, SOURCES
from tests.running import unconfigured
from tests.store.world import DOMESTIC, FEED, FOREIGN, NOW, prepare, publish, subscribe

KILLS = int(os.environ.get("BANTIN_TEST_KILLS", "3"))
MERGED = {each.id for each in SOURCES}


@pytest.fixture
async def desk(db: Database) -> Database:
    """Topics with two chats and an article each."""
    await prepare(db)
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN, *SOURCES], [FEED], NOW)
        for each in SOURCES:
            await added_topics.note(tx, each.id)
    for number, each in enumerate(SOURCES):
        await subscribe(db, f"{100 + number}", f"{200 + number}", topic=each)
        await publish(db, number, topic=each)
    return db


async def live_and_die(url: str, seed: int) -> None:
    module = merging_process.__name__
    process = await start_module(module, url, str(seed), env=unconfigured(), stdout=PIPE)
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
        for _ in range(random.randint(1, 4)):
            await process.stdout.readline()
        await asyncio.sleep(random.uniform(0.0, 0.05))  # the moment is the point of it
    finally:
        process.kill()
        await process.wait()


async def look_through(db: Database) -> set[TopicId]:
    """Check that each topic is merged with its line or not at all, and return those that are."""
    async with db.read() as tx:
        lines = [line for line in await audit.since(tx, EPOCH) if line.act.about.id in MERGED]
        left = {each.id for each in await feeds.topics(tx)} & MERGED
        moving = {each.source for each in await topic_merges.under_way(tx)}
        chosen = [
            tuple(row) for row in await tx.execute(select(subscriptions.c.chat_id, subscriptions.c.topic_id))
        ]
        shown = [
            tuple(row) for row in await tx.execute(select(publications.c.article_id, publications.c.topic_id))
        ]
    assert {line.act.action for line in lines} <= {AuditAction.TOPIC_MERGED}
    assert {line.actor for line in lines} <= {ACTOR}
    assert Counter(line.act.about.id for line in lines) == Counter(MERGED - left)
    assert moving <= MERGED - left
    for found, each in ((chosen, 2), (shown, 1)):
        assert Counter(Counter(what for what, _ in found).values()) == {1: each * len(SOURCES)}, (
            "lost or twice"
        )
        by_topic = Counter(topic for _, topic in found)
        assert all(by_topic[topic] == each for topic in left), "it is merged in part, and nobody did it"
        assert all(not by_topic[topic] for topic in MERGED - left - moving), "the merge has ended too early"
    return MERGED - left


@pytest.mark.timeout(60 + 30 * KILLS)
async def test_a_kill_at_any_moment_leaves_no_half_merge(desk: Database, database_url: str) -> None:
    for turn in range(KILLS):
        await live_and_die(database_url, turn)
        merged = await look_through(desk)
    assert merged

    await TopicMerges(desk, SystemClock()).go_on()

    assert await look_through(desk) == merged
    async with desk.read() as tx:
        assert not await topic_merges.under_way(tx)
        notices = select(deliveries.c.chat_id).join(articles, articles.c.id == deliveries.c.article_id)
        told = (await tx.execute(notices.where(articles.c.key.startswith("merge of ")))).scalars().all()
    assert Counter(Counter(told).values()) == {1: 2 * len(merged)}
