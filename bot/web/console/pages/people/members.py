"""Members-only topics: invitations made and revoked, and members, of whom only ids and notes are known."""

from dataclasses import dataclass

from bot.domain.chats.chat import AccountId, ChatId, TopicId
from bot.domain.chats.invitation import (
    DAYS,
    LONGEST_NOTE,
    MOST_DAYS,
    MOST_USES,
    Invitation,
    InvitationId,
    payload_of,
)
from bot.domain.desk.audit import AuditAction, Subject, SubjectKind
from bot.domain.desk.roles import Right
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line, shorten
from bot.services.operations.follow_ups import tell_of_exclusion
from bot.services.subscribers import invitations as service
from bot.services.subscribers.invitations import Wanted
from bot.store.chats import invitations
from bot.store.choices import visibility
from bot.store.feeds import feeds
from bot.web.console.console import ConsoleAccount
from bot.web.console.names import account_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit, gone

SHOWN = 25
_MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True)
class ClosedTopic:
    """A members-only topic on one account, and the invitations that still let somebody in there."""

    topic: Topic
    account: ConsoleAccount
    account_name: str
    invitations: tuple[Invitation, ...]


async def show(visit: Visit) -> PageView:
    return PageView("members.html", {"closed": await _closed(visit), "days": DAYS, "made": None})


async def show_members(visit: Visit) -> PageView:
    """List the members of one topic on one account."""
    account, topic = await _place(visit, visit.query.value("account"), visit.query.value("topic"))
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    found = await visibility.members_page(
        visit.tx, account.id, topic.id, limit=SHOWN + 1, offset=(page - 1) * SHOWN
    )
    called = await account_names(visit)
    values = {
        "topic": topic,
        "account": account,
        "account_name": called[account.id],
        "members": found[:SHOWN],
        "page": page,
        "has_more": len(found) > SHOWN,
    }
    return PageView("topic_members.html", values)


async def invite(visit: Visit) -> PageView:
    """Make an invitation, and show its link: it can be shown only now."""
    account, topic = await _place(visit, visit.form.value("account"), visit.form.value("topic"))
    wanted = Wanted(
        visit.form.number("days", at_least=1, at_most=MOST_DAYS),
        visit.form.number("uses", at_least=1, at_most=MOST_USES),
        shorten(one_line(visit.form.value("note")), LONGEST_NOTE),
    )
    made, token = await service.invite(visit.tx, account.id, topic.id, wanted, now=visit.now)
    # The note may name whom it is for, who need not know of us: the log has the number alone.
    await visit.record(
        AuditAction.INVITATION_MADE,
        Subject(SubjectKind.INVITATION, str(made.id)),
        after={"topic": topic.id, "uses": wanted.uses, "days": wanted.days},
    )
    payload = payload_of(token)
    shown = {"made": made, "topic": topic, "link": account.messenger.link_to_us(payload), "payload": payload}
    return PageView("members.html", {"closed": await _closed(visit), "days": DAYS, **shown})


async def revoke(visit: Visit) -> Redirect:
    """Have an invitation let in nobody any more. Who came by it stays in."""
    number = InvitationId(visit.form.number("invitation"))
    theirs = [(each.account.id, made.id) for each in await _closed(visit) for made in each.invitations]
    account = next((account for account, made in theirs if made == number), None)
    revoked = await invitations.revoke(visit.tx, account, number) if account else None
    if revoked is None:
        raise gone()
    await visit.record(
        AuditAction.INVITATION_REVOKED,
        Subject(SubjectKind.INVITATION, str(number)),
        before={"topic": revoked.topic, "uses_left": revoked.uses_left},
    )
    return Redirect("/members", "invitation-revoked")


async def exclude(visit: Visit) -> Redirect:
    """Shut a member out, and have them told."""
    account, topic = await _place(visit, visit.form.value("account"), visit.form.value("topic"))
    chat = await service.shut_out(
        visit.tx, account.id, ChatId(visit.form.number("chat")), topic.id, now=visit.now
    )
    query = {"account": account.id, "topic": topic.id}
    if chat is None:
        return Redirect("/members/topic", "member-gone", query)
    # The log names no member: that one was removed, and from what, is enough to answer for.
    await visit.record(AuditAction.MEMBER_REMOVED, Subject(SubjectKind.TOPIC, topic.id))
    await tell_of_exclusion(visit.tx, chat, topic.id, now=visit.now)
    return Redirect("/members/topic", "member-removed", query)


async def _closed(visit: Visit) -> list[ClosedTopic]:
    """Return the members-only topics that are theirs to look after, on each account."""
    called = await account_names(visit)
    closed = [
        each
        for each in await feeds.topics(visit.tx)
        if each.members_only and visit.may(Right.MEMBERS, each.id)
    ]
    found = []
    for account in visit.accounts:
        made = await invitations.open_ones(visit.tx, account.id, visit.now)
        for topic in closed:
            theirs = tuple(each for each in made if each.topic == topic.id)
            found.append(ClosedTopic(topic, account, called[account.id], theirs))
    return found


async def _place(visit: Visit, account_id: str, topic_id: str) -> tuple[ConsoleAccount, Topic]:
    """Return the account and the members-only topic that are meant, if they are theirs to look after."""
    account = next((each for each in visit.accounts if each.id == AccountId(account_id)), None)
    topic = await feeds.topic(visit.tx, TopicId(topic_id))
    if account is None or topic is None or not topic.members_only:
        raise gone()
    visit.require(Right.MEMBERS, topic.id)
    return account, topic


ROUTES = (
    shows("/members", Right.MEMBERS, show),
    shows("/members/topic", Right.MEMBERS, show_members),
    acts("/members/invite", Right.MEMBERS, invite),
    acts("/members/revoke", Right.MEMBERS, revoke),
    acts("/members/exclude", Right.MEMBERS, exclude),
)
