"""Hostile text: whether any document can stop the event loop, on its way from a site to the reader."""

from tests.attacks import ATTACKS, stalls_under
from tests.bench.databases import new_database, opened
from tests.bench.row import Measure, Row

BAR = 0.05


async def stall_under_hostile_text() -> Row:
    longest: dict[str, float] = {}
    for attack in ATTACKS:
        async with new_database("sqlite") as url, opened(url) as database:
            stalls, _ = await stalls_under(attack, database)
        longest[attack.name] = stalls.longest
    worst = max(longest, key=lambda name: longest[name])
    return Row(
        f"longest stall of the event loop under hostile text ({len(ATTACKS)} documents, site to full text)",
        f"≤ {1_000 * BAR:.0f} ms",
        f"{1_000 * longest[worst]:.0f} ms ({worst})",
        ok=longest[worst] <= BAR,
    )


ROWS: tuple[Measure, ...] = (stall_under_hostile_text,)
