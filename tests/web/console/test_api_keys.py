"""Keys of the API in the console: made, shown once, listed without their tokens, and revoked."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.domain.desk.api_keys import ApiKey, ApiScope, fingerprint
from bot.domain.desk.audit import AuditAction, AuditPlace, SubjectKind
from bot.store.api import api_keys
from bot.store.engine.database import Database
from bot.store.runtime import audit
from tests.commands.stage import HOME
from tests.web.console.stage import ConsoleStage, Visitor

WRITE, READ = ApiScope.CONTENTS_WRITE, ApiScope.PUBLICATIONS_READ
TOKEN = re.compile(r"bantin_[A-Za-z0-9_-]{43}")


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def key_of(stage: ConsoleStage, token: str) -> ApiKey | None:
    async with stage.database.read() as tx:
        return await api_keys.find(tx, fingerprint(token))


async def acts(stage: ConsoleStage) -> list[AuditAction]:
    """Return what was done about keys, the first first, each in the console."""
    async with stage.database.read() as tx:
        lines = [
            each for each in await audit.newest(tx, limit=50) if each.act.about.kind is SubjectKind.API_KEY
        ]
    assert {each.actor.place for each in lines} <= {AuditPlace.CONSOLE}
    return [each.act.action for each in reversed(lines)]


async def test_a_key_is_made_shown_once_and_revoked(stage: ConsoleStage, owner: Visitor) -> None:
    made = await owner.post("/api-keys/create", name="CMS", scope=[WRITE, READ], topic=HOME)
    (token,) = TOKEN.findall(made.text)
    key = await key_of(stage, token)
    listed = await owner.get("/api-keys")

    revoked, again = [await owner.post("/api-keys/revoke", name="CMS") for _ in range(2)]
    after = await owner.get("/api-keys")

    assert key is not None
    assert (key.scopes, key.topics) == (frozenset({WRITE, READ}), frozenset({HOME}))
    assert (TOKEN.findall(listed.text), key.prefix in listed.text) == ([], True)
    assert revoked.headers["Location"] == "/console/api-keys?notice=api-key-revoked"
    assert (again.status, await key_of(stage, token)) == (404, None)
    assert ("Đã thu hồi lúc" in after.text, "/api-keys/revoke" in after.text) == (True, False)
    assert await acts(stage) == [AuditAction.API_KEY_CREATED, AuditAction.API_KEY_REVOKED]


@pytest.mark.parametrize(
    ("name", "scopes", "notice"),
    [
        ("", [WRITE], "api-key-name"),
        ("<b>", [WRITE], "api-key-name"),
        ("CMS", [], "api-key-needs-a-scope"),
        ("CMS", ["everything"], "api-key-needs-a-scope"),
        ("Cũ", [WRITE], "api-key-taken"),
    ],
)
async def test_no_key_is_made_by_mistake(
    stage: ConsoleStage, owner: Visitor, name: str, scopes: list[str], notice: str
) -> None:
    await owner.post("/api-keys/create", name="Cũ", scope=[READ])

    answer = await owner.post("/api-keys/create", name=name, scope=scopes)

    assert answer.headers["Location"] == f"/console/api-keys?notice={notice}"
    assert await acts(stage) == [AuditAction.API_KEY_CREATED]


async def test_a_key_is_for_no_topic_that_there_is_not(stage: ConsoleStage, owner: Visitor) -> None:
    assert (await owner.post("/api-keys/create", name="CMS", scope=[WRITE], topic="none")).status == 404
    assert await acts(stage) == []
