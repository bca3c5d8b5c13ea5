"""The service, its settings from the environment, on Zalo with polls that follow one another quickly.

Its arguments are the seconds from one poll to the next, and after how many polls it prints how near two of
them came so far, in seconds by its own clock.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import replace

from bot import app
from bot.messengers.zalo.answers import ZaloAnswer
from bot.messengers.zalo.messenger import ZaloMessenger, ZaloSettings
from bot.runtime import logs, zalo_account
from bot.runtime.process.event_loop import run_to_end
from bot.settings.loading import load_settings
from tests.bench.audience import TOPIC

POLL_EVERY = float(sys.argv[1])
TOLD_EVERY = int(sys.argv[2])


class Hasty(ZaloMessenger):
    """Polls as the product does, but for the pause; notes when each poll leaves."""

    def __init__(self, settings: ZaloSettings) -> None:
        super().__init__(replace(settings, poll_every=POLL_EVERY))
        self._polls = 0
        self._left_at = -1e9
        self._nearest = 1e9

    async def _answered(
        self, method: str, parameters: Mapping[str, object], *, wait: float | None = None
    ) -> ZaloAnswer:
        if method == "getUpdates":
            now = time.monotonic()
            self._nearest = min(self._nearest, now - self._left_at)
            self._left_at = now
            self._polls += 1
            if self._polls % TOLD_EVERY == 0:
                sys.stdout.write(f"{self._nearest:.6f}\n")
                sys.stdout.flush()
        return await super()._answered(method, parameters, wait=wait)


if __name__ == "__main__":
    settings = load_settings(None)
    logs.set_up(level="warning", style="text", secrets=())
    setattr(zalo_account, "ZaloMessenger", Hasty)  # noqa: B010 - the account is to be made with it
    run_to_end(app.run(settings, [TOPIC], []))
