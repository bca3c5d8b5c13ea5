"""What the configuration calls the owners: whoever shows them finds it, in whichever process."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert_missing
from bot.store.schema import owner_names as table

OwnerNames = Mapping[tuple[str, str], str]
"""By the platform and the id that the messenger knows somebody by."""


async def follow(tx: AsyncConnection, wanted: OwnerNames) -> None:
    """Keep these names and no others."""
    if await every(tx) == wanted:
        return
    await tx.execute(delete(table))
    rows = [
        {"platform": platform, "user_id": user, "name": name} for (platform, user), name in wanted.items()
    ]
    await insert_missing(tx, table, rows)


async def every(tx: AsyncConnection) -> OwnerNames:
    return {(row.platform, row.user_id): row.name for row in await tx.execute(select(table))}


async def name(tx: AsyncConnection, account: AccountId, user: str) -> str:
    """Return what an owner on the platform of *account* is called; empty where nothing is known."""
    platform = account.partition(":")[0]
    query = select(table.c.name).where(table.c.platform == platform, table.c.user_id == user)
    return (await tx.execute(query)).scalar() or ""
