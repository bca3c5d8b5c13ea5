"""Which words a command takes that is typed without a slash.

"Đăng ký trong nước" subscribes; "đăng ký nhãn hiệu", where no topic is called so, is something to look for.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands.basics import language_in
from bot.commands.latest import split_number
from bot.commands.names import Command
from bot.commands.start import IDENTITY
from bot.commands.subscribe import is_everything
from bot.commands.turn import Turn
from bot.domain import setting_words
from bot.services.subscriptions import choice, find_topic

Takes = Callable[[Turn, str], Awaitable[bool]]


async def takes(turn: Turn, command: Command, words: str) -> bool:
    """Return whether *words* behind the name of *command*, typed without a slash, are for it."""
    if command in _MANAGERS and not await turn.may_manage():
        return False
    judge = _TAKES.get(command)
    return not words or (judge is not None and await judge(turn, words))


async def _any(turn: Turn, words: str) -> bool:
    del turn, words
    return True


async def _topic(turn: Turn, words: str) -> bool:
    return find_topic((await choice(turn.tx, turn.chat)).topics, words) is not None


async def _topics(turn: Turn, words: str) -> bool:
    return is_everything(words) or await _topic(turn, words)


async def _news(turn: Turn, words: str) -> bool:
    _, topic = split_number(words)
    return not topic or await _topic(turn, topic)


async def _setting(turn: Turn, words: str) -> bool:
    del turn
    return setting_words.read(words) is not None


async def _language(turn: Turn, words: str) -> bool:
    del turn
    return language_in(words) is not None


_MANAGERS = frozenset(
    {Command.ADMINS, Command.CHANNELS, Command.FEEDS, Command.FAILURES, Command.INVITATIONS}
)


async def _payload(turn: Turn, words: str) -> bool:
    del turn
    return words == IDENTITY


_TAKES: Mapping[Command, Takes] = {
    Command.START: _payload,
    Command.SUBSCRIBE: _topics,
    Command.UNSUBSCRIBE: _topics,
    Command.TOPICS: _topic,
    Command.LATEST: _news,
    Command.SEARCH: _any,
    Command.READ: _any,
    Command.PHOTOS: _any,
    Command.SETTINGS: _setting,
    Command.LANGUAGE: _language,
    **dict.fromkeys(_MANAGERS, _any),
}
"""The commands that take words at all."""
