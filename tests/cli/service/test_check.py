"""`bantin check` says no where `run` would fail, or where nobody could answer for what it does."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli.service.preflight import api_urls
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import listing_path
from bot.settings.review import Severity
from bot.settings.settings import Settings
from tests.cli.bantin import TOKEN, TOPIC, Bantin, feed
from tests.cli.calling import Call
from tests.emulated import Emulated
from tests.emulator.zalo.client import TOKEN as ZALO_TOKEN
from tests.emulator.zalo_oa.client import APP, APP_SECRET, COVER, REFRESH

UNREACHED = ("telegram.proxy", "http.proxy", "telegram.api_url")


@pytest.fixture
def good(ready: Bantin, agency: Emulated) -> Bantin:
    """The command line beside a configuration with which the service could run."""
    ready.configure(feeds=TOPIC + feed(agency.url + listing_path(SECTIONS[0])))
    return ready


async def refusals(bantin: Bantin) -> list[str]:
    """Return what is wrong, as `check --json` says it."""
    found = json.loads((await bantin("check", "--json")).out)
    return [f"{finding['what']}: {finding['said']}" for finding in found if finding["verdict"] == "NO"]


async def test_everything_is_looked_at_and_found_in_order(good: Bantin) -> None:
    said = await good("check")

    lines = said.out.splitlines()
    assert (said.status, said.err) == (0, "")
    assert lines[:3] == [
        "ok   configuration: 1 topics, 1 feeds",
        "ok   database: it will be made at the first start",
        "ok   web.listen: 127.0.0.1:0 is free",
    ]
    assert min(lines[3:]).startswith("ok   feed nguon: ")
    assert max(lines[3:]) == "ok   telegram: @bantin_bot"
    assert not (good.folder / "var").exists()


async def test_a_database_that_cannot_be_written_is_no_to_check_and_to_run(good: Bantin) -> None:
    good.knows(database__url="sqlite:////proc/x.db")

    (refused,) = await refusals(good)
    run = await good("run")

    assert (
        refused
        == "database: cannot use the database /proc/x.db: /proc cannot be written: No such file or directory"
    )
    assert run.complaint == f"bantin: {refused}"


async def test_one_address_for_both_listeners_is_no(good: Bantin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        address = f"127.0.0.1:{unused.getsockname()[1]}"
    good.knows(web__listen=address, web__health_listen=address)

    (refused,) = await refusals(good)

    assert refused == f"web.health_listen: cannot listen at {address}: Address already in use"


async def test_a_port_that_is_taken_is_no_unless_the_running_service_holds_it(good: Bantin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        good.knows(web__listen=address)
        by_others = await refusals(good)
    async with good.running("run") as service:
        await service.says("running")
        by_us = await good("check")
        good.knows(database__url="sqlite:///other.db")
        by_another = await refusals(good)

    said = f"web.listen: cannot listen at {address}: Address already in use"
    assert (by_others, by_another) == ([said], [said])
    assert by_us.status == 0, by_us
    assert f"ok   web.listen: the service that runs listens at {address}" in by_us.out
    assert "; a service runs with it (process id " in by_us.out


@pytest.fixture
def alone(call: Call) -> Call:
    """The command line in this process, and nothing around it that answers."""
    call.configure(feeds=TOPIC + feed("http://127.0.0.1:1/rss"))
    call.knows(
        telegram__token=TOKEN,
        telegram__api_url="http://127.0.0.1:1",
        access__owners="telegram:900",
        agency__contact="bantin@agency.example",
        web__listen="127.0.0.1:0",
    )
    return call


def said_no(call: Call) -> list[str]:
    lines = call("check").err.splitlines()
    unreached = ("NO   telegram: ", "NO   feed nguon: ")
    return [line.removeprefix("NO   ") for line in lines if not line.startswith(unreached)]


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("telegram__token", "abc", "telegram.token: this is no token"),
        ("telegram__token", "", "telegram.token: it is not set"),
        ("access__owners", "", "access.owners: nobody owns the bot"),
        ("agency__contact", "", "agency.contact: nobody is named who answers questions"),
        ("telegram_token", "1:a", "configuration: the environment: BANTIN_TELEGRAM_TOKEN names no setting"),
        ("telegram__webhook_url", "http://127.0.0.1/", "telegram.webhook_url: its path must be /webhook/"),
        ("telegram__api_url", "http://api.telegram.org", "telegram.api_url: the token would be sent to"),
        ("telegram__api_url", "http://8.8.8.8", "telegram.api_url: the token would be sent to 8.8.8.8"),
        ("zalo__token", "abc", "zalo.token: this is no token"),
        ("zalo__webhook_url", "https://tin.example/", "zalo.webhook_url: its path must be /webhook/zalo"),
        ("zalo_oa__app_id", "abc", "configuration: the environment: BANTIN_ZALO_OA__APP_ID: 'abc' is no id"),
        ("zalo_oa__broadcast_at", "23:00", "configuration: the environment: BANTIN_ZALO_OA__BROADCAST_AT"),
        ("zalo__webhook_secret", "short", "configuration: the environment: BANTIN_ZALO__WEBHOOK_SECRET"),
        ("database__url", "oracle://x/y", "database: cannot open the database: its address must look like"),
    ],
)
def test_each_thing_that_would_not_do_is_no(alone: Call, setting: str, value: str, said: str) -> None:
    assert said_no(alone) == []

    alone.knows(**{setting: value})

    (line,) = said_no(alone)
    assert line.startswith(said)


def test_without_topics_or_feeds_there_is_nothing_to_send(alone: Call) -> None:
    alone.configure(feeds="")
    nothing = said_no(alone)
    alone.configure(feeds=TOPIC)
    no_feeds = said_no(alone)

    assert [line.partition(":")[0] for line in nothing + no_feeds] == ["topics", "feeds"]


async def test_what_is_only_to_be_looked_at_is_a_warning(good: Bantin) -> None:
    good.knows(telegram__owners="900", retention__deliveries="1s")
    (good.folder / "config" / "secrets.env").write_text("A=1\n")
    (good.folder / "config" / "secrets.env").chmod(0o644)

    said = await good("check")

    warned = [line.partition(": ")[0] for line in said.out.splitlines() if line.startswith("warn ")]
    assert (said.status, warned) == (0, ["warn telegram.owners", "warn retention.deliveries", "warn secrets"])


async def test_a_host_that_can_be_no_name_is_one_that_nobody_knows() -> None:
    settings = Settings.model_validate({"telegram": {"api_url": "http://a..b", "token": TOKEN}})

    (found,) = await api_urls(settings)

    assert found.verdict is Severity.WARN


async def test_where_telegram_cannot_be_reached_the_ways_round_are_named(good: Bantin) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        good.knows(telegram__api_url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        said = await good("check")

    reached = "NO   telegram: Telegram cannot be reached: no connection (Connection refused); "
    assert said.complaint.startswith(reached)
    assert all(setting in said.complaint for setting in UNREACHED)


async def test_a_token_that_telegram_does_not_know_is_no(good: Bantin) -> None:
    wrong = TOKEN.replace("123456", "654321")
    good.knows(telegram__token=wrong)

    said = await good("check")

    assert said.complaint.startswith("NO   telegram: Telegram does not know this token (Unauthorized)")
    assert wrong not in said.out + said.err


@pytest.fixture
async def patient() -> AsyncIterator[TestServer]:
    """A server of feeds that answers the first request only when the second has come."""
    both_asked = asyncio.Barrier(2)
    item = b"<item><title>Tin</title><link>https://a.vn/1</link></item>"

    async def answer(request: web.Request) -> web.Response:
        del request
        async with asyncio.timeout(10):
            await both_asked.wait()
        body = b"<rss version='2.0'><channel><title>F</title>" + item + b"</channel></rss>"
        return web.Response(body=body, content_type="application/rss+xml")

    application = web.Application()
    application.router.add_get("/{name}", answer)
    server = TestServer(application)
    await server.start_server()
    yield server
    await server.close()


async def test_several_feeds_are_asked_at_the_same_time(good: Bantin, patient: TestServer) -> None:
    urls = {name: str(patient.make_url(f"/{name}")) for name in ("first", "second")}
    good.configure(feeds=TOPIC + "".join(feed(url, name, "syndication") for name, url in urls.items()))

    said = await good("check")

    assert {line for line in said.out.splitlines() if " feed " in line} == {
        "ok   feed first: 1 entries",
        "ok   feed second: 1 entries",
    }


async def test_the_service_starts_with_what_is_no_to_answer_for_and_logs_it(good: Bantin) -> None:
    good.knows(access__owners="", agency__contact="")

    async with good.running("run") as service:
        await service.says("running")

    warned = [line for line in service.log if line["event"] == "check the configuration"]
    assert [line["setting"] for line in warned] == ["access.owners", "agency.contact"]
    assert warned[1]["problem"] == "nobody is named who answers questions about personal data"
    assert str(warned[1]["advice"]).startswith("set it to an address that people can write to")


def test_where_zalo_cannot_be_reached_its_proxy_is_named(alone: Call) -> None:
    alone.knows(zalo__token=ZALO_TOKEN, zalo__api_url="http://127.0.0.1:1")

    (said,) = [line for line in said_no(alone) if line.startswith("zalo")]

    assert said.startswith("zalo: Zalo cannot be reached")
    assert said.endswith("; where only a proxy leads outside, name it in zalo.proxy")


async def test_a_damaged_database_is_no(good: Bantin) -> None:
    file = good.folder / "a.db"
    good.knows(database__url="sqlite:///a.db")
    await good("migrate")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + b"\x55" * (len(content) // 2))

    (said,) = await refusals(good)

    assert said.startswith("database: cannot use the database a.db: "), said


async def test_zalo_is_asked_beside_telegram_and_alone(good: Bantin, agency: Emulated) -> None:
    await agency.post("zalo/bots", token=ZALO_TOKEN, display_name="Bot Bản Tin")
    good.knows(zalo__token=f" {ZALO_TOKEN}\n", zalo__api_url=f"{agency.url}/zalo")
    both = await good("check")
    good.environment.pop("BANTIN_TELEGRAM__TOKEN")
    alone = await good("check")
    good.knows(zalo__token="1:another")
    wrong = await good("check")
    good.environment["BANTIN_TELEGRAM__TOKEN"] = TOKEN
    one_of_both = await good("check")

    told = {line for line in both.out.splitlines() if "zalo" in line or "telegram" in line}
    assert told == {"ok   telegram: @bantin_bot", "ok   zalo: Bot Bản Tin"}
    assert (alone.status, "telegram" in alone.out + alone.err, "zalo: Bot Bản Tin" in alone.out) == (
        0,
        False,
        True,
    )
    refusal = "NO   zalo: Zalo does not know this token (Unauthorized)"
    assert wrong.complaint.startswith(refusal)
    assert one_of_both.status == 1
    said = (one_of_both.out + one_of_both.err).splitlines()
    assert "ok   telegram: @bantin_bot" in said
    assert [line.startswith(refusal) for line in said if line.startswith("NO")] == [True]


def test_all_that_an_official_account_needs_is_asked_for_at_once(alone: Call) -> None:
    alone.knows(zalo_oa__enabled="true")
    all_of_it = [line.partition(":")[0] for line in said_no(alone)]
    alone.knows(zalo_oa__dry_run="true", zalo_oa__app_id=APP, zalo_oa__cover="http://127.0.0.1/cover.jpg")

    assert all_of_it == [f"zalo_oa.{name}" for name in ("app_id", "cover", "app_secret", "refresh_token")]
    assert [line.partition(";")[0] for line in said_no(alone)] == [
        "zalo_oa.cover: Zalo fetches it by https from a public host"
    ]


async def test_an_official_account_is_asked_by_the_token_that_is_kept_and_none_is_exchanged(
    good: Bantin, agency: Emulated
) -> None:
    oa = {"app_id": APP, "secret": APP_SECRET, "refresh": REFRESH}
    await agency.post("zalo-oa/accounts", name="Cục mẫu", **oa)
    good.knows(
        zalo_oa__enabled="true",
        zalo_oa__app_id=APP,
        zalo_oa__cover=COVER,
        zalo_oa__app_secret=APP_SECRET,
        zalo_oa__refresh_token=REFRESH,
        zalo_oa__api_url=f"{agency.url}/zalo-oa",
        zalo_oa__oauth_url=f"{agency.url}/zalo-oa/oauth",
    )
    before = await good("check")
    untouched = await agency.get("zalo-oa/metrics")
    async with good.running("run") as service:
        await service.says("the tokens were exchanged")
    after = await good("check")
    await agency.post("zalo-oa/revoke")
    refused = await good("check")

    assert "ok   zalo_oa: not asked: `bantin run` exchanges the refresh token first" in before.out
    assert (untouched["calls"], before.status) == ({}, 0)
    assert "ok   zalo_oa: Cục mẫu" in after.out
    assert refused.complaint.startswith("NO   zalo_oa: Zalo does not take the access token that is kept")
