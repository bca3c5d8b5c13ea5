"""A disk that is full, as the kernel tells it: no file of this process may grow any more."""

import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store.engine.database import Database


@asynccontextmanager
async def full_disk(database: Database) -> AsyncIterator[None]:
    """Have whatever is written to an SQLite database need room that is not there."""
    await database.leave_no_traces()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores SIGXFSZ, so that writing beyond the limit is an error (EFBIG).
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
