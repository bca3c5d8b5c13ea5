"""Processes that are killed while articles are approved, scheduled, changed, stopped and recalled."""

import asyncio
import os
import random
from asyncio.subprocess import PIPE
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.clock import SystemClock
from bot.domain.desk.audit import AuditAction, AuditRecord
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import WAITING, PublicationId, PublicationState, Step
from bot.services.publishing.approval import give
from bot.services.publishing.publications import take_step
from bot.services.publishing.releases import Releases
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals, pauses, publications
from bot.store.runtime import audit
from bot.store.schema import deliveries
from bot.store.schema.types import EPOCH
from tests import approving_process
from tests.approving_process import NEWS, PEOPLE, TWO
from tests.fakes import FakeClock
from tests.forked import ForkedProcess, start_module
from tests.store.world import FEED, FOREIGN, NOW, article_of, prepare, subscribe

KILLS = int(os.environ.get("BANTIN_TEST_KILLS", "3"))
CHATS = 5


@dataclass
class Told:
    """What the audit log tells of one article: its state, and who has approved its present words."""

    state: str = "awaiting"
    agreed: set[str] = field(default_factory=set)
    was_released: bool = False

    def read(self, line: AuditRecord) -> None:
        """Take in the next line; raises AssertionError for one that cannot follow."""
        before, after = line.act.before or {}, line.act.after or {}
        assert before["state"] == self.state
        self.state = str(after["state"])
        match line.act.action:
            case (
                AuditAction.PUBLICATION_ASKED_ANEW
                | AuditAction.PUBLICATION_TAKEN_BACK
                | AuditAction.PUBLICATION_PUT_BACK
            ):
                self.agreed = set()
            case AuditAction.PUBLICATION_APPROVED:
                self.agreed.add(line.actor.user)
        if self.state in ("released", "scheduled"):
            assert len(self.agreed) >= 2, "it was released without its approval"
        self.was_released |= self.state == "released"


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [TWO, FOREIGN], [FEED], NOW)
    await subscribe(db, *(str(number) for number in range(11, 11 + CHATS)))
    return db


async def begun(url: str, seed: int, role: str) -> ForkedProcess:
    module = approving_process.__name__
    process = await start_module(module, url, str(seed), role, env=dict(os.environ), stdout=PIPE)
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


async def acted(process: ForkedProcess, times: int) -> None:
    """Wait until a process has acted so often; between that it logs what it releases."""
    assert process.stdout
    while times:
        line = await process.stdout.readline()
        assert line, "the process has ended"
        times -= line == b"acted\n"


async def dead(process: ForkedProcess) -> None:
    process.kill()
    await process.wait()


_ONCE_RELEASED = (PublicationState.RELEASED, PublicationState.STOPPED, PublicationState.RECALLED)


async def look_through(db: Database) -> dict[PublicationState, int]:
    """Check that the log tells how each article came to stand as it does, and return how many stand how."""
    async with db.read() as tx:
        lines = await audit.since(tx, EPOCH)
        found = await publications.newest(tx, limit=100_000)
        requests = await approvals.waiting(tx, topics=None, limit=100_000)
        stopped = {each.what for each in await pauses.standing(tx)}
        query = select(deliveries.c.article_id, func.count().label("owed")).where(deliveries.c.revision == 0)
        counted = await tx.execute(query.group_by(deliveries.c.article_id))
        owed = {row.article_id: row.owed for row in counted}
        listed, _ = await articles.latest(tx, topics=[TWO.id], limit=100_000)
    waiting = {each.publication.article for each in requests}
    told: dict[str, Told] = {str(each.article): Told() for each in found}
    for line in lines:
        told[line.act.about.id].read(line)
    for each in found:
        story = told[str(each.article)]
        assert story.state == each.state
        assert (each.article in waiting) == (each.state in WAITING)
        assert (pauses.stops(each.article) in stopped) == (each.state is PublicationState.STOPPED)
        assert owed.get(each.article, 0) == (CHATS if story.was_released else 0)
    released = {each.article for each in found if each.state is PublicationState.RELEASED}
    assert {each.id for each in listed} == released
    return Counter(each.state for each in found)


@pytest.mark.timeout(60 + 30 * KILLS)
async def test_a_kill_at_any_moment_releases_nothing_without_its_approval_and_loses_nothing(
    desk: Database, database_url: str
) -> None:
    for turn in range(KILLS):
        # A file is served by one process; where several share a database, they approve at the same time.
        places = ["desk", "desk"] if desk.is_shared else ["desk"]
        processes = [await begun(database_url, 10 * turn + at, role) for at, role in enumerate(places)]
        try:
            for process in processes:
                await acted(process, random.randint(40, 120))
            await asyncio.sleep(random.uniform(0.0, 0.2))  # the moment is the point of it
        finally:
            await asyncio.gather(*map(dead, processes))
        await look_through(desk)

    much_later = FakeClock(SystemClock().now() + timedelta(hours=1))
    releases = Releases(desk, much_later, on_owed=lambda: None)
    while (await look_through(desk)).get(PublicationState.SCHEDULED):
        await releases.release_due()
    stands = await look_through(desk)
    # Each that was released may have been stopped or recalled afterwards, by chance.
    assert any(stands[each] for each in _ONCE_RELEASED)


async def scheduled(db: Database, after: float) -> PublicationId:
    clock = SystemClock()
    async with db.write() as tx:
        saved = await articles.save(tx, article_of(1), photo=None, topic=TWO.id, now=clock.now())
        publication = PublicationId(saved.id, TWO.id)
        await approvals.ask(tx, publication, NEWS, clock.now())
        at = clock.now() + timedelta(seconds=after)
        for person in PEOPLE[:2]:
            state = await give(tx, publication, Given(Answer.APPROVE, at), person, now=clock.now())
    assert state is PublicationState.SCHEDULED
    return publication


async def test_a_release_is_within_a_second_of_its_time_and_once_across_processes_and_restarts(
    desk: Database, database_url: str
) -> None:
    """One that looks for it is killed before; on PostgreSQL two others do so at the same time."""
    killed = await begun(database_url, 1, "releases")
    if desk.is_shared:
        processes = [await begun(database_url, number, "releases") for number in (2, 3)]
        publication = await scheduled(desk, after=1.5)
        await dead(killed)
    else:
        await dead(killed)
        processes = [await begun(database_url, 2, "releases")]
        publication = await scheduled(desk, after=1.5)

    try:
        async with asyncio.timeout(20):
            while (await look_through(desk)).get(PublicationState.SCHEDULED):  # noqa: ASYNC110 - others do it
                await asyncio.sleep(0.2)
    finally:
        await asyncio.gather(*map(dead, processes))

    async with desk.read() as tx:
        lines = [line for line in await audit.since(tx, EPOCH) if line.actor.user == ""]
        found = await publications.get(tx, publication.article)
    assert found is not None
    assert [line.act.action for line in lines] == [AuditAction.PUBLICATION_RELEASED]
    assert lines[0].act.before
    due = str(lines[0].act.before["release_at"])
    assert 0 <= (lines[0].at - type(lines[0].at).fromisoformat(due)).total_seconds() <= 1.0


@pytest.mark.parametrize("step", [Step.STOP, Step.RECALL])
async def test_what_is_scheduled_of_an_article_that_is_stopped_meanwhile_waits_on(
    desk: Database, step: Step
) -> None:
    publication = await scheduled(desk, after=60)
    async with desk.write() as tx:
        await articles.save(tx, article_of(1), photo=None, topic=FOREIGN.id, now=NOW)
        await take_step(tx, publication.article, step, PEOPLE[0], now=NOW)

    later = FakeClock(SystemClock().now() + timedelta(hours=1))
    await Releases(desk, later, on_owed=lambda: None).release_due()

    async with desk.read() as tx:
        found = await publications.get(tx, publication.article)
    assert found is not None
    wanted = PublicationState.STOPPED if step is Step.STOP else PublicationState.RECALLED
    assert set(found.states.values()) == {wanted}
