"""Announcements that are being written in the console, by all who manage."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.publication.announcement import DeskDraft, Draft, DraftId
from bot.store.publications.drafts import columns_of, draft_of
from bot.store.schema import desk_drafts as table


async def add(tx: AsyncConnection, account: AccountId, user: str, draft: Draft, now: datetime) -> DraftId:
    """Keep a new draft that *user* of *account* has begun."""
    row = {"account_id": account, "user_id": user, "proposed": False, "changed_at": now, **columns_of(draft)}
    number: int = (await tx.execute(insert(table).values(row).returning(table.c.id))).scalar_one()
    return DraftId(number)


async def get(tx: AsyncConnection, draft: DraftId) -> DeskDraft | None:
    """Return one draft, if it is there."""
    row = (await tx.execute(select(table).where(table.c.id == draft))).first()
    return _desk_draft(row) if row else None


async def get_to_change(tx: AsyncConnection, draft: DraftId) -> DeskDraft | None:
    """Return one draft, if it is there. Nobody else changes it before this transaction ends."""
    row = (await tx.execute(select(table).where(table.c.id == draft).with_for_update())).first()
    return _desk_draft(row) if row else None


async def every(tx: AsyncConnection) -> tuple[DeskDraft, ...]:
    """Return all drafts: first those that are proposed, and of each kind first what was changed last."""
    query = select(table).order_by(table.c.proposed.desc(), table.c.changed_at.desc(), table.c.id.desc())
    return tuple(_desk_draft(row) for row in await tx.execute(query))


async def count_of(tx: AsyncConnection, account: AccountId, user: str) -> int:
    """Return how many drafts somebody has begun that are still there."""
    theirs = table.c.account_id == account, table.c.user_id == user
    return (await tx.execute(select(func.count()).select_from(table).where(*theirs))).scalar_one()


async def keep(tx: AsyncConnection, number: DraftId, draft: Draft, now: datetime) -> None:
    """Keep *draft* in the place of what was written before."""
    changed = {**columns_of(draft), "changed_at": now}
    await tx.execute(update(table).where(table.c.id == number).values(changed))


async def propose(tx: AsyncConnection, number: DraftId, now: datetime, *, proposed: bool) -> None:
    changed = {"proposed": proposed, "changed_at": now}
    await tx.execute(update(table).where(table.c.id == number).values(changed))


async def drop(tx: AsyncConnection, number: DraftId) -> None:
    await tx.execute(delete(table).where(table.c.id == number))


async def prune(tx: AsyncConnection, *, changed_before: datetime) -> None:
    """Take out what nobody has changed since then."""
    await tx.execute(delete(table).where(table.c.changed_at < changed_before))


def _desk_draft(row: Row[Any]) -> DeskDraft:
    return DeskDraft(
        id=DraftId(row.id),
        account=AccountId(row.account_id),
        user=row.user_id,
        draft=draft_of(row),
        proposed=row.proposed,
        changed_at=row.changed_at,
    )
