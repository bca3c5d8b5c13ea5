"""The settings of a channel or group, from the private chat of somebody who manages the bot."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands import setting_buttons, topic_filters
from bot.commands.callback_data import Raw, Verb, nest, read, unnest
from bot.commands.callbacks import (
    ChangeChannel,
    ChooseLanguage,
    EditFilter,
    OpenSettings,
    Prefer,
    SetSchedule,
)
from bot.commands.channels import with_channel
from bot.commands.route import ByFields, Route, pressed
from bot.commands.setting_view import show
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import Chat, ChatId
from bot.domain.message import Button, Message
from bot.i18n import LANGUAGES
from bot.store import chats


async def press_settings(turn: Turn, asked: ChangeChannel) -> Answer:
    """Do for a channel what the button inside this one does for one's own chat."""
    route = _inner(unnest(asked.inner))
    if route is None:
        return turn.refuse(turn.text("button-stale"))

    async def act(chat: Chat) -> Answer:
        return _nested(await route.handle(replace(turn, chat=chat, managed=True)), chat.id)

    return await with_channel(turn, asked.chat, act)


async def take_filter(turn: Turn, words: str) -> Answer:
    """Take what a manager typed, after being asked for it, as a filter of a channel."""
    channel, _, target = turn.asked_about.partition(".")

    async def act(chat: Chat) -> Answer:
        managed = replace(turn, chat=chat, asked_about=target, managed=True)
        return _nested(await topic_filters.take_filter(managed, words), chat.id)

    return await with_channel(turn, ChatId(int(channel)), act)


async def _speak(turn: Turn, wish: ChooseLanguage) -> Answer:
    language = wish.language
    if turn.chat is None or language not in LANGUAGES:
        return turn.refuse(turn.text("button-stale"))
    await chats.set_language(turn.write_tx, turn.chat.id, language)
    chat = replace(turn.chat, language=language)
    return await show(replace(turn, chat=chat), toast=turn.text("toast-saved"))


_PRESSED: Mapping[Verb, ByFields] = {
    Verb.SETTINGS: pressed(OpenSettings, setting_buttons.press_settings),
    Verb.SCHEDULE: pressed(SetSchedule, setting_buttons.press_schedule),
    Verb.PREFER: pressed(Prefer, setting_buttons.press_prefer),
    Verb.FILTER: pressed(EditFilter, topic_filters.press_filter),
    Verb.LANGUAGE: pressed(ChooseLanguage, _speak),
}


def _inner(raw: Raw | None) -> Route | None:
    """Return where the button inside another one leads; None if it is none of ours."""
    if raw is None or raw.verb not in _PRESSED:
        return None
    try:
        return _PRESSED[raw.verb](raw.rest)
    except ValueError:
        return None


def _nested(answer: Answer, channel: ChatId) -> Answer:
    """Return *answer* with its buttons meant for the channel."""
    return replace(answer, messages=tuple(_meant_for(each, channel) for each in answer.messages))


def _meant_for(outgoing: Outgoing, channel: ChatId) -> Outgoing:
    def meant(button: Button) -> Button:
        wish = read(button.action or "")
        if wish is None or wish.verb not in _PRESSED:
            return button
        return replace(button, action=nest(Verb.CHANNEL_SETTINGS, channel, button.action or ""))

    message: Message = outgoing.message
    keyboard = tuple(tuple(meant(button) for button in row) for row in message.keyboard)
    return replace(outgoing, message=replace(message, keyboard=keyboard))
