"""Keys of the API: made once, known by their fingerprints, revoked at once, each with its audit line."""

from collections.abc import Iterable

import pytest
from sqlalchemy import select

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope, fingerprint
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace, Subject, SubjectKind
from bot.services.administration import api_keys
from bot.services.administration.api_keys import ApiKeyRefusedError, CreatedApiKey, WantedApiKey
from bot.store.api import api_keys as stored
from bot.store.engine.database import Database
from bot.store.runtime import audit
from bot.store.schema import metadata
from tests.store.world import DOMESTIC, NOW, prepare

LAN = Actor(AuditPlace.CLI, "lan")


def wanted(
    name: str = "cms",
    scopes: Iterable[ApiScope] = (ApiScope.CONTENTS_WRITE,),
    topics: frozenset[TopicId] | None = None,
) -> WantedApiKey:
    return WantedApiKey(name, frozenset(scopes), topics)


async def create(db: Database, what: WantedApiKey) -> CreatedApiKey:
    async with db.write() as tx:
        return await api_keys.create(tx, what, LAN, now=NOW)


async def test_a_key_is_found_by_its_token_until_it_is_revoked(db: Database) -> None:
    await prepare(db)
    topics = frozenset({DOMESTIC.id})
    created = await create(db, wanted(scopes=ApiScope, topics=topics))

    async with db.write() as tx:
        found = await stored.find(tx, fingerprint(created.token))
        held_before = await stored.hold(tx, created.key.id)
        revoked = await api_keys.revoke(tx, "cms", LAN, now=NOW)
        found_then = await stored.find(tx, fingerprint(created.token))
        held_then = await stored.hold(tx, created.key.id)
        lines = await audit.newest(tx, limit=5)
        every = await stored.every(tx)

    assert (found, held_before) == (created.key, True)
    assert (found_then, held_then, every) == (None, False, (revoked,))
    assert (created.key.scopes, created.key.topics) == (frozenset(ApiScope), topics)
    assert created.token.startswith(created.key.prefix)
    about = Subject(SubjectKind.API_KEY, "cms")
    values = {
        "prefix": created.key.prefix,
        "scopes": "contents:write, publications:read, publications:recall, figures:read",
        "topics": DOMESTIC.id,
    }
    assert [(line.actor, line.act.action, line.act.about) for line in lines] == [
        (LAN, AuditAction.API_KEY_REVOKED, about),
        (LAN, AuditAction.API_KEY_CREATED, about),
    ]
    assert (lines[1].act.after, lines[0].act.before) == (values, values)


async def test_a_token_stands_nowhere_in_the_database(db: Database) -> None:
    created = await create(db, wanted())

    async with db.read() as tx:
        rows = [str(row) for table in metadata.sorted_tables for row in await tx.execute(select(table))]
    secret = created.token.removeprefix(created.key.prefix)
    assert rows
    assert not any(secret in row for row in rows)


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        (wanted(name="-x"), "a key is named by"),
        (wanted(scopes=()), "say what the key may do: contents:write, publications:read"),
        (wanted(topics=frozenset({TopicId("khac")})), "there is no topic 'khac'"),
        (wanted(topics=frozenset()), "needs one at least"),
    ],
)
async def test_a_key_that_cannot_be_is_refused_in_one_line(
    sqlite_db: Database, what: WantedApiKey, problem: str
) -> None:
    with pytest.raises(ApiKeyRefusedError, match=problem):
        await create(sqlite_db, what)


async def test_a_name_is_given_once_even_when_its_key_is_revoked(db: Database) -> None:
    await create(db, wanted())
    async with db.write() as tx:
        await api_keys.revoke(tx, "cms", LAN, now=NOW)

    with pytest.raises(ApiKeyRefusedError, match="there is, or was, a key named 'cms'"):
        await create(db, wanted())
    async with db.write() as tx:
        with pytest.raises(ApiKeyRefusedError, match="there is no key named 'cms' that is not revoked"):
            await api_keys.revoke(tx, "cms", LAN, now=NOW)
