"""Damaged documents fed to the parsers as the service does it: in worker processes, under its own limits."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.news.feed import FeedKind, SourceError
from bot.sources import Document, Markup, tasks
from bot.sources.workers.pool import WorkerError, Workers
from tests.sources.mutations import CHARSETS, mutated, seeds

NOW = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
URL = "https://so.example.vn/tin/1.html"
_AT_ONCE = 2


@dataclass
class Fuzzed:
    """How many were read and refused, how long the slowest took in seconds, and by number what went wrong."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    wrong: dict[int, str] = field(default_factory=dict)


def case(number: int) -> tuple[bytes, str | None, FeedKind | None, str | None]:
    """Return a damaged document, the charset declared, what it is taken for (None: a page), and a preset."""
    chance = random.Random(number)
    seed = chance.choice(seeds())
    likely = [None, None, None, FeedKind.LISTING] if b"<html" in seed else [FeedKind.AUTO] * 6
    body, kind = mutated(seed, chance), chance.choice([*likely, None, *FeedKind])
    preset = chance.choice([None, None, "liferay-vgov", "nukeviet", "vccorp", "generic"])
    return body, chance.choice(CHARSETS), kind, preset


async def fuzz(workers: Workers, numbers: range) -> Fuzzed:
    """Have every case of *numbers* read; a WorkerError is a limit that was passed, or a bug."""
    found, left = Fuzzed(), iter(numbers)

    async def work() -> None:
        for number in left:
            started = time.perf_counter()
            try:
                await _read(workers, number)
                found.ends["read"] += 1
            except WorkerError as error:
                found.wrong[number] = str(error)
            except SourceError:
                found.ends["refused"] += 1
            found.slowest = max(found.slowest, time.perf_counter() - started)

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return found


async def _read(workers: Workers, number: int) -> None:
    body, charset, kind, preset = case(number)
    document, markup = Document(body, URL, charset), Markup({}, preset)
    if kind is None:
        await workers.run(tasks.page, document, markup, now=NOW)
    else:
        await workers.run(tasks.entries, document, kind, markup, now=NOW)
