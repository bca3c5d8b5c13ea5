"""The settings of a channel or group, from the private chat of somebody who manages the bot."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.commands import setting_buttons, topic_filters
from bot.commands.actions import Action, Verb, read, unwrap, wrap
from bot.commands.channels import with_channel
from bot.commands.setting_view import show
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatId
from bot.domain.message import Button, Message
from bot.i18n import LANGUAGES
from bot.store import chats


async def press_settings(turn: Turn, pressed: Action) -> Answer:
    """Do for a channel what the button inside this one does for one's own chat."""
    channel_id, rest = pressed.arguments(2)
    wish = unwrap(rest)

    async def act(chat: Chat) -> Answer:
        handler = _PRESSED.get(wish.verb) if wish else None
        if wish is None or handler is None:
            return turn.refuse(turn.text("button-stale"))
        return _wrapped(await handler(replace(turn, chat=chat, managed=True), wish), chat.id)

    return await with_channel(turn, channel_id, act)


async def take_filter(turn: Turn, words: str) -> Answer:
    """Take what a manager typed, after being asked for it, as a filter of a channel."""
    channel_id, _, target = turn.asked_about.partition(".")

    async def act(chat: Chat) -> Answer:
        managed = replace(turn, chat=chat, asked_about=target, managed=True)
        return _wrapped(await topic_filters.take_filter(managed, words), chat.id)

    return await with_channel(turn, channel_id, act)


async def _speak(turn: Turn, pressed: Action) -> Answer:
    language, _ = pressed.arguments(2)
    if turn.chat is None or language not in LANGUAGES:
        return turn.refuse(turn.text("button-stale"))
    async with turn.context.database.write() as tx:
        await chats.set_language(tx, turn.chat.id, language)
    chat = replace(turn.chat, language=language)
    return await show(replace(turn, chat=chat), toast=turn.text("toast-saved"))


_PRESSED: Mapping[Verb, Callable[[Turn, Action], Awaitable[Answer]]] = {
    Verb.SETTINGS: setting_buttons.press_settings,
    Verb.SCHEDULE: setting_buttons.press_schedule,
    Verb.PREFER: setting_buttons.press_prefer,
    Verb.FILTER: topic_filters.press_filter,
    Verb.LANGUAGE: _speak,
}


def _wrapped(answer: Answer, channel: ChatId) -> Answer:
    """Return *answer* with its buttons meant for the channel."""
    return replace(answer, messages=tuple(_meant_for(each, channel) for each in answer.messages))


def _meant_for(outgoing: Outgoing, channel: ChatId) -> Outgoing:
    def meant(button: Button) -> Button:
        wish = read(button.action or "")
        if wish is None or wish.verb not in _PRESSED:
            return button
        return replace(button, action=wrap(Verb.CHANNEL_SETTINGS, channel, button.action or ""))

    message: Message = outgoing.message
    keyboard = tuple(tuple(meant(button) for button in row) for row in message.keyboard)
    return replace(outgoing, message=replace(message, keyboard=keyboard))
