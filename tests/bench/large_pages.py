"""Article pages as large as the service fetches: what each shape of them takes of a worker process."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.domain.news.feed import SourceError
from bot.sources import Document, Markup, page
from bot.sources.workers.pool import CallLimits, Workers
from tests.bench.processes import cpu_seconds, family, peak_bytes
from tests.bench.row import Measure, Row
from tests.sources.large_pages import SHAPES, URL

SIZE = 5_000_000
SECONDS = 3.0
MEMORY = 250 * 1024 * 1024


async def large_article_pages() -> Row:
    taken = {shape.__name__: await _taken(shape) for shape in SHAPES}
    slowest = max(taken, key=lambda name: taken[name][0])
    largest = max(taken, key=lambda name: taken[name][1])
    seconds, memory = taken[slowest][0], taken[largest][1]
    return Row(
        f"an article page of {SIZE / 1e6:.0f} MB in a worker process, the dearest of {len(SHAPES)} shapes",
        f"≤ {SECONDS:.0f} s of CPU, ≤ {MEMORY >> 20} MB",
        f"{seconds:.1f} s ({slowest}), {memory >> 20} MB ({largest})",
        ok=seconds <= SECONDS and memory <= MEMORY,
    )


async def _taken(shape: Callable[[int], bytes]) -> tuple[float, int]:
    """Return the CPU seconds that a page of *shape* takes in a warm process, and the memory at its peak."""
    async with Workers(count=1, limits=CallLimits(seconds=60)) as workers:
        await _read(workers, shape(1_000))
        (pid,) = (worker._process.pid for worker in workers._idle)
        before = cpu_seconds(pid)
        await _read(workers, shape(SIZE))
        return cpu_seconds(pid) - before, max(map(peak_bytes, family(pid)))


async def _read(workers: Workers, body: bytes) -> None:
    document = Document(body, URL, "utf-8")
    try:
        await workers.run(page, document, Markup({}, None), now=datetime.now(UTC))
    except SourceError as error:
        # A list of news is no article, which takes as much reading to see.
        if "no article" not in str(error):
            raise


ROWS: tuple[Measure, ...] = (large_article_pages,)
