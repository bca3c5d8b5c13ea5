"""The conversation: what the bot answers to whatever comes in, on any messenger."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.commands import actions as buttons
from bot.commands import (
    admins,
    arrivals,
    basics,
    channels,
    consent,
    data,
    decisions,
    failures,
    feeds,
    latest,
    names,
    reading,
    search,
    start,
    subscribe,
)
from bot.commands.actions import Action, Verb
from bot.commands.names import Command, Typed
from bot.commands.turn import SILENCE, Answer, Context, Outgoing, Turn
from bot.domain.chat import (
    ButtonPressed,
    Chat,
    ChatKind,
    ChatMigrated,
    ChatStatus,
    Incoming,
    MembershipChanged,
    TextReceived,
)
from bot.domain.message import Message, plain
from bot.domain.messenger import MessengerError
from bot.i18n import LANGUAGES
from bot.store import chats

_TYPED: Mapping[Command, Callable[[Turn, str], Awaitable[Answer]]] = {
    Command.START: start.start,
    Command.SUBSCRIBE: subscribe.subscribe,
    Command.UNSUBSCRIBE: subscribe.unsubscribe,
    Command.TOPICS: subscribe.show_topics,
    Command.LATEST: latest.latest,
    Command.SEARCH: search.search,
    Command.READ: reading.read,
    Command.HELP: basics.show_help,
    Command.LANGUAGE: basics.choose_language,
    Command.DATA: data.show_data,
    Command.ERASE: data.ask_erase,
    Command.PRIVACY: data.show_privacy,
    Command.ADMINS: admins.manage_admins,
    Command.CHANNELS: channels.manage_channels,
    Command.FEEDS: feeds.show_feeds,
    Command.FAILURES: failures.show_failures,
}

_AWAITED: Mapping[str, Callable[[Turn, str], Awaitable[Answer]]] = {
    channels.AWAITED: channels.add,
    search.AWAITED: search.search,
}
"""What becomes of words that are no command, by what was asked for before."""


async def _decline(turn: Turn, pressed: Action) -> Answer:
    del pressed
    return consent.decline(turn)


async def _open(turn: Turn, pressed: Action) -> Answer:
    if pressed.rest not in set(Command):
        return turn.refuse(turn.text("button-stale"))
    return await _TYPED[Command(pressed.rest)](turn, "")


async def _change_language(turn: Turn, pressed: Action) -> Answer:
    """Speak another language, and show in it what stood there before."""
    language, then, words = pressed.arguments(3)
    if language not in LANGUAGES or then not in set(Command):
        return turn.refuse(turn.text("button-stale"))
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    return await _TYPED[Command(then)](await basics.speak(turn, language), words)


_PRESSED: Mapping[Verb, Callable[[Turn, Action], Awaitable[Answer]]] = {
    Verb.AGREE: subscribe.press_agree,
    Verb.DECLINE: _decline,
    Verb.TOPIC: subscribe.press_topic,
    Verb.ALL_TOPICS: subscribe.press_all_topics,
    Verb.UNDO: subscribe.press_undo,
    Verb.OPEN: _open,
    Verb.OLDER: latest.press_older,
    Verb.SEARCH_PAGE: search.press_page,
    Verb.SHOW: search.press_show,
    Verb.READ: reading.press_read,
    Verb.LANGUAGE: _change_language,
    Verb.DISMISS: admins.press_dismiss,
    Verb.CHANNELS: channels.press_channels,
    Verb.CHANNEL: channels.press_channel,
    Verb.CHANNEL_TOPIC: channels.press_channel_topic,
    Verb.CHANNEL_STATUS: channels.press_status,
    Verb.CHANNEL_TEST: channels.press_test,
    Verb.CHANNEL_REMOVE: channels.press_remove,
    Verb.CHANNEL_ADD: channels.press_add,
    Verb.FEEDS: feeds.press_feeds,
    Verb.POLL: feeds.press_poll,
    Verb.FAILURES: failures.press_failures,
    Verb.RETRY: failures.press_retry,
    Verb.ERASE: data.press_erase,
    Verb.HOLD: decisions.press_hold,
    Verb.WITHDRAW: decisions.press_withdraw,
}


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
        awaited = None
        if private:
            turn = await self._at_home(turn)
            awaited = await self._awaited(turn)
        try:
            if answer := _TYPED[typed.command] if typed.command else _AWAITED.get(awaited or ""):
                return await answer(turn, typed.argument)
        except MessengerError:
            return turn.refuse(turn.text("busy"))
        return basics.hint(turn)

    def _meant(self, incoming: TextReceived, typed: Typed) -> bool:
        """Return whether words in a group are for the bot: "hủy" alone is also something that people say."""
        mention = f"@{self.context.messenger.username}".casefold()
        return typed.slash or mention in incoming.text.casefold()

    async def _press(self, incoming: ButtonPressed) -> Answer:
        turn = replace(await self._turn(incoming), pressed=incoming.message_id, pressed_text=incoming.text)
        pressed = buttons.read(incoming.action)
        if pressed is None:
            return turn.refuse(turn.text("button-stale"))
        try:
            return await _PRESSED[pressed.verb](turn, pressed)
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
