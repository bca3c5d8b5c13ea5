"""How one gets into the console, and out of it: a test for each promise about it."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession, DummyCookieJar
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.console_access import IDLE_FOR, LINK_FOR, LONGEST, NOTED_EVERY
from bot.domain.desk.roles import Role
from bot.services.administration import appointments
from bot.store.engine.database import Database
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from bot.store.schema import admins, console_links, console_sessions
from bot.web.console.attempts import OF_A_SESSION, OF_AN_ADDRESS
from tests.commands.stage import OWNER
from tests.fakes import ACCOUNT
from tests.web.console.stage import LINK, ConsoleStage, Visitor, served

ADMIN = "901"


async def status(visitor: Visitor) -> int:
    return (await visitor.get("/sessions")).status


async def test_a_link_that_a_messenger_looks_at_still_works_and_then_works_no_more(
    stage: ConsoleStage,
) -> None:
    link = await stage.link()
    looked = [(await stage.stranger().get(link)).status for _ in range(3)]
    visitor = stage.stranger()

    entered = await visitor.post(link)
    again = await stage.stranger().post(link), await stage.stranger().get(link)

    assert looked == [200] * 3
    assert (entered.status, entered.headers["Location"]) == (303, "/console")
    assert ([each.status for each in again], await status(visitor)) == ([410, 410], 200)


async def test_of_two_browsers_with_the_same_link_one_is_signed_in(db: Database) -> None:
    async with ConsoleStage.open(db) as stage:
        for _ in range(5):
            link, visitors = await stage.link(), [stage.stranger() for _ in range(3)]
            entered = await asyncio.gather(*(each.post(link) for each in visitors))
            inside = [await status(each) for each in visitors]

            assert sorted(each.status for each in entered) == [303, 410, 410]
            assert sorted(inside) == [200, 401, 401]
            stage.clock.advance(60)


async def test_a_link_says_whom_it_signs_in(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN, Appointment((Role.READER,), note="Chị Lan, Phòng Đăng ký"))

    page = await stage.stranger().get(await stage.link(ADMIN))

    assert ("Chị Lan, Phòng Đăng ký" in page.text, f"· {ADMIN}<" in page.text) == (True, True)


async def test_a_link_works_for_ten_minutes(stage: ConsoleStage) -> None:
    link = await stage.link()
    stage.clock.advance(LINK_FOR.total_seconds() - 1)
    before = (await stage.stranger().get(link)).status
    stage.clock.advance(1)

    after = [(await stage.stranger().get(link)).status, (await stage.stranger().post(link)).status]

    assert (LINK_FOR, before, after) == (timedelta(minutes=10), 200, [410, 410])


async def test_another_link_takes_the_place_of_the_one_before(stage: ConsoleStage) -> None:
    first, second = await stage.link(), await stage.link()

    assert (await stage.stranger().post(first)).status == 410
    assert (await stage.stranger().post(second)).status == 303


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_no_other_site_signs_anybody_in(stage: ConsoleStage, origin: str) -> None:
    link = await stage.link()

    refused = await replace(stage.stranger(), origin=origin).post(link)

    assert (refused.status, (await stage.stranger().post(link)).status) == (403, 303)


async def test_a_session_ends_when_it_was_not_used_for_twelve_hours(stage: ConsoleStage) -> None:
    used, unused = await stage.sign_in(), await stage.sign_in()
    stage.clock.advance(IDLE_FOR.total_seconds() / 2)
    assert await status(used) == 200
    stage.clock.advance(IDLE_FOR.total_seconds() / 2)

    assert (IDLE_FOR, await status(used), await status(unused)) == (
        timedelta(hours=12),
        200,
        401,
    )


async def test_a_session_ends_after_seven_days_however_much_it_is_used(stage: ConsoleStage) -> None:
    visitor = await stage.sign_in()
    seen = []
    for _ in range(14):
        stage.clock.advance(IDLE_FOR.total_seconds() - 1)
        seen.append(await status(visitor))
    stage.clock.advance(14)

    assert (LONGEST, seen, await status(visitor)) == (timedelta(days=7), [200] * 14, 401)


async def test_who_is_dismissed_is_out_at_once_and_stays_out(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN)
    visitor, link = await stage.sign_in(ADMIN), await stage.link(ADMIN)

    async with stage.database.write() as tx:
        await appointments.dismiss(tx, (ACCOUNT, ADMIN), LINK, now=stage.clock.now())
    dismissed = await status(visitor), (await stage.stranger().post(link)).status
    await stage.appoint(ADMIN)

    assert (dismissed, await status(visitor)) == ((401, 410), 401)


async def test_what_keeps_itself_up_to_date_ends_with_the_session(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN)
    visitor = await stage.sign_in(ADMIN)
    pages = [(await visitor.get(path)).text for path in ("/now", "/approvals", "/figures")]
    live = re.findall(r'data-live="/console([^"]+)"', "".join(pages))
    before = [(await visitor.get(path)).status for path in live]

    async with stage.database.write() as tx:
        await appointments.dismiss(tx, (ACCOUNT, ADMIN), LINK, now=stage.clock.now())

    assert (before, [(await visitor.get(path)).status for path in live]) == ([200], [401])


async def test_an_owner_whom_the_settings_name_no_more_is_out(sqlite_db: Database) -> None:
    async with ConsoleStage.open(sqlite_db) as stage:
        visitor, link = await stage.sign_in(), await stage.link()
    (account,) = stage.console.accounts
    without = replace(stage.console, accounts=(replace(account, owners=frozenset()),))

    async with served(without, stage.port), ClientSession(cookie_jar=DummyCookieJar()) as http:
        again = replace(visitor, http=http)
        seen = [(await again.get("/sessions")).status, (await again.post("/sign-out")).status]
        entered = (await replace(again, cookies={}).post(link)).status

    assert (seen, entered) == ([401, 401], 410)


async def test_a_session_of_an_account_that_is_served_no_more_is_over(sqlite_db: Database) -> None:
    async with ConsoleStage.open(sqlite_db) as stage:
        visitor = await stage.sign_in()

    async with (
        served(replace(stage.console, accounts=()), stage.port),
        ClientSession(cookie_jar=DummyCookieJar()) as http,
    ):
        assert await status(replace(visitor, http=http)) == 401


async def test_who_lost_the_role_by_any_other_way_is_out_as_well(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN)
    visitor = await stage.sign_in(ADMIN)

    async with stage.database.write() as tx:
        await tx.execute(update(admins).values(roles=[]))

    assert await status(visitor) == 401


async def test_a_role_that_is_taken_is_missing_at_the_next_request(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER, Role.READER)))
    visitor = await stage.sign_in(ADMIN)
    before = (await visitor.get("/members")).status

    async with stage.database.write() as tx:
        person, now = (ACCOUNT, ADMIN), stage.clock.now()
        await appointments.set_roles(tx, person, [Role.READER], LINK, now=now)

    assert (before, (await visitor.get("/members")).status) == (200, 403)


async def test_who_signs_out_is_out(stage: ConsoleStage) -> None:
    visitor, other = await stage.sign_in(), await stage.sign_in()

    await visitor.post("/sign-out")

    assert (await status(visitor), await status(other)) == (401, 200)


async def test_an_owner_sees_and_ends_every_session_and_others_only_their_own(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN, Appointment((Role.READER,), note="Chị Lan"))
    owner, admin = await stage.sign_in(), await stage.sign_in(ADMIN)

    refused = await admin.post("/sessions/end", session="1")
    listed = [f"<b>{OWNER}</b>" in (await each.get("/sessions")).text for each in (owner, admin)]
    ended = await owner.post("/sessions/end", session="2")

    assert (refused.status, listed, ended.status) == (404, [True, False], 303)
    assert (await status(owner), await status(admin)) == (200, 401)


async def test_nothing_that_is_stored_signs_anybody_in(stage: ConsoleStage) -> None:
    visitor, link = await stage.sign_in(), await stage.link(ADMIN)

    async with stage.database.read() as tx:
        stored = [
            str(row) for table in (console_links, console_sessions) for row in await tx.execute(select(table))
        ]

    secrets = [visitor.cookies["bantin-console"], link.rpartition("/")[2], visitor.form_token]
    assert [secret for secret in secrets if any(secret in row for row in stored)] == []
    assert len(stored) == 2


async def test_over_tls_the_cookie_is_of_this_host_alone(sqlite_db: Database) -> None:
    async with ConsoleStage.open(sqlite_db, address="https://console.example.vn") as stage:
        port = stage.port
        visitor = replace(
            stage.stranger(), url=f"http://127.0.0.1:{port}", origin="https://console.example.vn"
        )
        entered = await visitor.post(await stage.link())

    cookie = entered.headers["Set-Cookie"]
    assert cookie.startswith("__Host-bantin=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=Strict",
        "Secure",
    }


async def test_on_this_machine_the_cookie_works_without_tls(stage: ConsoleStage) -> None:
    cookie = (await stage.stranger().post(await stage.link())).headers["Set-Cookie"]

    assert cookie.startswith("bantin-console=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Strict"}


async def test_who_comes_with_what_is_no_link_has_to_wait(stage: ConsoleStage) -> None:
    tried = [(await stage.stranger().post(f"/enter/{number}")).status for number in range(12)]
    waiting = await stage.stranger().get(await stage.link())
    elsewhere = await stage.stranger().get(await stage.link(), **{"X-Forwarded-For": "198.51.100.7"})
    stage.clock.advance(60)

    assert (tried, waiting.status, elsewhere.status) == ([410] * 10 + [429] * 2, 429, 200)
    assert waiting.headers["Retry-After"] == "60"
    assert (await stage.stranger().get(await stage.link())).status == 200


async def test_a_session_that_asks_too_often_has_to_wait(stage: ConsoleStage) -> None:
    visitor, other = await stage.sign_in(), await stage.sign_in()
    asked = [await status(visitor) for _ in range(OF_A_SESSION.requests - 1)]

    refused = await visitor.get("/sessions")
    posted = (await visitor.post("/sign-out")).status
    others = await status(other)
    stage.clock.advance(float(refused.headers["Retry-After"]))

    assert ({*asked}, refused.status, posted, others) == ({200}, 429, 429, 200)
    assert await status(visitor) == 200


async def test_an_address_that_asks_too_often_has_to_wait_whatever_its_cookie_holds(
    stage: ConsoleStage,
) -> None:
    visitor = await stage.sign_in()
    asked = [
        (await replace(stage.stranger(), cookies={"bantin-console": f"guess-{number}"}).get("/now")).status
        for number in range(OF_AN_ADDRESS.requests - 1)
    ]
    refused = await status(visitor)
    elsewhere = (await visitor.get("/sessions", **{"X-Forwarded-For": "198.51.100.7"})).status

    assert ({*asked}, refused, elsewhere) == ({401}, 429, 200)


async def test_a_session_is_written_to_only_now_and_then(stage: ConsoleStage) -> None:
    visitor = await stage.sign_in()

    async def used() -> object:
        await visitor.get("/sessions")
        async with stage.database.read() as tx:
            return (await tx.execute(select(console_sessions.c.used_at))).scalar_one()

    first = await used()
    stage.clock.advance(NOTED_EVERY.total_seconds() - 1)
    second = await used()
    stage.clock.advance(1)

    assert (second == first, await used() == stage.clock.now()) == (True, True)


async def test_coming_and_going_is_in_the_audit_log(stage: ConsoleStage) -> None:
    visitor = await stage.sign_in()
    await visitor.post("/sign-out")

    async with stage.database.read() as tx:
        lines = [
            (each.act.action, each.actor.place, each.actor.user) for each in await audit.newest(tx, limit=3)
        ]

    assert lines == [
        (AuditAction.CONSOLE_LEFT, AuditPlace.CONSOLE, OWNER),
        (AuditAction.CONSOLE_ENTERED, AuditPlace.CONSOLE, OWNER),
        (AuditAction.CONSOLE_LINK_MADE, AuditPlace.CHAT, OWNER),
    ]


async def test_the_log_names_no_link_and_no_session(stage: ConsoleStage) -> None:
    with capture_logs() as logged:
        link = await stage.link()
        visitor = stage.stranger()
        await visitor.post(link)
        await stage.database.close()
        await visitor.get("/now")

    secrets = [link.rpartition("/")[2], *visitor.cookies.values()]
    assert [secret for secret in secrets if secret in str(logged)] == []


async def test_the_language_is_that_of_the_browser_until_another_one_is_chosen(stage: ConsoleStage) -> None:
    visitor = await stage.sign_in()
    before = (await visitor.get("/sessions")).text

    chosen = await visitor.post("/language", language="en")
    after = (await visitor.get("/sessions")).text

    assert ('<html lang="vi">' in before, '<html lang="en">' in after) == (True, True)
    assert (chosen.status, (await visitor.post("/language", language="xx")).status) == (303, 404)
