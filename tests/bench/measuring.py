"""Measuring one row, in whatever process."""

import asyncio
import traceback

from bot.runtime import logs
from tests.bench.databases import NoServerError
from tests.bench.row import Measure, Row


def row_of(measure: Measure) -> Row:
    """Return what *measure* comes to; a row that cannot be measured says why, and misses its goal."""
    logs.set_up(level="error", style="text", secrets=())
    try:
        return asyncio.run(_awaited(measure))
    except NoServerError as error:
        return not_measured(measure, str(error))
    except Exception as error:  # noqa: BLE001 - the other rows are measured all the same
        traceback.print_exc()
        return not_measured(measure, f"{type(error).__name__} {error}")


async def _awaited(measure: Measure) -> Row:
    return await measure()


def not_measured(measure: Measure, why: str) -> Row:
    return Row(measure.__name__, "", f"not measured: {why}".strip(), ok=False)
