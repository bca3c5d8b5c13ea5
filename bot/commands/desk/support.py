"""/nguoinhan: what a person or group subscribes to and got last, by their id, and ending it at their wish."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from bot.commands.base.awaited_input import RecipientId
from bot.commands.base.callback_data import CallbackData, Verb
from bot.commands.base.codec import ChatRow
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.recent import Question
from bot.commands.reader import stored_text
from bot.domain.chats.chat import Chat, ChatKind, ChatStatus, TopicId
from bot.domain.chats.message import Button, Keyboard, Message, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.text.text import one_line, shorten
from bot.services.rendering.reasons import worded
from bot.services.subscribers import support
from bot.services.subscribers.support import SupportCase
from bot.store.chats import chats, preferences
from bot.store.feeds import feeds
from bot.store.outbox.history import RecentDelivery

handlers = Handlers()

_TITLE = 60
_NAME = 40
_LONGEST_ID = 64
_TOPICS = 8
"""Subscriptions with a button of their own."""


class SupportStep(StrEnum):
    """What is done for somebody who has asked for help."""

    LOOK = ""
    UNSUBSCRIBE = "u"
    ERASE = "e"


@dataclass(frozen=True, slots=True)
class HelpRecipient(CallbackData):
    """Without a *topic*, all that *chat* subscribes to is meant."""

    verb: ClassVar[Verb] = Verb.SUPPORT
    chat: ChatRow
    step: SupportStep = SupportStep.LOOK
    sure: bool = False
    topic: str = ""


@handlers.command(Command.SUPPORT, admins_only(Right.SUPPORT), takes=any_words)
async def look_up(request: Request, words: str) -> Response:
    """Show whom *words* name by an id; without any, ask for it."""
    if not words:
        return request.say(plain(request.text("support-how")), asks=Question(words=RecipientId()))
    found = await chats.called(request.tx, request.address.account, _id_in(words))
    if len(found) == 1:
        return await _show(request, found[0])
    await support.record_look(request.write_tx, request.actor, now=request.now)
    if not found:
        return request.say(plain(request.text("support-none")))
    rows = tuple((_threads_button(request, each),) for each in found)
    return request.say(plain(request.text("support-threads")), keyboard=rows)


@handlers.awaited(RecipientId, admins_only(Right.SUPPORT))
async def take_id(request: Request, awaited: RecipientId, words: str) -> Response:
    del awaited
    return await look_up(request, words)


@handlers.button(HelpRecipient, admins_only(Right.SUPPORT), writes=True)
async def press(request: Request, pressed: HelpRecipient) -> Response:
    """Look once more, or do what the person has asked for; that is asked about before it is done."""
    chat = await chats.get(request.tx, pressed.chat)
    if chat is None or chat.address.account != request.address.account:
        await support.record_look(request.write_tx, request.actor, now=request.now)
        return request.say(plain(request.text("support-none")))
    match pressed.step:
        case SupportStep.UNSUBSCRIBE | SupportStep.ERASE if not pressed.sure:
            return await _ask(request, chat, pressed)
        case SupportStep.UNSUBSCRIBE:
            return await _unsubscribe(request, chat, TopicId(pressed.topic) if pressed.topic else None)
        case SupportStep.ERASE:
            return await _erase(request, chat)
        case _:
            return await _show(request, chat)


def _id_in(words: str) -> str:
    """Return the id in *words*, which may name the platform before it, as settings do."""
    return shorten(words.strip().rpartition(":")[2], _LONGEST_ID)


async def _show(request: Request, chat: Chat, *, before: str = "") -> Response:
    case = await support.look_up(request.write_tx, chat, request.actor, now=request.now)
    lines = stored_text.of_chat(request, chat, case.about)
    sent = [_delivery(request, each) for each in case.deliveries]
    paragraphs = (
        ((plain(before),),),
        ((bold(request.text("support-title", kind=chat.kind)),),),
        tuple((plain(line),) for line in lines),
        ((bold(request.text("support-deliveries" if sent else "support-no-deliveries")),),),
        tuple((plain(line),) for line in sent),
    )
    return stored_text.said(request, paragraphs, _keyboard(request, case))


def _keyboard(request: Request, case: SupportCase) -> Keyboard:
    chat = case.chat.id
    topics = [topic for topic, _ in case.about.subscriptions]
    each = [
        Button(
            request.text("button-support-topic", topic=shorten(topic.name(request.language), _NAME)),
            action=HelpRecipient(chat, SupportStep.UNSUBSCRIBE, topic=topic.id).pack(),
        )
        for topic in topics[:_TOPICS]
    ]
    everything = Button(
        request.text("button-support-all"), action=HelpRecipient(chat, SupportStep.UNSUBSCRIBE).pack()
    )
    return (
        *((button,) for button in each),
        *(((everything,),) if len(topics) > 1 else ()),
        (Button(request.text("button-support-erase"), action=HelpRecipient(chat, SupportStep.ERASE).pack()),),
        (Button(request.text("button-refresh"), action=HelpRecipient(chat).pack()),),
    )


def _delivery(request: Request, delivery: RecentDelivery) -> str:
    """Return how one delivery stands, with the reason where it did not arrive."""
    reason = worded(request.context.translator, request.language, delivery.reason)
    said = request.text(
        "support-delivery",
        moment=request.moment(delivery.at),
        title=shorten(one_line(delivery.title), _TITLE),
        status=delivery.status,
    )
    return f"{said}: {reason}" if str(delivery.reason) else said


def _threads_button(request: Request, chat: Chat) -> Button:
    thread = chat.address.thread
    label = (
        request.text("button-support-thread", thread=thread)
        if thread
        else request.text("button-support-no-thread")
    )
    return Button(label, action=HelpRecipient(chat.id).pack())


async def _ask(request: Request, chat: Chat, pressed: HelpRecipient) -> Response:
    """Ask whether the person really wishes it."""
    await support.record_look(request.write_tx, request.actor, now=request.now)
    topic = await feeds.topic(request.tx, TopicId(pressed.topic)) if pressed.topic else None
    name = one_line(topic.name(request.language)) if topic else ""
    question = request.text(
        "support-confirm",
        step="erase" if pressed.step is SupportStep.ERASE else "topic" if topic else "all",
        chat=chat.address.chat,
        topic=shorten(name, _TITLE),
        proofs=request.context.keeping.proofs,
    )
    sure, back = replace(pressed, sure=True).pack(), HelpRecipient(chat.id).pack()
    return request.say(
        plain(question),
        keyboard=(
            (Button(request.text("button-support-sure", step=pressed.step), action=sure),),
            (Button(request.text("button-cancel"), action=back),),
        ),
        asks=Question(yes=sure, no=back),
    )


async def _unsubscribe(request: Request, chat: Chat, topic: TopicId | None) -> Response:
    """End what the person no longer wants, and tell them, as far as they can be written to."""
    ended = await support.unsubscribe(request.write_tx, chat, topic, request.actor, now=request.now)
    said = request.text("support-unsubscribed" if ended else "support-not-subscribed")
    answer = await _show(request, chat, before=said)
    if not ended or chat.status is not ChatStatus.ACTIVE or chat.kind is ChatKind.CHANNEL:
        return answer
    form = await preferences.form_of_address(request.tx, chat.id)
    translator = request.context.translator.addressing(form)
    names = [each.name(chat.language) for each in await feeds.topics(request.tx) if each.id in ended]
    told = translator.text(chat.language, "support-told", topics=shorten(", ".join(names), 500))
    notice = OutgoingMessage(chat.address, Message((plain(told),)))
    return replace(answer, messages=(*answer.messages, notice))


async def _erase(request: Request, chat: Chat) -> Response:
    context = request.context
    is_erased = await support.erase(
        request.write_tx,
        chat,
        request.actor,
        owners=context.owners,
        key=context.proof_key,
        now=request.now,
    )
    said = request.say(plain(request.text("support-erased" if is_erased else "support-erases-no-manager")))
    return replace(said, is_erasure=is_erased)
