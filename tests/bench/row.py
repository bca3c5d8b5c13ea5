"""One row of the bench: what is measured, what is asked, what came out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement in words and numbers, and whether it reaches its goal."""

    name: str
    goal: str
    measured: str
    ok: bool


Measure = Callable[[], Awaitable[Row]]
"""Measures one row; its function's name is what the command line calls it."""
