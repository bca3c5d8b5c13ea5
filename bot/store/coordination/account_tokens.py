"""The tokens of accounts whose platforms exchange them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.messaging.tokens import StoredTokens
from bot.store.engine.dialect import insert
from bot.store.schema import account_tokens as table


async def get(tx: AsyncConnection, account: AccountId) -> StoredTokens | None:
    row = (await tx.execute(select(table).where(table.c.account_id == account))).first()
    if row is None:
        return None
    return StoredTokens(row.access_token, row.refresh_token, row.began_with, row.expires_at, row.refreshed_at)


async def save(tx: AsyncConnection, account: AccountId, tokens: StoredTokens) -> None:
    """Keep *tokens* in the place of those before."""
    values = {
        "access_token": tokens.access,
        "refresh_token": tokens.refresh,
        "began_with": tokens.origin,
        "expires_at": tokens.expires_at,
        "refreshed_at": tokens.refreshed_at,
    }
    statement = insert(tx, table).values(account_id=account, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))


async def refreshed(tx: AsyncConnection) -> dict[AccountId, datetime]:
    """Return when the tokens of each account that has any were last exchanged."""
    rows = await tx.execute(select(table.c.account_id, table.c.refreshed_at))
    return {AccountId(row.account_id): row.refreshed_at for row in rows}
