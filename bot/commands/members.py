"""The members of a members-only topic: listed by their ids, and shut out by buttons."""

from dataclasses import replace

from bot.commands.actions import Action, Verb, action
from bot.commands.menus import paging_with
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.clock import short_moment
from bot.domain.feed import Topic
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.services import invitations as service
from bot.store import feeds
from bot.store.memberships import Member

_SHOWN = 8


async def press_members(turn: Turn, pressed: Action) -> Answer:
    page, topic_id = pressed.arguments(2)
    topic = await _topic(turn, topic_id)
    if topic is None or not page.isdecimal():
        return turn.refuse(turn.text("not-allowed" if topic is None else "button-stale"))
    return await _list(turn, topic, int(page[:6]))


async def press_shut_out(turn: Turn, pressed: Action) -> Answer:
    """Shut a member out, once that was confirmed, and tell them."""
    number, sure, topic_id = pressed.arguments(3)
    topic = await _topic(turn, topic_id)
    if topic is None or not number.isdecimal() or len(number) > 18:
        return turn.refuse(turn.text("not-allowed" if topic is None else "button-stale"))
    if sure != "1":
        return await _confirm(turn, topic, number)
    chat = await service.shut_out(turn.context.database, ChatId(int(number)), topic.id)
    toast = turn.text("member-gone" if chat is None else "member-shut-out")
    answer = await _list(turn, topic, 0, toast=toast)
    if chat is None or chat.kind is not ChatKind.PRIVATE or chat.status is not ChatStatus.ACTIVE:
        return answer
    return replace(answer, messages=(*answer.messages, _notice(turn, chat, topic)))


async def _topic(turn: Turn, topic_id: str) -> Topic | None:
    """Return the topic, for those who may manage it and if it has members at all."""
    if not (turn.is_private and await turn.may_manage()):
        return None
    async with turn.context.database.read() as tx:
        topic = await feeds.topic(tx, TopicId(topic_id))
    return topic if topic and topic.members_only else None


async def _confirm(turn: Turn, topic: Topic, number: str) -> Answer:
    found = await service.members(turn.context.database, topic.id)
    member = next((each for each in found if str(each.chat) == number), None)
    if member is None:
        return await _list(turn, topic, 0, toast=turn.text("member-gone"))
    sure = turn.text("button-shut-out-sure")
    question = turn.text("member-confirm", member=member.name, topic=topic.name(turn.language))
    return turn.say(
        plain(question),
        keyboard=(
            (Button(sure, action=action(Verb.SHUT_OUT, member.chat, 1, topic.id)),),
            (Button(turn.text("button-cancel"), action=action(Verb.MEMBERS, 0, topic.id)),),
        ),
    )


async def _list(turn: Turn, topic: Topic, page: int, *, toast: str | None = None) -> Answer:
    found = await service.members(turn.context.database, topic.id)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    lines = "\n".join(
        f"• {turn.text('member-line', member=each.name, moment=short_moment(each.since))}" for each in shown
    )
    keyboard: Keyboard = tuple((_shut_out_button(turn, each, topic),) for each in shown)
    back = Button(turn.text("button-back"), action=action(Verb.INVITATIONS, topic.id, ""))
    return turn.say(
        bold(turn.text("members-title", topic=topic.name(turn.language))),
        plain(lines or turn.text("members-none")),
        plain(turn.text("members-how") if shown else ""),
        keyboard=(
            *keyboard,
            *paging_with(lambda to: action(Verb.MEMBERS, to, topic.id), page=page, pages=pages),
            (back,),
        ),
        toast=toast,
    )


def _shut_out_button(turn: Turn, member: Member, topic: Topic) -> Button:
    label = turn.text("button-shut-out", member=shorten(member.name, 40))
    return Button(label, action=action(Verb.SHUT_OUT, member.chat, 0, topic.id))


def _notice(turn: Turn, chat: Chat, topic: Topic) -> Outgoing:
    said = turn.context.translator.text(chat.language, "membership-ended", topic=topic.name(chat.language))
    return Outgoing(chat.address, Message((plain(said),)))
