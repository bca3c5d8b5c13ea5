"""What an account has done lately, as far as its limiter must know it after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.schema import rate_events as table


class RateEventKind(StrEnum):
    REPLIED = "replied"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RateEvent:
    """A reply to *chat* and when it was answered, or until when *chat*, or with '' the account, is closed."""

    kind: RateEventKind
    chat: str
    at: datetime


async def save(
    tx: AsyncConnection, account: AccountId, events: Sequence[RateEvent], *, forget_before: datetime
) -> None:
    """Keep *events*, and forget those that nobody needs any more."""
    await tx.execute(delete(table).where(table.c.account_id == account, table.c.at < forget_before))
    if events:
        rows = [{"account_id": account, "kind": t.kind, "chat": t.chat, "at": t.at} for t in events]
        await tx.execute(insert(table), rows)


async def since(tx: AsyncConnection, account: AccountId, moment: datetime) -> tuple[RateEvent, ...]:
    """Return the replies that were answered since *moment* and the closures that end after it, in order."""
    query = select(table).where(table.c.account_id == account, table.c.at >= moment).order_by(table.c.at)
    return tuple(RateEvent(RateEventKind(row.kind), row.chat, row.at) for row in await tx.execute(query))
