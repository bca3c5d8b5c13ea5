"""Several processes on one database: one speaks, and another takes over when it falls silent."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from sqlalchemy import select

from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.schema import leases
from bot.web.webhook import PATH, SECRET_HEADER
from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld
from tests.postgres import cut_connections
from tests.running import LEASE, PATIENCE, Running, environment, service
from tests.web.posting import free_port, post, update

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
RATE = 50
CHATS = 250


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        await emulated.post("limits", global_count=RATE)
        yield emulated


@pytest.fixture
async def world(emulated: Emulated, postgresql_url: str) -> AsyncIterator[OutboxWorld]:
    async with OutboxWorld.make(emulated, postgresql_url) as world:
        yield world


def variables(world: OutboxWorld, **more: str) -> dict[str, str]:
    return environment(world.emulated, world.url, BANTIN_TELEGRAM__MESSAGES_PER_SECOND=str(RATE), **more)


ALL = "poll,send,web"


@asynccontextmanager
async def several(world: OutboxWorld, *roles: str) -> AsyncIterator[list[Running]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(service(variables(world), each)) for each in roles]


async def speaker(world: OutboxWorld, processes: list[Running]) -> Running:
    """Return the process that has the account, once one has."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.database.read() as tx:
                owner = (await tx.execute(select(leases.c.owner))).scalar()
            for process in processes:
                if owner and f":{process.pid}:" in owner:
                    return process
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("roles", [(ALL, ALL, ALL), ("send", "poll,web", "send")])
async def test_when_the_speaker_is_killed_another_goes_on_and_nothing_is_lost(
    world: OutboxWorld, roles: tuple[str, ...]
) -> None:
    users = await world.emulated.subscribers(CHATS)
    await world.subscribe(users)
    async with several(world, *roles) as processes:
        active = await speaker(world, processes)
        await world.publish()
        await world.emulated.until_sent(60)
        active.signal(signal.SIGKILL)
        await active.process.wait()
        sent = (await world.emulated.metrics())["sent"]
        killed_at = time.monotonic()
        await world.emulated.until_sent(sent + 1)
        took = time.monotonic() - killed_at
        await world.until_settled(within=60)

    copies = Counter(message["chat"] for message in await world.emulated.outbox())
    metrics = await world.emulated.metrics()
    assert (set(copies), metrics["violations"], metrics["refused_429"]) == (set(users), 0, 0)
    assert copies.total() - CHATS <= RATE * 0.5
    assert took < LEASE * 3 + 5


async def test_a_speaker_that_stalled_sends_nothing_once_it_has_lost_the_account(world: OutboxWorld) -> None:
    users = await world.emulated.subscribers(CHATS)
    await world.subscribe(users)
    async with several(world, ALL, ALL) as processes:
        stalled = await speaker(world, processes)
        await world.publish()
        await world.emulated.until_sent(60)
        stalled.signal(signal.SIGSTOP)
        sent = (await world.emulated.metrics())["sent"]
        await world.emulated.until_sent(sent + 10)
        stalled.signal(signal.SIGCONT)
        await stalled.until_logged("the account was lost")
        began = await stalled.metric("bantin_sends_total")
        await world.until_settled(within=150)
        sends = await stalled.metric("bantin_sends_total")

    copies = Counter(message["chat"] for message in await world.emulated.outbox())
    assert ((await world.emulated.metrics())["violations"], set(copies)) == (0, set(users))
    # What it had begun before it stalled is counted, and nothing else is there to count.
    assert (sends, began <= sent + 5) == (began, True)


async def test_an_update_that_reaches_another_process_is_answered_by_the_speaker_and_only_once(
    world: OutboxWorld,
) -> None:
    (user,) = await world.emulated.subscribers(1)
    port = free_port()
    webhook = {
        "BANTIN_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
        "BANTIN_TELEGRAM__WEBHOOK_SECRET": "shared-secret",
        "BANTIN_WEB__LISTEN": f"127.0.0.1:{port}",
    }
    await world.emulated.post("limits", local_webhooks=True)
    async with (
        service(variables(world, **webhook), "web") as doorkeeper,
        service(variables(world, **webhook), "send") as active,
    ):
        await doorkeeper.until_logged("health")
        await active.until_logged("the account is ours")
        for _ in range(2):
            await post(port, update(1, user, "/trogiup"), {SECRET_HEADER: "shared-secret"})
        await world.emulated.until_sent(1)
        again = await post(port, update(1, user, "/trogiup"), {SECRET_HEADER: "shared-secret"})
        await world.emulated.post("updates/message", chat=user, **{"from": user}, text="/ngonngu")
        await world.emulated.until_sent(2)

    first, second = await world.emulated.outbox(user)
    assert (again, "Hướng dẫn" in first["text"], "ngôn ngữ" in second["text"].lower()) == (200, True, True)


async def test_connections_that_break_are_survived(world: OutboxWorld) -> None:
    users = await world.emulated.subscribers(CHATS)
    await world.subscribe(users)
    async with service(variables(world)) as running:
        await running.until_logged("the account is ours")
        await world.publish()
        for sent in (40, 80, 120):
            await world.emulated.until_sent(sent)
            await cut_connections(world.url)
        await world.until_settled(within=60)
        async with asyncio.timeout(20):
            while await running.metric("bantin_speaking") != 1:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.1)
        await world.emulated.post("updates/message", chat=users[0], **{"from": users[0]}, text="/trogiup")
        await world.emulated.until_sent(CHATS + 1)

        assert running.process.returncode is None
    copies = Counter(message["chat"] for message in await world.emulated.outbox())
    assert (set(copies), (await world.emulated.metrics())["violations"]) == (set(users), 0)


async def test_an_account_that_is_refused_stops_and_everything_is_kept(world: OutboxWorld) -> None:
    users = await world.emulated.subscribers(3)
    await world.subscribe(users)
    async with service(variables(world)) as running:
        await running.until_logged("the account is ours")
        await world.emulated.post("faults", status=401, description="Unauthorized", times=999)
        await world.publish()
        await running.until_logged("the account is refused")
        said = await ask(await running.web(), "/readyz")

        assert said[0] == 503
        assert "Unauthorized" in said[1]
        assert running.process.returncode is None
    kept = [status for rows in (await world.statuses()).values() for status, _ in rows]
    assert kept == [DeliveryStatus.PENDING] * 3


async def ask(url: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url + path) as answer:
        return answer.status, await answer.text()
