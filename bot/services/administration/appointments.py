"""Appointing and dismissing those who manage the bot, each in one transaction with its audit line."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Act, Actor, AuditAction, Values, of_admin
from bot.domain.desk.roles import Role, in_order
from bot.store.engine.database import Transaction
from bot.store.runtime import admins, audit, console
from bot.store.runtime.admins import Appointment
from bot.store.runtime.console import Person


async def appoint(
    tx: Transaction, person: Person, appointment: Appointment, actor: Actor, *, now: datetime
) -> bool:
    """Make *person* an admin; False if they were one already, who then stays as they are."""
    account, user = person
    if not await admins.appoint(tx, account, user, appointment, appointed_by=actor.user, now=now):
        return False
    after: Values = {"roles": ", ".join(appointment.roles), "noted": bool(appointment.note)}
    await audit.record(tx, actor, Act(AuditAction.ADMIN_APPOINTED, of_admin(*person), after=after), now=now)
    return True


async def annotate(tx: Transaction, person: Person, note: str, actor: Actor, *, now: datetime) -> None:
    """Write down who an admin is, if that is said and was not written so before."""
    admin = await admins.find(tx, *person)
    if admin and note and note != admin.note:
        await admins.annotate(tx, *person, note)
        await audit.record(tx, actor, Act(AuditAction.ADMIN_NOTED, of_admin(*person)), now=now)


async def set_roles(
    tx: Transaction, person: Person, roles: Iterable[Role], actor: Actor, *, now: datetime
) -> None:
    """Give an admin these roles and no others: one at least, or they are to be dismissed."""
    admin = await admins.find(tx, *person)
    ordered = in_order(set(roles))
    if admin and ordered and ordered != admin.roles:
        await admins.set_roles(tx, *person, ordered)
        before, after = {"roles": ", ".join(admin.roles)}, {"roles": ", ".join(ordered)}
        await audit.record(tx, actor, _changed(person, before, after), now=now)


async def set_topics(
    tx: Transaction, person: Person, topics: frozenset[TopicId] | None, actor: Actor, *, now: datetime
) -> None:
    """Limit an admin to these topics, or with None to none."""
    admin = await admins.find(tx, *person)
    if admin and topics != admin.topics:
        await admins.set_topics(tx, *person, topics)
        before, after = {"topics": _written(admin.topics)}, {"topics": _written(topics)}
        await audit.record(tx, actor, _changed(person, before, after), now=now)


async def dismiss(tx: Transaction, person: Person, actor: Actor, *, now: datetime) -> bool:
    """Make *person* no admin, and end their sessions of the console; False if they were none."""
    admin = await admins.find(tx, *person)
    if admin is None:
        return False
    await admins.dismiss(tx, *person)
    await console.end_all_of(tx, *person)
    before = {"roles": ", ".join(admin.roles)}
    await audit.record(tx, actor, Act(AuditAction.ADMIN_DISMISSED, of_admin(*person), before=before), now=now)
    return True


def _changed(person: Person, before: Values, after: Values) -> Act:
    return Act(AuditAction.ADMIN_ROLE_CHANGED, of_admin(*person), before, after)


def _written(topics: frozenset[TopicId] | None) -> str | None:
    return None if topics is None else ", ".join(sorted(topics))
