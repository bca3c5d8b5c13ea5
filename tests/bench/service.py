"""The service itself, as `bantin run` starts it, in a process of its own."""

import asyncio
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import exists, select

from bot.store.engine.database import Database
from bot.store.schema import PENDING
from tests.bench.audience import TOPIC
from tests.bench.processes import running
from tests.emulated import TOKEN

_TOPIC = f'[[topic]]\nid = "{TOPIC.id}"\nname = {{ vi = "Tin tức", en = "News" }}\nhashtag = "TinTức"\n'
LOOK_EVERY = 0.05


USUAL = ("bot", "run")


@asynccontextmanager
async def service(
    *,
    api_url: str | None,
    database_url: str,
    rate: int = 30,
    feeds: Sequence[str] = (),
    module: Sequence[str] = USUAL,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Process]:
    """Run the service, with one topic and the *feeds* (as in feeds.toml), until the block ends.

    Without an *api_url* there is no account on Telegram. *more* are settings, as the environment has them;
    another *module* may stand in for its usual command.
    """
    given = configured(api_url=api_url, database_url=database_url, rate=rate, feeds=feeds, more=more)
    with given as variables:
        async with running(*module, env=variables) as process:
            yield process


@contextmanager
def configured(
    *,
    api_url: str | None,
    database_url: str,
    rate: int = 30,
    feeds: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> Iterator[dict[str, str]]:
    """Yield the settings of such a service, as the environment has them."""
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as folder:
        (Path(folder) / "feeds.toml").write_text("\n".join([_TOPIC, *feeds]), encoding="utf-8")
        yield {
            "BANTIN_CONFIG": folder,
            "BANTIN_DATABASE__URL": database_url,
            **(_telegram(api_url, rate) if api_url else {}),
            "BANTIN_HTTP__ALLOW_PRIVATE": "127.0.0.1",
            "BANTIN_WEB__LISTEN": "127.0.0.1:0",
            "BANTIN_LOG__LEVEL": "warning",
            **(more or {}),
        }


def _telegram(api_url: str, rate: int) -> dict[str, str]:
    return {
        "BANTIN_TELEGRAM__TOKEN": TOKEN,
        "BANTIN_TELEGRAM__API_URL": api_url,
        "BANTIN_TELEGRAM__MESSAGES_PER_SECOND": str(rate),
    }


async def until_settled(database: Database, *, within: float) -> float:
    """Return the moment (monotonic) at which the last receipt was found stored."""
    owed = select(exists(select(1).where(PENDING)))
    async with asyncio.timeout(within):
        while True:
            async with database.read() as tx:
                if not (await tx.execute(owed)).scalar_one():
                    return time.monotonic()
            await asyncio.sleep(LOOK_EVERY)
