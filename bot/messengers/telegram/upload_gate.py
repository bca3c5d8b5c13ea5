"""Telegram's gate for uploads: files above 100 kB of one exact size pass it one after the other.

Bot API server: each waits clamp(size × 1e-7, 0.2, 0.9) s, and a backlog of more than 5 s is answered with a
429 that closes the account for a minute.
"""

FREE_SIZE = 100_000


class UploadGate:
    """When each upload may begin. *now* is in seconds and never steps back."""

    def __init__(self) -> None:
        self._free_at: dict[int, float] = {}

    def wait(self, size: int, now: float) -> float:
        """Return for how many seconds an upload of *size* bytes has to wait; its turn is then taken."""
        if size <= FREE_SIZE:
            return 0.0
        self._free_at = {other: at for other, at in self._free_at.items() if at > now}
        starts_at = self._free_at.get(size, now)
        self._free_at[size] = starts_at + min(max(size * 1e-7, 0.2), 0.9)
        return starts_at - now
