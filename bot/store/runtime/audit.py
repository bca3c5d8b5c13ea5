"""The audit log: a line is added in the transaction of its act, and read; nothing changes it afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.desk.audit import (
    KEPT_AT_LEAST,
    Act,
    Actor,
    AuditAction,
    AuditPlace,
    AuditRecord,
    Subject,
    SubjectKind,
    of_admin,
    shortened,
)
from bot.store.engine.dialect import moment_of_database, picked
from bot.store.schema import audit_log


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are looked for: what was done, from where, by the id of whom, and since when."""

    action: AuditAction | None = None
    place: AuditPlace | None = None
    user: str = ""
    since: datetime | None = None


_MILLISECONDS = KEPT_AT_LEAST // timedelta(milliseconds=1)


async def record(tx: AsyncConnection, actor: Actor, act: Act, *, now: datetime) -> None:
    """Write down, in the transaction of its effect, that *actor* has done *act*."""
    await tx.execute(
        insert(audit_log).values(
            at=now,
            place=actor.place,
            account_id=actor.account,
            user_id=actor.user,
            action=act.action,
            about_kind=act.about.kind,
            about_id=act.about.id,
            before=shortened(act.before),
            after=shortened(act.after),
        )
    )


async def count(tx: AsyncConnection) -> int:
    """Return how many lines there are."""
    return (await tx.execute(select(func.count()).select_from(audit_log))).scalar_one()


async def count_of(tx: AsyncConnection, account: AccountId, user: str) -> int:
    """Return how many lines name somebody who manages: as who acted, or as whom it was done to."""
    acted = (audit_log.c.account_id == account) & (audit_log.c.user_id == user)
    about = of_admin(account, user)
    concerned = (audit_log.c.about_kind == about.kind) & (audit_log.c.about_id == about.id)
    return (await tx.execute(select(func.count()).where(acted | concerned))).scalar_one()


async def newest(tx: AsyncConnection, *, limit: int, offset: int = 0) -> tuple[AuditRecord, ...]:
    """Return *limit* lines, the newest first, without the *offset* newest ones."""
    return _records(await tx.execute(_LINES.order_by(audit_log.c.id.desc()).limit(limit).offset(offset)))


async def matching(
    tx: AsyncConnection, wanted: AuditFilter, *, limit: int, offset: int = 0
) -> tuple[AuditRecord, ...]:
    """Return *limit* of the lines that *wanted* lets through, the newest first."""
    found = _LINES.where(*_conditions(wanted)).order_by(audit_log.c.id.desc())
    return _records(await tx.execute(found.limit(limit).offset(offset)))


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.action is not None:
        conditions.append(audit_log.c.action == wanted.action)
    if wanted.place is not None:
        conditions.append(audit_log.c.place == wanted.place)
    if wanted.user:
        conditions.append(audit_log.c.user_id == wanted.user)
    if wanted.since is not None:
        conditions.append(audit_log.c.at >= wanted.since)
    return conditions


async def since(tx: AsyncConnection, at: datetime) -> tuple[AuditRecord, ...]:
    """Return the lines of what was done at that time or later, the oldest first."""
    return _records(await tx.execute(_LINES.where(audit_log.c.at >= at).order_by(audit_log.c.id)))


async def prune(tx: AsyncConnection, *, done_before: datetime, limit: int) -> int:
    """Take out at most *limit* lines of what was done before then; return how many that were.

    By the database's own clock they are at least `KEPT_AT_LEAST` old: it lets nobody take out others.
    """
    old = (
        select(audit_log.c.id)
        .where(audit_log.c.at < done_before, audit_log.c.at <= moment_of_database(tx) - _MILLISECONDS)
        .order_by(audit_log.c.at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(audit_log).where(audit_log.c.id.in_(picked(tx, old))))).rowcount


_LINES: Select[Any] = select(audit_log)


def _records(rows: Any) -> tuple[AuditRecord, ...]:
    return tuple(map(_record, rows))


def _record(row: Row[Any]) -> AuditRecord:
    account = None if row.account_id is None else AccountId(row.account_id)
    return AuditRecord(
        row.id,
        row.at,
        Actor(AuditPlace(row.place), row.user_id, account),
        Act(
            AuditAction(row.action), Subject(SubjectKind(row.about_kind), row.about_id), row.before, row.after
        ),
    )
