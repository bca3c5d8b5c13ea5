"""/moi: those who manage the bot invite people into members-only topics."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.commands.base.callbacks import Invite, ListMembers, Revoke, ShowInvitations
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import CHOSEN
from bot.domain.chats.invitation import (
    DAYS,
    LONGEST_NOTE,
    MOST_DAYS,
    MOST_USES,
    USES,
    Invitation,
    InvitationId,
    payload_of,
)
from bot.domain.chats.message import Button, Keyboard, Message, bold, link, plain
from bot.domain.desk.audit import AuditAction, Subject, SubjectKind
from bot.domain.desk.roles import Right
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold_letters, one_line, shorten
from bot.services.rendering.card import paragraphs
from bot.services.subscribers import invitations as service
from bot.services.subscribers.invitations import Closed, Wanted
from bot.services.subscribers.subscriptions import find_topic
from bot.store.chats import invitations as store

handlers = Handlers()

_USUAL_DAYS = 7
_SHOWN = 10
_UNIT = r"(ngay|days?|nguoi|luot|people|persons?|uses?)"
_NUMBER = re.compile(rf"(\d{{1,9}}) *{_UNIT}?")
_NUMBER_WITH_UNIT = re.compile(rf"\b(\d{{1,9}}) *{_UNIT}\b")
_FOR = re.compile(r"(?:^|\s)(?:cho|for)\s")
_DAY_WORDS = frozenset({"ngay", "day", "days"})


@handlers.command(Command.INVITATIONS, admins_only(Right.MEMBERS), takes=any_words)
async def manage_invitations(request: Request, words: str) -> Response:
    """List the members-only topics, or make an invitation: *words* are a topic, days, people, and after
    "cho" whom it is for.
    """
    closed = await _closed(request)
    asked = _asked(words, [each.topic for each in closed])
    if asked.topic is None:
        return _list(request, closed, unknown=asked.named)
    if asked.wanted is None:
        return await _panel(request, asked.topic.id, days=_USUAL_DAYS)
    return await _invite(request, asked.topic.id, asked.wanted)


@handlers.button(ShowInvitations, admins_only(Right.MEMBERS))
async def press_invitations(request: Request, pressed: ShowInvitations) -> Response:
    """Show the members-only topics, or one of them, with the days that a new invitation is to hold."""
    if not pressed.topic:
        return _list(request, await _closed(request))
    days = pressed.days if pressed.days in DAYS else None
    return await _panel(request, pressed.topic, days=days or _USUAL_DAYS)


@handlers.button(Invite, admins_only(Right.MEMBERS), writes=True)
async def press_invite(request: Request, pressed: Invite) -> Response:
    if pressed.days not in DAYS or pressed.uses not in USES:
        return request.refuse(request.text("button-stale"))
    return await _invite(request, pressed.topic, Wanted(pressed.days, pressed.uses))


@handlers.button(Revoke, admins_only(Right.MEMBERS), writes=True)
async def press_revoke(request: Request, pressed: Revoke) -> Response:
    """Have an invitation let in nobody any more. Who came by it stays in."""
    account, limits = request.context.messenger.account, (await request.authority()).topics
    theirs = {each.id for closed in await _closed(request) for each in closed.invitations}
    if limits is not None and pressed.invitation not in theirs:
        return _list(request, await _closed(request), toast=request.text("invitation-gone"))
    gone = await store.revoke(request.write_tx, account, InvitationId(pressed.invitation))
    if gone is None:
        return _list(request, await _closed(request), toast=request.text("invitation-gone"))
    await request.record(
        AuditAction.INVITATION_REVOKED,
        Subject(SubjectKind.INVITATION, str(gone.id)),
        before={"topic": gone.topic, "uses_left": gone.uses_left},
    )
    toast = request.text("invitation-revoked", number=gone.id)
    return await _panel(request, gone.topic, days=_USUAL_DAYS, toast=toast)


async def _closed(request: Request) -> tuple[Closed, ...]:
    """Return the members-only topics that are the sender's to look after."""
    authority = await request.authority()
    found = await service.closed_topics(request.tx, request.context.messenger.account, now=request.now)
    return tuple(each for each in found if authority.covers([each.topic.id]))


def _list(
    request: Request, closed: Iterable[Closed], *, unknown: str = "", toast: str | None = None
) -> Response:
    keyboard: Keyboard = tuple(
        (Button(_label(request, each), action=ShowInvitations(each.topic.id).pack()),) for each in closed
    )
    return request.say(
        plain(request.text("topic-unknown", words=shorten(unknown, 60)) if unknown else ""),
        bold(request.text("invitations-title")),
        plain(request.text("invitations-choose" if keyboard else "invitations-no-topics")),
        keyboard=keyboard,
        toast=toast,
    )


def _label(request: Request, closed: Closed) -> str:
    name = shorten(closed.topic.name(request.language), 40)
    return request.text("invitations-label", topic=name, count=closed.members)


async def _panel(request: Request, topic: str, *, days: int, toast: str | None = None) -> Response:
    """Show one topic: its open invitations, and the buttons that make one."""
    found = await _closed(request)
    closed = next((each for each in found if each.topic.id == topic), None)
    if closed is None:
        return _list(request, found, toast=toast or request.text("topic-gone"))
    shown = closed.invitations[:_SHOWN]
    lines = "\n".join(f"• {_described(request, each)}" for each in shown)
    open_ones = request.text("invitations-open") + "\n" + lines if shown else request.text("invitations-none")
    return request.say(
        bold(closed.topic.name(request.language)),
        plain(open_ones),
        request.examples("invitations-how"),
        keyboard=(
            *_making(request, closed, days),
            *((_revoke_button(request, each),) for each in shown),
            (_members_button(request, closed),),
            (Button(request.text("button-back"), action=ShowInvitations().pack()),),
        ),
        toast=toast,
    )


def _making(request: Request, closed: Closed, days: int) -> Keyboard:
    """Return a row of days, of which one is chosen, and a row of how many people that make an invitation."""
    topic = closed.topic.id
    spans = tuple(
        Button(
            f"{CHOSEN} {label}" if each == days else label,
            action=ShowInvitations(topic, each).pack(),
        )
        for each in DAYS
        if (label := request.text("button-invite-days", count=each))
    )
    people = tuple(
        Button(request.text("button-invite-uses", count=each), action=Invite(days, each, topic).pack())
        for each in USES
    )
    return spans, people[:2], people[2:]


async def _invite(request: Request, topic: str, wanted: Wanted) -> Response:
    """Make an invitation. Its link comes in a message of its own: it can be shown only now."""
    context = request.context
    closed = next((each for each in await _closed(request) if each.topic.id == topic), None)
    if closed is None:
        return await _panel(request, topic, days=wanted.days)
    made, token = await service.invite(
        request.write_tx, context.messenger.account, closed.topic.id, wanted, now=request.now
    )
    # The note may name whom it is for, who need not know of us: the log has the number alone.
    await request.record(
        AuditAction.INVITATION_MADE,
        Subject(SubjectKind.INVITATION, str(made.id)),
        after={"topic": closed.topic.id, "uses": wanted.uses, "days": wanted.days},
    )
    payload = payload_of(token)
    address = context.messenger.link_to_us(payload)
    message = Message(
        paragraphs(
            bold(request.text("invitation-made", number=made.id, topic=closed.topic.name(request.language))),
            link(address, address) if address else plain(f"/start {payload}"),
            plain(_meant_for(request, made)),
            plain(request.text("invitation-uses", count=wanted.uses, moment=request.moment(made.expires_at))),
            plain(request.text("invitation-care")),
        ),
        keyboard=((_revoke_button(request, made),),),
    )
    return Response((OutgoingMessage(request.address, message),))


def _described(request: Request, invitation: Invitation) -> str:
    line = request.text(
        "invitation-line",
        number=invitation.id,
        left=invitation.uses_left,
        most=invitation.most_uses,
        moment=request.moment(invitation.expires_at),
    )
    return f"{line} – {invitation.note}" if invitation.note else line


def _meant_for(request: Request, invitation: Invitation) -> str:
    return request.text("invitation-note", note=invitation.note) if invitation.note else ""


def _revoke_button(request: Request, invitation: Invitation) -> Button:
    label = request.text("button-revoke", number=invitation.id)
    return Button(label, action=Revoke(invitation.id).pack())


def _members_button(request: Request, closed: Closed) -> Button:
    label = request.text("button-members", count=closed.members)
    return Button(label, action=ListMembers(0, closed.topic.id).pack())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody typed after /moi: the topic, or what it was *named* if there is none, and the invitation
    that is *wanted*, if one is.
    """

    topic: Topic | None
    named: str = ""
    wanted: Wanted | None = None


def _asked(words: str, topics: Sequence[Topic]) -> _Asked:
    """Read, for example, "nội bộ 7 ngày 10 người" and "nội bộ cho anh Nam phòng Đăng ký"."""
    line = one_line(words)
    numbers, named = _numbers(line, _NUMBER)
    topic = find_topic(topics, named) if named else None
    for match in () if topic else _FOR.finditer(fold_letters(line)):
        before, named_first = _numbers(line[: match.start()], _NUMBER)
        behind, note = _numbers(line[match.end() :], _NUMBER_WITH_UNIT)
        topic = find_topic(topics, named_first) if named_first else _only(topics)
        if topic:
            return _Asked(topic, wanted=_wanted(before | behind, shorten(note, LONGEST_NOTE)))
    return _Asked(topic, named, _wanted(numbers) if numbers else None)


def _only(topics: Sequence[Topic]) -> Topic | None:
    """Return the one topic that there is, if there is but one."""
    return topics[0] if len(topics) == 1 else None


def _wanted(numbers: Mapping[str, int], note: str = "") -> Wanted:
    days = min(max(1, numbers.get("days", _USUAL_DAYS)), MOST_DAYS)
    return Wanted(days, min(max(1, numbers.get("uses", 1)), MOST_USES), note)


def _numbers(line: str, number: re.Pattern[str]) -> tuple[dict[str, int], str]:
    """Return the days and the people that a line names, and the rest of it."""
    matches = [*number.finditer(fold_letters(line))]
    found = {"days" if match[2] in _DAY_WORDS else "uses": int(match[1]) for match in matches}
    for match in reversed(matches):
        line = f"{line[: match.start()]} {line[match.end() :]}"
    return found, one_line(line)
