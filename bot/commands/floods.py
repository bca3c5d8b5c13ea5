"""Whoever floods the bot is slowed down politely: who that is, what is vital to them, what they are told."""

from collections.abc import Hashable

from bot.commands import callback_data, names
from bot.commands.callback_data import Verb
from bot.commands.names import Command
from bot.commands.turn import Answer, Context, Outgoing
from bot.domain.chat import ButtonPressed, ChatKind, Incoming, InlineAsked, TextReceived
from bot.domain.courtesy import Courtesy, CourtesyRules, Verdict
from bot.domain.message import Message, plain
from bot.domain.typed_menu import read_number
from bot.store import chats

_VITAL = frozenset({Command.UNSUBSCRIBE, Command.ERASE})
_LONGEST_COMMAND = 200
"""Code points: what is longer takes long to read, and is no command."""

_TYPING = CourtesyRules(burst=60, per=0.5)
"""Inline mode asks with almost every letter; there is nowhere to tell anybody that it was too much."""


class Floods:
    """Judges what comes in to one account."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._courtesy = Courtesy(context.courtesy)
        self._typing = Courtesy(_TYPING)

    def judge(self, incoming: Incoming | None) -> Verdict:
        """Take note of something that came in, and return what becomes of it."""
        if isinstance(incoming, InlineAsked):
            verdict = self._typing.judge(incoming.sender.user, self._now, vital=False)
            return verdict if verdict is Verdict.ANSWER else Verdict.SILENCE
        who = _who(incoming)
        if who is None or incoming is None:
            return Verdict.ANSWER
        return self._courtesy.judge(who, self._now, vital=self._is_vital(incoming))

    def is_hasty(self, incoming: Incoming | None) -> bool:
        who = _who(incoming)
        return who is not None and self._courtesy.is_hasty(who, self._now)

    async def notice(self, incoming: Incoming) -> Answer:
        """Tell whoever is muted for how long, over the button or in a message."""
        assert isinstance(incoming, TextReceived | ButtonPressed)
        translator = self._context.translator
        async with self._context.database.read() as tx:
            chat = await chats.find(tx, incoming.address)
        language = chat.language if chat else translator.language_for(incoming.sender.language)
        seconds = self._courtesy.mute_left(_who(incoming), self._now)
        text = translator.text(language, "flood-notice", minutes=max(1, round(seconds / 60)))
        if isinstance(incoming, ButtonPressed):
            return Answer(toast=text)
        return Answer((Outgoing(incoming.address, Message((plain(text),))),))

    @property
    def _now(self) -> float:
        return self._context.clock.monotonic()

    def _is_vital(self, incoming: Incoming) -> bool:
        match incoming:
            case ButtonPressed():
                pressed = callback_data.read(incoming.action)
                return pressed is not None and pressed.verb is Verb.ERASE
            case TextReceived() if len(incoming.text) <= _LONGEST_COMMAND:
                typed = names.read(incoming.text, self._context.messenger.username)
                if typed is None:
                    return False
                # Without buttons it is by a number that somebody says that they are sure.
                sure = not self._context.messenger.capabilities.keyboards and read_number(typed.argument)
                return typed.command in _VITAL or (typed.command is None and bool(sure))
            case _:
                return False


def _who(incoming: Incoming | None) -> Hashable:
    """Return who is meant to be polite: a person, in one chat; None for what is nobody's wish.

    In a group one person must not silence the bot for the others, and their talk is not for the bot.
    """
    match incoming:
        case ButtonPressed():
            return incoming.address.chat, incoming.sender.user
        case TextReceived() if incoming.addressed and incoming.kind is not ChatKind.CHANNEL:
            return incoming.address.chat, incoming.sender.user
        case _:
            return None
