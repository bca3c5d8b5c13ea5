"""Forgetting a chat or a person with all that is stored about them, and the proofs that this was done."""

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId
from bot.domain.chats.erasure_proof import ErasureProof
from bot.domain.desk.figures import EndReason
from bot.store.chats import keepers
from bot.store.choices import subscription_counts
from bot.store.choices.shared import drop_unused, used
from bot.store.schema import (
    admins,
    approval_questions,
    approvals,
    chats,
    console_links,
    console_sessions,
    deliveries_of,
    desk_drafts,
    erasures,
    rate_events,
    shown_menus,
    subscriptions,
)
from bot.store.schema import deliveries as table


async def deliveries(tx: AsyncConnection, chat: ChatId) -> int:
    """Return how many deliveries to *chat* are stored, sent or not."""
    query = select(func.count()).select_from(table).where(deliveries_of(chat))
    return (await tx.execute(query)).scalar_one()


async def forget(tx: AsyncConnection, chat: ChatId, *, why: EndReason, now: datetime) -> None:
    """Delete *chat* with everything about it: its choices, its deliveries, what it was asked.

    That its subscriptions ended, and *why*, is counted.
    """
    chosen = await used(tx, subscriptions.c.chat_id == chat)
    await subscription_counts.end(tx, delete(subscriptions).where(subscriptions.c.chat_id == chat), why, now)
    await tx.execute(delete(table).where(deliveries_of(chat)))
    await tx.execute(delete(chats).where(chats.c.id == chat))
    await drop_unused(tx, chosen)


async def forget_person(
    tx: AsyncConnection, account: AccountId, user: str, *, why: EndReason, now: datetime
) -> None:
    """Delete whatever is stored about a person, whose private chats have the person's own id."""
    own = select(chats.c.id).where(chats.c.account_id == account, chats.c.chat == user)
    for chat in (await tx.execute(own)).scalars().all():
        await forget(tx, ChatId(chat), why=why, now=now)
    await keepers.forget_person(tx, account, user)
    for managing in (admins, approvals, approval_questions, console_links, console_sessions, desk_drafts):
        theirs = managing.c.account_id == account, managing.c.user_id == user
        await tx.execute(delete(managing).where(*theirs))
    appointed = update(admins).where(admins.c.account_id == account, admins.c.appointed_by == user)
    await tx.execute(appointed.values(appointed_by=""))
    shown = shown_menus.c.account_id == account, shown_menus.c.chat == user
    await tx.execute(delete(shown_menus).where(*shown))
    await tx.execute(
        delete(rate_events).where(rate_events.c.account_id == account, rate_events.c.chat == user)
    )


async def keep_proof(tx: AsyncConnection, proof: ErasureProof, now: datetime) -> None:
    await tx.execute(insert(erasures).values(hash=proof.hash, salt=proof.salt, erased_at=now))


async def proofs(tx: AsyncConnection) -> AsyncIterator[tuple[ErasureProof, datetime]]:
    """Return every proof that is kept, and when the deletion was."""
    found = await tx.stream(select(erasures).order_by(erasures.c.erased_at))
    async for row in found:
        yield ErasureProof(row.salt, row.hash), row.erased_at


async def prune_proofs(tx: AsyncConnection, *, erased_before: datetime) -> int:
    """Take out proofs that were kept for long enough."""
    return (await tx.execute(delete(erasures).where(erasures.c.erased_at < erased_before))).rowcount
