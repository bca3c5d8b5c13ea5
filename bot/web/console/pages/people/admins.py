"""Those who manage the bot: appointed with a name, given roles and topics, dismissed."""

from dataclasses import dataclass

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.chats.invitation import LONGEST_NOTE
from bot.domain.desk.roles import Right, Role, roles_in
from bot.domain.messaging.messenger import MessengerError
from bot.domain.text.text import one_line, shorten
from bot.services.administration import appointments
from bot.services.operations.follow_ups import tell_of_appointment
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin, Appointment
from bot.store.runtime.console import Person
from bot.web.console.console import ConsoleAccount
from bot.web.console.names import account_names, topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, gone


@dataclass(frozen=True, slots=True)
class Staff:
    """An account, its owners, whom the configuration names, and its admins."""

    account: ConsoleAccount
    name: str
    owners: tuple[str, ...]
    admins: tuple[Admin, ...]


async def show(visit: Visit) -> PageView:
    called = await account_names(visit)
    staff = [
        Staff(each, called[each.id], tuple(sorted(each.owners)), await admins.appointed(visit.tx, each.id))
        for each in visit.accounts
    ]
    values = {
        "staff": staff,
        "names": await admins.names(visit.tx),
        "roles": tuple(Role),
        "topics": await topic_names(visit),
    }
    return PageView("admins.html", values)


async def is_known(visit: Visit) -> bool:
    """Ask the messenger whether it knows the person who is to be appointed."""
    account, user = _account(visit), visit.form.value("user")
    if not account.messenger.is_user_id(user):
        return False
    try:
        return await account.messenger.knows(user)
    except MessengerError:
        raise Refusal(503, "console-no-messenger") from None


async def appoint(visit: Visit) -> Redirect:
    account, user = _account(visit), visit.form.value("user")
    roles = roles_in(visit.form.all("role"))
    if not account.messenger.is_user_id(user):
        return Redirect("/admins", "admin-not-an-id")
    if user in account.owners:
        return Redirect("/admins", "admin-is-owner")
    if visit.told is not True:
        return Redirect("/admins", "admin-unknown")
    if not roles:
        return Redirect("/admins", "admin-needs-a-role")
    appointment = Appointment(tuple(roles), _topics(visit), _note(visit))
    person = account.id, user
    if not await appointments.appoint(visit.tx, person, appointment, visit.actor, now=visit.now):
        return Redirect("/admins", "admin-already")
    is_told = await tell_of_appointment(visit.tx, account.id, user, now=visit.now)
    return Redirect("/admins", "admin-appointed" if is_told else "admin-not-started")


async def change(visit: Visit) -> Redirect:
    """Write down who an admin is, their roles, and the topics that these are for."""
    person = await _person(visit)
    roles = roles_in(visit.form.all("role"))
    if not roles:
        return Redirect("/admins", "admin-needs-a-role")
    await appointments.annotate(visit.tx, person, _note(visit), visit.actor, now=visit.now)
    await appointments.set_roles(visit.tx, person, roles, visit.actor, now=visit.now)
    await appointments.set_topics(visit.tx, person, _topics(visit), visit.actor, now=visit.now)
    return Redirect("/admins", "saved")


async def dismiss(visit: Visit) -> Redirect:
    await appointments.dismiss(visit.tx, await _person(visit), visit.actor, now=visit.now)
    return Redirect("/admins", "admin-dismissed")


def _account(visit: Visit) -> ConsoleAccount:
    named = AccountId(visit.form.value("account"))
    found = next((each for each in visit.accounts if each.id == named), None)
    if found is None:
        raise gone()
    return found


async def _person(visit: Visit) -> Person:
    account, user = _account(visit).id, visit.form.value("user")
    if await admins.find(visit.tx, account, user) is None:
        raise gone()
    return account, user


def _note(visit: Visit) -> str:
    return shorten(one_line(visit.form.value("note")), LONGEST_NOTE)


def _topics(visit: Visit) -> frozenset[TopicId] | None:
    """Return the topics that were chosen; none is as good as all."""
    return frozenset(map(TopicId, visit.form.all("topic"))) or None


ROUTES = (
    shows("/admins", Right.ADMINS, show),
    acts("/admins/appoint", Right.ADMINS, appoint, ask=is_known),
    acts("/admins/change", Right.ADMINS, change),
    acts("/admins/dismiss", Right.ADMINS, dismiss),
)
