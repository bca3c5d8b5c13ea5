"""Polling: what is new becomes an article that is owed, once, whatever happens on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.news.article import PreparedPhoto
from bot.domain.news.feed import AskedToWaitError, Fetched, SourceError, Validators
from bot.domain.news.poll_record import PollResult
from bot.domain.reason import Reason, ReasonCode
from bot.services.ingest.poller import MOST_PAGES, dry_run
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds, poll_history
from tests.fake_source import Killed
from tests.services.polling_world import FEED, OTHER, PollingWorld, entry, pushed


@pytest.fixture
async def world(db: Database) -> PollingWorld:
    return await PollingWorld.make(db)


@pytest.fixture
async def faulty(sqlite_db: Database) -> PollingWorld:
    """A world whose database can be made to choke."""
    return await PollingWorld.make(sqlite_db)


async def test_the_first_poll_pushes_nothing_and_keeps_the_newest_twenty(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = tuple(entry(number) for number in range(25, 0, -1))

    await world.poll()

    assert (await world.titles(), await world.deliveries(), world.owed) == (
        sorted(f"Tin {number}" for number in range(6, 26)),
        0,
        [],
    )


async def test_what_is_listed_later_is_an_article_and_owed(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (entry(1),)
    await world.poll()
    world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))

    reports = await world.poll()

    assert (pushed(reports), await world.deliveries(), world.owed) == (["Tin 2", "Tin 3"], 2, ["owed"])


async def test_an_entry_that_was_only_marked_as_seen_is_not_new_later(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = tuple(entry(number) for number in range(25, 0, -1))
    await world.poll()

    reports = await world.poll()

    assert (pushed(reports), await world.deliveries()) == ([], 0)


async def test_an_entry_that_vanishes_and_comes_back_is_not_new(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (entry(1), entry(2))
    await world.poll()
    world.source.entries[FEED.id] = ()
    await world.poll()
    world.source.entries[FEED.id] = (entry(1), entry(2))

    reports = await world.poll()

    assert pushed(reports) == []


async def test_an_article_in_two_feeds_of_one_topic_is_owed_once(world: PollingWorld) -> None:
    await world.poll("office", "other")
    world.source.entries = {FEED.id: (entry(1),), OTHER.id: (entry(1),)}

    await world.poll("office")
    await world.poll("other")

    assert (await world.titles(), await world.deliveries()) == (["Tin 1"], 1)


async def test_a_lead_photo_is_saved_with_its_article(world: PollingWorld) -> None:
    photo = PreparedPhoto("a" * 64, "https://office.example/1.jpg", b"jpeg", 1200, 675)
    world.source.photos["https://office.example/1"] = photo
    world.source.entries[FEED.id] = (entry(1),)

    await world.poll()

    async with world.database.read() as tx:
        stored, _ = await articles.latest(tx, topics=None, limit=1, offset=0)
        assert await articles.photo(tx, stored[0].photo_key or "") == photo


async def test_a_crash_between_two_articles_loses_neither(world: PollingWorld) -> None:
    await world.poll()
    world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    world.source.deadly = {"https://office.example/2"}
    with pytest.raises(Killed):
        await world.poll()
    world.source.deadly = set()
    world.clock.advance(3600)

    reports = await world.poll()

    assert (pushed(reports), await world.titles(), await world.deliveries()) == (
        ["Tin 2", "Tin 3"],
        ["Tin 1", "Tin 2", "Tin 3"],
        3,
    )


async def test_an_entry_whose_page_or_photo_meets_a_bug_is_taken_alone_and_stops_no_other(
    world: PollingWorld,
) -> None:
    await world.poll()
    world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    world.source.unreadable = {"https://office.example/1"}
    world.source.unseeable = {"https://office.example/2"}

    reports = await world.poll()

    assert ([report.error for report in reports], await world.urls(), await world.deliveries()) == (
        [None],
        [f"https://office.example/{number}" for number in (1, 2, 3)],
        3,
    )


async def refuse(world: PollingWorld, *numbers: int) -> None:
    """Have the database choke on these articles."""
    async with world.database.write() as tx:
        await tx.execute(text("DROP TRIGGER IF EXISTS fault"))
        links = ", ".join(f"'https://office.example/{number}'" for number in numbers)
        fault = f"BEFORE INSERT ON articles WHEN NEW.url IN ({links}) BEGIN SELECT RAISE(ABORT, 'a bug'); END"
        if numbers:
            await tx.execute(text(f"CREATE TRIGGER fault {fault}"))


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_an_entry_that_cannot_be_saved_costs_no_other_its_turn_and_is_tried_again(
    faulty: PollingWorld, number: int
) -> None:
    await faulty.poll()
    faulty.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    await refuse(faulty, number)

    with capture_logs() as logs:
        first = await faulty.poll()
    saved = await faulty.titles()
    await refuse(faulty)
    second = await faulty.poll()
    third = await faulty.poll()

    others = [f"Tin {other}" for other in (1, 2, 3) if other != number]
    assert (saved, await faulty.titles()) == (others, ["Tin 1", "Tin 2", "Tin 3"])
    assert [(report.error, report.failed) for report in (*first, *second, *third)] == [
        (None, 1),
        (None, 0),
        (None, 0),
    ]
    errors = [log["link"] for log in logs if log["log_level"] == "error"]
    assert errors == [f"https://office.example/{number}"]
    assert (pushed(second), pushed(third), await faulty.deliveries()) == ([f"Tin {number}"], [], 3)
    # What was listed with it is asked for again, until all of it is saved.
    assert [each.etag for each in faulty.source.asked_with] == [None, '"0"', '"0"', '"3"']


async def test_an_entry_of_the_first_poll_that_cannot_be_saved_is_never_pushed(faulty: PollingWorld) -> None:
    faulty.source.entries[FEED.id] = (entry(2), entry(1))
    await refuse(faulty, 1)

    await faulty.poll()
    await refuse(faulty)
    again = await faulty.poll()

    assert (pushed(again), await faulty.titles(), await faulty.deliveries()) == ([], ["Tin 2"], 0)


async def test_a_database_that_is_away_is_no_failure_of_the_feed(faulty: PollingWorld) -> None:
    faulty.source.entries[FEED.id] = (entry(1),)
    async with faulty.database.write() as tx:
        away = "BEGIN SELECT RAISE(ABORT, 'database is locked'); END"
        await tx.execute(text(f"CREATE TRIGGER away BEFORE INSERT ON articles {away}"))

    (report,) = await faulty.poll()

    async with faulty.database.read() as tx:
        (status, _) = await feeds.statuses(tx)
    assert ("database is locked" in (report.error or ""), status.failures, status.last_error) == (
        True,
        0,
        None,
    )


async def test_a_bug_in_reading_a_feed_is_noted_as_its_failure_and_the_feed_backs_off(
    world: PollingWorld,
) -> None:
    world.source.fails[FEED.id] = KeyError("title")

    reports = await world.poll()

    async with world.database.read() as tx:
        failed = next(status for status in await feeds.statuses(tx) if status.feed.id == FEED.id)
    fault = "a fault in this program: KeyError"
    assert ([report.error for report in reports], failed.failures) == ([fault], 1)
    assert failed.last_error == Reason(ReasonCode.OUR_FAULT, fault)
    assert round(await next_poll_in(world) / FEED.interval) == 2


async def test_a_failing_feed_is_noted_with_its_error_and_the_others_go_on(world: PollingWorld) -> None:
    answer = "https://office.example/rss answers 503"
    world.source.fails[FEED.id] = SourceError(answer, ReasonCode.SITE_TROUBLE, status=503)
    world.source.entries[OTHER.id] = (entry(1),)

    await world.poll("office", "other")

    async with world.database.read() as tx:
        statuses = {status.feed.id: status for status in await feeds.statuses(tx)}
    failed, well = statuses[FEED.id], statuses[OTHER.id]
    assert (failed.last_error, failed.failures, well.last_error, well.failures) == (
        Reason(ReasonCode.SITE_TROUBLE, answer, {"status": "503"}),
        1,
        None,
        0,
    )


async def test_waits_double_with_each_failure_and_end_with_the_first_success(world: PollingWorld) -> None:
    world.source.fails[FEED.id] = SourceError("down")
    waits = []
    for _ in range(3):
        await world.poll()
        waits.append(await next_poll_in(world))
        world.clock.advance(3600)
    world.source.fails.clear()
    await world.poll()

    waits.append(await next_poll_in(world))

    assert [round(wait / FEED.interval) for wait in waits] == [2, 4, 8, 1]


async def next_poll_in(world: PollingWorld) -> timedelta:
    async with world.database.read() as tx:
        return (await feeds.statuses(tx))[0].next_poll_at - world.clock.now()


async def test_validators_are_sent_with_the_next_poll_and_kept_when_nothing_has_changed(
    world: PollingWorld,
) -> None:
    world.source.entries[FEED.id] = (entry(1),)
    await world.poll()
    world.source.unchanged.add(FEED.id)
    reports = await world.poll()

    await world.poll()

    assert ([report.not_modified for report in reports], world.source.asked_with) == (
        [True],
        [Validators(), Validators('"1"'), Validators('"1"')],
    )


async def test_a_poller_that_lost_its_lease_saves_nothing_more(world: PollingWorld) -> None:
    await world.poll()
    world.source.entries[FEED.id] = (entry(1),)
    thief = world.another_poller("thief")

    async def another_takes_over() -> None:
        world.clock.advance(3600)
        await thief.poll([FEED.id])

    world.source.meanwhile = another_takes_over

    reports = await world.poll()

    assert ([report.error for report in reports], await world.deliveries()) == (
        ["another process polls this feed now"],
        1,
    )


async def test_due_feeds_are_polled_in_the_background_and_only_when_due(world: PollingWorld) -> None:
    await world.poller.start_due_polls()
    await world.poller.finish()
    await world.poller.start_due_polls()
    await world.poller.finish()

    assert sorted(report.feed.id for report in world.reports) == ["office", "other"]


async def test_a_dry_run_says_what_is_new_and_saves_nothing(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (entry(1),)
    await world.poll()
    world.source.entries[FEED.id] = (entry(2), entry(1))

    report = await dry_run(world.source, FEED, world.database, {})

    assert (pushed([report]), await world.titles(), await world.deliveries()) == (["Tin 2"], ["Tin 1"], 0)


async def test_older_pages_are_read_while_all_of_a_page_is_new_but_not_at_the_first_poll(
    world: PollingWorld,
) -> None:
    world.source.entries[FEED.id] = (entry(1),)
    world.source.pages = {"2": Fetched((entry(3), entry(1)), next_page="3"), "3": Fetched((entry(9),))}
    await world.poll()
    world.source.entries[FEED.id] = (entry(5), entry(4))

    reports = await world.poll()

    assert pushed(reports) == ["Tin 3", "Tin 4", "Tin 5"]


async def test_pages_that_never_end_are_left_after_a_few(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (entry(1),)
    await world.poll()
    world.source.entries[FEED.id] = (entry(100),)
    world.source.pages = {
        str(number): Fetched((entry(100 - number),), next_page=str(number + 1)) for number in range(2, 50)
    }

    reports = await world.poll()

    assert len(pushed(reports)) == MOST_PAGES


async def test_a_server_that_asks_for_a_long_wait_gets_it(world: PollingWorld) -> None:
    world.source.fails[FEED.id] = AskedToWaitError("busy", timedelta(hours=5))

    await world.poll()

    assert await next_poll_in(world) == timedelta(hours=5)


async def test_each_poll_is_in_the_history_of_its_feed(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (entry(2), entry(1))
    await world.poll()
    world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    await world.poll()
    world.source.unchanged.add(FEED.id)
    await world.poll()
    down = SourceError("down", ReasonCode.SITE_TROUBLE, status=500)
    world.source.fails[FEED.id] = down
    await world.poll()

    async with world.database.read() as tx:
        polls = await poll_history.newest(tx, FEED.id)
    assert [(each.result, each.entries, each.fresh, each.error) for each in reversed(polls)] == [
        (PollResult.READ, 2, 2, None),
        (PollResult.READ, 3, 1, None),
        (PollResult.UNCHANGED, 0, 0, None),
        (PollResult.FAILED, 0, 0, down.reason),
    ]
