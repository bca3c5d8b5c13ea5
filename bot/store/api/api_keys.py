"""Keys of the API, by the fingerprints of their tokens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiKey, ApiKeyId, ApiScope, in_order, scopes_in
from bot.store.engine.dialect import insert
from bot.store.schema import api_keys as table


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key that is made: what it may do, and the *prefix* and *fingerprint* of its token."""

    name: str
    scopes: frozenset[ApiScope]
    topics: frozenset[TopicId] | None
    prefix: str
    fingerprint: str


async def add(tx: AsyncConnection, new: NewApiKey, *, now: datetime) -> ApiKey | None:
    """Keep a new key; None if there is, or was, one of that name."""
    added = insert(tx, table).values(
        name=new.name,
        prefix=new.prefix,
        fingerprint=new.fingerprint,
        scopes=list(in_order(new.scopes)),
        topics=None if new.topics is None else sorted(new.topics),
        created_at=now,
    )
    row = (await tx.execute(added.on_conflict_do_nothing(index_elements=["name"]).returning(table))).first()
    return _key(row) if row else None


async def find(tx: AsyncConnection, fingerprint: str) -> ApiKey | None:
    """Return the key with that token, if it was not revoked."""
    query = select(table).where(table.c.fingerprint == fingerprint, table.c.revoked_at.is_(None))
    row = (await tx.execute(query)).first()
    return _key(row) if row else None


async def every(tx: AsyncConnection) -> tuple[ApiKey, ...]:
    """Return all keys, those that were revoked as well, the oldest first."""
    return tuple(map(_key, await tx.execute(select(table).order_by(table.c.id))))


async def revoke(tx: AsyncConnection, name: str, *, now: datetime) -> ApiKey | None:
    """Have nobody come in with the key of that *name* any more; None if nobody does."""
    revoked = update(table).where(table.c.name == name, table.c.revoked_at.is_(None)).values(revoked_at=now)
    row = (await tx.execute(revoked.returning(table))).first()
    return _key(row) if row else None


async def hold(tx: AsyncConnection, key: ApiKeyId) -> bool:
    """Have whoever else does something with *key* wait for this transaction; False if it was revoked."""
    query = select(table.c.id).where(table.c.id == key, table.c.revoked_at.is_(None)).with_for_update()
    return (await tx.execute(query)).first() is not None


async def note_use(tx: AsyncConnection, key: ApiKeyId, day: date) -> None:
    """Remember that *key* was used on that *day*."""
    await tx.execute(update(table).where(table.c.id == key).values(last_used_on=day.isoformat()))


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(row.id),
        name=row.name,
        prefix=row.prefix,
        scopes=scopes_in(row.scopes),
        topics=None if row.topics is None else frozenset(map(TopicId, row.topics)),
        created_at=row.created_at,
        last_used_on=None if row.last_used_on is None else date.fromisoformat(row.last_used_on),
        revoked_at=row.revoked_at,
    )
