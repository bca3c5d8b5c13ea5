"""What owners have set over the configuration, by the names of settings, as agency.name."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.dialect import insert
from bot.store.schema import stored_settings as table


async def every(tx: AsyncConnection) -> dict[str, str]:
    """Return each value as it was written, also one that this version does not know."""
    rows = await tx.execute(select(table.c.name, table.c.value).order_by(table.c.name))
    return {row.name: row.value for row in rows}


async def keep(tx: AsyncConnection, name: str, value: str, now: datetime) -> None:
    """Keep *value*, in place of what was kept before."""
    values = {"value": value, "changed_at": now}
    statement = insert(tx, table).values(name=name, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


async def forget(tx: AsyncConnection, name: str) -> None:
    await tx.execute(delete(table).where(table.c.name == name))
