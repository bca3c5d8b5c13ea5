"""`bantin run` as people run it: one clear line when it cannot, and an end in time when it is told so."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.emulated import Emulated
from tests.forked import start_module
from tests.outbox_world import OutboxWorld
from tests.running import environment, service

USERS = 60


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


async def bantin(variables: dict[str, str], *arguments: str) -> tuple[int | None, str]:
    """Return the status and what it said on standard error."""
    process = await start_module("bot", *arguments, env=variables, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.timeout(300)
async def test_sigterm_ends_the_service_in_time_and_nothing_is_sent_twice(
    emulated: Emulated, sqlite_url: str
) -> None:
    users = await emulated.subscribers(USERS)
    variables = environment(emulated, sqlite_url)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()
    async with service(variables) as running:
        await emulated.until_sent(20)
        await emulated.post("faults", method="sendMessage", delay=1.0, times=3)
        running.signal(signal.SIGTERM)
        told_at = time.monotonic()
        status = await running.process.wait()
        took = time.monotonic() - told_at
    async with service(variables):
        await emulated.until_sent(USERS)

    copies = Counter(message["chat"] for message in await emulated.outbox())
    assert (status, took < 10, copies) == (0, True, Counter(users))
    assert [log for log in running.logs if log["level"] in {"error", "critical"}] == []


@pytest.mark.timeout(300)
async def test_a_second_process_on_sqlite_is_refused_in_one_line(emulated: Emulated, sqlite_url: str) -> None:
    variables = environment(emulated, sqlite_url)
    async with service(variables) as first:
        await first.until_logged("running")
        status, said = await bantin(variables, "run")

    assert (status, len(said.splitlines())) == (1, 1)
    assert f"another process serves it (process id {first.pid})" in said


async def test_a_role_that_does_not_exist_is_told_in_one_line(emulated: Emulated, sqlite_url: str) -> None:
    said = await bantin(environment(emulated, sqlite_url), "run", "--roles", "poll,sned")

    assert said == (1, "bantin: --roles: there is no role 'sned'; there are poll, send, web\n")


@pytest.mark.timeout(300)
async def test_a_token_that_telegram_does_not_know_is_told_in_one_line(
    emulated: Emulated, sqlite_url: str
) -> None:
    wrong = {
        "BANTIN_TELEGRAM__TOKEN": "999:another-token-that-nobody-knows-00000",
        "BANTIN_LOG__LEVEL": "error",
    }
    status, said = await bantin(environment(emulated, sqlite_url) | wrong, "run")

    assert (status, said.splitlines()[-1].startswith("bantin: Telegram does not know this token")) == (
        1,
        True,
    )
    assert "Traceback" not in said
