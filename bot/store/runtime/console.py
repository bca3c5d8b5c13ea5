"""Who may enter the web console: links that work once, and sessions, by the fingerprints of their tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.desk.console_access import IDLE_FOR, LONGEST, ConsoleSession, SessionId
from bot.store.engine.dialect import insert
from bot.store.schema import console_links as links
from bot.store.schema import console_sessions as table

Person = tuple[AccountId, str]
"""The messenger's id of somebody, and the account that it knows them by."""


async def put_link(tx: AsyncConnection, person: Person, fingerprint: str, *, expires_at: datetime) -> None:
    """Keep a link that signs *person* in; the one before works no more."""
    account, user = person
    values = {"token_hash": fingerprint, "expires_at": expires_at}
    statement = insert(tx, links).values(account_id=account, user_id=user, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["account_id", "user_id"], set_=values))


async def link_for(tx: AsyncConnection, fingerprint: str, now: datetime) -> Person | None:
    """Return whom a link signs in, if it still does."""
    query = select(links.c.account_id, links.c.user_id).where(
        links.c.token_hash == fingerprint, links.c.expires_at > now
    )
    row = (await tx.execute(query)).first()
    return (AccountId(row.account_id), row.user_id) if row else None


async def use_link(tx: AsyncConnection, fingerprint: str, now: datetime) -> Person | None:
    """Take a link out, and return whom it signs in; None where it is used up, or too old."""
    gone = delete(links).where(links.c.token_hash == fingerprint, links.c.expires_at > now)
    row = (await tx.execute(gone.returning(links.c.account_id, links.c.user_id))).first()
    return (AccountId(row.account_id), row.user_id) if row else None


async def begin(
    tx: AsyncConnection, person: Person, fingerprint: str, *, device: str, now: datetime
) -> ConsoleSession:
    account, user = person
    made = insert(tx, table).values(
        account_id=account, user_id=user, token_hash=fingerprint, device=device, begun_at=now, used_at=now
    )
    return _session((await tx.execute(made.returning(table))).one())


async def find(tx: AsyncConnection, fingerprint: str) -> ConsoleSession | None:
    """Return the session with that token, even one that is over."""
    row = (await tx.execute(select(table).where(table.c.token_hash == fingerprint))).first()
    return _session(row) if row else None


async def get(tx: AsyncConnection, session: SessionId) -> ConsoleSession | None:
    row = (await tx.execute(select(table).where(table.c.id == session))).first()
    return _session(row) if row else None


async def note_use(tx: AsyncConnection, session: SessionId, now: datetime) -> None:
    await tx.execute(update(table).where(table.c.id == session).values(used_at=now))


async def end(tx: AsyncConnection, session: SessionId) -> bool:
    """Take a session out; False if there is none such any more."""
    return (await tx.execute(delete(table).where(table.c.id == session))).rowcount == 1


async def end_all_of(tx: AsyncConnection, account: AccountId, user: str) -> None:
    """Take out every session of somebody, and the link that would begin another one."""
    for each in (table, links):
        await tx.execute(delete(each).where(each.c.account_id == account, each.c.user_id == user))


async def open_ones(tx: AsyncConnection, now: datetime) -> tuple[ConsoleSession, ...]:
    """Return the sessions that are not over, the one last used first."""
    query = select(table).where(~_is_over(now)).order_by(table.c.used_at.desc(), table.c.id.desc())
    return tuple(map(_session, await tx.execute(query)))


async def sessions_of(tx: AsyncConnection, account: AccountId, user: str) -> tuple[ConsoleSession, ...]:
    """Return the sessions that are kept of somebody, the newest first."""
    theirs = table.c.account_id == account, table.c.user_id == user
    query = select(table).where(*theirs).order_by(table.c.id.desc())
    return tuple(map(_session, await tx.execute(query)))


async def prune(tx: AsyncConnection, now: datetime) -> None:
    """Take out the links and sessions that are over."""
    await tx.execute(delete(links).where(links.c.expires_at <= now))
    await tx.execute(delete(table).where(_is_over(now)))


def _is_over(now: datetime) -> Any:
    return (table.c.used_at <= now - IDLE_FOR) | (table.c.begun_at <= now - LONGEST)


def _session(row: Row[Any]) -> ConsoleSession:
    return ConsoleSession(
        SessionId(row.id), AccountId(row.account_id), row.user_id, row.device, row.begun_at, row.used_at
    )
