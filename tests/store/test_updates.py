from bot.store import updates
from bot.store.database import Database
from tests.store.world import ACCOUNT, NOW


async def test_updates_are_kept_in_order_and_the_offset_moves_past_them(store: Database) -> None:
    async with store.write() as tx:
        assert await updates.next_offset(tx, ACCOUNT) is None
        new = await updates.save(tx, ACCOUNT, [(12, '{"b":1}'), (11, '{"a":"\0"}')], now=NOW)

        assert new == 2
        assert await updates.next_offset(tx, ACCOUNT) == 13
        assert await updates.pending(tx, ACCOUNT, limit=5) == ((11, '{"a":""}'), (12, '{"b":1}'))


async def test_an_update_that_comes_twice_is_kept_once(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "first")], now=NOW)
        again = await updates.save(tx, ACCOUNT, [(11, "second"), (12, "third")], now=NOW)

        assert again == 1
        assert await updates.pending(tx, ACCOUNT, limit=5) == ((11, "first"), (12, "third"))


async def test_the_offset_never_moves_back(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(20, "late")], now=NOW)
        await updates.save(tx, ACCOUNT, [(3, "early")], now=NOW)

        assert await updates.next_offset(tx, ACCOUNT) == 21


async def test_an_update_that_was_dealt_with_is_forgotten_and_the_offset_is_not(store: Database) -> None:
    async with store.write() as tx:
        await updates.save(tx, ACCOUNT, [(11, "words")], now=NOW)
        await updates.delete(tx, ACCOUNT, 11)

        assert await updates.pending(tx, ACCOUNT, limit=5) == ()
        assert await updates.next_offset(tx, ACCOUNT) == 12


async def test_saving_no_updates_changes_nothing(store: Database) -> None:
    async with store.write() as tx:
        assert await updates.save(tx, ACCOUNT, [], now=NOW) == 0
        assert await updates.next_offset(tx, ACCOUNT) is None
