"""What an account needs looked after besides its messages, as its platform's module says."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.domain.clock import Clock
from bot.runtime.scheduler import Tick
from bot.store.engine.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the account is served with; *owner* names this process, and *is_ours* says if it leads now."""

    database: Database
    clock: Clock
    owner: str
    is_ours: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The *ticks* of the account while it is served, and what is to be waited for when that ends."""

    ticks: tuple[Tick, ...]
    close: Callable[[], Coroutine[Any, Any, None]]


Prepare = Callable[[Surroundings], Upkeep]
"""Makes an account ready to be served; it is called once, before anything else is asked of it."""
