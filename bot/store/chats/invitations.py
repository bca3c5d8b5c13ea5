"""Invitations to members-only topics, by the fingerprints of their tokens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.chats.invitation import Invitation, InvitationId
from bot.store.engine.dialect import insert
from bot.store.schema import invitations as table
from bot.store.schema import topics


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation that is made: *fingerprint* is that of its token, and *uses* how many it lets in."""

    topic: TopicId
    fingerprint: str
    uses: int
    expires_at: datetime


async def make(tx: AsyncConnection, account: AccountId, new: NewInvitation, *, now: datetime) -> Invitation:
    """Keep a new invitation; those that are over go."""
    await tx.execute(delete(table).where(table.c.account_id == account, ~_is_open(now)))
    made = insert(tx, table).values(
        account_id=account,
        topic_id=new.topic,
        token_hash=new.fingerprint,
        most_uses=new.uses,
        uses=0,
        created_at=now,
        expires_at=new.expires_at,
    )
    return _invitation((await tx.execute(made.returning(table))).one())


async def prune(tx: AsyncConnection, now: datetime) -> None:
    """Take out the invitations that are over or used up, and with them the notes of whom they were for."""
    await tx.execute(delete(table).where((table.c.expires_at <= now) | (table.c.uses >= table.c.most_uses)))


async def find(tx: AsyncConnection, account: AccountId, fingerprint: str, now: datetime) -> Invitation | None:
    """Return the invitation with that token, if it still lets anybody in."""
    row = (await tx.execute(select(table).where(_open_with(account, fingerprint, now)))).first()
    return _invitation(row) if row else None


async def use(tx: AsyncConnection, account: AccountId, fingerprint: str, now: datetime) -> TopicId | None:
    """Count one use, and return what the invitation lets into; None if it lets nobody in any more.

    The last use takes its note away: that stands with whom it let in from then on.
    """
    is_last = table.c.uses + 1 >= table.c.most_uses
    changed = {"uses": table.c.uses + 1, "note": case((is_last, null()), else_=table.c.note)}
    used = update(table).where(_open_with(account, fingerprint, now)).values(changed)
    topic = (await tx.execute(used.returning(table.c.topic_id))).scalar()
    return TopicId(topic) if topic else None


async def open_ones(tx: AsyncConnection, account: AccountId, now: datetime) -> tuple[Invitation, ...]:
    """Return the invitations that still let somebody in, the newest first."""
    query = select(table).where(table.c.account_id == account, _is_open(now)).order_by(table.c.id.desc())
    return tuple(_invitation(row) for row in await tx.execute(query))


async def annotate(tx: AsyncConnection, invitation: InvitationId, note: str) -> None:
    """Write down whom the invitation is for."""
    await tx.execute(update(table).where(table.c.id == invitation).values(note=note))


async def revoke(tx: AsyncConnection, account: AccountId, invitation: InvitationId) -> Invitation | None:
    """Have the invitation let in nobody any more, and return it as it was; None if there is none."""
    gone = delete(table).where(table.c.account_id == account, table.c.id == invitation).returning(table)
    row = (await tx.execute(gone)).first()
    return _invitation(row) if row else None


def _open_with(account: AccountId, fingerprint: str, now: datetime) -> ColumnElement[bool]:
    return (table.c.account_id == account) & (table.c.token_hash == fingerprint) & _is_open(now)


def _is_open(now: datetime) -> ColumnElement[bool]:
    closed = select(topics.c.id).where(topics.c.members_only, ~topics.c.retired)
    has_room = (table.c.uses < table.c.most_uses) & (table.c.expires_at > now)
    return has_room & table.c.topic_id.in_(closed)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        InvitationId(row.id), TopicId(row.topic_id), row.most_uses, row.uses, row.expires_at, row.note or ""
    )
