"""The emulator's own time, which tests freeze and push on."""

import time


class EmulatorClock:
    """Seconds since the epoch; never steps back unless the machine's monotonic clock does."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()
        self._frozen_at: float | None = None

    @property
    def frozen(self) -> bool:
        return self._frozen_at is not None

    def now(self) -> float:
        if self._frozen_at is not None:
            return self._frozen_at
        return time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        if self._frozen_at is not None:
            self._frozen_at += seconds
        else:
            self._offset += seconds

    def freeze(self) -> None:
        self._frozen_at = self.now()

    def thaw(self) -> None:
        if self._frozen_at is not None:
            self._offset = self._frozen_at - time.monotonic()
            self._frozen_at = None
