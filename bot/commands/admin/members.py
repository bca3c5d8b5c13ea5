"""The members of a members-only topic: listed by their ids, and shut out by buttons."""

from dataclasses import replace

from bot.commands.base.callbacks import ListMembers, ShowInvitations, ShutOut
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import paging
from bot.domain.chats.chat import Chat, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.chats.message import Button, ButtonStyle, Keyboard, Message, bold, plain
from bot.domain.desk.audit import AuditAction, Subject, SubjectKind
from bot.domain.desk.roles import Right
from bot.domain.news.feed import Topic
from bot.domain.text.text import shorten
from bot.services.subscribers import invitations as service
from bot.store.chats import preferences
from bot.store.choices.visibility import Member
from bot.store.feeds import feeds

handlers = Handlers()

_SHOWN = 8
_TITLE = 40
_NOTE = 24
"""Code points on a button."""


@handlers.button(ListMembers, admins_only(Right.MEMBERS))
async def press_members(request: Request, pressed: ListMembers) -> Response:
    topic = await _topic(request, pressed.topic)
    return await _list(request, topic, pressed.page) if topic else request.refuse(request.text("not-allowed"))


@handlers.button(ShutOut, admins_only(Right.MEMBERS), writes=lambda pressed: pressed.sure)
async def press_shut_out(request: Request, pressed: ShutOut) -> Response:
    """Shut a member out, once that was confirmed, and tell them."""
    topic = await _topic(request, pressed.topic)
    if topic is None:
        return request.refuse(request.text("not-allowed"))
    if not pressed.sure:
        return await _confirm(request, topic, pressed.chat)
    account = request.address.account
    chat = await service.shut_out(request.write_tx, account, pressed.chat, topic.id, now=request.now)
    if chat:
        # The log names no member: that one was removed, and from what, is enough to answer for.
        await request.record(AuditAction.MEMBER_REMOVED, Subject(SubjectKind.TOPIC, topic.id))
    toast = request.text("member-gone" if chat is None else "member-shut-out")
    answer = await _list(request, topic, 0, toast=toast)
    if chat is None or chat.kind is not ChatKind.PRIVATE or chat.status is not ChatStatus.ACTIVE:
        return answer
    return replace(answer, messages=(*answer.messages, await _notice(request, chat, topic)))


async def _topic(request: Request, topic_id: TopicId) -> Topic | None:
    """Return the topic, if it has members at all, and they are the sender's to look after."""
    topic = await feeds.topic(request.tx, topic_id)
    is_theirs = await request.may(Right.MEMBERS, topic_id)
    return topic if topic and topic.members_only and is_theirs else None


async def _confirm(request: Request, topic: Topic, chat: ChatId) -> Response:
    found = await service.members(request.tx, request.address.account, topic.id)
    member = next((each for each in found if each.chat == chat), None)
    if member is None:
        return await _list(request, topic, 0, toast=request.text("member-gone"))
    sure = request.text("button-shut-out-sure")
    question = request.text("member-confirm", member=_called(member), topic=topic.name(request.language))
    return request.say(
        plain(question),
        keyboard=(
            (
                Button(
                    sure,
                    action=ShutOut(member.chat, sure=True, topic=topic.id).pack(),
                    style=ButtonStyle.DANGER,
                ),
            ),
            (Button(request.text("button-cancel"), action=ListMembers(0, topic.id).pack()),),
        ),
    )


async def _list(request: Request, topic: Topic, page: int, *, toast: str | None = None) -> Response:
    found = await service.members(request.tx, request.address.account, topic.id)
    pages = max(1, -(-len(found) // _SHOWN))
    page = min(page, pages - 1)
    shown = found[page * _SHOWN : (page + 1) * _SHOWN]
    lines = "\n".join(
        f"• {request.text('member-line', member=_called(each), moment=request.moment(each.since))}"
        for each in shown
    )
    keyboard: Keyboard = tuple((_shut_out_button(request, each, topic),) for each in shown)
    back = Button(request.text("button-back"), action=ShowInvitations(topic.id).pack())
    return request.say(
        bold(request.text("members-title", topic=topic.name(request.language))),
        plain(lines or request.text("members-none")),
        plain(request.text("members-how") if shown else ""),
        keyboard=(
            *keyboard,
            *paging(lambda to: ListMembers(to, topic.id), page=page, pages=pages),
            (back,),
        ),
        toast=toast,
    )


def _called(member: Member) -> str:
    """Return what a member is called: by what was written down about them, with their id behind it."""
    return f"{member.note} ({member.name})" if member.note else member.name


def _short(member: Member) -> str:
    """Return the same for a button, on which the id behind a note is not to be cut off."""
    if member.note:
        return f"{shorten(member.note, _NOTE)} ({member.name})"
    return shorten(member.name, _TITLE)


def _shut_out_button(request: Request, member: Member, topic: Topic) -> Button:
    label = request.text("button-shut-out", member=_short(member))
    return Button(label, action=ShutOut(member.chat, sure=False, topic=topic.id).pack())


async def _notice(request: Request, chat: Chat, topic: Topic) -> OutgoingMessage:
    form = await preferences.form_of_address(request.tx, chat.id)
    translator = request.context.translator.addressing(form or topic.address)
    said = translator.text(chat.language, "membership-ended", topic=topic.name(chat.language))
    return OutgoingMessage(chat.address, Message((plain(said),)))
