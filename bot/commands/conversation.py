"""The conversation: what the bot answers to whatever comes in, on any messenger."""

from dataclasses import dataclass, replace

from bot.commands import actions as buttons
from bot.commands import arrivals, basics, inline, names
from bot.commands.names import Typed
from bot.commands.routes import AWAITED, PRESSED, TYPED, VERBATIM
from bot.commands.turn import SILENCE, Answer, Context, Outgoing, Turn
from bot.domain.chat import (
    ButtonPressed,
    Chat,
    ChatKind,
    ChatMigrated,
    ChatStatus,
    Incoming,
    InlineAsked,
    MembershipChanged,
    TextReceived,
)
from bot.domain.message import Message, plain
from bot.domain.messenger import MessengerError
from bot.domain.text import one_line
from bot.store import chats


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one account says. It sends nothing by itself: an answer is data."""

    context: Context

    async def answer(self, incoming: Incoming) -> Answer:
        """Return what to do about *incoming*; what it changes in the database is committed by then."""
        match incoming:
            case TextReceived():
                return await self._text(incoming)
            case ButtonPressed():
                return await self._press(incoming)
            case InlineAsked():
                return await inline.offer(self.context, incoming)
            case MembershipChanged():
                return await arrivals.change_membership(self.context, incoming)
            case ChatMigrated():
                return await arrivals.migrate(self.context, incoming)

    def apology(self, incoming: Incoming) -> Answer:
        """Return what to say when answering *incoming* went wrong, to whoever waits for an answer."""
        translator = self.context.translator
        match incoming:
            case TextReceived() if incoming.addressed and incoming.kind is not ChatKind.CHANNEL:
                text = translator.text(translator.language_for(incoming.sender.language), "failed")
                return Answer((Outgoing(incoming.address, Message((plain(text),))),))
            case ButtonPressed():
                return Answer(
                    toast=translator.text(translator.language_for(incoming.sender.language), "failed")
                )
            case _:
                return SILENCE

    async def _text(self, incoming: TextReceived) -> Answer:
        private = incoming.kind is ChatKind.PRIVATE
        typed = names.read(incoming.text, self.context.messenger.username)
        if incoming.kind is ChatKind.CHANNEL or typed is None:
            return SILENCE
        if not private and not (incoming.addressed and typed.command and self._meant(incoming, typed)):
            return SILENCE
        turn = await self._turn(incoming)
        awaited = ""
        if private:
            turn = await self._at_home(turn)
            awaited, _, about = (await self._awaited(turn) or "").partition(".")
            turn = replace(turn, asked_about=about)
        try:
            if awaited in VERBATIM and not typed.slash and (typed.argument or not typed.command):
                return await AWAITED[awaited](turn, one_line(incoming.text))
            if answer := TYPED[typed.command] if typed.command else AWAITED.get(awaited):
                return await answer(turn, typed.argument)
        except MessengerError:
            return turn.refuse(turn.text("busy"))
        return basics.hint(turn)

    def _meant(self, incoming: TextReceived, typed: Typed) -> bool:
        """Return whether words in a group are for the bot: "hủy" alone is also something that people say."""
        mention = f"@{self.context.messenger.username}".casefold()
        return typed.slash or mention in incoming.text.casefold()

    async def _press(self, incoming: ButtonPressed) -> Answer:
        turn = replace(
            await self._turn(incoming),
            pressed=incoming.message_id,
            pressed_text=incoming.text,
            pressed_keyboard=incoming.keyboard,
        )
        pressed = buttons.read(incoming.action)
        if pressed is None:
            return turn.refuse(turn.text("button-stale"))
        try:
            return await PRESSED[pressed.verb](turn, pressed)
        except MessengerError:
            return turn.refuse(turn.text("busy"))

    async def _turn(self, incoming: TextReceived | ButtonPressed) -> Turn:
        async with self.context.database.read() as tx:
            chat = await chats.find(tx, incoming.address)
        return Turn(
            context=self.context,
            address=incoming.address,
            kind=incoming.kind,
            sender=incoming.sender,
            title=incoming.title,
            chat=chat,
            language=self._language(incoming, chat),
        )

    def _language(self, incoming: TextReceived | ButtonPressed, chat: Chat | None) -> str:
        translator = self.context.translator
        if chat:
            return chat.language
        if incoming.kind is ChatKind.PRIVATE:
            return translator.language_for(incoming.sender.language)
        return translator.default_language

    async def _at_home(self, turn: Turn) -> Turn:
        """Return the turn with a person whose chat is on: who writes to us has let us in.

        The chat of a manager is stored in any case, so that the bot can ask them about its channels.
        """
        chat = turn.chat
        if chat is None and await turn.may_manage():
            chat = await turn.registered()
        if chat and chat.status is ChatStatus.OFF:
            async with self.context.database.write() as tx:
                await chats.set_status(tx, chat.id, ChatStatus.ACTIVE, now=turn.now)
            chat = replace(chat, status=ChatStatus.ACTIVE)
        return replace(turn, chat=chat)

    async def _awaited(self, turn: Turn) -> str | None:
        if turn.chat is None:
            return None
        async with self.context.database.write() as tx:
            return await chats.take_input(tx, turn.chat.id)
