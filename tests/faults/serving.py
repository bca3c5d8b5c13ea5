"""The service as the benchmarks configure it, in a process that is started quickly."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from tests.bench.service import configured
from tests.forked import ForkedProcess, start_module
from tests.running import unconfigured


@asynccontextmanager
async def service(
    *, api_url: str, database_url: str, feeds: Sequence[str] = (), more: Mapping[str, str] | None = None
) -> AsyncIterator[ForkedProcess]:
    """Run the service, with one topic and the *feeds* (as in feeds.toml), until the block ends."""
    with configured(api_url=api_url, database_url=database_url, feeds=feeds, more=more) as variables:
        process = await start_module("bot", "run", env=unconfigured() | variables)
        try:
            yield process
        finally:
            process.terminate()
            await process.wait()
