"""Which words a command takes that is typed without a slash.

"Đăng ký trong nước" subscribes; "đăng ký nhãn hiệu", where no topic is called so, is something to look for.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands.base.command_names import Command
from bot.commands.base.context import Request
from bot.commands.reader.language import language_in
from bot.commands.reader.latest import split_number
from bot.commands.reader.start import IDENTITY
from bot.commands.reader.subscribe import is_everything
from bot.commands.settings import parse
from bot.services.subscribers.subscriptions import choice, find_topic

Takes = Callable[[Request, str], Awaitable[bool]]


async def takes(request: Request, command: Command, words: str) -> bool:
    """Return whether *words* behind the name of *command*, typed without a slash, are for it."""
    if command in _MANAGERS and not await request.may_manage():
        return False
    judge = _TAKES.get(command)
    return not words or (judge is not None and await judge(request, words))


async def _any(request: Request, words: str) -> bool:
    del request, words
    return True


async def _topic(request: Request, words: str) -> bool:
    return find_topic((await choice(request.tx, request.chat)).topics, words) is not None


async def _topics(request: Request, words: str) -> bool:
    return is_everything(words) or await _topic(request, words)


async def _news(request: Request, words: str) -> bool:
    _, topic = split_number(words)
    return not topic or await _topic(request, topic)


async def _setting(request: Request, words: str) -> bool:
    del request
    return parse.read(words) is not None


async def _language(request: Request, words: str) -> bool:
    del request
    return language_in(words) is not None


_MANAGERS = frozenset(
    {Command.ADMINS, Command.CHANNELS, Command.FEEDS, Command.FAILURES, Command.INVITATIONS}
)


async def _payload(request: Request, words: str) -> bool:
    del request
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
