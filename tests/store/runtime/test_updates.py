from datetime import timedelta

from bot.store.engine.database import Database, Transaction
from bot.store.runtime import updates
from bot.store.runtime.updates import PendingUpdate
from bot.store.schema import updates as table
from tests.store.world import ACCOUNT, NOW

DAY = timedelta(days=1)


async def waiting(tx: Transaction, *, limit: int, after: int | None = None) -> tuple[tuple[int, str], ...]:
    found = await updates.pending(tx, ACCOUNT, limit=limit, after=after)
    return tuple((each.update_id, each.payload or "") for each in found)


async def test_updates_are_kept_in_order(store: Database) -> None:
    async with store.write() as tx:
        new = await updates.save(tx, ACCOUNT, [(12, '{"b":1}'), (11, '{"a":"\0"}')], now=NOW)

        assert new == 2
        assert await waiting(tx, limit=5) == ((11, '{"a":""}'), (12, '{"b":1}'))


async def test_updates_are_read_on_from_behind_one(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(12, "b"), (11, "a"), (13, "c")], now=NOW)

        assert await waiting(tx, after=11, limit=1) == ((12, "b"),)


async def test_an_update_that_comes_twice_is_kept_once(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "first")], now=NOW)
        again = await updates.save(tx, ACCOUNT, [(11, "second"), (12, "third")], now=NOW)

        assert again == 1
        assert await waiting(tx, limit=5) == ((11, "first"), (12, "third"))


async def test_an_update_that_was_dealt_with_loses_its_words_and_is_known_if_it_comes_again(
    store: Database,
) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "words")], now=NOW)
        await updates.settle(tx, ACCOUNT, 11, now=NOW)
        again = await updates.save(tx, ACCOUNT, [(11, "words")], now=NOW + DAY)

        assert (again, await waiting(tx, limit=5)) == (0, ())
        stored = (await tx.execute(table.select())).one()
        assert (stored.payload, stored.handled_at) == (None, NOW)


async def test_an_update_may_come_after_one_of_a_higher_number(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(12, "second")], now=NOW)
        await updates.settle(tx, ACCOUNT, 12, now=NOW)
        late = await updates.save(tx, ACCOUNT, [(11, "first")], now=NOW)

        assert (late, await waiting(tx, limit=5)) == (1, ((11, "first"),))


async def test_a_number_that_comes_round_again_after_days_is_a_new_update(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "old")], now=NOW)
        await updates.settle(tx, ACCOUNT, 11, now=NOW)
        await updates.save(tx, ACCOUNT, [(5, "another")], now=NOW + 3 * DAY)
        again = await updates.save(tx, ACCOUNT, [(11, "new")], now=NOW + 3 * DAY)

        assert again == 1
        assert await waiting(tx, limit=5) == ((5, "another"), (11, "new"))


async def test_the_offset_never_moves_back(store: Database) -> None:
    async with store.write() as tx:
        first = await updates.next_offset(tx, ACCOUNT, now=NOW)
        await updates.move_on(tx, ACCOUNT, 21, now=NOW)
        await updates.move_on(tx, ACCOUNT, 4, now=NOW)

        assert (first, await updates.next_offset(tx, ACCOUNT, now=NOW)) == (None, 21)


async def test_after_days_of_silence_the_offset_means_nothing_and_may_begin_lower(store: Database) -> None:
    later = NOW + 4 * DAY
    async with store.write() as tx:
        await updates.move_on(tx, ACCOUNT, 1_000_000, now=NOW)
        held = await updates.next_offset(tx, ACCOUNT, now=NOW + 2 * DAY)
        asked = await updates.next_offset(tx, ACCOUNT, now=later)
        await updates.move_on(tx, ACCOUNT, 8, now=later)

        assert (held, asked, await updates.next_offset(tx, ACCOUNT, now=later)) == (1_000_000, None, 8)


async def test_saving_no_updates_changes_nothing(store: Database) -> None:
    async with store.write() as tx:
        assert await updates.save(tx, ACCOUNT, [], now=NOW) == 0


async def test_an_update_whose_effect_is_done_waits_with_its_answer_and_without_its_words(
    store: Database,
) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "words")], now=NOW)
        await updates.keep_answer(tx, ACCOUNT, 11, "answer")
        kept = await updates.pending(tx, ACCOUNT, limit=5)
        await updates.settle(tx, ACCOUNT, 11, now=NOW)

        stored = (await tx.execute(table.select())).one()
        assert (kept, stored.answer) == ((PendingUpdate(11, None, "answer"),), None)


async def test_where_any_update_may_come_again_each_is_known_for_ever(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "old")], now=NOW, for_ever=True)
        await updates.settle(tx, ACCOUNT, 11, now=NOW)
        await updates.save(tx, ACCOUNT, [(5, "another")], now=NOW + 300 * DAY, for_ever=True)
        again = await updates.save(tx, ACCOUNT, [(11, "old")], now=NOW + 301 * DAY, for_ever=True)

        assert (again, await waiting(tx, limit=5)) == (0, ((5, "another"),))
