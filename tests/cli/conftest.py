import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.emulator.agency import Site
from bot.store.engine.database import Database
from bot.store.integrity.migrate import upgrade
from bot.store.outbox import outbox
from tests.cli.bantin import TOKEN, Bantin
from tests.cli.calling import Call
from tests.emulated import Emulated
from tests.store.world import ACCOUNT, MINUTE, NOW, prepare, publish, subscribe


@pytest.fixture
def bantin(tmp_path: Path) -> Bantin:
    """The command line in an empty folder."""
    return Bantin(tmp_path)


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield Call(tmp_path, monkeypatch, capsys)
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def agency(site: Site) -> AsyncIterator[Emulated]:
    """An emulated Telegram with the sample agency's site on the same port."""
    async with Emulated.start(mounts=(site.mount,)) as emulated:
        yield emulated


@pytest.fixture
def ready(bantin: Bantin, agency: Emulated) -> Bantin:
    """The command line, told of the emulated Telegram and allowed to fetch from the sample agency."""
    bantin.configure()
    bantin.knows(
        telegram__token=TOKEN,
        telegram__api_url=agency.url,
        access__owners="telegram:900",
        agency__contact="bantin@agency.example",
        http__allow_private="127.0.0.1",
        log__format="json",
    )
    return bantin


@pytest.fixture
async def failed(ready: Bantin) -> Bantin:
    """The command line beside deliveries of which one was sent, one refused, and one grew too old."""
    url = f"sqlite:///{ready.folder / 'var' / 'bantin.db'}"
    (ready.folder / "var").mkdir()
    await upgrade(url)
    database = await Database.open(url)
    await prepare(database)
    names = await subscribe(database, "11", "12", "13")
    await publish(database)
    ends = (DeliveryStatus.EXPIRED, DeliveryStatus.REJECTED, DeliveryStatus.SENT)
    reasons = ("too old to be news", "Forbidden: bot was blocked by the user", None)
    async with database.write() as tx:
        batch = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="p", lease=MINUTE),
            now=NOW,
            limit=len(names),
            usual=Preferences(),
        )
        for delivery, status, reason, number in zip(batch.deliveries, ends, reasons, range(3), strict=True):
            settlement = Settlement(delivery.id, status, 1, reason=reason)
            await outbox.settle(tx, [settlement], owner="p", now=NOW + number * MINUTE)
    await database.close()
    return ready
