"""Every number of the emulator that a test or a bench may turn."""

from dataclasses import dataclass, fields
from typing import Any

from bot.emulator.telegram.rules.errors import bad_request


@dataclass(slots=True)
class Limits:
    """Counts are messages in any window of so many seconds; defaults are what Telegram documents or less.

    Without *rich_messages* it is a server older than Bot API 10.1, which does not know the method.
    """

    enforce: bool = True
    strict: bool = True
    global_count: int = 30
    global_seconds: float = 1.0
    paid_count: int = 1000
    paid_seconds: float = 1.0
    paid_stars: float = 10_000.0
    private_count: int = 3
    private_seconds: float = 3.0
    group_count: int = 20
    group_seconds: float = 60.0
    channel_count: int = 20
    channel_seconds: float = 60.0
    edit_count: int = 20
    edit_seconds: float = 60.0
    edits_count: bool = True
    escalate: bool = False
    escalate_cap: int = 3600
    upload_gate: bool = True
    poll_brake: bool = True
    in_flight_per_chat: int = 310
    hold_seconds: float = 3.0
    callback_seconds: float = 15.0
    delete_seconds: float = 48 * 3600.0
    fetch_seconds: float = 5.0
    fetch_cache_seconds: float = 2 * 86400.0
    local_webhooks: bool = False
    rich_messages: bool = True
    webhook_retry_seconds: float = 1.0

    def change(self, values: dict[str, Any]) -> None:
        kinds = {field.name: field.type for field in fields(self)}
        for name, value in values.items():
            kind = kinds.get(name)
            if kind is None:
                raise bad_request(f"no limit is called {name}")
            if kind is bool:
                if not isinstance(value, bool):
                    raise bad_request(f"{name} is true or false")
            elif isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise bad_request(f"{name} is a number, zero or more")
        for name, value in values.items():
            setattr(self, name, value)

    def as_json(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}
