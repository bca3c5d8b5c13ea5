"""What the limiter knows after a restart: replies, flood limits, receipts, and claims that nobody settled."""

from datetime import timedelta

from bot.domain.delivery.fair_queue import FairQueue, Lane
from bot.services.gateway.rate_history import RateHistory
from bot.store.engine.database import Database
from bot.store.quotas import rate_history
from bot.store.quotas.rate_history import RateEventKind
from tests.fakes import ACCOUNT, FakeClock, FakeMessenger

GROUP = "-5"


async def written(database: Database, recollection: RateHistory) -> None:
    async with database.write() as tx:
        await recollection.save(tx, recollection.take())


async def recalled(database: Database, clock: FakeClock) -> FairQueue:
    limits = FairQueue(FakeMessenger().pacing)
    await RateHistory(FakeMessenger(), clock).recall(database, limits)
    return limits


async def test_replies_still_fill_the_window_of_their_chat(sqlite_db: Database) -> None:
    clock = FakeClock()
    noting = RateHistory(FakeMessenger(), clock)
    for _ in range(20):
        noting.note_reply(GROUP)
        clock.advance(1)
    await written(sqlite_db, noting)

    limits = await recalled(sqlite_db, clock)

    opens_in = limits.opens_at(GROUP, clock.monotonic()) - clock.monotonic()
    assert round(opens_in, 2) == 40.0


async def test_a_flood_limit_closes_its_scope_until_it_is_over(sqlite_db: Database) -> None:
    clock = FakeClock()
    noting = RateHistory(FakeMessenger(), clock)
    noting.note_closure(GROUP, timedelta(hours=3))
    noting.note_closure(None, timedelta(minutes=5))
    await written(sqlite_db, noting)
    clock.advance(60)

    limits = await recalled(sqlite_db, clock)

    assert limits.closed_until - clock.monotonic() == 240
    assert limits.closed_chats(clock.monotonic()) == {GROUP: clock.monotonic() + 3 * 3600 - 60}


async def test_whom_we_answered_is_forgotten_once_it_no_longer_counts(sqlite_db: Database) -> None:
    clock = FakeClock()
    noting = RateHistory(FakeMessenger(), clock)
    noting.note_reply(GROUP)
    await written(sqlite_db, noting)
    before = noting.is_behind
    clock.advance(61)
    due = noting.is_behind
    await written(sqlite_db, noting)

    async with sqlite_db.read() as tx:
        left = await rate_history.since(tx, ACCOUNT, clock.now() - timedelta(days=1))
    assert (before, due, noting.is_behind, left) == (False, True, False, ())


async def test_what_could_not_be_written_is_kept_for_the_next_time(sqlite_db: Database) -> None:
    noting = RateHistory(FakeMessenger(), FakeClock())
    noting.note_reply(GROUP)
    first = noting.take()
    noting.note_reply("-6")
    noting.restore(first)

    assert [trace.chat for trace in noting.take()] == [GROUP, "-6"]


async def test_nothing_to_note_asks_nothing_of_the_database(sqlite_db: Database) -> None:
    noting = RateHistory(FakeMessenger(), FakeClock())

    assert (noting.is_behind, noting.take(), noting.noted.is_set()) == (False, [], False)


def granted(limits: FairQueue, clock: FakeClock) -> bool:
    limits.join("1", shared=False, lane=Lane.REPLY)
    return limits.grant(clock.monotonic()) is not None


async def test_replies_of_an_earlier_process_count_for_the_account(sqlite_db: Database) -> None:
    clock = FakeClock()
    noting = RateHistory(FakeMessenger(), clock)
    for user in range(30):
        noting.note_reply(str(user))
    await written(sqlite_db, noting)

    limits = await recalled(sqlite_db, clock)
    early = granted(limits, clock)
    clock.advance(FakeMessenger().pacing.private.period + 0.01)

    # Nothing tells which people were answered: each may be written to once the window of one has passed.
    assert (early, limits.grant(clock.monotonic()) is not None) == (False, True)


async def test_of_a_person_nothing_is_noted_but_that_the_account_has_sent_something() -> None:
    noting = RateHistory(FakeMessenger(), FakeClock())

    noting.note_reply("77", messages=2)
    noting.note_closure("77", timedelta(hours=3))

    assert [(trace.kind, trace.chat) for trace in noting.take()] == [(RateEventKind.REPLIED, "")] * 2
