"""Recognition: a feed that is re-ordered, truncated, rebuilt and worse pushes exactly what is new."""

import tempfile
from pathlib import Path

from tests.bench.row import Measure, Row
from tests.services.mischief import mischief


async def recognised() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        done = await mischief(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
    wrong = [f"{step.what}: pushed {step.pushed}, not {step.expected}" for step in done if not step.right]
    return Row(
        "first poll, restart, feed re-ordered, truncated, rebuilt, ASCII-stripped, of the future, emptied",
        "pushes exactly what is new",
        "; ".join(wrong) or f"right in all {len(done)} steps",
        ok=not wrong,
    )


ROWS: tuple[Measure, ...] = (recognised,)
