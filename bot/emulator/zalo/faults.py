"""Faults on demand: answers that go wrong, late, or never arrive."""

from dataclasses import dataclass, field
from typing import Any

_NUMBERS = ("times", "after", "code", "status", "delay", "delay_answer")
_DROPS = (None, "before", "after")


@dataclass(slots=True)
class Fault:
    """What goes wrong for *times* matching requests, after *after* matching ones were let through.

    *code* is answered as Zalo does, or with *html* as nginx before it, and *status* as the HTTP status then;
    *drop* breaks the connection before the request takes effect or after it; *accepted* carries the request
    out and answers *code* all the same. *delay* comes before the effect, *delay_answer* after it; both are in
    seconds.
    """

    method: str = ""
    chat: str = ""
    times: int = 1
    after: int = 0
    code: int | None = None
    description: str = "Error"
    status: int | None = None
    html: bool = False
    accepted: bool = False
    drop: str | None = None
    delay: float = 0.0
    delay_answer: float = 0.0

    def matches(self, method: str, chat: str) -> bool:
        if self.times <= 0 or self.method not in ("", method) or self.chat not in ("", chat):
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
        """Add a fault; raise ValueError where there is none like it."""
        unknown = set(values) - set(Fault.__slots__)
        if unknown:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        wrong = [name for name in _NUMBERS if not isinstance(values.get(name) or 0, int | float)]
        if wrong:
            raise ValueError(f"{wrong[0]} is a number")
        if values.get("drop") not in _DROPS:
            raise ValueError("drop is before, after or null")
        self.pending.append(Fault(**{name: value for name, value in values.items() if value is not None}))

    def take(self, method: str, chat: str) -> Fault | None:
        """Return the fault that strikes this request, if any."""
        for fault in self.pending:
            if fault.matches(method, chat):
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None
