"""What a test or a bench asks afterwards: how much was sent, polled, refused, and done wrong."""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

POLLS_APART = 1.0
"""Seconds that a careful client leaves between the beginnings of two polls."""


@dataclass(slots=True)
class Metrics:
    """*second_copies* counts texts that a chat got twice without having written in between.

    *above_quota* counts sends that the month had no room for, *polls_too_soon* polls less than a second
    after the one before, *polls_at_once* those that began while another one waited; *lint* has what Zalo
    passes over in silence and a careful client does not do.
    """

    sent: int = 0
    polls: int = 0
    polls_too_soon: int = 0
    polls_at_once: int = 0
    nearest_polls: float = math.inf
    second_copies: int = 0
    above_quota: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    lint: Counter[str] = field(default_factory=Counter)

    def poll(self, *, seconds_apart: float, others_waiting: int) -> None:
        self.polls += 1
        self.nearest_polls = min(self.nearest_polls, seconds_apart)
        self.polls_too_soon += seconds_apart < POLLS_APART
        self.polls_at_once += others_waiting > 0

    def as_json(self) -> dict[str, Any]:
        return {
            "sent": self.sent,
            "polls": self.polls,
            "polls_too_soon": self.polls_too_soon,
            "polls_at_once": self.polls_at_once,
            "nearest_polls": None if math.isinf(self.nearest_polls) else round(self.nearest_polls, 3),
            "second_copies": self.second_copies,
            "above_quota": self.above_quota,
            "calls": dict(self.calls),
            "errors": dict(self.errors),
            "lint": sorted(self.lint),
        }
