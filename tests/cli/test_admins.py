"""`bantin admins`: the owners of the configuration, and whom they have appointed."""

import json

from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Role
from bot.store.engine.database import Database
from bot.store.runtime import admins
from bot.store.runtime.admins import Appointment
from tests.cli.bantin import Bantin
from tests.store.world import ACCOUNT, NOW


async def test_owners_and_admins_are_listed_with_their_roles_and_topics(failed: Bantin) -> None:
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    limited = Appointment((Role.FEEDS, Role.PUBLISHER), frozenset({TopicId("trong-nuoc")}), "Lê Thị Lan")
    async with database.write() as tx:
        await admins.appoint(tx, ACCOUNT, "44", limited, appointed_by="900", now=NOW)
    await database.close()

    listed = json.loads((await failed("admins", "--json")).out)
    table = (await failed("admins")).out

    assert listed == [
        {
            "account": "telegram:1",
            "user": "900",
            "name": None,
            "roles": "owner",
            "topics": None,
            "appointed": None,
            "by": None,
        },
        {
            "account": "telegram:1",
            "user": "44",
            "name": "Lê Thị Lan",
            "roles": "publisher, feeds",
            "topics": "trong-nuoc",
            "appointed": "2026-03-02T01:30:00+00:00",
            "by": "900",
        },
    ]
    assert "Lê Thị Lan" in table
