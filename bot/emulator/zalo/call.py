"""What a method is called with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.emulator.zalo.state import ZaloState
from bot.emulator.zalo.world import Account

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a bot, read whole at *arrived_at*."""

    state: ZaloState
    account: Account
    arguments: Json
    arrived_at: float


Method = Callable[[Call], Awaitable[Json | None]]
"""Carries a call out and returns its result, if it has one. Raises ZaloError."""
