"""Whether a database takes writes: a row that is written and taken back in one transaction."""

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import leases
from bot.store.schema.types import EPOCH

_NAME = "probe"
_SIZE = 16_384
"""Characters: more than an update, and more than a database finds room for where it is full."""


async def write_and_take_back(tx: AsyncConnection) -> None:
    await tx.execute(insert(leases).values(name=_NAME, owner="x" * _SIZE, until=EPOCH))
    await tx.execute(delete(leases).where(leases.c.name == _NAME))
