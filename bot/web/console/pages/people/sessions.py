"""Who is signed in: one's own sessions or, for owners, everybody's; each can be ended."""

from bot.domain.desk.console_access import ConsoleSession, SessionId
from bot.domain.desk.roles import Right
from bot.i18n import LANGUAGES
from bot.services.administration.console_access import leave
from bot.store.runtime import admins, console
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit, gone


async def show(visit: Visit) -> PageView:
    found = [each for each in await console.open_ones(visit.tx, visit.now) if _is_theirs(visit, each)]
    return PageView("sessions.html", {"sessions": found, "names": await admins.names(visit.tx)})


async def end(visit: Visit) -> Redirect:
    session = await console.get(visit.tx, SessionId(visit.form.number("session")))
    if session is None or not _is_theirs(visit, session):
        raise gone()
    await leave(visit.tx, session, visit.actor, now=visit.now)
    return Redirect("/sessions", "session-ended")


async def sign_out(visit: Visit) -> Redirect:
    await leave(visit.tx, visit.session, visit.actor, now=visit.now)
    return Redirect("")


async def speak(visit: Visit) -> Redirect:
    language = visit.form.value("language")
    if language not in LANGUAGES:
        raise gone()
    return Redirect("", language=language)


def _is_theirs(visit: Visit, session: ConsoleSession) -> bool:
    is_own = (session.account, session.user) == (visit.session.account, visit.session.user)
    return is_own or visit.may(Right.SETTINGS)


ROUTES = (
    shows("/sessions", None, show),
    acts("/sessions/end", None, end),
    acts("/sign-out", None, sign_out),
    acts("/language", None, speak),
)
