"""What a method is, and what it is called with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a bot, read whole at *arrived_at*."""

    state: State
    bot: Bot
    arguments: Arguments
    arrived_at: float


@dataclass(frozen=True, slots=True)
class Method:
    """*parameters* are all that Telegram documents for it: others are ignored and noted."""

    name: str
    run: Callable[[Call], Awaitable[Any]]
    parameters: frozenset[str]


def method(name: str, run: Callable[[Call], Awaitable[Any]], *parameters: str) -> Method:
    return Method(name, run, frozenset(parameters))
