"""Helping those who ask for it: what one chat subscribes to and got last, and ending it there at its wish.

A chat is named in forms alone, never in an address, and each look leaves a line in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.chats.chat import Chat, ChatId, TopicId
from bot.domain.desk.roles import Right
from bot.domain.text.text import shorten
from bot.services.operations.follow_ups import tell_of_unsubscription
from bot.services.rendering.reasons import worded
from bot.services.subscribers import support as service
from bot.services.subscribers.support import SupportCase
from bot.store.chats import chats
from bot.web.console.names import account_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import Answer, PageView, Redirect, Visit

_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One chat on an *account* by its name, and why each of its last deliveries did not arrive."""

    case: SupportCase
    account: str
    reasons: tuple[str, ...]


async def show(visit: Visit) -> PageView:
    """Ask for an id."""
    del visit
    return _page(())


async def look(visit: Visit) -> PageView:
    """Show whom an id names: of a forum, each topic that is served."""
    named = shorten(visit.form.value("chat").rpartition(":")[2].strip(), _LONGEST_ID)
    found = [each for account in visit.accounts for each in await chats.called(visit.tx, account.id, named)]
    if not found:
        await service.record_look(visit.tx, visit.actor, now=visit.now)
        return _page((), problem="support-none")
    return _page([await _shown(visit, each) for each in found])


async def unsubscribe(visit: Visit) -> PageView:
    """End what the person no longer wants, and tell them."""
    chat = await _chat(visit)
    if chat is None:
        return _page((), problem="support-none")
    named = visit.form.value("topic")
    topic = TopicId(named) if named else None
    ended = await service.unsubscribe(visit.tx, chat, topic, visit.actor, now=visit.now)
    if ended:
        await tell_of_unsubscription(visit.tx, chat, ended, now=visit.now)
    shown = [await _shown(visit, chat)]
    if not ended:
        return _page(shown, problem="support-not-subscribed")
    return _page(shown, notice="support-unsubscribed")


async def erase(visit: Visit) -> Answer:
    """Delete everything about the person, at their wish."""
    chat = await _chat(visit)
    account = visit.console.account(chat.address.account) if chat else None
    if chat is None or account is None:
        return _page((), problem="support-none")
    key, owners = visit.console.means.proof_key, account.owners
    if not await service.erase(visit.tx, chat, visit.actor, owners=owners, key=key, now=visit.now):
        return _page([await _shown(visit, chat)], problem="support-erases-no-manager")
    return Redirect("/support", "support-erased", afterwards=visit.console.database.leave_no_traces)


async def _chat(visit: Visit) -> Chat | None:
    """Return the chat that a form is about, if it is theirs to help; that somebody looked is written down."""
    chat = await chats.get(visit.tx, ChatId(visit.form.number("chat")))
    if chat is not None and chat.address.account in {each.id for each in visit.accounts}:
        return chat
    await service.record_look(visit.tx, visit.actor, now=visit.now)
    return None


async def _shown(visit: Visit, chat: Chat) -> ShownCase:
    """Look the chat up; its title is not shown, since nobody needs it to help."""
    case = await service.look_up(visit.tx, chat, visit.actor, now=visit.now)
    called = await account_names(visit)
    reasons = [
        worded(visit.console.translator, visit.language, each.reason) if str(each.reason) else ""
        for each in case.deliveries
    ]
    return ShownCase(case, called[chat.address.account], tuple(reasons))


def _page(cases: Sequence[ShownCase], *, problem: str = "", notice: str = "") -> PageView:
    """Return the page with what was found, and why something was not done; without a notice of its own it
    shows that of its address.
    """
    values = {"cases": cases, "problem": problem, **({"notice": notice} if notice else {})}
    return PageView("support.html", values)


ROUTES = (
    shows("/support", Right.SUPPORT, show),
    acts("/support/look", Right.SUPPORT, look),
    acts("/support/unsubscribe", Right.SUPPORT, unsubscribe),
    acts("/support/erase", Right.SUPPORT, erase),
)
