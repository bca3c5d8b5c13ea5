"""The service and the demo as processes: they start, answer, and end when they are told to."""

import asyncio
import contextlib
import signal
import socket

import aiohttp
import pytest

from bot.demo import USUAL_PORT
from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import SECTIONS
from bot.web.webhook import SECRET_HEADER
from tests.cli.bantin import TOPIC, Bantin, Running, feed
from tests.emulated import Emulated
from tests.emulator.zalo.client import TOKEN as ZALO_TOKEN
from tests.web.posting import free_port, post, update

LISTING = "/agency/web/guest/" + SECTIONS[0].path


async def test_the_service_runs_until_it_is_told_to_end(ready: Bantin, agency: Emulated) -> None:
    ready.configure(feeds=TOPIC + feed(agency.url + LISTING))
    async with ready.running("run") as service, aiohttp.ClientSession() as session:
        said = await service.says("health")
        address = said["addresses"][0]
        async with session.get(f"http://{address}/healthz") as healthz:
            alive = healthz.status, await healthz.text()
        async with session.get(f"http://{address}/readyz") as readyz:
            ready_to_serve = readyz.status, await readyz.text()
        ready.knows(web__listen=address)
        asked = await ready("health")
        second = await ready("run")
        await service.says("polled")
        async with session.get(f"http://{address}/metrics") as metrics:
            figures = (await metrics.text()).splitlines()
        ended = await service.ends(signal.SIGTERM)

    assert (alive, ready_to_serve, asked.out) == ((200, "ok\n"), (200, "ready\n"), "ready\n")
    assert 'bantin_polls_total{feed="nguon",result="changed"} 1.0' in figures
    assert 'bantin_unsaved_entries_total{feed="nguon"} 0.0' in figures
    assert second.status == 1
    assert "another process serves it" in second.err.splitlines()[-1]
    assert (ended.status, '"stopped"' in ended.err) == (0, True)
    assert "write /start to @bantin_bot" in [line["event"] for line in service.log]
    assert [line for line in service.log if line["logger"].startswith("alembic")] == []


async def test_thousands_of_half_open_requests_stop_no_part_of_the_service(
    ready: Bantin, agency: Emulated, site: Site
) -> None:
    port = free_port()
    ready.configure(feeds=TOPIC + feed(agency.url + LISTING) + 'interval = "1s"\n')
    secret = "posted-by-telegram"
    ready.knows(
        web__listen=f"127.0.0.1:{port}",
        telegram__webhook_url="https://tin.example/webhook/telegram",
        telegram__webhook_secret=secret,
    )
    await agency.subscribers(1, first=500)
    async with ready.running("run", open_files=1_024) as service:
        await service.says("polled")
        attackers = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2_500)]
        for _, writer in attackers:
            writer.write(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        posted = await post(port, update(7, 500, "/trogiup"), {SECRET_HEADER: secret})
        await agency.until_sent(1)
        site.newsroom.publish(section=SECTIONS[0].id)
        await service.says("polled")
        for _, writer in attackers:
            writer.close()
        ended = await service.ends(signal.SIGTERM)

    assert (posted, ended.status) == (200, 0)
    assert len(service.log) + len(ended.err.splitlines()) < 40
    assert not {"error", "warning"} & {entry["level"] for entry in service.log}


async def test_readyz_and_metrics_may_have_a_listener_of_their_own(ready: Bantin) -> None:
    ready.knows(web__health_listen=f"127.0.0.1:{free_port()}")
    async with ready.running("run") as service, aiohttp.ClientSession() as session:
        public = (await service.says("health"))["addresses"][0]
        apart = (await service.says("health apart"))["addresses"][0]

        async def status(address: str, path: str) -> int:
            async with session.get(f"http://{address}{path}") as answer:
                return answer.status

        paths = ("/healthz", "/readyz", "/metrics")
        answered = {address: [await status(address, path) for path in paths] for address in (public, apart)}
        asked = await ready("health")
        await service.ends(signal.SIGTERM)

    assert answered == {public: [200, 404, 404], apart: [200, 200, 200]}
    assert asked.out == "ready\n"


async def test_the_console_may_have_a_listener_of_its_own(ready: Bantin) -> None:
    ready.knows(
        web__console="true",
        web__console_listen=f"127.0.0.1:{free_port()}",
        web__api="true",
        web__public="true",
        web__public_url="https://tin.example.vn",
        web__console_url="https://desk.example.vn",
        telegram__webhook_url="https://tin.example.vn/webhook/telegram",
        telegram__webhook_secret="posted-by-telegram",
    )
    paths = ("/console", "/console/now", "/webhook/telegram", "/websub/a/b", "/api/v1/openapi.json", "/tin")
    async with ready.running("run") as service, aiohttp.ClientSession() as session:

        async def kinds(address: str) -> list[int]:
            found = []
            for path in (*paths, "/readyz", "/metrics", "/healthz"):
                method = "POST" if path.startswith("/webhook") else "GET"
                async with session.request(method, f"http://{address}{path}") as answer:
                    found.append(answer.status)
            return found

        public = await kinds((await service.says("health"))["addresses"][0])
        apart = await kinds((await service.says("console apart"))["addresses"][0])
        await service.ends(signal.SIGTERM)

    assert public == [404, 404, 403, 404, 200, 200, 200, 200, 200]
    assert apart == [401, 401, 404, 404, 404, 404, 404, 404, 200]


@pytest.mark.parametrize("setting", ["listen", "health_listen", "console_listen"])
async def test_the_service_says_where_it_cannot_listen(ready: Bantin, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ready.knows(
            web__console="true",
            web__console_url="https://desk.example.vn",
            **{f"web__{setting}": address},
        )

        said = await ready("run")

    last = said.err.splitlines()[-1]
    refusal = f"bantin: web.{setting}: cannot listen at {address}: Address already in use; end what listens"
    assert (said.status, last[: len(refusal)]) == (1, refusal)


async def test_a_service_that_waits_for_telegram_ends_when_it_is_told_to(ready: Bantin) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        ready.knows(telegram__api_url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        async with ready.running("run") as service:
            await service.says("Telegram cannot be reached yet")
            ended = await service.ends(signal.SIGTERM)

    assert ended.status == 0


async def opened(demo: Running) -> tuple[str, str]:
    """Return what *demo* printed, and the kind of document at the address in it."""
    line = await demo.prints()
    url = next(word for word in line.split() if word.startswith("http://"))
    async with aiohttp.ClientSession(raise_for_status=True) as session, session.get(url) as answer:
        return line, answer.content_type


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_the_demo_prints_one_address_answers_and_ends(bantin: Bantin, by: signal.Signals) -> None:
    async with bantin.running("demo", "--port", "0") as demo:
        line, kind = await opened(demo)
        ended = await demo.ends(by, within=30)

    assert (kind, line.endswith("Ctrl+C ends it, and everything in it is lost.")) == (
        "text/html",
        True,
    )
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert bantin.leftovers() == []


async def test_a_demo_of_no_named_port_takes_a_free_one_when_the_usual_one_is_taken(bantin: Bantin) -> None:
    with socket.socket() as other:
        # If this fails, then because another process has the port, which is as well.
        with contextlib.suppress(OSError):
            other.bind(("127.0.0.1", USUAL_PORT))
            other.listen()
        async with bantin.running("demo") as demo:
            line, kind = await opened(demo)

    assert (kind, f"(port {USUAL_PORT} is taken)" in line, f":{USUAL_PORT}/" in line) == (
        "text/html",
        True,
        False,
    )


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "127.0.0.1")])
async def test_the_demo_listens_at_the_host_that_is_named(bantin: Bantin, host: str, shown: str) -> None:
    async with bantin.running("demo", "--host", host, "--port", "0") as demo:
        line, kind = await opened(demo)

    assert (kind, f"http://{shown}:" in line) == ("text/html", True)


async def test_a_token_of_zalo_alone_runs_and_stands_in_no_log(ready: Bantin, agency: Emulated) -> None:
    await agency.post("zalo/bots", token=ZALO_TOKEN, display_name="Bot Bản Tin")
    ready.configure(feeds=TOPIC + feed(agency.url + LISTING))
    ready.environment.pop("BANTIN_TELEGRAM__TOKEN")
    ready.knows(zalo__token=ZALO_TOKEN, zalo__api_url=f"{agency.url}/zalo")
    async with ready.running("run") as service:
        await service.says("health")
        await agency.post("zalo/messages", person="an", text="xin chào")
        async with asyncio.timeout(60):
            while len((await agency.get("zalo/chat", person="an"))["messages"]) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        ended = await service.ends(signal.SIGTERM)

    _, answer = (await agency.get("zalo/chat", person="an"))["messages"]
    assert (ended.status, answer["text"].partition("!")[0]) == (0, "Xin chào Quý vị")
    assert ZALO_TOKEN.partition(":")[2] not in str(service.log) + ended.out + ended.err
