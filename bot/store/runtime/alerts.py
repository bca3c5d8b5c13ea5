"""What the owners were told is wrong, so that a restart says nothing twice."""

from collections.abc import Collection

from sqlalchemy import delete as delete_from
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.alert import Alert, AlertKind, AlertSubject
from bot.store.engine.dialect import insert
from bot.store.schema import alerts as table


async def standing(tx: AsyncConnection) -> tuple[Alert, ...]:
    """Return the alerts that have not been called off, longest standing first."""
    query = select(table).order_by(table.c.since, table.c.kind, table.c.about)
    return tuple(
        Alert(AlertSubject(AlertKind(row.kind), row.about), row.since, row.told_at)
        for row in await tx.execute(query)
    )


async def save(tx: AsyncConnection, alerts: Collection[Alert]) -> None:
    """Note how *alerts* stand now."""
    for alert in alerts:
        subject, values = alert.subject, {"since": alert.since, "told_at": alert.told_at}
        statement = insert(tx, table).values(kind=subject.kind, about=subject.about, **values)
        await tx.execute(statement.on_conflict_do_update(index_elements=["kind", "about"], set_=values))


async def forget(tx: AsyncConnection, subjects: Collection[AlertSubject]) -> None:
    """Call off the alerts about *subjects*."""
    for subject in subjects:
        this = (table.c.kind == subject.kind) & (table.c.about == subject.about)
        await tx.execute(delete_from(table).where(this))
