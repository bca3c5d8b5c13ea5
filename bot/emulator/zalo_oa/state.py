"""All that the emulated Open API holds, and what a test or the demo may turn."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from bot.emulator.clock import EmulatorClock
from bot.emulator.zalo.faults import Faults
from bot.emulator.zalo_oa.world import OfficialAccount

Json = dict[str, Any]


@dataclass(slots=True)
class OaKnobs:
    """*verify_polls*: so often an article is asked for in vain. *fetches*: photos are fetched, as Zalo does.

    *local*: photos may be at addresses of this machine. *listed*: an article is in the list at once, and not
    only after it was verified.
    """

    verify_polls: int = 1
    access_seconds: int = 90_000
    refresh_days: int = 90
    requests_per_minute: int = 100
    articles_per_month: int = 1_000
    broadcasts_per_day: int = 1
    broadcasts_per_month: int = 4
    fetches: bool = True
    local: bool = False
    listed: bool = True

    def change(self, values: Json) -> None:
        """Take new *values*; raise ValueError, and change nothing, where one is not to be had."""
        kinds = {each.name: each.type for each in fields(self)}
        for name, value in values.items():
            if name not in kinds:
                raise ValueError(f"no knob is called {name}")
            if type(value) is not kinds[name] or (kinds[name] is int and value < 0):
                raise ValueError(f"{name} is {'true or false' if kinds[name] is bool else 'a number'}")
        for name, value in values.items():
            setattr(self, name, value)


@dataclass(slots=True)
class OaMetrics:
    """*second_copies* counts articles with the title of another one that stands."""

    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    refreshes: int = 0
    refresh_reuses: int = 0
    second_copies: int = 0

    def as_json(self) -> Json:
        return {
            "calls": dict(self.calls),
            "errors": dict(self.errors),
            "refreshes": self.refreshes,
            "refresh_reuses": self.refresh_reuses,
            "second_copies": self.second_copies,
        }


@dataclass(slots=True)
class OaState:
    """The Official Accounts, each by the id of its application."""

    clock: EmulatorClock = field(default_factory=EmulatorClock)
    knobs: OaKnobs = field(default_factory=OaKnobs)
    faults: Faults = field(default_factory=Faults)
    metrics: OaMetrics = field(default_factory=OaMetrics)
    accounts: dict[str, OfficialAccount] = field(default_factory=dict)
    asked_at: dict[str, list[float]] = field(default_factory=dict)
