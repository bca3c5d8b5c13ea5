"""Every route of the console keeps out whom it is not for, whichever a later version adds."""

import re
from dataclasses import replace
from importlib.resources import files

import pytest
from sqlalchemy import func, select

from bot.domain.desk.roles import RIGHTS, Right, Role
from bot.store.runtime.admins import Appointment
from bot.store.schema import audit_log
from bot.web.console import console_routes
from bot.web.console.routes import ConsoleRoute, MenuEntry
from bot.web.console.table import MENU, TABLE
from tests.web.console.stage import ConsoleStage, Seen, Visitor

ACTS = [route for route in TABLE if route.writes]
GUARDED = [route for route in TABLE if route.right is not None]
ADMIN = "901"
TEMPLATES = files("bot.web.console") / "templates"
BESIDE = {
    ("GET", "/console"),
    ("GET", "/console/enter/{token}"),
    ("POST", "/console/enter/{token}"),
    ("GET", "/console/static/{version}/{name}"),
    ("*", "/console/{rest:.*}"),
}
"""What is answered to those who have not signed in; tests of their own say how."""


def path_of(route: ConsoleRoute) -> str:
    """Return an address that leads to *route*."""
    return re.sub(r"\{[^}]+\}", "1", route.path)


def named(route: ConsoleRoute) -> str:
    return f"{'POST' if route.writes else 'GET'} {route.path}"


async def asks(visitor: Visitor, route: ConsoleRoute) -> Seen:
    return await (visitor.post if route.writes else visitor.get)(path_of(route))


async def audited(stage: ConsoleStage) -> int:
    async with stage.database.read() as tx:
        return (await tx.execute(select(func.count()).select_from(audit_log))).scalar_one()


async def test_all_else_that_is_served_stands_in_the_table(stage: ConsoleStage) -> None:
    served = [(each.method, each.path) for each in console_routes(stage.console)]

    table = [("POST" if each.writes else "GET", f"/console{each.path}") for each in TABLE]
    assert sorted(served) == sorted([*table, *BESIDE])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_no_other_method_leads_anywhere(stage: ConsoleStage, method: str) -> None:
    owner = await stage.sign_in()
    cookie = {"Cookie": f"bantin-console={owner.cookies['bantin-console']}", "Origin": owner.url}

    answers = set()
    for path in {"", *map(path_of, TABLE)}:
        async with stage.http.request(method, f"{owner.url}/console{path}", headers=cookie) as answer:
            answers.add(answer.status)

    assert answers <= {404, 405}


@pytest.mark.parametrize("route", TABLE, ids=named)
async def test_nobody_gets_in_without_a_session(stage: ConsoleStage, route: ConsoleRoute) -> None:
    strange = replace(stage.stranger(), cookies={"bantin-console": "A" * 43})

    assert [(await asks(each, route)).status for each in (stage.stranger(), strange)] == [401, 401]


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_nobody_does_what_their_role_does_not_let_them(
    stage: ConsoleStage, route: ConsoleRoute
) -> None:
    roles = [role for role in Role if not _has(role, route.right)]
    for number, role in enumerate(roles):
        user = str(910 + number)
        await stage.appoint(user, Appointment((role,)))
        visitor = await stage.sign_in(user)
        before = await audited(stage)

        assert ((await asks(visitor, route)).status, await audited(stage)) == (403, before)
    assert roles or route.right is Right.SEE


@pytest.mark.parametrize("route", ACTS, ids=named)
async def test_nothing_is_done_without_the_form_of_the_session(
    stage: ConsoleStage, route: ConsoleRoute
) -> None:
    owner, other = await stage.sign_in(), await stage.sign_in()
    before = await audited(stage)

    answers = [
        (await asks(replace(owner, form_token=token), route)).status
        for token in ("", "0" * 64, other.form_token)
    ]

    assert (answers, await audited(stage)) == ([403] * 3, before)


@pytest.mark.parametrize("route", ACTS, ids=named)
async def test_nothing_is_done_for_another_site(stage: ConsoleStage, route: ConsoleRoute) -> None:
    owner = await stage.sign_in()
    before = await audited(stage)

    answers = [
        (await asks(replace(owner, origin=origin), route)).status
        for origin in ("https://evil.example", "null", "", f"{owner.url}.evil.example")
    ]

    assert (answers, await audited(stage)) == ([403] * 4, before)


@pytest.mark.parametrize("route", TABLE, ids=named)
async def test_an_act_is_no_page_and_a_page_no_act(stage: ConsoleStage, route: ConsoleRoute) -> None:
    owner = await stage.sign_in()
    other = owner.get if route.writes else owner.post
    if any(path_of(each) == path_of(route) and each.writes != route.writes for each in TABLE):
        return

    assert (await other(path_of(route))).status == 404


@pytest.mark.parametrize("path", ["/articles?q=a%00b", "/audit?user=%00", "/chats?q=%00"])
async def test_what_no_database_can_look_for_is_refused(stage: ConsoleStage, path: str) -> None:
    assert (await (await stage.sign_in()).get(path)).status == 400


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.name)
async def test_the_menu_offers_what_one_may_see(stage: ConsoleStage, entry: MenuEntry) -> None:
    await stage.appoint(ADMIN, Appointment((Role.READER,)))
    reader, owner = await stage.sign_in(ADMIN), await stage.sign_in()
    routes = {each.path: each for each in TABLE if not each.writes}

    shown = [f'href="/console{entry.path}"' in (await each.get("/sessions")).text for each in (reader, owner)]

    assert routes[entry.path].right == entry.right
    assert shown == [routes[entry.path].right in (None, Right.SEE), True]


@pytest.mark.parametrize("path", ["", "/now", "/nothing", "/enter/none", "/static/none/none.css"])
async def test_every_answer_is_safe_to_show(stage: ConsoleStage, path: str) -> None:
    headers = (await (await stage.sign_in()).get(path)).headers

    if "/static/" not in path:
        assert {
            "Content-Security-Policy": (
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
                "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
            "X-Frame-Options": "DENY",
        }.items() <= dict(headers).items()
    assert headers["X-Content-Type-Options"] == "nosniff"


_INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]{3,20}=|javascript:", re.IGNORECASE)


def test_no_page_has_scripts_or_styles_in_it_that_browsers_would_refuse() -> None:
    templates = {each.name: each.read_text(encoding="utf-8") for each in TEMPLATES.iterdir()}

    assert len(templates) > 20
    assert {name: _INLINE.findall(text) for name, text in templates.items() if _INLINE.search(text)} == {}


def _has(role: Role, right: Right | None) -> bool:
    return right is None or right in RIGHTS[role]
