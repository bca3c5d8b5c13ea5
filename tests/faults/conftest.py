"""A strict Bot API that is no emulator of ours, and the service on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.strict_api import StrictApi


@pytest.fixture
async def api() -> AsyncIterator[StrictApi]:
    async with StrictApi().open() as api:
        yield api
