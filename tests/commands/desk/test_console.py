"""/bangdieukhien gives those who manage the bot a link into the console, and nobody else."""

import re

import pytest

from bot.domain.desk.audit import AuditAction
from bot.domain.desk.console_access import LINK_FOR, fingerprint
from bot.domain.desk.roles import Role
from bot.store.runtime import admins, audit, console
from bot.store.runtime.admins import Appointment
from tests.commands.stage import OWNER, Stage, wording
from tests.fakes import ACCOUNT

_LINK = re.compile(r"https://console\.example\.vn/console/enter/([\w-]{43})")


async def signs_in(stage: Stage, said: str) -> tuple[str, str] | None:
    """Return whom the link signs in that was given."""
    found = _LINK.search(said)
    assert found is not None, said
    async with stage.database.read() as tx:
        return await console.link_for(tx, fingerprint(found[1]), stage.clock.now())


async def test_an_owner_gets_a_link_that_works_for_ten_minutes(stage: Stage) -> None:
    said = await stage.person(OWNER).types("/bangdieukhien")

    before = await signs_in(stage, said)
    stage.clock.advance(LINK_FOR.total_seconds())

    assert (before, await signs_in(stage, said)) == ((ACCOUNT, OWNER), None)


async def test_every_role_gets_a_link_and_another_one_takes_its_place(stage: Stage) -> None:
    for number, role in enumerate(Role):
        user = str(910 + number)
        async with stage.database.write() as tx:
            appointed = Appointment((role,))
            await admins.appoint(tx, ACCOUNT, user, appointed, appointed_by=OWNER, now=stage.clock.now())
        first, second = [await stage.person(user).types("bảng điều khiển") for _ in range(2)]

        assert (await signs_in(stage, first), await signs_in(stage, second)) == (None, (ACCOUNT, user))


async def test_nobody_else_gets_one(stage: Stage) -> None:
    said = await stage.person("77").types("/bangdieukhien")

    assert (_LINK.search(said), said) == (None, wording("only-managers", role="admin"))


async def test_the_audit_log_says_who_asked_for_a_link_and_has_none(stage: Stage) -> None:
    said = await stage.person(OWNER).types("/bangdieukhien")

    async with stage.database.read() as tx:
        (line,) = await audit.newest(tx, limit=9)
    found = _LINK.search(said)
    assert found is not None
    assert (line.act.action, line.actor.user, found[1] in str(line)) == (
        AuditAction.CONSOLE_LINK_MADE,
        OWNER,
        False,
    )


@pytest.mark.parametrize("command", ["/bangdieukhien", "/console"])
async def test_where_there_is_no_console_it_is_said_and_not_offered(stage: Stage, command: str) -> None:
    stage.console_url = ""
    owner = stage.person(OWNER)

    assert await owner.types(command) == wording("console-link-off")
    assert "/bangdieukhien" not in await owner.types("/trogiup")
