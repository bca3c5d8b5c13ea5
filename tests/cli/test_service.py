"""The service and the demo as processes: they start, answer, and end when they are told to."""

import contextlib
import signal
import socket

import aiohttp
import pytest

from bot.demo import USUAL_PORT
from bot.emulator.site.newsroom import SECTIONS
from tests.cli.bantin import TOPIC, Bantin, Running, feed
from tests.emulated import Emulated

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


async def test_the_service_says_where_it_cannot_listen(ready: Bantin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ready.knows(web__listen=address)

        said = await ready("run")

    last = said.err.splitlines()[-1]
    refusal = f"bantin: web.listen: cannot listen at {address}: Address already in use; end what listens"
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
