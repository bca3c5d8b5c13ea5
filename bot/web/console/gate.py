"""Who comes in: the session behind a cookie, and whether it may do what it asks for.

The standing of whoever is signed in is read at each request: somebody who is dismissed is out at once.
"""

from dataclasses import dataclass, field

from aiohttp import web

from bot.domain.desk.console_access import NOTED_EVERY, ConsoleSession, fingerprint, form_token, is_form_token
from bot.domain.desk.roles import Authority
from bot.store.engine.database import Transaction
from bot.store.runtime import console as sessions
from bot.web.console.console import Console
from bot.web.console.routes import ConsoleRoute
from bot.web.console.visit import FormFields, Refusal

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
_LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody who was let in, by the session's *token*."""

    session: ConsoleSession
    authority: Authority
    token: str = field(repr=False)

    @property
    def form_token(self) -> str:
        return form_token(self.token)


def cookie_name(console: Console) -> str:
    """Return the name of the session's cookie.

    Browsers take `__Host-` for a promise: over TLS only, for this host and every path, from nowhere else.
    Over plain HTTP, which is for this machine alone, not all of them would keep such a cookie.
    """
    return "__Host-bantin" if console.is_private else "bantin-console"


def set_cookie(response: web.StreamResponse, console: Console, token: str) -> None:
    response.set_cookie(
        cookie_name(console),
        token,
        path="/",
        secure=console.is_private,
        httponly=True,
        samesite="Strict",
    )


def delete_cookie(response: web.StreamResponse, console: Console) -> None:
    response.del_cookie(
        cookie_name(console), path="/", secure=console.is_private, httponly=True, samesite="Strict"
    )


def require_our_page(request: web.Request, console: Console) -> None:
    """Raise Refusal where a form was not sent from the console itself."""
    if request.headers.get("Origin") != console.address:
        raise Refusal(403, "console-other-origin")


async def let_in(console: Console, tx: Transaction, request: web.Request) -> LetIn | None:
    """Return who is signed in; None where nobody is, or they manage no more."""
    token = request.cookies.get(cookie_name(console), "")
    if not 0 < len(token) <= _LONGEST_TOKEN:
        return None
    session = await sessions.find(tx, fingerprint(token))
    if session is None or session.is_over(console.clock.now()):
        return None
    authority = await console.authority(tx, session.account, session.user)
    return LetIn(session, authority, token) if authority.manages else None


def require_right(entry: LetIn, route: ConsoleRoute) -> None:
    """Raise Refusal where whoever is signed in may not do this at all."""
    if route.right is not None and not entry.authority.may(route.right):
        raise Refusal(403, "console-not-allowed")


def require_form_token(entry: LetIn, form: FormFields) -> None:
    """Raise Refusal where a form is none of this session's."""
    if not is_form_token(form.value(FORM_TOKEN), entry.token):
        raise Refusal(403, "console-stale-form")


async def note_use(console: Console, session: ConsoleSession) -> None:
    """Note that a session is in use, where that was not done lately."""
    now = console.clock.now()
    if now - session.used_at < NOTED_EVERY:
        return
    async with console.database.write() as tx:
        await sessions.note_use(tx, session.id, now)
