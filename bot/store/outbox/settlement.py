"""Settling claimed deliveries, a group of them in one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Integer,
    Update,
    bindparam,
    case,
    cast,
    column,
    func,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.delivery.fair_queue import Lane
from bot.store.figures.end_counts import COUNTED, count_ends
from bot.store.schema import PENDING
from bot.store.schema import deliveries as table
from bot.store.schema.types import Id, milliseconds, storable_words


@dataclass(frozen=True, slots=True)
class SettledGroup:
    """How many deliveries were still ours to settle, and how long the contents of those took, from when they
    were first seen, that have been accepted at once.
    """

    owned: int = 0
    waits: tuple[timedelta, ...] = ()


async def settle(
    tx: AsyncConnection, settlements: Sequence[Settlement], *, owner: str, now: datetime
) -> SettledGroup:
    """Write down how deliveries stand after an attempt, as far as they are still *owner*'s, and count them.

    The others were claimed by somebody else after the lease had lapsed, and are left alone.
    """
    if not settlements:
        return SettledGroup()
    # In one order always, so that no two who settle or delete wait for each other.
    outcomes = [_outcome(each, now) for each in sorted(settlements, key=attrgetter("delivery"))]
    rows = (await tx.execute(_SETTLED[tx.dialect.name], {"outcomes": outcomes, "by": owner})).all()
    return SettledGroup(len(rows), count_ends(tx, rows, now))


def _settling(rows_of: Callable[[ColumnElement[Any]], Any]) -> Update:
    """Return the statement that settles a whole group: one for each delivery costs several times as much.

    *rows_of* is the database's function that makes rows of a JSON list.
    """
    outcomes = rows_of(bindparam("outcomes", type_=JSON)).table_valued(column("value", JSON))
    delivery, status, due_at, attempts, message_id, reason, settled_at, parked = (
        outcomes.c.value[place].as_string() for place in range(8)
    )
    is_parked = cast(parked, Integer) == 1
    # What is parked lasts as long after its new moment as it would have lasted from its old one.
    lasts = type_coerce(table.c.expires_at, BigInteger) - type_coerce(table.c.due_at, BigInteger)
    into_digest = is_parked & (table.c.lane == Lane.NEWS) & (table.c.revision == 0)
    return (
        update(table)
        .where(table.c.id == cast(delivery, Id), table.c.lease_owner == bindparam("by"), PENDING)
        .values(
            status=status,
            due_at=func.coalesce(cast(due_at, Id), table.c.due_at),
            expires_at=case((is_parked, cast(due_at, Id) + lasts), else_=table.c.expires_at),
            digest=case((into_digest, true()), else_=table.c.digest),
            attempts=cast(attempts, Integer),
            message_id=message_id,
            reason=reason,
            settled_at=cast(settled_at, Id),
            held_until=None,
            lease_owner=None,
            claims=0,
        )
        .returning(*COUNTED)
    )


_SETTLED = {"sqlite": _settling(func.json_each), "postgresql": _settling(func.json_array_elements)}


def _outcome(settlement: Settlement, now: datetime) -> list[Any]:
    is_pending = settlement.status is DeliveryStatus.PENDING
    due_at = settlement.due_at if is_pending else None
    return [
        settlement.delivery,
        settlement.status,
        None if due_at is None else milliseconds(due_at),
        settlement.attempts,
        settlement.message_id,
        None if settlement.reason is None else storable_words(settlement.reason),
        None if is_pending else milliseconds(now),
        int(settlement.parked),
    ]
