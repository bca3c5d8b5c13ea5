"""Heartbeats: which processes are alive, by the database's own clock.

What a process has leased is its own for only as long as it is alive: one that was killed costs its feeds
seconds, and not the length of their leases. An SQLite file is served by one process, which has no need to
repeat that it is alive.
"""

from datetime import timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.dialect import insert, moment_of_database
from bot.store.schema import heartbeats as table

MISSING_AFTER = timedelta(seconds=8)
"""A process that has said nothing for so long is dead, or has stalled for too long to be waited for."""

_MISSING_AFTER = MISSING_AFTER // timedelta(milliseconds=1)


async def begin(tx: AsyncConnection, owner: str) -> None:
    """Note that the process *owner* has started; on SQLite it is the only one that can be alive."""
    if tx.dialect.name == "sqlite":
        await tx.execute(delete(table))
    await beat(tx, owner)


async def beat(tx: AsyncConnection, owner: str) -> None:
    """Note that the process *owner* is alive, and forget those that are not."""
    now = moment_of_database(tx)
    beating = insert(tx, table).values(owner=owner, seen_at=now)
    await tx.execute(beating.on_conflict_do_update(index_elements=["owner"], set_={"seen_at": now}))
    silent = select(table.c.owner).where(table.c.owner != owner, table.c.owner.not_in(alive(tx)))
    # One that beats at this moment is stepped over: two that wait for each other would be a deadlock.
    await tx.execute(delete(table).where(table.c.owner.in_(silent.with_for_update(skip_locked=True))))


async def end(tx: AsyncConnection, owner: str) -> None:
    """Note that the process *owner* has ended: what it had leased is free."""
    await tx.execute(delete(table).where(table.c.owner == owner))


def alive(tx: AsyncConnection) -> Select[tuple[str]]:
    """Return the query for the processes that are alive."""
    query = select(table.c.owner)
    if tx.dialect.name == "sqlite":
        return query
    return query.where(table.c.seen_at > moment_of_database(tx) - _MISSING_AFTER)
