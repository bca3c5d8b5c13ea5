"""Follow-ups: whom to tell how something ends that they began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, Address, ChatId, ChatStatus
from bot.store.engine.dialect import insert
from bot.store.schema import chats
from bot.store.schema import follow_ups as table


class Begun(StrEnum):
    """What somebody may have begun: the poll of a feed, a withdrawal, the sending of held articles.

    Or what was done in the console, of which they are to be told in their chat: that they were APPOINTED, or
    are no member of a topic any more (EXCLUDED), or that subscriptions ended at their wish (UNSUBSCRIBED); or
    what they want to see there, an announcement that they are writing (TRIAL).
    """

    POLL = "poll"
    WITHDRAWAL = "withdrawal"
    HELD = "held"
    APPOINTED = "appointed"
    EXCLUDED = "excluded"
    TRIAL = "trial"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was begun *about* something, by whom, and the numbers that said how it stood then."""

    chat: ChatId
    address: Address
    language: str
    kind: Begun
    about: str
    mark: Mapping[str, int]
    begun_at: datetime


async def follow(
    tx: AsyncConnection, chat: ChatId, kind: Begun, about: str, *, mark: Mapping[str, int], now: datetime
) -> None:
    """Have *chat* told how this ends; what was begun anew is followed from now."""
    values = {"mark": dict(mark), "begun_at": now}
    statement = insert(tx, table).values(chat_id=chat, kind=kind, about=about, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["chat_id", "kind", "about"], set_=values)
    )


async def open_ones(tx: AsyncConnection, account: AccountId) -> tuple[FollowUp, ...]:
    """Return what people of *account* are still to be told of, as far as they can be written to."""
    query = (
        select(table, chats.c.account_id, chats.c.chat, chats.c.language)
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .where(chats.c.account_id == account, chats.c.status == ChatStatus.ACTIVE)
        .order_by(table.c.begun_at, table.c.chat_id)
    )
    return tuple(
        FollowUp(
            ChatId(row.chat_id),
            Address(AccountId(row.account_id), row.chat),
            row.language,
            Begun(row.kind),
            row.about,
            row.mark,
            row.begun_at,
        )
        for row in await tx.execute(query)
    )


async def end(tx: AsyncConnection, followed: FollowUp) -> None:
    """Follow this no longer, unless it was begun anew meanwhile."""
    this = table.c.chat_id == followed.chat, table.c.kind == followed.kind, table.c.about == followed.about
    await tx.execute(delete(table).where(*this, table.c.begun_at == followed.begun_at))
