"""What a test or a bench asks afterwards: how much was sent, refused, broken."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Metrics:
    """*violations* counts requests that broke a window, refused or not; *while_closed*, in a closure."""

    sent: int = 0
    edited: int = 0
    refused_429: int = 0
    violations: int = 0
    while_closed: int = 0
    uploads: int = 0
    max_window: int = 0
    stars_spent: float = 0.0
    violated: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    lint: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "sent": self.sent,
            "edited": self.edited,
            "refused_429": self.refused_429,
            "violations": self.violations,
            "while_closed": self.while_closed,
            "uploads": self.uploads,
            "max_window": self.max_window,
            "stars_spent": round(self.stars_spent, 1),
            "violated": dict(self.violated),
            "calls": dict(self.calls),
            "errors": dict(self.errors),
            "lint": sorted(self.lint),
        }
