"""A process that is killed while articles are stopped, resumed, recalled and sent again during broadcasts."""

import asyncio
import os
import random
from asyncio.subprocess import PIPE
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.desk.audit import AuditAction
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState, Step
from bot.services.publishing.publications import take_step
from bot.store.engine.database import Transaction
from bot.store.publications import pauses, publications
from bot.store.runtime import audit
from bot.store.schema import articles, chats, deliveries
from bot.store.schema.types import EPOCH
from tests import desk_process
from tests.emulated import TOKEN, Emulated
from tests.forked import start_module
from tests.outbox_world import OutboxWorld
from tests.running import unconfigured

KILLS = int(os.environ.get("BANTIN_TEST_KILLS", "3"))
"""More of them take long: each process needs its seconds to start."""
RATE = 200
CHATS = 40
SLOW = 0.2
"""Seconds for which a request that had reached the server's socket may wait there on a busy machine."""


@dataclass
class Desk:
    """What processes have said: when each article was stopped for sure, and when it was to go on."""

    said: dict[int, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, output: str) -> None:
        *whole, _cut_off = output.split("\n")
        for what, article, at in map(str.split, whole):
            self.said[int(article)].append((float(at), what))

    def still(self, article: int) -> Iterator[tuple[float, float]]:
        """Yield from when until when *article* was stopped for sure.

        A kill may come before a resume is heard of, never before a stop is: who resumes says so before.
        """
        since = None
        for at, what in self.said[article]:
            if what == "stopped":
                since = at
            elif since is not None:
                yield since, at
                since = None


async def live_and_die(world: OutboxWorld, desk: Desk, seed: int) -> None:
    arguments = (world.emulated.url, TOKEN, world.url, str(RATE), str(seed))
    process = await start_module(desk_process.__name__, *arguments, env=unconfigured(), stdout=PIPE)
    assert process.stdout
    heard = b"".join([await process.stdout.readline() for _ in range(random.randint(1, 4))])
    await asyncio.sleep(random.uniform(0.0, 0.4))  # the moment is the point of it
    process.kill()
    rest, _ = await process.communicate()
    desk.hear((heard + rest).decode())


async def assert_each_state_has_its_line(world: OutboxWorld) -> dict[ArticleId, PublicationState]:
    """Check that the audit log tells the whole history of each article, and return how they stand."""
    async with world.database.read() as tx:
        lines = await audit.since(tx, EPOCH)
        found = await publications.newest(tx, limit=1000)
        stopped = {each.what for each in await pauses.standing(tx)}
    told: dict[str, str] = {}
    for line in lines:
        if line.act.action is AuditAction.PUBLICATION_RESENT:
            continue
        assert line.act.before
        assert line.act.before["state"] == told.get(line.act.about.id, "released")
        assert line.act.after
        told[line.act.about.id] = str(line.act.after["state"])
    for each in found:
        assert told.get(str(each.article), "released") == each.state
        assert (pauses.stops(each.article) in stopped) == (each.state is PublicationState.STOPPED)
    return {each.article: each.state for each in found}


async def known_copies(tx: Transaction) -> dict[int, set[tuple[int, int]]]:
    """Return of each article the messages, by chat and number, that are known to have been sent."""
    query = (
        select(deliveries.c.article_id, chats.c.chat, deliveries.c.message_id)
        .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.revision <= 0, deliveries.c.status == DeliveryStatus.SENT)
    )
    known: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for article, chat, message in await tx.execute(query):
        known[article].add((int(chat), int(message)))
    return known


@pytest.mark.timeout(60 + 90 * KILLS)
async def test_a_kill_at_any_moment_loses_nothing_and_sends_nothing_that_was_stopped(
    emulated: Emulated, database_url: str
) -> None:
    await emulated.post("limits", global_count=RATE)
    users = await emulated.subscribers(CHATS)
    desk = Desk()
    async with OutboxWorld.make(emulated, database_url) as world:
        await world.subscribe(users)
        for turn in range(KILLS):
            await world.publish(2 * turn)
            await world.publish(2 * turn + 1)
            await live_and_die(world, desk, turn)
            states = await assert_each_state_has_its_line(world)

        for article, state in states.items():
            if state is PublicationState.STOPPED:
                async with world.database.write() as tx:
                    now = world.clock.now()
                    assert await take_step(tx, article, Step.RESUME, desk_process.ACTOR, now=now)
        async with world.sending(PacingRules(account=Window(RATE, 1.0))) as sender:
            sender.wake()
            await world.until_settled(within=120)
        states = await assert_each_state_has_its_line(world)
        async with world.database.read() as tx:
            # Ids may have gaps: a killed transaction takes its own with it.
            titles = {
                title: article for article, title in await tx.execute(select(articles.c.id, articles.c.title))
            }
            ends = Counter(
                (article, status)
                for article, status in await tx.execute(
                    select(deliveries.c.article_id, deliveries.c.status).where(deliveries.c.revision == 0)
                )
            )
            known = await known_copies(tx)

    outbox = await emulated.outbox()
    left = {(message["chat"], message["message_id"]) for message in outbox}
    copies: dict[int, Counter[int]] = defaultdict(Counter)
    for message in outbox:
        article = titles[message["text"].partition("\n")[0]]
        copies[article][message["chat"]] += 1
        for since, until in desk.still(article):
            assert not since + SLOW < message["taken_at"] < until, "it was sent while it was stopped"
    for article, state in states.items():
        if state is PublicationState.RELEASED:
            assert set(copies[article]) == set(users), "somebody did not get it"
            assert ends[article, DeliveryStatus.SENT] == CHATS
        else:
            owed = ends[article, DeliveryStatus.SENT] + ends[article, DeliveryStatus.CANCELLED]
            assert (owed, state) == (CHATS, PublicationState.RECALLED)
            assert not left & known[article], "a copy that is known was left"
    assert max(map(len, known.values())) > CHATS, "nothing was sent again"
    assert (await emulated.metrics())["violations"] == 0
