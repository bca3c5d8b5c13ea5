"""Whoever floods the bot is slowed down politely: who that is, what is vital to them, what they are told."""

from collections.abc import Hashable
from dataclasses import replace

from bot.commands.base import callback_data
from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import Command
from bot.commands.base.context import Context, OutgoingMessage, Response
from bot.commands.router import understood
from bot.domain.chats.chat import ButtonPressed, ChatKind, Incoming, InlineQuery, TextReceived
from bot.domain.chats.courtesy import Throttle, ThrottleDecision, ThrottleRules
from bot.domain.chats.message import Message, plain
from bot.domain.messaging.typed_menu import read_number
from bot.store.chats import chats, preferences

_VITAL = frozenset({Command.UNSUBSCRIBE, Command.ERASE})
_LONGEST_COMMAND = 200
"""Code points: what is longer takes long to read, and is no command."""

_TYPING = ThrottleRules(burst=60, per=0.5, calm=0.0)
"""Inline mode asks with almost every letter; there is nowhere to tell anybody that it was too much."""

_GROUP_PER = 10.0
"""Seconds in which the members of a group may ask for one more thing together: it has room for news, too."""


class FloodControl:
    """Judges what comes in to one account."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._throttle = Throttle(context.throttle)
        self._typing = Throttle(_TYPING)
        rules, burst = context.throttle, context.throttle.burst
        # All that one member gets, what is vital included, is less than what the group has: typed numbers and
        # stopping are vital, and whoever repeats them for ever must not silence the bot for the others.
        self._members = Throttle(
            replace(
                rules,
                burst=max(2, burst // 4),
                per=2 * _GROUP_PER,
                vital_burst=1,
                vital_per=6 * _GROUP_PER,
            )
        )
        self._groups = Throttle(
            replace(rules, burst=max(4, burst // 2), per=_GROUP_PER, longest_mute=rules.first_mute)
        )

    def judge(self, incoming: Incoming | None) -> ThrottleDecision:
        """Take note of something that came in, and return what becomes of it."""
        if isinstance(incoming, InlineQuery):
            verdict = self._typing.judge(incoming.sender.user, self._now, vital=False)
            return verdict if verdict is ThrottleDecision.ANSWER else ThrottleDecision.SILENCE
        who = _who(incoming)
        if who is None or incoming is None:
            return ThrottleDecision.ANSWER
        is_vital = self._is_vital(incoming)
        group = self._group(incoming)
        if group is None:
            return self._throttle.judge(who, self._now, vital=is_vital)
        verdict = self._members.judge(who, self._now, vital=is_vital)
        if verdict is not ThrottleDecision.ANSWER:
            return verdict
        return self._groups.judge(group, self._now, vital=is_vital)

    def is_hasty(self, incoming: Incoming | None) -> bool:
        if isinstance(incoming, InlineQuery):
            return self._typing.is_hasty(incoming.sender.user, self._now)
        who = _who(incoming)
        throttle = self._throttle if incoming is None or self._group(incoming) is None else self._members
        return who is not None and throttle.is_hasty(who, self._now)

    async def notice(self, incoming: Incoming) -> Response:
        """Tell whoever is muted for how long, over the button or in a message."""
        assert isinstance(incoming, TextReceived | ButtonPressed)
        translator = self._context.translator
        async with self._context.database.read() as tx:
            chat = await chats.find(tx, incoming.address)
            form = await preferences.form_of_address(tx, chat.id) if chat else None
        language = chat.language if chat else translator.language_for(incoming.sender.language)
        who, group = _who(incoming), self._group(incoming)
        judges = ((self._throttle, who), (self._members, who), (self._groups, group))
        seconds = max(throttle.mute_left(whose, self._now) for throttle, whose in judges)
        text = translator.addressing(form).text(language, "flood-notice", minutes=max(1, round(seconds / 60)))
        if isinstance(incoming, ButtonPressed):
            return Response(toast=text)
        return Response((OutgoingMessage(incoming.address, Message((plain(text),))),))

    def _group(self, incoming: Incoming) -> Hashable:
        """Return the group for whose members a message counts together; None where it does not.

        Taps do not: those that anybody may make change no more than the message they are under. Neither does
        what administrators write, as far as they are known here: they speak as the group, or are owners.
        """
        match incoming:
            case TextReceived() if incoming.kind is not ChatKind.PRIVATE:
                sender = incoming.sender
                exempt = sender.anonymous_administrator or sender.user in self._context.owners
                return None if exempt else incoming.address.chat
            case _:
                return None

    @property
    def _now(self) -> float:
        return self._context.clock.monotonic()

    def _is_vital(self, incoming: Incoming) -> bool:
        match incoming:
            case ButtonPressed():
                pressed = callback_data.read(incoming.action)
                return pressed is not None and pressed.verb is Verb.ERASE
            case TextReceived() if len(incoming.text) <= _LONGEST_COMMAND:
                typed = understood.read(incoming.text, self._context.messenger.username)
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
