"""Entering the web console: a link for somebody who manages, the session that it begins, and its end."""

import secrets
from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, AuditPlace, Subject, SubjectKind, of_admin
from bot.domain.desk.console_access import (
    LINK_FOR,
    TOKEN_BYTES,
    ConsoleSession,
    fingerprint,
)
from bot.store.engine.database import Transaction
from bot.store.runtime import audit, console
from bot.store.runtime.console import Person

ENTRANCE = "/console/enter"
"""The path under which a link is found; its token stands behind it."""


async def make_link(tx: Transaction, person: Person, actor: Actor, *, now: datetime) -> str:
    """Return the token of a link that signs *person* in once; nobody can learn it from us later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await console.put_link(tx, person, fingerprint(token), expires_at=now + LINK_FOR)
    await audit.record(tx, actor, Act(AuditAction.CONSOLE_LINK_MADE, of_admin(*person)), now=now)
    return token


async def enter(tx: Transaction, link_token: str, *, device: str, now: datetime) -> str | None:
    """Begin the session that a link stands for, and return its token; None where the link works no more."""
    person = await console.use_link(tx, fingerprint(link_token), now)
    if person is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session = await console.begin(tx, person, fingerprint(token), device=device, now=now)
    await audit.record(tx, actor_of(session), Act(AuditAction.CONSOLE_ENTERED, about(session)), now=now)
    return token


async def leave(tx: Transaction, session: ConsoleSession, actor: Actor, *, now: datetime) -> None:
    """End a session, one's own or another one's."""
    if await console.end(tx, session.id):
        await audit.record(tx, actor, Act(AuditAction.CONSOLE_LEFT, about(session)), now=now)


def actor_of(session: ConsoleSession) -> Actor:
    """Return whoever is signed in by *session* as the audit log names those who manage."""
    return Actor(AuditPlace.CONSOLE, session.user, session.account)


def about(session: ConsoleSession) -> Subject:
    return Subject(SubjectKind.CONSOLE_SESSION, str(session.id))


def address_of(console_url: str, link_token: str) -> str:
    """Return the address by which a link is opened, at a console that is found at *console_url*."""
    return f"{console_url}{ENTRANCE}/{link_token}"
