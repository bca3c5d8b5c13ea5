"""The question that a container is asked every minute: what it costs."""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE

from tests.cli.bantin import Bantin

HEAVY = {
    "aiohttp",
    "alembic",
    "asyncpg",
    "bot.store",
    "jinja2",
    "lxml",
    "PIL",
    "sqlalchemy",
    "structlog",
    "telegram",
}


async def test_a_health_check_loads_the_settings_and_nothing_of_the_service(bantin: Bantin) -> None:
    bantin.configure()
    bantin.knows(
        database__url="postgresql://bantin@127.0.0.1:1/tin",
        database__password="p@ss",
        web__listen="127.0.0.1:1",
    )

    # What it imports shows in a process of its own only.
    health = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "importtime", "-m", "bot", "health"),
        cwd=bantin.folder,
        env=bantin.environment,
        stderr=PIPE,
    )
    _, told = await health.communicate()

    said = told.decode()
    loaded = set(re.findall(r"^import time:.*\| +(\S+)$", said, re.MULTILINE))
    assert said.splitlines()[-1].startswith("bantin: nothing answers at http://127.0.0.1:1/readyz")
    assert (loaded & HEAVY, "bot.settings.settings" in loaded) == (set(), True)
