"""The accounts that we speak as."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert
from bot.store.schema import accounts


async def ids(tx: AsyncConnection) -> tuple[AccountId, ...]:
    """Return every account that this service has spoken as."""
    return tuple(map(AccountId, (await tx.execute(select(accounts.c.id).order_by(accounts.c.id))).scalars()))


async def names(tx: AsyncConnection) -> dict[AccountId, str]:
    """Return what each account is called on its platform; empty where that is not known yet."""
    return {AccountId(row.id): row.name for row in await tx.execute(select(accounts.c.id, accounts.c.name))}


async def register(
    tx: AsyncConnection, account: AccountId, *, platform: str, name: str, now: datetime
) -> None:
    """Make *account* known; everything of it refers to this row. Its name may have changed, or be unknown."""
    statement = insert(tx, accounts).values(id=account, platform=platform, name=name, created_at=now)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"name": statement.excluded.name},
            where=statement.excluded.name.not_in(["", accounts.c.name]),
        )
    )
