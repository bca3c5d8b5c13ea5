"""The identity of a database: a number at random that it is given once, and keeps wherever it is moved.

A backup has the identity of what it is a copy of. An export has none: it may be read into several databases.
"""

from uuid import uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.files.sqlite_header import APPLICATION, mark_of
from bot.store.schema import database_identity as table


async def find(tx: AsyncConnection) -> str | None:
    """Return the identity of the database, or None if it has lost it."""
    return (await tx.execute(select(table.c.id))).scalar()


async def ensure(tx: AsyncConnection, *, wanted: str | None) -> str:
    """Return the identity of the database. Without one it is given *wanted*, or else a new one.

    On SQLite the first bytes of the file tell it as well.
    """
    identity = await find(tx)
    if identity is None:
        identity = wanted or uuid4().hex
        await tx.execute(insert(table).values(id=identity))
    if tx.dialect.name == "sqlite":
        for name, value in (("application_id", APPLICATION), ("user_version", mark_of(identity))):
            if (await tx.execute(text(f"PRAGMA {name}"))).scalar_one() != value:
                await tx.execute(text(f"PRAGMA {name} = {value}"))
    return identity
