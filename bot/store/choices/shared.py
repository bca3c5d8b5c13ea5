"""Schedules and filters, which subscriptions share: each is there once, while anybody has chosen it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.preferences import Schedule, Timing
from bot.store.engine.dialect import insert, share_turn, take_turn
from bot.store.schema import filters, schedules, subscriptions

_LOCK = 0x63686F696365
"""One transaction at a time makes and drops them: one must not drop what the other is about to choose."""

_TABLES = {"schedule_id": schedules, "filter_id": filters}
SCHEDULE: Column[Any] = subscriptions.c.schedule_id
FILTER: Column[Any] = subscriptions.c.filter_id

Used = dict[str, set[int]]
"""The ids that some subscriptions refer to, by the name of the column."""


async def refer(
    tx: AsyncConnection, chat: ChatId, topic: TopicId, column: Column[Any], row: dict[str, Any] | None
) -> bool | None:
    """Have a subscription refer to *row*, made if need be, or to none.

    Return whether it did not before; None if there is no such subscription.
    """
    await change(tx)
    this = (subscriptions.c.chat_id == chat, subscriptions.c.topic_id == topic)
    before = (await tx.execute(select(column.label("id")).where(*this).with_for_update())).first()
    if before is None:
        return None
    chosen = None if row is None else await _id_of(tx, column.name, row)
    if chosen == before.id:
        return False
    await tx.execute(update(subscriptions).where(*this).values({column.name: chosen}))
    await drop_unused(tx, {column.name: {before.id} - {None}})
    return True


async def _id_of(tx: AsyncConnection, column: str, row: dict[str, Any]) -> int:
    table = _TABLES[column]
    await tx.execute(insert(tx, table).values(row).on_conflict_do_nothing())
    same = [table.c[name] == value for name, value in row.items()]
    number: int = (await tx.execute(select(table.c.id).where(*same))).scalar_one()
    return number


async def change(tx: AsyncConnection) -> None:
    """Let nobody plan by what was chosen before this transaction, which changes it, has ended."""
    await take_turn(tx, _LOCK)


async def keep_as_they_are(tx: AsyncConnection) -> None:
    """Let nobody change what subscriptions have chosen before this transaction ends, which plans by it."""
    await share_turn(tx, _LOCK)


async def used(tx: AsyncConnection, *conditions: ColumnElement[bool]) -> Used:
    """Return what these subscriptions refer to, which may be dropped in this transaction."""
    query = select(SCHEDULE, FILTER).where(*conditions)
    rows = (await tx.execute(query)).all()
    found = {name: {getattr(row, name) for row in rows} - {None} for name in _TABLES}
    if any(found.values()):
        await change(tx)
    return found


async def drop_unused(tx: AsyncConnection, candidates: Used) -> None:
    """Delete those of *candidates* that no subscription refers to any more: they are somebody's words."""
    for name, ids in candidates.items():
        if ids:
            await tx.execute(_unused(name, ids))


def _unused(name: str, ids: Collection[int]) -> Any:
    table = _TABLES[name]
    is_used = exists().where(subscriptions.c[name] == table.c.id)
    return delete(table).where(table.c.id.in_(ids), ~is_used)


def schedule_of(row: Row[Any]) -> Schedule:
    return Schedule(Timing(row.timing), row.hour, row.weekday or None)
