"""What is done when the bot is let into chats or shut out of them, and when groups move."""

from bot.commands.channel_panel import question
from bot.commands.turn import Answer, Context, Outgoing, Turn, may_manage, private_address
from bot.commands.unit_of_work import UnitOfWork
from bot.domain.chat import ChatKind, ChatMigrated, ChatStatus, MembershipChanged, Sender
from bot.domain.message import Message, plain
from bot.services import channels
from bot.store import chats
from bot.store.database import Transaction

_SHUT_OUT = "the chat shut the bot out"


async def change_membership(context: Context, event: MembershipChanged, unit: UnitOfWork) -> Answer:
    if not event.can_write:
        await channels.expel(unit.write_tx, event.address, _SHUT_OUT, now=context.clock.now())
        return Answer()
    if event.kind is ChatKind.PRIVATE:
        await _welcome_back(context, event, unit.write_tx)
        return Answer()
    return await _arrive(context, event, unit)


async def migrate(event: ChatMigrated, unit: UnitOfWork) -> Answer:
    await chats.move(unit.write_tx, event.old, event.new)
    return Answer()


async def _welcome_back(context: Context, event: MembershipChanged, tx: Transaction) -> None:
    """Switch on again what a person who unblocks the bot had."""
    chat = await chats.find(tx, event.address)
    if chat and chat.status is ChatStatus.OFF:
        await chats.set_status(tx, chat.id, ChatStatus.ACTIVE, now=context.clock.now())


async def _arrive(context: Context, event: MembershipChanged, unit: UnitOfWork) -> Answer:
    """Store a channel or group that let the bot in, and ask who is responsible which topics it gets."""
    now = context.clock.now()
    known = await chats.find(unit.tx, event.address)
    # A promotion inside the chat is told in the same words as an arrival.
    if known and known.status is not ChatStatus.OFF:
        return Answer()
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
        messages.append(Outgoing(event.address, hello))
    responsible = await _responsible(context, event, unit)
    others = 0
    if any(turn.sender != event.sender for turn in responsible):
        untold = context.arrivals.note(event.sender.user, context.clock.monotonic())
        if untold is None:
            return Answer(tuple(messages))
        others = untold
    for turn in responsible:
        key = "channel-added-by-you" if turn.sender == event.sender else "channel-added"
        args: dict[str, str | int] = {"kind": event.kind, "title": event.title or event.address.chat}
        if turn.sender != event.sender:
            args["user"] = event.sender.user
        words = turn.text(key, **args)
        if others:
            words += "\n" + turn.text("channel-added-others", count=others)
        messages.append(Outgoing(turn.address, await question(turn, chat.id, words)))
    return Answer(tuple(messages))


async def _responsible(context: Context, event: MembershipChanged, unit: UnitOfWork) -> list[Turn]:
    """Return a turn with whoever is asked: a manager who let the bot in, or else the owners."""
    if await may_manage(context, unit.tx, event.sender.user):
        adder = await _turn_with(context, event.sender, unit)
        if adder.chat:
            return [adder]
    return [await _turn_with(context, Sender(owner), unit) for owner in sorted(context.owners)]


async def _turn_with(context: Context, person: Sender, unit: UnitOfWork) -> Turn:
    address = private_address(context, person.user)
    chat = await chats.find(unit.tx, address)
    language = chat.language if chat else context.translator.language_for(person.language)
    return Turn(context, unit, address, ChatKind.PRIVATE, person, title=None, chat=chat, language=language)
