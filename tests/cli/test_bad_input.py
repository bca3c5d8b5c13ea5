"""What is said when something is wrong: one line, a status, no traceback and no secret."""

import json
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.emulator.agency import Site
from bot.emulator.agency.faults import Fault
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import listing_path
from tests.cli.bantin import TOKEN, TOPIC, Bantin, feed
from tests.emulated import Emulated


@pytest.fixture
async def feeds_server() -> AsyncIterator[TestServer]:
    """A server with feeds that are well, huge, and empty."""

    async def answer(request: web.Request) -> web.Response:
        items = b"<item><title>Tin</title><link>https://a.vn/1</link></item>"
        feeds = {
            "well": b"<rss version='2.0'><channel><title>F</title>" + items + b"</channel></rss>",
            "huge": b" " * 6_000_000,
            "nothing": b"",
        }
        return web.Response(body=feeds[request.match_info["name"]], content_type="application/rss+xml")

    application = web.Application()
    application.router.add_get("/{name}", answer)
    server = TestServer(application)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def sick(ready: Bantin, agency: Emulated, feeds_server: TestServer) -> Bantin:
    """The command line with a feed of the sample agency, and one that is well."""
    broken = f"{agency.url}{listing_path(SECTIONS[0])}/-/asset_publisher/{SECTIONS[0].instance}/rss"
    well = str(feeds_server.make_url("/well"))
    ready.configure(feeds=TOPIC + feed(broken, "hong", "syndication") + feed(well, "lanh", "syndication"))
    return ready


async def test_a_database_server_that_is_not_there_is_named_without_the_password(bantin: Bantin) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        bantin.knows(database__url=f"postgresql://bantin:hunter2@127.0.0.1:{port}/bantin")

        complaint = (await bantin("stats")).complaint

    where = f"postgresql://127.0.0.1:{port}/bantin"
    assert complaint == f"bantin: cannot use the database {where}: Connection refused"


@pytest.mark.postgres
async def test_a_database_without_tables_says_what_to_do(
    ready: Bantin, empty_database_url: str, dialect: str
) -> None:
    if dialect == "sqlite":
        pytest.skip("SQLite migrates by itself")
    ready.knows(database__url=empty_database_url)

    assert (await ready("run")).err.splitlines()[-1].endswith("its schema is empty; run 'bantin migrate'")


async def test_a_service_without_a_token_or_with_a_wrong_one_does_not_start(ready: Bantin) -> None:
    wrong = TOKEN.replace("123456", "654321")
    ready.knows(telegram__token=wrong)
    refused = await ready("run")
    ready.knows(telegram__token="")
    without = await ready("run")

    assert "Telegram does not know this token (Unauthorized): check it" in refused.err.splitlines()[-1]
    assert without.err.splitlines()[-1].startswith("bantin: telegram.token: it is not set; put the one from")
    assert (refused.status, wrong in refused.out + refused.err) == (1, False)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.HTML_INSTEAD_OF_FEED, "not a feed"),
        (Fault.EMPTY, "is empty: "),
        (Fault.DOWN, "503"),
    ],
)
async def test_a_feed_that_is_none_is_named_and_the_others_are_polled(
    sick: Bantin, site: Site, fault: Fault, said: str
) -> None:
    site.break_down(fault)

    answer = await sick("poll", "--json")

    reports = {report["feed"]: report for report in json.loads(answer.out)}
    assert answer.complaint == f"bantin: feed hong: {reports['hong']['error']}"
    assert (said in answer.complaint, reports["lanh"]["error"], answer.status) == (True, None, 1)


async def test_a_feed_that_is_huge_or_empty_is_named(ready: Bantin, feeds_server: TestServer) -> None:
    urls = {name: str(feeds_server.make_url(f"/{name}")) for name in ("huge", "nothing")}
    ready.configure(feeds=TOPIC + "".join(feed(url, name, "syndication") for name, url in urls.items()))

    answer = await ready("poll", "--dry-run")

    lines = answer.err.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == ["feed huge", "feed nothing"]
    assert "larger than" in lines[0]


async def test_a_page_that_is_not_there_or_no_article_is_named(ready: Bantin, agency: Emulated) -> None:
    gone = await ready("preview", f"{agency.url}/agency/web/guest/khong-co")
    nothing = await ready("preview", f"{agency.url}/agency/documents/10180/20143/khong-co.jpg")

    assert ("404" in gone.complaint, "404" in nothing.complaint) == (True, True)


async def test_files_that_cannot_be_exported_or_imported_are_named(bantin: Bantin) -> None:
    nothing = await bantin("export", "all.jsonl")
    (bantin.folder / "other.gz").write_text("no export")
    wrong = await bantin("import", "other.gz")
    missing = await bantin("import", "missing.jsonl")
    await bantin("migrate")
    nowhere = await bantin("export", "nowhere/all.jsonl")

    assert nothing.complaint.startswith(f"bantin: there is no database at {bantin.folder}/var/bantin.db: ")
    assert wrong.complaint == "bantin: other.gz: this is not gzip, or it is damaged"
    assert missing.complaint == "bantin: missing.jsonl: it cannot be read: No such file or directory"
    assert nowhere.complaint == ("bantin: nowhere/all.jsonl: it cannot be written: No such file or directory")


async def test_health_says_that_nothing_runs(bantin: Bantin) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        bantin.knows(web__listen=f"127.0.0.1:{port}")
        silent = await bantin("health")
    bantin.knows(web__listen="127.0.0.1:0")
    unknown = await bantin("health")

    assert silent.complaint.endswith("is `bantin run` running?")
    assert "port 0" in unknown.complaint


async def test_a_demo_whose_port_is_taken_says_which(bantin: Bantin, agency: Emulated) -> None:
    port = agency.url.rpartition(":")[2]

    assert (await bantin("demo", "--port", port)).complaint.startswith(
        f"bantin: port {port} cannot be used ("
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b"])
async def test_a_demo_cannot_listen_at_what_is_no_address_of_this_machine(bantin: Bantin, host: str) -> None:
    assert (await bantin("demo", "--host", host)).complaint == (
        f"bantin: cannot listen at '{host}': --host takes an address of this machine"
    )


@pytest.mark.parametrize("chat", ["abc", "0", "zalo:77", "telegram:0123456789abcdef0123", "1" * 17, "0" * 19])
async def test_erased_says_that_a_word_is_no_chat_id(bantin: Bantin, chat: str) -> None:
    said = await bantin("erased", chat)

    assert said.complaint.startswith(f"bantin: {chat!r} is no chat id")
