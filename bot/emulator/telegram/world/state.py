"""All that one running emulator holds, and what its parts need of one another."""

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.clock import EmulatorClock
from bot.emulator.events import Events
from bot.emulator.metrics import Metrics
from bot.emulator.telegram.media.fetching import Fetcher
from bot.emulator.telegram.media.files import FileStore
from bot.emulator.telegram.media.uploads import UploadGate
from bot.emulator.telegram.rules.faults import Faults
from bot.emulator.telegram.rules.limits import Limits
from bot.emulator.telegram.rules.rates import RateModel
from bot.emulator.telegram.world.callbacks import Callbacks
from bot.emulator.telegram.world.inline import Inline
from bot.emulator.telegram.world.webhooks import Webhooks
from bot.emulator.telegram.world.world import World


@dataclass(slots=True)
class State:
    clock: EmulatorClock = field(default_factory=EmulatorClock)
    limits: Limits = field(default_factory=Limits)
    metrics: Metrics = field(default_factory=Metrics)
    world: World = field(default_factory=World)
    files: FileStore = field(default_factory=FileStore)
    events: Events = field(default_factory=Events)
    faults: Faults = field(default_factory=Faults)
    callbacks: Callbacks = field(default_factory=Callbacks)
    inline: Inline = field(default_factory=Inline)
    serial: Any = field(default_factory=lambda: itertools.count(1))
    rates: RateModel = field(init=False)
    fetcher: Fetcher = field(init=False)
    gate: UploadGate = field(init=False)
    webhooks: Webhooks = field(init=False)

    def __post_init__(self) -> None:
        self.rates = RateModel(self.limits, self.metrics)
        self.fetcher = Fetcher(self.clock, self.limits)
        self.gate = UploadGate(self.limits)
        self.webhooks = Webhooks(self.clock, self.limits)

    def date(self) -> int:
        return int(self.clock.now())

    async def pause(self, seconds: float) -> None:
        """Hold a request back; a frozen clock never moves by itself, so nothing waits for it."""
        if seconds > 0 and not self.clock.frozen:
            await asyncio.sleep(seconds)
