"""What a running service says of itself over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import app
from bot.domain.chats.chat import ChatKind
from bot.metrics import Metrics
from bot.settings.accounts import TelegramSection
from bot.settings.settings import DatabaseSection as DatabaseSettings
from bot.settings.settings import Settings, WebSection
from bot.web.health import state_routes
from bot.web.server import serve
from tests.emulated import ACCOUNT, TOKEN, Emulated
from tests.full_disk import full_disk
from tests.outbox_world import TOPIC, OutboxWorld
from tests.web.posting import free_port

PEOPLE = range(71_001, 71_006)
GROUP = -100_710_999
PATIENCE = 30.0


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


@pytest.fixture
async def world(emulated: Emulated, sqlite_url: str) -> AsyncIterator[OutboxWorld]:
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await emulated.subscribers(len(PEOPLE), first=PEOPLE[0])
        yield world


@pytest.fixture
async def service(world: OutboxWorld) -> AsyncIterator[str]:
    """The address of a service that has just been started."""
    address = f"127.0.0.1:{free_port()}"
    settings = Settings.model_construct(
        database=DatabaseSettings(url=world.url),
        telegram=TelegramSection(token=SecretStr(TOKEN), api_url=world.emulated.url),
        web=WebSection(listen=address),
    )
    stop = asyncio.Event()
    running = asyncio.create_task(app.run(settings, [TOPIC], [], stop=stop))
    yield f"http://{address}"
    stop.set()
    await running


async def get(url: str, *, wanted: str = "") -> tuple[int, str]:
    """Ask until there is an answer with *wanted* in it."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.get(url) as answer:
                    text = await answer.text()
                    if wanted in text:
                        return answer.status, text
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


async def test_a_service_is_alive_and_then_ready(service: str) -> None:
    assert await get(f"{service}/healthz") == (200, "ok\n")
    assert await get(f"{service}/readyz", wanted="ready") == (200, "ready\n")


async def test_a_test_installation_says_so_where_it_says_that_it_is_ready() -> None:
    async def ready() -> str | None:
        return None

    application = web.Application()
    application.add_routes(
        state_routes(registry=Metrics().registry, ready=ready, remark="a test installation")
    )
    runner = await serve(application, host="127.0.0.1", port=0)
    host, port = runner.addresses[0]

    answer = await get(f"http://{host}:{port}/readyz")
    await runner.cleanup()

    assert answer == (200, "ready; a test installation\n")


async def test_the_figures_count_what_was_sent_and_refused_and_name_nobody(
    world: OutboxWorld, service: str
) -> None:
    await world.subscribe(PEOPLE)
    await world.subscribe([await world.emulated.group(GROUP)], kind=ChatKind.SUPERGROUP)
    blocked = "Forbidden: bot was blocked by the user"
    await world.emulated.post(
        "faults", method="sendMessage", chat=str(PEOPLE[-1]), status=403, description=blocked
    )
    await world.publish()
    await world.until_settled(within=PATIENCE)
    await world.emulated.post("updates/message", chat=PEOPLE[0], text="/trogiup", **{"from": PEOPLE[0]})

    _, text = await get(f"{service}/metrics", wanted=f'bantin_reply_seconds_count{{account="{ACCOUNT}"}} 1.0')

    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    account = f'account="{ACCOUNT}"'
    told = {
        f'bantin_deliveries_total{{{account},status="sent"}}': 5.0,
        f'bantin_deliveries_total{{{account},status="rejected"}}': 1.0,
        f'bantin_sends_total{{{account},outcome="ChatUnreachable"}}': 1.0,
        f'bantin_sends_total{{{account},outcome="Receipt"}}': 6.0,
        f'bantin_wait_seconds_count{{{account},lane="news",scope="account"}}': 6.0,
        f'bantin_wait_seconds_count{{{account},lane="news",scope="group"}}': 0.0,
        f'bantin_wait_seconds_count{{{account},lane="reply",scope="chat"}}': 0.0,
        f"bantin_reply_seconds_count{{{account}}}": 1.0,
        f"bantin_send_seconds_count{{{account}}}": 7.0,
    }
    assert {name: float(figures.get(name, -1)) for name in told} == told
    assert float(figures[f"bantin_unsettled_seconds_count{{{account}}}"]) >= 1
    # The decimals of a time may be the digits of an id.
    ids = [str(person).lstrip("-") for person in (*PEOPLE, GROUP)]
    assert [each for each in ids if re.search(rf"(?<![\d.]){each}(?!\d)", text)] == []


async def test_a_refused_account_is_told_at_once_and_kept_until_somebody_acts(
    world: OutboxWorld, service: str
) -> None:
    before = await get(f"{service}/readyz", wanted="ready")
    await world.emulated.post("faults", method="sendMessage", status=401, description="Unauthorized")
    await world.emulated.post("faults", method="getMe", status=401, description="Unauthorized", times=99)
    await world.emulated.post("faults", method="sendMessage", delay=60, times=9)
    await world.subscribe(PEOPLE)
    await world.publish()

    # The other requests are still under way, and are waited for, when the first one is refused.
    during = await get(f"{service}/readyz", wanted="refuses")
    for _ in range(3):
        after = await get(f"{service}/readyz")
    alive = await get(f"{service}/healthz")

    refused = (503, f"{ACCOUNT}: Telegram refuses the account: Unauthorized\n")
    assert (before, during, after, alive) == ((200, "ready\n"), refused, refused, (200, "ok\n"))


async def test_the_figures_tell_how_much_is_owed_and_for_how_long(world: OutboxWorld, service: str) -> None:
    await get(f"{service}/readyz", wanted="ready")
    await world.emulated.post(
        "faults",
        method="sendMessage",
        status=429,
        description="Too Many Requests: retry after 60",
        parameters={"retry_after": 60},
        times=99,
    )
    await world.subscribe(PEOPLE)
    await world.publish()

    _, text = await get(f"{service}/metrics", wanted="bantin_closures_total")
    await get(f"{service}/metrics", wanted="bantin_backlog_deliveries 5.0")
    _, text = await get(f"{service}/metrics", wanted="bantin_due_deliveries 5.0")

    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    account = f'account="{ACCOUNT}"'
    floods = {name: value for name, value in figures.items() if name.startswith("bantin_closures_total")}
    assert 0 < float(figures["bantin_oldest_due_seconds"]) < PATIENCE * 2
    assert figures[f"bantin_speaking{{{account}}}"] == "1.0"
    assert set(floods) <= {
        f'bantin_closures_total{{{account},scope="{scope}"}}' for scope in ("chat", "account")
    }
    assert sum(map(float, floods.values())) >= 3
    assert float(figures[f'bantin_sends_total{{{account},outcome="RetryLater"}}']) >= 3


async def test_a_client_that_never_finishes_does_not_hold_the_stop() -> None:
    async def wait(request: web.Request) -> web.Response:
        asked.set()
        await request.read()
        return web.Response()

    asked = asyncio.Event()
    application = web.Application()
    application.add_routes([web.post("/", wait)])
    runner = await serve(application, host="127.0.0.1", port=0)
    host, port = runner.addresses[0]
    _, writer = await asyncio.open_connection(host, port)
    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
    await asked.wait()

    async with asyncio.timeout(10):
        await runner.cleanup()
    writer.close()


async def test_a_service_whose_database_takes_no_writes_is_not_ready_until_it_does(
    service: str, world: OutboxWorld
) -> None:
    await get(f"{service}/readyz", wanted="ready")
    person = PEOPLE[0]

    # What is logged could not be written down either.
    with capture_logs():
        async with full_disk(world.database):
            await world.emulated.post("updates/message", chat=person, **{"from": person}, text="/trogiup")
            while_full = await get(f"{service}/readyz", wanted="takes no writes")
    afterwards = await get(f"{service}/readyz", wanted="ready")

    assert (while_full[0], afterwards) == (503, (200, "ready\n"))
    async with asyncio.timeout(PATIENCE):
        while not await world.emulated.outbox(person):  # noqa: ASYNC110 - on the other side of the wire
            await asyncio.sleep(0.05)
    assert len(await world.emulated.outbox(person)) == 1
