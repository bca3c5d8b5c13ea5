from bot.store.engine.database import Database
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin
from tests.store.world import ACCOUNT, NOW, SECOND


async def test_who_is_appointed_is_an_admin_until_dismissed(store: Database) -> None:
    async with store.write() as tx:
        assert await admins.appoint(tx, ACCOUNT, "7", appointed_by="1", now=NOW)
        assert not await admins.appoint(tx, ACCOUNT, "7", appointed_by="2", now=NOW)
        assert await admins.is_admin(tx, ACCOUNT, "7")

        assert await admins.dismiss(tx, ACCOUNT, "7")
        assert not await admins.dismiss(tx, ACCOUNT, "7")
        assert not await admins.is_admin(tx, ACCOUNT, "7")


async def test_admins_are_listed_longest_appointed_first(store: Database) -> None:
    async with store.write() as tx:
        await admins.appoint(tx, ACCOUNT, "8", appointed_by="1", now=NOW + SECOND)
        await admins.appoint(tx, ACCOUNT, "9", appointed_by="1", now=NOW)

        assert await admins.appointed(tx, ACCOUNT) == (
            Admin("9", "1", NOW),
            Admin("8", "1", NOW + SECOND),
        )
