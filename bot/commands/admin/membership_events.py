"""What is done when the bot is let into chats or shut out of them, and when groups move."""

from bot.commands.admin.channel_panel import question
from bot.commands.base.context import (
    Context,
    OutgoingMessage,
    Request,
    Response,
    authority_of,
    private_address,
)
from bot.commands.base.unit_of_work import UnitOfWork
from bot.domain.chats.chat import ChatKind, ChatMigrated, ChatStatus, MembershipChanged, UpdateSender
from bot.domain.chats.message import Message, plain
from bot.domain.desk.roles import Right
from bot.services.subscribers import channels
from bot.store.chats import chats
from bot.store.engine.database import Transaction

_SHUT_OUT = "the chat shut the bot out"


async def change_membership(context: Context, event: MembershipChanged, unit: UnitOfWork) -> Response:
    if not event.can_write:
        await channels.expel(unit.write_tx, event.address, _SHUT_OUT, now=context.clock.now())
        return Response()
    if event.kind is ChatKind.PRIVATE:
        await _welcome_back(context, event, unit.write_tx)
        return Response()
    return await _arrive(context, event, unit)


async def migrate(context: Context, event: ChatMigrated, unit: UnitOfWork) -> Response:
    await chats.move(unit.write_tx, event.old, event.new, now=context.clock.now())
    return Response()


async def _welcome_back(context: Context, event: MembershipChanged, tx: Transaction) -> None:
    """Switch on again what a person who unblocks the bot had."""
    chat = await chats.find(tx, event.address)
    if chat and chat.status is ChatStatus.OFF:
        await chats.set_status(tx, chat.id, ChatStatus.ACTIVE, now=context.clock.now())


async def _arrive(context: Context, event: MembershipChanged, unit: UnitOfWork) -> Response:
    """Store a channel or group that let the bot in, and ask who is responsible which topics it gets."""
    now = context.clock.now()
    known = await chats.find(unit.tx, event.address)
    # A promotion inside the chat is told in the same words as an arrival.
    if known and known.status is not ChatStatus.OFF:
        return Response()
    language = known.language if known else context.translator.default_language
    chat = await channels.register(
        unit.write_tx,
        event.address,
        kind=event.kind,
        language=language,
        title=event.title,
        now=now,
    )
    await channels.set_status(unit.write_tx, event.address, ChatStatus.ACTIVE, now=now)
    messages = []
    if event.kind is not ChatKind.CHANNEL:
        hello = Message((plain(context.translator.text(language, "channel-hello")),))
        messages.append(OutgoingMessage(event.address, hello))
    responsible = await _responsible(context, event, unit)
    others = 0
    if any(request.sender != event.sender for request in responsible):
        untold = context.arrivals.note(event.sender.user, context.clock.monotonic())
        if untold is None:
            return Response(tuple(messages))
        others = untold
    for request in responsible:
        key = "channel-added-by-you" if request.sender == event.sender else "channel-added"
        args: dict[str, str | int] = {"kind": event.kind, "title": event.title or event.address.chat}
        if request.sender != event.sender:
            args["user"] = event.sender.user
        words = request.text(key, **args)
        if others:
            words += "\n" + request.text("channel-added-others", count=others)
        messages.append(OutgoingMessage(request.address, await question(request, chat.id, words)))
    return Response(tuple(messages))


async def _responsible(context: Context, event: MembershipChanged, unit: UnitOfWork) -> list[Request]:
    """Return a request of whoever is asked: a manager who let the bot in, or else the owners."""
    if (await authority_of(context, unit.tx, event.sender.user)).may(Right.CHANNELS):
        adder = await _request_of(context, event.sender, unit)
        if adder.chat:
            return [adder]
    return [await _request_of(context, UpdateSender(owner), unit) for owner in sorted(context.owners)]


async def _request_of(context: Context, person: UpdateSender, unit: UnitOfWork) -> Request:
    address = private_address(context, person.user)
    chat = await chats.find(unit.tx, address)
    language = chat.language if chat else context.translator.language_for(person.language)
    return Request(context, unit, address, ChatKind.PRIVATE, person, title=None, chat=chat, language=language)
