"""`bantin console link`: whom it signs in, and what it says where it signs nobody in."""

import json
import re

import pytest

from bot.domain.desk.console_access import fingerprint
from bot.domain.desk.roles import Role
from bot.store.engine.database import Database
from bot.store.runtime import admins, audit, console
from bot.store.runtime.admins import Appointment
from tests.cli.bantin import Bantin
from tests.store.world import ACCOUNT, NOW

_LINK = re.compile(r"http://127\.0\.0\.1:\d+/console/enter/([\w-]{43})")


@pytest.fixture
async def desk(failed: Bantin) -> Bantin:
    """A service that has spoken as an account, with one owner and the console on."""
    bot = failed.folder / "config" / "bot.toml"
    bot.write_text(
        f'{bot.read_text(encoding="utf-8")}\n[web]\nconsole = true\nconsole_listen = "127.0.0.1:8643"\n',
        encoding="utf-8",
    )
    return failed


async def test_the_only_owner_is_meant_where_nobody_is_named(desk: Bantin) -> None:
    said = await desk("console", "link")
    told = json.loads((await desk("console", "link", "--for", "telegram:900", "--json")).out)

    found = _LINK.fullmatch(told["url"])
    database = await Database.open(f"sqlite:///{desk.folder / 'var' / 'bantin.db'}")
    async with database.read() as tx:
        assert found is not None
        person = await console.link_for(tx, fingerprint(found[1]), NOW)
        (line, _) = await audit.newest(tx, limit=9)
    await database.close()
    assert (person, line.actor.place, told["minutes"]) == ((ACCOUNT, "900"), "cli", 10)
    assert _LINK.fullmatch(said.out.strip())


async def test_an_admin_can_be_named_and_nobody_else(desk: Bantin) -> None:
    database = await Database.open(f"sqlite:///{desk.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        await admins.appoint(tx, ACCOUNT, "44", Appointment((Role.READER,)), appointed_by="900", now=NOW)
    await database.close()

    admin, stranger = [await desk("console", "link", "--for", f"telegram:{user}") for user in (44, 45)]

    assert (admin.status, stranger.status) == (0, 1)
    assert "telegram:45 manages nothing here" in stranger.complaint


async def test_without_a_console_there_is_no_link(failed: Bantin) -> None:
    said = await failed("console", "link")

    assert (said.status, "set console = true under [web]" in said.complaint) == (1, True)
