"""Leases: one owner at a time for whatever has a name, until it lapses by the database's own clock.

Machines disagree about the time, and a lease that is judged by two clocks can have two owners.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, false, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.coordination.heartbeats import alive
from bot.store.engine.dialect import insert, moment_of_database
from bot.store.schema import leases
from bot.store.schema.types import Moment

_MILLISECOND = timedelta(milliseconds=1)


async def acquire(
    tx: AsyncConnection, name: str, *, owner: str, lease: timedelta, inherits: bool = False
) -> bool:
    """Take the lease, or renew it; False if somebody else holds it still.

    One that *inherits* takes it from a process that is not alive, too: it must keep heartbeats of its own.
    """
    now = moment_of_database(tx)
    is_left = leases.c.owner.not_in(alive(tx)) if inherits else false()
    taken = insert(tx, leases).values(name=name, owner=owner, until=now + lease // _MILLISECOND)
    taken = taken.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": taken.excluded.owner, "until": taken.excluded.until},
        where=or_(leases.c.owner == owner, leases.c.until <= now, is_left),
    )
    return (await tx.execute(taken)).rowcount == 1


async def holder(tx: AsyncConnection, name: str) -> str | None:
    """Return who holds the lease, if anybody does."""
    query = select(leases.c.owner).where(leases.c.name == name, leases.c.until > moment_of_database(tx))
    return (await tx.execute(query)).scalar()


async def is_any_held(tx: AsyncConnection) -> bool:
    """Return whether somebody holds any lease: a service is up that speaks for an account."""
    held = exists().where(leases.c.until > moment_of_database(tx))
    return bool((await tx.execute(select(held))).scalar())


async def release(tx: AsyncConnection, name: str, *, owner: str) -> None:
    """Give the lease up, if *owner* holds it."""
    await tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))


async def time(tx: AsyncConnection) -> datetime:
    """Return the time by the clock that leases lapse by."""
    moment: datetime = (await tx.execute(select(type_coerce(moment_of_database(tx), Moment)))).scalar_one()
    return moment
