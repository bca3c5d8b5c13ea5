"""The persons whom an owner appointed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert_missing
from bot.store.schema import admins


@dataclass(frozen=True, slots=True)
class Admin:
    """A person, by the messenger's id, who appointed them when, and the *note* beside it, if there is one."""

    user: str
    appointed_by: str
    appointed_at: datetime
    note: str = ""


async def is_admin(tx: AsyncConnection, account: AccountId, user: str) -> bool:
    query = select(admins.c.user_id).where(admins.c.account_id == account, admins.c.user_id == user)
    return (await tx.execute(query)).first() is not None


async def appoint(
    tx: AsyncConnection, account: AccountId, user: str, *, appointed_by: str, now: datetime
) -> bool:
    """Make *user* an admin; False if they were one already."""
    row = {"account_id": account, "user_id": user, "appointed_by": appointed_by, "created_at": now}
    return await insert_missing(tx, admins, [row]) == 1


async def annotate(tx: AsyncConnection, account: AccountId, user: str, note: str) -> None:
    """Write down who the admin *user* is."""
    admin = update(admins).where(admins.c.account_id == account, admins.c.user_id == user)
    await tx.execute(admin.values(note=note))


async def dismiss(tx: AsyncConnection, account: AccountId, user: str) -> bool:
    """Make *user* no admin; False if they were none."""
    gone = delete(admins).where(admins.c.account_id == account, admins.c.user_id == user)
    return (await tx.execute(gone)).rowcount == 1


async def appointed(tx: AsyncConnection, account: AccountId) -> tuple[Admin, ...]:
    """Return the admins, longest appointed first."""
    query = (
        select(admins.c.user_id, admins.c.appointed_by, admins.c.created_at, admins.c.note)
        .where(admins.c.account_id == account)
        .order_by(admins.c.created_at, admins.c.user_id)
    )
    return tuple(
        Admin(user, appointed_by, at, note or "") for user, appointed_by, at, note in await tx.execute(query)
    )
