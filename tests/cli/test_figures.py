"""`bantin stats --days`: the daily figures, as people, spreadsheets and programs read them."""

import csv
import io
import json

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.desk.figures import Figure, day_of
from bot.domain.news.feed import Topic
from bot.services.figures.table import HEADS
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.figures.counting import count, place
from tests.cli.bantin import TOKEN, Bantin
from tests.cli.calling import Call
from tests.store.world import ACCOUNT, DOMESTIC, FEED, NOW

EVER = ("stats", "--days", "3660")
INTERNAL = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NoiBo", members_only=True)


@pytest.fixture
async def counted(failed: Bantin) -> Bantin:
    """The same, with two messages to members."""
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, INTERNAL], [FEED], NOW)
        count(tx, place(INTERNAL.id, ACCOUNT, NOW), Figure.DELIVERED, 2)
    await database.close()
    return failed


async def test_figures_are_printed_as_csv(counted: Bantin) -> None:
    printed = (await counted(*EVER, "--csv")).out
    rows = list(csv.DictReader(io.StringIO(printed)))

    day = day_of(NOW).isoformat()
    assert [(row["day"], row["topic"], row["account"]) for row in rows] == [
        (day, "trong-nuoc", ""),
        (day, "trong-nuoc", ACCOUNT),
        (day, "noi-bo", ""),
    ]
    assert [(row["released"], row["delivered"], row["failed"], row["subscribed"]) for row in rows] == [
        ("1", "0", "0", "0"),
        ("0", "1", "2", "3"),
        ("0", "< 5", "0", "0"),
    ]
    assert rows[1]["failed_because"] == "other=2"
    assert rows[1]["slowest_accepted_within"] == "120.0"


async def test_figures_are_printed_for_programs_and_for_people(counted: Bantin) -> None:
    rows = json.loads((await counted(*EVER, "--json")).out)
    table = (await counted(*EVER)).out

    assert [row["delivered"] for row in rows] == [0, 1, "< 5"]
    assert list(rows[0]) == list(HEADS)
    assert "half accepted within" in table
    assert "< 5" in table


async def test_without_figures_there_are_the_heads(failed: Bantin) -> None:
    assert (await failed("stats", "--days", "1", "--csv")).out.split() == [",".join(HEADS)]


def test_csv_is_of_days_alone(call: Call) -> None:
    call.knows(telegram__token=TOKEN)

    for wrong in (("stats", "--csv"), ("stats", "--days", "1", "--csv", "--json")):
        assert call(*wrong).complaint.endswith("--csv is for --days, and without --json")
