"""What a transaction does last, just before it commits.

A counter is a row that many transactions change. One that did so in its midst would hold up the others for as
long as it lasts, and could wait for what they hold while they wait for the counter.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

_OPTION = "endings"


class Ending(Protocol):
    """What is gathered during a transaction, and written at its end."""

    async def write(self, tx: AsyncConnection) -> None: ...


T = TypeVar("T", bound=Ending)


async def begin(tx: AsyncConnection) -> None:
    """Make *tx*, a transaction that writes, ready for what is to be done at its end."""
    await tx.execution_options(**{_OPTION: {}})


def at_the_end(tx: AsyncConnection, make: Callable[[], T]) -> T:
    """Return what *make* has made for this transaction; it is written when that comes to its end."""
    endings = _endings(tx)
    if make not in endings:
        endings[make] = make()
    return cast("T", endings[make])


async def write(tx: AsyncConnection) -> None:
    """Write what was gathered."""
    for ending in _endings(tx).values():
        await ending.write(tx)


def _endings(tx: AsyncConnection) -> dict[object, Ending]:
    assert tx.sync_connection is not None, "it is within its block"
    endings: dict[object, Ending] = tx.sync_connection.get_execution_options()[_OPTION]
    return endings
