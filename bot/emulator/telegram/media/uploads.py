"""The gate that large uploads pass: one of the same size at a time.

Bot API server: files above 100 kB wait in line per bot and exact size.
"""

from dataclasses import dataclass, field

from bot.emulator.telegram.rules.errors import held_too_many_requests
from bot.emulator.telegram.rules.limits import Limits

_FREE_BYTES = 100_000
_BURST_SECONDS = 1.0
_MAX_BACKLOG_SECONDS = 5.0
_RETRY_AFTER = 60


@dataclass(slots=True)
class UploadGate:
    limits: Limits
    _busy_until: dict[tuple[int, int], float] = field(default_factory=dict)

    def wait(self, bot: int, size: int, now: float) -> float:
        """Take a place in the line and return the seconds to wait for it; refuse if the line is too long."""
        if not self.limits.upload_gate or size <= _FREE_BYTES:
            return 0.0
        gap = min(max(size * 1e-7, 0.2), 0.9)
        begins_at = max(self._busy_until.get((bot, size), 0.0), now - _BURST_SECONDS)
        wait = max(0.0, begins_at + gap - now)
        if wait > _MAX_BACKLOG_SECONDS:
            raise held_too_many_requests(_RETRY_AFTER)
        self._busy_until[bot, size] = begins_at + gap
        return wait
