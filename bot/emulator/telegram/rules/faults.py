"""Faults on demand: answers that go wrong, late, or never arrive."""

import random
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.rules.errors import bad_request

_FIELDS = frozenset(
    {
        "method",
        "chat",
        "times",
        "status",
        "description",
        "parameters",
        "delay",
        "delay_answer",
        "drop",
        "html",
        "slow_body",
        "probability",
        "seed",
        "after",
    }
)
_NUMBERS = ("times", "after", "status", "delay", "delay_answer", "slow_body", "probability")


@dataclass(slots=True)
class Fault:
    """What goes wrong for *times* matching requests, after *after* matching ones were let through."""

    method: str = ""
    chat: str = ""
    times: int = 1
    after: int = 0
    status: int | None = None
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    delay: float = 0.0
    delay_answer: float = 0.0
    drop: str | None = None
    html: bool = False
    slow_body: float = 0.0
    probability: float = 1.0
    chance: random.Random = field(default_factory=random.Random)

    def matches(self, method: str, chat: str) -> bool:
        if (self.method and self.method != method) or (self.chat and self.chat != chat) or self.times <= 0:
            return False
        if self.probability < 1.0 and self.chance.random() >= self.probability:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Faults:
    pending: list[Fault] = field(default_factory=list)

    def add(self, values: dict[str, Any]) -> None:
        unknown = set(values) - _FIELDS
        if unknown:
            raise bad_request(f"a fault has no {', '.join(sorted(unknown))}")
        wrong = [name for name in _NUMBERS if not isinstance(values.get(name) or 0, int | float)]
        if wrong:
            raise bad_request(f"{wrong[0]} is a number")
        if values.get("drop") not in (None, "before", "after"):
            raise bad_request("drop is before, after or null")
        given = {name: value for name, value in values.items() if value is not None and name != "seed"}
        given["method"] = str(given.get("method", "")).lower()
        given["chat"] = str(given.get("chat", ""))
        self.pending.append(Fault(**given, chance=random.Random(values.get("seed"))))  # noqa: S311 -- no secret

    def take(self, method: str, chat: str) -> Fault | None:
        """Return the fault that strikes this request, if any."""
        for fault in self.pending:
            if fault.matches(method, chat):
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None
