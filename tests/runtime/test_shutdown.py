"""SIGTERM in every state that takes long: the service ends in under ten seconds, with status 0."""

import asyncio
import re
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.web.webhook import PATH, SECRET_HEADER
from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld
from tests.postgres import Wire
from tests.running import Running, environment, service
from tests.web.posting import free_port

pytestmark = pytest.mark.timeout(300)
BAR = 10.0


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


async def ends_in_time(running: Running) -> None:
    running.signal(signal.SIGTERM)
    told_at = time.monotonic()
    status = await asyncio.wait_for(running.process.wait(), 60)
    took = time.monotonic() - told_at
    ending = [(log["timestamp"][17:23], log["event"], log.get("part")) for log in running.logs[-12:]]
    assert (status, took < BAR) == (0, True), f"status {status} after {took:.1f} s: {ending}"


async def calls(emulated: Emulated, method: str) -> None:
    async with asyncio.timeout(60):
        while not (await emulated.metrics())["calls"].get(method):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.02)


async def test_during_an_upload_and_a_long_poll(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(2)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish(photo=True)
    await emulated.post("faults", method="sendPhoto", delay=60, times=9)

    async with service(environment(emulated, sqlite_url)) as running:
        await calls(emulated, "sendPhoto")
        await calls(emulated, "getUpdates")
        await ends_in_time(running)


async def test_while_telegram_does_not_answer_a_reply(emulated: Emulated, sqlite_url: str) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("faults", method="sendMessage", delay=60, times=9)

    async with service(environment(emulated, sqlite_url)) as running:
        await running.until_logged("the account is ours")
        await emulated.post("updates/message", chat=user, **{"from": user}, text="/trogiup")
        await calls(emulated, "sendMessage")
        await ends_in_time(running)


async def test_while_a_webhook_brings_an_update_slowly(emulated: Emulated, sqlite_url: str) -> None:
    port = free_port()
    webhook = {
        "BANTIN_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
        "BANTIN_TELEGRAM__WEBHOOK_SECRET": "secret",
        "BANTIN_WEB__LISTEN": f"127.0.0.1:{port}",
    }
    await emulated.post("limits", local_webhooks=True)
    async with service(environment(emulated, sqlite_url, **webhook)) as running:
        await running.until_logged("the account is ours")
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\n{SECRET_HEADER}: secret\r\nContent-Length: 100\r\n\r\n"
        writer.write(head.encode() + b'{"update_id":')
        await writer.drain()
        await ends_in_time(running)
        writer.close()


@asynccontextmanager
async def broadcasting(emulated: Emulated, url: str, variables: dict[str, str]) -> AsyncIterator[Running]:
    users = await emulated.subscribers(300)
    async with OutboxWorld.make(emulated, url) as world:
        await world.subscribe(users)
        await world.publish()
    async with service(variables) as running:
        await emulated.until_sent(30)
        yield running


async def test_while_another_process_keeps_the_sqlite_file(emulated: Emulated, sqlite_url: str) -> None:
    async with broadcasting(emulated, sqlite_url, environment(emulated, sqlite_url)) as running:
        locking = await asyncio.create_subprocess_exec(
            *("python3", "-c", LOCK, re.sub("^.*:///", "", sqlite_url)),
            stdout=asyncio.subprocess.PIPE,
        )
        assert locking.stdout
        await locking.stdout.readline()
        await asyncio.sleep(1)
        await ends_in_time(running)
        locking.kill()
        await locking.wait()


LOCK = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(120)
"""


@pytest.mark.postgres
@pytest.mark.parametrize("how", ["silent", "gone"])
async def test_while_the_database_server_is(emulated: Emulated, postgresql_url: str, how: str) -> None:
    async with Wire.to(postgresql_url) as wire:
        variables = environment(emulated, wire.url)
        async with broadcasting(emulated, postgresql_url, variables) as running:
            await (wire.fall_silent() if how == "silent" else wire.break_off())
            await asyncio.sleep(1)
            await ends_in_time(running)
