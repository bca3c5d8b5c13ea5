"""What a test, a bench or the demo may turn: where reports of Zalo differ, and what a plan allows."""

from dataclasses import dataclass, fields
from typing import Any

_CHOICES = {
    "status_style": ("always_200", "code"),
    "photo_field": ("photo_url", "photo"),
    "second_poller": ("share", "conflict"),
    "unknown_method": ("not_found", "bad_request"),
}


@dataclass(slots=True)
class Knobs:
    """The defaults are what was measured most often, on the free plan.

    *replay*: each update comes again with every poll, and is never used up. *keep_unheard*: what arrives
    while nobody polls waits for the next poll. *wrapped*: a webhook gets `{ok, result}` around its update.
    *retries* and *copies*: how often a webhook that fails is posted to again, and each update anyway.
    *incoming_counts*: a message that a person writes is one of the month's.
    *local*: webhooks and photos on addresses of this machine and of private networks are allowed.
    """

    replay: bool = False
    keep_unheard: bool = True
    status_style: str = "always_200"
    second_poller: str = "share"
    unknown_method: str = "not_found"
    photo_field: str = "photo_url"
    wrapped: bool = False
    content_type: bool = True
    retries: int = 0
    copies: int = 1
    users: int = 50
    messages_per_month: int = 3000
    incoming_counts: bool = False
    webhook_tests_per_day: int = 100
    fetch_seconds: float = 5.0
    local: bool = False

    def change(self, values: dict[str, Any]) -> None:
        """Take new *values*; raise ValueError, and change nothing, where one is not to be had."""
        for name, value in values.items():
            self._check(name, value)
        for name, value in values.items():
            setattr(self, name, value)

    def _check(self, name: str, value: Any) -> None:
        kind = {field.name: field.type for field in fields(self)}.get(name)
        if kind is None:
            raise ValueError(f"no knob is called {name}")
        if kind is str and value not in _CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(_CHOICES[name])}")
        if kind is bool and not isinstance(value, bool):
            raise ValueError(f"{name} is true or false")
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        if kind in (int, float) and not is_number:
            raise ValueError(f"{name} is a number, zero or more")

    def as_json(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}
