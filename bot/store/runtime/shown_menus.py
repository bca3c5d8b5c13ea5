"""What the numbers mean that a chat was last shown, where a messenger has no buttons."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import Address
from bot.domain.messaging.typed_menu import Entries
from bot.store.engine.dialect import insert
from bot.store.schema import shown_menus as table

HOLDS_FOR = timedelta(days=1)
"""After so long a number is not understood any more; what is asked daily is, until it comes again."""


async def show(tx: AsyncConnection, address: Address, entries: Entries, now: datetime) -> None:
    """Keep *entries* as what numbers mean in this chat from now on."""
    values = {"entries": {str(number): action for number, action in entries.items()}, "shown_at": now}
    key = {"account_id": address.account, "chat": address.chat, "thread": address.thread or ""}
    statement = insert(tx, table).values(**key, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


async def shown(tx: AsyncConnection, address: Address, now: datetime) -> Entries:
    """Return what numbers mean in this chat; nothing, if it was shown none, or too long ago."""
    query = select(table.c.entries).where(_at(address), table.c.shown_at >= now - HOLDS_FOR)
    found = (await tx.execute(query)).scalar() or {}
    return {int(number): action for number, action in found.items()}


async def shown_at(tx: AsyncConnection, address: Address) -> datetime | None:
    return (await tx.execute(select(table.c.shown_at).where(_at(address)))).scalar()


async def forget(tx: AsyncConnection, address: Address) -> None:
    await tx.execute(delete(table).where(_at(address)))


async def prune(tx: AsyncConnection, now: datetime) -> None:
    """Take out what nobody can choose from any more."""
    await tx.execute(delete(table).where(table.c.shown_at < now - HOLDS_FOR))


def _at(address: Address) -> ColumnElement[bool]:
    here = (table.c.account_id == address.account) & (table.c.chat == address.chat)
    return here & (table.c.thread == (address.thread or ""))
