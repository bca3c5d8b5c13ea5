"""The service and the demo as processes: they start, answer, and end when they are told to."""

import signal
import socket

import aiohttp
import pytest

from bot.emulator.site.newsroom import SECTIONS
from tests.cli.bantin import TOPIC, Bantin, feed
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


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_the_demo_prints_one_address_answers_and_ends(bantin: Bantin, by: signal.Signals) -> None:
    async with bantin.running("demo", "--port", "0") as demo, aiohttp.ClientSession() as session:
        line = await demo.prints()
        url = next(word for word in line.split() if word.startswith("http://"))
        async with session.get(url) as answer:
            page = answer.status, answer.content_type
        ended = await demo.ends(by, within=30)

    assert page == (200, "text/html")
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert bantin.leftovers() == []
