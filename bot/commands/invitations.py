"""/moi: those who manage the bot invite people into members-only topics."""

import re
from collections.abc import Iterable

from bot.commands.actions import Action, Verb, action
from bot.commands.basics import hint
from bot.commands.menus import CHOSEN
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.clock import short_moment
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
from bot.domain.text import fold, shorten
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
    if not turn.is_private:
        return turn.refuse(turn.text("private-only")) if await turn.may_manage() else Answer()
    if not await turn.may_manage():
        return hint(turn)
    closed = await _closed(turn)
    numbers, named = _numbers(words)
    topic = find_topic((each.topic for each in closed), named) if named else None
    if topic is None:
        return _list(turn, closed, unknown=named)
    if not numbers:
        return await _panel(turn, topic.id, days=_USUAL_DAYS)
    days = min(max(1, numbers.get("days", _USUAL_DAYS)), MOST_DAYS)
    return await _invite(turn, topic.id, days=days, uses=min(max(1, numbers.get("uses", 1)), MOST_USES))


async def press_invitations(turn: Turn, pressed: Action) -> Answer:
    """Show the members-only topics, or one of them, with the days that a new invitation is to hold."""
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    topic, days = pressed.arguments(2)
    if not topic:
        return _list(turn, await _closed(turn))
    return await _panel(turn, topic, days=_offered(days, DAYS) or _USUAL_DAYS)


async def press_invite(turn: Turn, pressed: Action) -> Answer:
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    days, uses, topic = pressed.arguments(3)
    if not (_offered(days, DAYS) and _offered(uses, USES)):
        return turn.refuse(turn.text("button-stale"))
    return await _invite(turn, topic, days=int(days), uses=int(uses))


async def press_revoke(turn: Turn, pressed: Action) -> Answer:
    """Have an invitation let in nobody any more. Who came by it stays in."""
    if not (turn.is_private and await turn.may_manage()):
        return turn.refuse(turn.text("not-allowed"))
    context, gone = turn.context, None
    if pressed.rest.isdecimal() and len(pressed.rest) < 19:
        async with context.database.write() as tx:
            number = InvitationId(int(pressed.rest))
            gone = await store.revoke(tx, context.messenger.account, number)
    if gone is None:
        return _list(turn, await _closed(turn), toast=turn.text("invitation-gone"))
    toast = turn.text("invitation-revoked", number=gone.id)
    return await _panel(turn, gone.topic, days=_USUAL_DAYS, toast=toast)


async def _closed(turn: Turn) -> tuple[Closed, ...]:
    context = turn.context
    return await service.closed_topics(context.database, context.messenger.account, now=turn.now)


def _list(turn: Turn, closed: Iterable[Closed], *, unknown: str = "", toast: str | None = None) -> Answer:
    keyboard: Keyboard = tuple(
        (Button(_label(turn, each), action=action(Verb.INVITATIONS, each.topic.id, "")),) for each in closed
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
        plain(turn.text("invitations-how")),
        keyboard=(
            *_making(turn, closed, days),
            *((_revoke_button(turn, each),) for each in shown),
            (_members_button(turn, closed),),
            (Button(turn.text("button-back"), action=action(Verb.INVITATIONS, "", "")),),
        ),
        toast=toast,
    )


def _making(turn: Turn, closed: Closed, days: int) -> Keyboard:
    """Return a row of days, of which one is chosen, and a row of how many people that make an invitation."""
    topic = closed.topic.id
    spans = tuple(
        Button(
            f"{CHOSEN} {label}" if each == days else label,
            action=action(Verb.INVITATIONS, topic, each),
        )
        for each in DAYS
        if (label := turn.text("button-invite-days", count=each))
    )
    people = tuple(
        Button(turn.text("button-invite-uses", count=each), action=action(Verb.INVITE, days, each, topic))
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
        context.database, context.messenger.account, closed.topic.id, days=days, uses=uses, now=turn.now
    )
    payload = payload_of(token)
    address = context.messenger.link_to_us(payload)
    message = Message(
        paragraphs(
            bold(turn.text("invitation-made", number=made.id, topic=closed.topic.name(turn.language))),
            link(address, address) if address else plain(f"/start {payload}"),
            plain(turn.text("invitation-uses", count=uses, moment=short_moment(made.expires_at))),
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
        moment=short_moment(invitation.expires_at),
    )


def _revoke_button(turn: Turn, invitation: Invitation) -> Button:
    label = turn.text("button-revoke", number=invitation.id)
    return Button(label, action=action(Verb.REVOKE, invitation.id))


def _members_button(turn: Turn, closed: Closed) -> Button:
    label = turn.text("button-members", count=closed.members)
    return Button(label, action=action(Verb.MEMBERS, 0, closed.topic.id))


def _offered(text: str, offered: Iterable[int]) -> int | None:
    return next((each for each in offered if text == str(each)), None)


def _numbers(words: str) -> tuple[dict[str, int], str]:
    """Return the days and the people that *words* name, and the rest: "nội bộ 7 ngày 10 người"."""
    folded = fold(words)
    found = {
        "days" if match[2] in _DAY_WORDS else "uses": int(match[1]) for match in _NUMBER.finditer(folded)
    }
    return found, " ".join(_NUMBER.sub(" ", folded).split())
