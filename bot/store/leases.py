"""Leases: one owner at a time for whatever has a name, until it lapses."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import leases
from bot.store.statements import insert


async def acquire(tx: AsyncConnection, name: str, *, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take the lease, or renew it; False if somebody else holds it still."""
    taken = insert(tx, leases).values(name=name, owner=owner, until=now + lease)
    taken = taken.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": taken.excluded.owner, "until": taken.excluded.until},
        where=(leases.c.owner == owner) | (leases.c.until <= now),
    )
    return (await tx.execute(taken)).rowcount == 1


async def holder(tx: AsyncConnection, name: str, *, now: datetime) -> str | None:
    """Return who holds the lease, if anybody does."""
    query = select(leases.c.owner).where(leases.c.name == name, leases.c.until > now)
    return (await tx.execute(query)).scalar()


async def release(tx: AsyncConnection, name: str, *, owner: str) -> None:
    """Give the lease up, if *owner* holds it."""
    await tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
