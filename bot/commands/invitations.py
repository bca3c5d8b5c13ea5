"""/moi: those who manage the bot invite people into members-only topics."""

import re
from collections.abc import Iterable

from bot.commands.callbacks import Invite, ListMembers, Revoke, ShowInvitations
from bot.commands.menus import CHOSEN
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.invitation import (
    DAYS,
    MOST_DAYS,
    MOST_USES,
    USES,
    Invitation,
    InvitationId,
    payload_of,
)
from bot.domain.message import Button, Keyboard, Message, bold, link, plain
from bot.domain.text import fold_letters, one_line, shorten
from bot.services import invitations as service
from bot.services.compose import paragraphs
from bot.services.invitations import Closed
from bot.services.subscriptions import find_topic
from bot.store import invitations as store

_USUAL_DAYS = 7
_SHOWN = 10
_NUMBER = re.compile(r"(\d{1,9}) *(ngay|days?|nguoi|luot|people|persons?|uses?)?")
_DAY_WORDS = frozenset({"ngay", "day", "days"})


async def manage_invitations(turn: Turn, words: str) -> Answer:
    """List the members-only topics, or make an invitation: *words* are a topic, days, and people."""
    closed = await _closed(turn)
    numbers, named = _numbers(words)
    topic = find_topic((each.topic for each in closed), named) if named else None
    if topic is None:
        return _list(turn, closed, unknown=named)
    if not numbers:
        return await _panel(turn, topic.id, days=_USUAL_DAYS)
    days = min(max(1, numbers.get("days", _USUAL_DAYS)), MOST_DAYS)
    return await _invite(turn, topic.id, days=days, uses=min(max(1, numbers.get("uses", 1)), MOST_USES))


async def press_invitations(turn: Turn, pressed: ShowInvitations) -> Answer:
    """Show the members-only topics, or one of them, with the days that a new invitation is to hold."""
    if not pressed.topic:
        return _list(turn, await _closed(turn))
    days = pressed.days if pressed.days in DAYS else None
    return await _panel(turn, pressed.topic, days=days or _USUAL_DAYS)


async def press_invite(turn: Turn, pressed: Invite) -> Answer:
    if pressed.days not in DAYS or pressed.uses not in USES:
        return turn.refuse(turn.text("button-stale"))
    return await _invite(turn, pressed.topic, days=pressed.days, uses=pressed.uses)


async def press_revoke(turn: Turn, pressed: Revoke) -> Answer:
    """Have an invitation let in nobody any more. Who came by it stays in."""
    account = turn.context.messenger.account
    gone = await store.revoke(turn.write_tx, account, InvitationId(pressed.invitation))
    if gone is None:
        return _list(turn, await _closed(turn), toast=turn.text("invitation-gone"))
    toast = turn.text("invitation-revoked", number=gone.id)
    return await _panel(turn, gone.topic, days=_USUAL_DAYS, toast=toast)


async def _closed(turn: Turn) -> tuple[Closed, ...]:
    return await service.closed_topics(turn.tx, turn.context.messenger.account, now=turn.now)


def _list(turn: Turn, closed: Iterable[Closed], *, unknown: str = "", toast: str | None = None) -> Answer:
    keyboard: Keyboard = tuple(
        (Button(_label(turn, each), action=ShowInvitations(each.topic.id).pack()),) for each in closed
    )
    return turn.say(
        plain(turn.text("topic-unknown", words=shorten(unknown, 60)) if unknown else ""),
        bold(turn.text("invitations-title")),
        plain(turn.text("invitations-choose" if keyboard else "invitations-no-topics")),
        keyboard=keyboard,
        toast=toast,
    )


def _label(turn: Turn, closed: Closed) -> str:
    name = shorten(closed.topic.name(turn.language), 40)
    return turn.text("invitations-label", topic=name, count=closed.members)


async def _panel(turn: Turn, topic: str, *, days: int, toast: str | None = None) -> Answer:
    """Show one topic: its open invitations, and the buttons that make one."""
    found = await _closed(turn)
    closed = next((each for each in found if each.topic.id == topic), None)
    if closed is None:
        return _list(turn, found, toast=toast or turn.text("topic-gone"))
    shown = closed.invitations[:_SHOWN]
    lines = "\n".join(f"• {_described(turn, each)}" for each in shown)
    open_ones = turn.text("invitations-open") + "\n" + lines if shown else turn.text("invitations-none")
    return turn.say(
        bold(closed.topic.name(turn.language)),
        plain(open_ones),
        turn.examples("invitations-how"),
        keyboard=(
            *_making(turn, closed, days),
            *((_revoke_button(turn, each),) for each in shown),
            (_members_button(turn, closed),),
            (Button(turn.text("button-back"), action=ShowInvitations().pack()),),
        ),
        toast=toast,
    )


def _making(turn: Turn, closed: Closed, days: int) -> Keyboard:
    """Return a row of days, of which one is chosen, and a row of how many people that make an invitation."""
    topic = closed.topic.id
    spans = tuple(
        Button(
            f"{CHOSEN} {label}" if each == days else label,
            action=ShowInvitations(topic, each).pack(),
        )
        for each in DAYS
        if (label := turn.text("button-invite-days", count=each))
    )
    people = tuple(
        Button(turn.text("button-invite-uses", count=each), action=Invite(days, each, topic).pack())
        for each in USES
    )
    return spans, people[:2], people[2:]


async def _invite(turn: Turn, topic: str, *, days: int, uses: int) -> Answer:
    """Make an invitation. Its link comes in a message of its own: it can be shown only now."""
    context = turn.context
    closed = next((each for each in await _closed(turn) if each.topic.id == topic), None)
    if closed is None:
        return await _panel(turn, topic, days=days)
    made, token = await service.invite(
        turn.write_tx, context.messenger.account, closed.topic.id, days=days, uses=uses, now=turn.now
    )
    payload = payload_of(token)
    address = context.messenger.link_to_us(payload)
    message = Message(
        paragraphs(
            bold(turn.text("invitation-made", number=made.id, topic=closed.topic.name(turn.language))),
            link(address, address) if address else plain(f"/start {payload}"),
            plain(turn.text("invitation-uses", count=uses, moment=turn.moment(made.expires_at))),
            plain(turn.text("invitation-care")),
        ),
        keyboard=((_revoke_button(turn, made),),),
    )
    return Answer((Outgoing(turn.address, message),))


def _described(turn: Turn, invitation: Invitation) -> str:
    return turn.text(
        "invitation-line",
        number=invitation.id,
        left=invitation.uses_left,
        most=invitation.most_uses,
        moment=turn.moment(invitation.expires_at),
    )


def _revoke_button(turn: Turn, invitation: Invitation) -> Button:
    label = turn.text("button-revoke", number=invitation.id)
    return Button(label, action=Revoke(invitation.id).pack())


def _members_button(turn: Turn, closed: Closed) -> Button:
    label = turn.text("button-members", count=closed.members)
    return Button(label, action=ListMembers(0, closed.topic.id).pack())


def _numbers(words: str) -> tuple[dict[str, int], str]:
    """Return the days and the people that *words* name, and the rest: "nội bộ 7 ngày 10 người"."""
    line = one_line(words)
    matches = [*_NUMBER.finditer(fold_letters(line))]
    found = {"days" if match[2] in _DAY_WORDS else "uses": int(match[1]) for match in matches}
    for match in reversed(matches):
        line = f"{line[: match.start()]} {line[match.end() :]}"
    return found, one_line(line)
