"""A database that vanished or was damaged: `run` ends or does not begin, and `check` says no."""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import listing_path
from bot.store.integrity.migrate import upgrade
from tests.cli.bantin import TOKEN, TOPIC, Bantin, Running, feed
from tests.cli.calling import Call
from tests.emulated import OWNER, Emulated

pytestmark = pytest.mark.timeout(300)
"""Each test starts processes, on a machine that may be busy with others."""

BACK = "put it back, or restore a backup"
WITHIN = 60.0


@pytest.fixture
async def stored(ready: Bantin, agency: Emulated) -> Bantin:
    """The command line beside two databases, and an owner who is told what is wrong."""
    await agency.post("users", id=OWNER, first_name="Chủ", started=True)
    ready.configure(feeds=TOPIC + feed(agency.url + listing_path(SECTIONS[0])) + 'interval = "1s"\n')
    ready.knows(database__url="sqlite:///a.db")
    for name in ("a.db", "other.db"):
        await upgrade(f"sqlite:///{ready.folder / name}")
    return ready


@pytest.fixture
def alone(call: Call) -> Call:
    """The command line in this process beside the same databases, and nothing around it that answers."""
    call.configure(feeds=TOPIC + feed("http://127.0.0.1:1/rss"))
    call.knows(
        telegram__token=TOKEN,
        telegram__api_url="http://127.0.0.1:1",
        access__owners="telegram:900",
        agency__contact="bantin@agency.example",
        web__listen="127.0.0.1:0",
        database__url="sqlite:///a.db",
    )
    for name in ("a.db", "other.db"):
        asyncio.run(upgrade(f"sqlite:///{call.folder / name}"))
    return call


def move(file: Path) -> None:
    file.rename(file.with_name("moved.db"))


def replace(file: Path) -> None:
    shutil.copy(file, file.with_name("copy.db"))
    file.with_name("copy.db").replace(file)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def exchange(file: Path) -> None:
    file.write_bytes(file.with_name("other.db").read_bytes())


def spoil(file: Path) -> None:
    """Leave the first page as it is, and nothing else."""
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\x55" * (file.stat().st_size - 4096))


def cut_off(file: Path) -> None:
    os.truncate(file, 8192)


async def begun(service: Running, agency: Emulated) -> None:
    """Wait until the service answers."""
    await service.says("the account is ours")
    before = (await agency.metrics())["sent"]
    await agency.post("updates/message", **{"chat": OWNER, "from": OWNER, "text": "/trogiup"})
    await agency.until_sent(before + 1)


async def owners_told(agency: Emulated) -> list[str]:
    """Return what the owner was told of the database."""
    texts = [message["text"] for message in await agency.outbox(OWNER)]
    return [text for text in texts if "Cơ sở dữ liệu không còn dùng được" in text]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (move, "its file was moved away or deleted"),
        (replace, "another file is in its place"),
        (exchange, "another database is in its place"),
        (spoil, "database disk image is malformed; restore a backup"),
    ],
)
async def test_a_service_that_loses_its_database_tells_the_owners_and_ends(
    stored: Bantin, agency: Emulated, harm: Callable[[Path], None], said: str
) -> None:
    async with stored.running("run") as service:
        await begun(service, agency)
        harm(stored.folder / "a.db")
        ended = await service.ends_by_itself(within=WITHIN)

    last = ended.err.splitlines()[-1]
    assert (ended.status, last.startswith("bantin: "), said in last) == (1, True, True), last
    assert len(await owners_told(agency)) == 1


async def test_readiness_says_so_and_the_next_start_is_refused_until_the_file_is_back(
    stored: Bantin, agency: Emulated
) -> None:
    file = stored.folder / "a.db"
    async with stored.running("run") as service, aiohttp.ClientSession() as session:
        address = (await service.says("health"))["addresses"][0]
        await begun(service, agency)
        # The owners are told before the end, which takes its time.
        await agency.post("faults", method="sendMessage", delay=4.0)
        move(file)
        await service.says("the service ends")
        async with session.get(f"http://{address}/readyz") as readyz:
            answered = readyz.status, await readyz.text()
        await service.ends_by_itself(within=WITHIN)
    refused = await stored("run")
    left = file.exists()
    file.with_name("moved.db").rename(file)
    async with stored.running("run") as service:
        await service.says("running")

    assert answered == (503, f"the database is lost, and the service ends: {BACK}\n")
    assert refused.complaint.startswith(
        "bantin: database: cannot use the database a.db: it is gone, and a.db.id tells of it; put it back"
    )
    assert not left


@pytest.mark.parametrize("harm", [move, empty, exchange, spoil, cut_off])
def test_a_lost_database_is_no_to_all_that_use_it_and_is_left_as_it_is(
    alone: Call, harm: Callable[[Path], None]
) -> None:
    harm(alone.folder / "a.db")
    before = contents(alone.folder)

    said = [alone(*command.split()) for command in ("run", "stats", "migrate", "poll", "poll --dry-run")]
    check = alone("check")

    assert all("cannot use the database a.db: " in each.complaint for each in said), said
    assert [line for line in check.err.splitlines() if line.startswith("NO   database: cannot use the ")]
    assert contents(alone.folder) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("a.db", "a.db.id") if (folder / name).exists()}


@pytest.mark.postgres
async def test_another_database_on_postgresql_ends_the_service(
    stored: Bantin, agency: Emulated, postgresql_url: str
) -> None:
    stored.knows(database__url=postgresql_url)
    async with stored.running("run") as service:
        await begun(service, agency)
        connection = await asyncpg.connect(postgresql_url)
        await connection.execute("UPDATE database_identity SET id = repeat('0', 32)")
        await connection.close()
        ended = await service.ends_by_itself(within=WITHIN)

    last = ended.err.splitlines()[-1]
    assert (ended.status, last.rpartition(": ")[2]) == (1, "another database is in its place")
    assert len(await owners_told(agency)) == 1
