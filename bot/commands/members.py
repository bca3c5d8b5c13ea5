"""The members of a members-only topic: listed by their ids, and shut out by buttons."""

from dataclasses import replace

from bot.commands.callbacks import ListMembers, ShowInvitations, ShutOut
from bot.commands.menus import paging
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.feed import Topic
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.domain.text import shorten
from bot.services import invitations as service
from bot.store import feeds
from bot.store.memberships import Member

_SHOWN = 8


async def press_members(turn: Turn, pressed: ListMembers) -> Answer:
    topic = await _topic(turn, pressed.topic)
    return await _list(turn, topic, pressed.page) if topic else turn.refuse(turn.text("not-allowed"))


async def press_shut_out(turn: Turn, pressed: ShutOut) -> Answer:
    """Shut a member out, once that was confirmed, and tell them."""
    topic = await _topic(turn, pressed.topic)
    if topic is None:
        return turn.refuse(turn.text("not-allowed"))
    if not pressed.sure:
        return await _confirm(turn, topic, pressed.chat)
    chat = await service.shut_out(turn.write_tx, pressed.chat, topic.id)
    toast = turn.text("member-gone" if chat is None else "member-shut-out")
    answer = await _list(turn, topic, 0, toast=toast)
    if chat is None or chat.kind is not ChatKind.PRIVATE or chat.status is not ChatStatus.ACTIVE:
        return answer
    return replace(answer, messages=(*answer.messages, _notice(turn, chat, topic)))


async def _topic(turn: Turn, topic_id: TopicId) -> Topic | None:
    """Return the topic, if it has members at all."""
    topic = await feeds.topic(turn.tx, topic_id)
    return topic if topic and topic.members_only else None


async def _confirm(turn: Turn, topic: Topic, chat: ChatId) -> Answer:
    found = await service.members(turn.tx, topic.id)
    member = next((each for each in found if each.chat == chat), None)
    if member is None:
        return await _list(turn, topic, 0, toast=turn.text("member-gone"))
    sure = turn.text("button-shut-out-sure")
    question = turn.text("member-confirm", member=member.name, topic=topic.name(turn.language))
    return turn.say(
        plain(question),
        keyboard=(
            (Button(sure, action=ShutOut(member.chat, sure=True, topic=topic.id).pack()),),
            (Button(turn.text("button-cancel"), action=ListMembers(0, topic.id).pack()),),
        ),
    )


async def _list(turn: Turn, topic: Topic, page: int, *, toast: str | None = None) -> Answer:
    found = await service.members(turn.tx, topic.id)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    lines = "\n".join(
        f"• {turn.text('member-line', member=each.name, moment=turn.moment(each.since))}" for each in shown
    )
    keyboard: Keyboard = tuple((_shut_out_button(turn, each, topic),) for each in shown)
    back = Button(turn.text("button-back"), action=ShowInvitations(topic.id).pack())
    return turn.say(
        bold(turn.text("members-title", topic=topic.name(turn.language))),
        plain(lines or turn.text("members-none")),
        plain(turn.text("members-how") if shown else ""),
        keyboard=(
            *keyboard,
            *paging(lambda to: ListMembers(to, topic.id), page=page, pages=pages),
            (back,),
        ),
        toast=toast,
    )


def _shut_out_button(turn: Turn, member: Member, topic: Topic) -> Button:
    label = turn.text("button-shut-out", member=shorten(member.name, 40))
    return Button(label, action=ShutOut(member.chat, sure=False, topic=topic.id).pack())


def _notice(turn: Turn, chat: Chat, topic: Topic) -> Outgoing:
    translator = turn.context.translator.addressing(topic.address)
    said = translator.text(chat.language, "membership-ended", topic=topic.name(chat.language))
    return Outgoing(chat.address, Message((plain(said),)))
