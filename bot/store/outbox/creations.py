"""The pages that were begun on platforms that publish."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.messaging.creation import Creation
from bot.store.engine.dialect import insert
from bot.store.schema import creations as table

KEPT_FOR = timedelta(days=30)
"""No delivery is owed for so long: what was begun before is settled, and known by its receipt."""


async def find(tx: AsyncConnection, account: AccountId, key: str) -> Creation | None:
    row = (await tx.execute(select(table).where(_of(account, key)))).first()
    return Creation(row.key, row.title, row.begun_at, row.token, row.page) if row else None


async def begin(tx: AsyncConnection, account: AccountId, key: str, title: str, *, now: datetime) -> None:
    """Note that a page is about to be created, and take out what nobody needs any more."""
    old = (table.c.account_id == account) & (table.c.begun_at < now - KEPT_FOR)
    await tx.execute(delete(table).where(old))
    values = {"title": title, "token": None, "page": None, "begun_at": now}
    statement = insert(tx, table).values(account_id=account, key=key, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["account_id", "key"], set_=values))


async def note(
    tx: AsyncConnection, account: AccountId, key: str, *, token: str | None = None, page: str | None = None
) -> None:
    """Note the *token* of a page that was begun, or its id, the *page*."""
    told = {name: value for name, value in (("token", token), ("page", page)) if value is not None}
    await tx.execute(update(table).where(_of(account, key)).values(told))


async def forget(tx: AsyncConnection, account: AccountId, key: str) -> None:
    await tx.execute(delete(table).where(_of(account, key)))


async def known(tx: AsyncConnection, account: AccountId, pages: Collection[str]) -> frozenset[str]:
    """Return those of *pages* that are some article's."""
    query = select(table.c.page).where(table.c.account_id == account, table.c.page.in_(pages))
    return frozenset((await tx.execute(query)).scalars())


def _of(account: AccountId, key: str) -> ColumnElement[bool]:
    return (table.c.account_id == account) & (table.c.key == key)
