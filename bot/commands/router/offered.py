"""What an answer offers to be typed instead of tapped: numbers of articles, names of topics."""

from collections.abc import Iterable, Iterator, Mapping

from bot.commands.base.callback_data import Raw, Verb, read
from bot.commands.base.callbacks import SwitchTopic
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Message


def articles(messages: Iterable[Message]) -> Mapping[int, str]:
    """Return the callback data that opens each article of a numbered list, by its number."""
    return {
        int(button.label): button.action or ""
        for button, raw in _actions(messages)
        if raw.verb is Verb.SHOW and button.label.isdecimal()
    }


def topics(messages: Iterable[Message]) -> Mapping[TopicId, str]:
    """Return the callback data that switches each topic of a list of topics."""
    return {
        SwitchTopic.of(raw.rest).topic: button.action or ""
        for button, raw in _actions(messages)
        if raw.verb is Verb.TOPIC
    }


def _actions(messages: Iterable[Message]) -> Iterator[tuple[Button, Raw]]:
    for message in messages:
        for row in message.keyboard:
            yield from ((button, raw) for button in row if (raw := read(button.action or "")))
