"""Settings that are changed while the service runs: kept in the database, each with its audit line.

A value is handed in when it was found to be good: `bot.settings.stored` says which ones are.
"""

from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.store.engine.database import Transaction
from bot.store.runtime import audit, stored_settings


async def put(tx: Transaction, name: str, value: str, actor: Actor, *, now: datetime) -> bool:
    """Keep *value* for the setting called *name*; return whether that is another one than before."""
    before = (await stored_settings.every(tx)).get(name)
    if before == value:
        return False
    await stored_settings.keep(tx, name, value, now)
    await _record(tx, AuditAction.SETTING_CHANGED, name, (before, value), actor, now=now)
    return True


async def reset(tx: Transaction, name: str, actor: Actor, *, now: datetime) -> bool:
    """Let the configuration say again what the setting is; return whether anything was kept."""
    before = (await stored_settings.every(tx)).get(name)
    if before is None:
        return False
    await stored_settings.forget(tx, name)
    await _record(tx, AuditAction.SETTING_RESET, name, (before, None), actor, now=now)
    return True


async def _record(
    tx: Transaction,
    action: AuditAction,
    name: str,
    values: tuple[str | None, str | None],
    actor: Actor,
    *,
    now: datetime,
) -> None:
    before, after = ({"value": value} if value is not None else None for value in values)
    await audit.record(tx, actor, Act(action, Subject(SubjectKind.SETTING, name), before, after), now=now)
