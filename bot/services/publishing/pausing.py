"""Pausing a topic, an account or everything, and letting it go on, each with its audit line."""

from datetime import datetime

from bot.domain.desk.audit import EVERY, Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.publication.pauses import Paused, PauseScope
from bot.store.engine.database import Transaction
from bot.store.publications import pauses
from bot.store.runtime import audit

_SUBJECTS = {
    PauseScope.EVERYTHING: SubjectKind.SERVICE,
    PauseScope.ACCOUNT: SubjectKind.ACCOUNT,
    PauseScope.TOPIC: SubjectKind.TOPIC,
}
"""An article is not paused but stopped: see `bot.services.publishing.publications`."""


async def pause(tx: Transaction, what: Paused, actor: Actor, *, now: datetime) -> bool:
    """Send nothing of *what* until it is unpaused; False if it is paused already, or is not there."""
    if not await pauses.is_there(tx, what) or not await pauses.begin(tx, what, now):
        return False
    await _record(tx, AuditAction.PAUSED, what, actor, now)
    return True


async def unpause(tx: Transaction, what: Paused, actor: Actor, *, now: datetime) -> bool:
    """Let *what* go on, a topic or account that is gone as well; False if it was not paused."""
    if what.scope not in _SUBJECTS or await pauses.end(tx, what, now) is None:
        return False
    await _record(tx, AuditAction.UNPAUSED, what, actor, now)
    return True


async def _record(tx: Transaction, action: AuditAction, what: Paused, actor: Actor, now: datetime) -> None:
    about = Subject(_SUBJECTS[what.scope], what.about or EVERY)
    await audit.record(tx, actor, Act(action, about), now=now)
