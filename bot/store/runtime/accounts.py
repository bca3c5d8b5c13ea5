"""The accounts that we speak as."""

from datetime import datetime

from sqlalchemy import select, update
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


async def takes_whole_texts(tx: AsyncConnection, account: AccountId) -> bool:
    """Say whether the platform has never refused a full text of *account* as one message."""
    refused_at = select(accounts.c.whole_text_refused_at).where(accounts.c.id == account)
    return (await tx.execute(refused_at)).scalar() is None


async def refuse_whole_texts(tx: AsyncConnection, account: AccountId, *, now: datetime) -> bool:
    """Remember that the platform refused one; return whether that is new."""
    first = accounts.c.whole_text_refused_at.is_(None)
    statement = update(accounts).where(accounts.c.id == account, first).values(whole_text_refused_at=now)
    return bool((await tx.execute(statement)).rowcount)


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
