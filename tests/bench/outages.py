"""Telegram fails for five minutes, and is well again: when people notice."""

import asyncio

from tests.bench.audience import FIRST_USER, owe, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.row import Row
from tests.bench.service import service
from tests.faults.strict_api import MESSAGES, StrictApi, refused

LASTS_FOR = 300.0
BAR = 30.0


async def outage_noticed() -> Row:
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        StrictApi().open() as api,
        service(api_url=api.url, database_url=url),
    ):
        await settle_in(database, 2)
        await api.until(lambda: api.calls["getUpdates"] > 0, within=60)
        api.script = lambda _method: refused(500, "Internal Server Error")
        await owe(database)
        await asyncio.sleep(LASTS_FOR)
        asked = sum(method in MESSAGES for _, method in api.asked)
        api.script = lambda _method: None
        await api.write(1, FIRST_USER, "/trogiup")
        card = await api.until(lambda: len(api.taken) > 0, within=600)
        answer = card + await api.until(lambda: len(api.taken) == 3, within=600)
    return Row(
        f"Telegram answers 500 for {LASTS_FOR / 60:.0f} minutes, and is well again",
        f"first card and first answer within {BAR:.0f} s; at most one message asked for in 10 s meanwhile",
        f"card after {card:.1f} s, answer after {answer:.1f} s; {asked} messages asked for meanwhile",
        ok=max(card, answer) <= BAR and asked <= LASTS_FOR / 10,
    )


ROWS = (outage_noticed,)
