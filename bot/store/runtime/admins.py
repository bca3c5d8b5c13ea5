"""The persons whom an owner appointed, and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.roles import Authority, Role, in_order, roles_in
from bot.store.engine.dialect import insert_missing
from bot.store.runtime import accounts, owner_names
from bot.store.schema import admins


@dataclass(frozen=True, slots=True)
class Admin:
    """A person, by the messenger's id: who appointed them when, to which roles and, if not for all, for which
    topics, and the *note* beside it, if there is one.
    """

    user: str
    appointed_by: str
    appointed_at: datetime
    roles: tuple[Role, ...]
    topics: frozenset[TopicId] | None = None
    note: str = ""

    @property
    def authority(self) -> Authority:
        return Authority(roles=frozenset(self.roles), topics=self.topics)


@dataclass(frozen=True, slots=True)
class Appointment:
    """To what somebody is appointed: *roles* for *topics*, or for all, with a *note* of who it is."""

    roles: tuple[Role, ...]
    topics: frozenset[TopicId] | None = None
    note: str = ""


async def find(tx: AsyncConnection, account: AccountId, user: str) -> Admin | None:
    """Return the admin *user*; None if they are none."""
    query = select(admins).where(admins.c.account_id == account, admins.c.user_id == user)
    row = (await tx.execute(query)).first()
    return _admin(row) if row else None


async def appoint(
    tx: AsyncConnection,
    account: AccountId,
    user: str,
    appointment: Appointment,
    *,
    appointed_by: str,
    now: datetime,
) -> bool:
    """Make *user* an admin; False if they were one already, who then stays as they are."""
    row = {
        "account_id": account,
        "user_id": user,
        "appointed_by": appointed_by,
        "created_at": now,
        "note": appointment.note or None,
        "roles": list(in_order(appointment.roles)),
        "topics": _topics(appointment.topics),
    }
    return await insert_missing(tx, admins, [row]) == 1


async def annotate(tx: AsyncConnection, account: AccountId, user: str, note: str) -> None:
    """Write down who the admin *user* is."""
    await _change(tx, account, user, note=note)


async def set_roles(tx: AsyncConnection, account: AccountId, user: str, roles: Iterable[Role]) -> None:
    """Give the admin *user* these roles and no others."""
    await _change(tx, account, user, roles=list(in_order(roles)))


async def set_topics(
    tx: AsyncConnection, account: AccountId, user: str, topics: frozenset[TopicId] | None
) -> None:
    """Let the roles of the admin *user* hold for these topics, or with None for all."""
    await _change(tx, account, user, topics=_topics(topics))


async def dismiss(tx: AsyncConnection, account: AccountId, user: str) -> bool:
    """Make *user* no admin, and forget the note; False if they were none."""
    gone = delete(admins).where(admins.c.account_id == account, admins.c.user_id == user)
    return (await tx.execute(gone)).rowcount == 1


async def appointed(tx: AsyncConnection, account: AccountId) -> tuple[Admin, ...]:
    """Return the admins, longest appointed first."""
    query = (
        select(admins).where(admins.c.account_id == account).order_by(admins.c.created_at, admins.c.user_id)
    )
    return tuple(map(_admin, await tx.execute(query)))


async def name(tx: AsyncConnection, account: AccountId, user: str) -> str:
    """Return what somebody who manages is called: an owner by the configuration, an admin by their note.

    It is empty where nothing was written down.
    """
    if called := await owner_names.name(tx, account, user):
        return called
    admin = await find(tx, account, user)
    return admin.note if admin else ""


async def names(tx: AsyncConnection) -> dict[tuple[AccountId, str], str]:
    """Return what those who manage are called, by account and id: whoever has a name."""
    noted = select(admins.c.account_id, admins.c.user_id, admins.c.note).where(admins.c.note.is_not(None))
    found = {(AccountId(row.account_id), row.user_id): row.note for row in await tx.execute(noted)}
    owners = await owner_names.every(tx)
    for account in await accounts.ids(tx) if owners else ():
        platform = account.partition(":")[0]
        found |= {(account, user): called for (where, user), called in owners.items() if where == platform}
    return found


async def _change(tx: AsyncConnection, account: AccountId, user: str, **values: Any) -> None:
    admin = update(admins).where(admins.c.account_id == account, admins.c.user_id == user)
    await tx.execute(admin.values(**values))


def _topics(topics: frozenset[TopicId] | None) -> list[str] | None:
    return None if topics is None else sorted(topics)


def _admin(row: Row[Any]) -> Admin:
    topics = None if row.topics is None else frozenset(map(TopicId, row.topics))
    roles = in_order(roles_in(row.roles or ()))
    return Admin(row.user_id, row.appointed_by, row.created_at, roles, topics, row.note or "")
