"""Claims: what is given back is claimed again, even if the database could not hear of it at once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.services.delivery.claims import Claims
from tests.emulated import ACCOUNT, Emulated
from tests.fakes import FakeMessenger
from tests.outbox_world import QUICK, OutboxWorld


@pytest.mark.parametrize("how", ["by a claim", "by itself"])
async def test_what_was_given_back_while_the_database_was_away_is_given_back_later(
    emulated: Emulated, world: OutboxWorld, how: str
) -> None:
    await world.subscribe(await emulated.subscribers(3))
    await world.publish()
    claims = Claims(world.account(FakeMessenger(ACCOUNT), "me"), QUICK)
    first = await claims.claim(10)
    claims.give_back(*first)
    async with world.database.write() as tx:
        await tx.execute(text("ALTER TABLE deliveries RENAME TO away"))
    with pytest.raises(DBAPIError):
        await (claims.claim(10) if how == "by a claim" else claims.release())
    async with world.database.write() as tx:
        await tx.execute(text("ALTER TABLE away RENAME TO deliveries"))

    await claims.release()
    again = await claims.claim(10)

    assert ([delivery.id for delivery in again], len(first)) == ([delivery.id for delivery in first], 3)
