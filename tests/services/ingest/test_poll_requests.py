"""Polls that a command asks of the service beside it: what became of each is read in the database."""

from datetime import timedelta

import pytest

from bot.domain.news.feed import FeedId, SourceError
from bot.services.ingest.poll_requests import NobodyPollsError, PollRequests
from bot.services.ingest.poller import PollReport
from bot.store.engine.database import Database
from bot.store.feeds import poll_leases
from tests.services.polling_world import FEED, OTHER, PollingWorld, entry


@pytest.fixture
async def world(db: Database) -> PollingWorld:
    """A service that has polled both feeds once; nothing is due for a while."""
    world = await PollingWorld.make(db)
    world.source.entries = {FEED.id: (entry(1),), OTHER.id: ()}
    await world.poller.poll([FEED.id, OTHER.id])
    world.clock.advance(60)
    return world


async def asked(world: PollingWorld, *ids: FeedId) -> PollRequests:
    async with world.database.write() as tx:
        return await PollRequests.ask(tx, world.database, world.clock, ids)


async def serve(world: PollingWorld) -> None:
    """Poll what is due, as the service does every second."""
    await world.poller.start_due_polls()
    await world.poller.finish()


async def titles(asked: PollRequests) -> list[tuple[FeedId, list[str], list[str]]]:
    reports = await asked.reports(lambda _report: None)
    return sorted(
        (
            report.feed.id,
            [each.title for each in report.fresh.pushed],
            [each.title for each in report.fresh.held],
        )
        for report in reports
    )


async def test_what_the_service_found_is_told_of_each_feed_and_not_what_was_there_before(
    world: PollingWorld,
) -> None:
    polls = await asked(world, FEED.id, OTHER.id)
    world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    await serve(world)

    assert await titles(polls) == [(FEED.id, ["Tin 2", "Tin 3"], []), (OTHER.id, [], [])]


async def test_what_is_put_aside_for_a_decision_is_told_too(world: PollingWorld) -> None:
    polls = await asked(world, FEED.id)
    world.source.entries[FEED.id] = tuple(entry(number) for number in range(120, 100, -1))
    await serve(world)

    ((_, pushed, held),) = await titles(polls)

    assert (pushed, sorted(held)) == ([], sorted(f"Tin {number}" for number in range(101, 121)))


async def test_what_a_first_poll_keeps_is_not_called_sent(db: Database) -> None:
    world = await PollingWorld.make(db)
    world.source.entries[FEED.id] = (entry(1),)
    polls = await asked(world, FEED.id)
    await serve(world)

    (report,) = await polls.reports(lambda _report: None)

    assert ([each.title for each in report.fresh.kept], report.fresh.pushed) == (["Tin 1"], ())


async def test_a_feed_that_cannot_be_polled_is_told_with_the_reason_and_the_others_without(
    world: PollingWorld,
) -> None:
    world.source.fails[FEED.id] = SourceError("it is down")
    seen: list[PollReport] = []
    polls = await asked(world, FEED.id, OTHER.id)
    await serve(world)

    await polls.reports(seen.append)

    assert {report.feed.id: report.error for report in seen} == {FEED.id: "it is down", OTHER.id: None}


async def test_an_error_of_before_is_not_that_of_this_poll(world: PollingWorld) -> None:
    world.source.fails[FEED.id] = SourceError("it is down")
    await world.poller.poll([FEED.id])
    del world.source.fails[FEED.id]
    world.clock.advance(60)
    polls = await asked(world, FEED.id)
    await serve(world)

    (report,) = await polls.reports(lambda _report: None)

    assert report.error is None


async def test_where_nobody_polls_that_is_said_after_a_while(world: PollingWorld) -> None:
    polls = await asked(world, OTHER.id, FEED.id)
    begun = world.clock.now()

    with pytest.raises(NobodyPollsError, match="nothing has polled office, other yet"):
        await polls.reports(lambda _report: None)

    assert 10 <= (world.clock.now() - begun).total_seconds() < 12


async def test_as_long_as_some_feed_is_polled_the_others_are_waited_for(world: PollingWorld) -> None:
    polls = await asked(world, FEED.id, OTHER.id)
    begun = world.clock.now()
    async with world.database.write() as tx:
        await poll_leases.claim(tx, [FEED.id], owner="p", now=begun, lease=timedelta(seconds=60))

    with pytest.raises(NobodyPollsError):
        await polls.reports(lambda _report: None)

    assert 69 < (world.clock.now() - begun).total_seconds() < 72
