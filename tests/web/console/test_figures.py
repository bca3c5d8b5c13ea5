"""Figures in the console: those of one's topics, as they may be said, in charts, tables and CSV."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.desk.figures import EndReason, Figure
from bot.domain.desk.roles import Role
from bot.domain.news.feed import Topic
from bot.domain.reason import ReasonCode
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.figures.counting import EVERY_ACCOUNT, count, count_reason, count_waits, place
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, FEEDS, HOME, TOPICS
from tests.fakes import ACCOUNT
from tests.web.console.stage import ConsoleStage, Visitor

INTERNAL = Topic(TopicId("noi-bo"), {"vi": "Nội bộ", "en": "Internal"}, {}, "NoiBo", members_only=True)
ADMIN = "901"


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        await counted(stage)
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def counted(stage: ConsoleStage) -> None:
    """Have something counted in two topics for everybody and in one for members only."""
    now = stage.clock.now()
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, INTERNAL), FEEDS, now)
        for back in range(28):
            at = place(HOME, ACCOUNT, now - timedelta(days=back))
            count(tx, at, Figure.DELIVERED, 1_000 + 100 * (back % 7))
            count(tx, at, Figure.SUBSCRIBED, 10 + back)
            count_reason(tx, at, Figure.ENDED, EndReason.UNSUBSCRIBED, back % 5)
        at = place(HOME, ACCOUNT, now)
        count_reason(tx, at, Figure.FAILED, ReasonCode.CHAT_CLOSED, 5)
        count_waits(tx, at, timedelta(seconds=9), 1_000)
        count(tx, place(HOME, EVERY_ACCOUNT, now), Figure.RELEASED, 2)
        count(tx, place(ABROAD, ACCOUNT, now), Figure.DELIVERED, 7)
        count(tx, place(INTERNAL.id, ACCOUNT, now), Figure.SUBSCRIBED, 3)


async def test_an_owner_sees_each_figure_as_it_may_be_said(owner: Visitor) -> None:
    week, month = (await owner.get("/figures?days=7")).text, (await owner.get("/figures")).text

    assert "Số liệu 7 ngày" in week
    assert "Số liệu 30 ngày" in month
    assert all(words in week for words in (">9.107</dd>", ">≥ 91</dd>", "&lt; 5</td>", "“&lt; 5”"))
    assert "nơi nhận không còn cho bot gửi tin: 5" in week
    assert "một nửa số tin trong 9 giây" in week


@pytest.mark.parametrize("query", ["days=0", "days=x", "days=99999999999999999999"])
async def test_days_that_are_none_are_others(owner: Visitor, query: str) -> None:
    assert (await owner.get(f"/figures?{query}")).status == 200


async def test_what_was_never_counted_is_said_to_be_nothing(sqlite_db: Database) -> None:
    async with ConsoleStage.open(sqlite_db) as empty:
        page = await (await empty.sign_in()).get("/figures")

    assert ("Chưa có số liệu nào" in page.text, '<img src="/console/figures' in page.text) == (True, False)


@pytest.mark.parametrize(("size", "width"), [("", "1200"), ("&size=narrow", "600")])
@pytest.mark.parametrize("name", ["news", "subscriptions"])
async def test_charts_are_drawn_for_wide_screens_and_phones(
    owner: Visitor, name: str, size: str, width: str
) -> None:
    answer = await owner.get(f"/figures/{name}?days=30{size}")

    drawn = ET.fromstring(answer.text)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert (drawn.get("width"), "<script" in answer.text) == (width, False)
    assert (await owner.get("/figures/none")).status == 404


async def test_a_table_for_spreadsheets_says_no_more_than_the_page(owner: Visitor) -> None:
    answer = await owner.get("/figures.csv?days=1")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["topic"], row["account"], row["delivered"], row["subscribed"]) for row in rows] == [
        (HOME, "", "0", "0"),
        (HOME, ACCOUNT, "1000", "10"),
        (ABROAD, ACCOUNT, "7", "0"),
        (INTERNAL.id, "", "0", "< 5"),
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="so-lieu.csv"'


async def test_who_is_limited_to_topics_sees_the_figures_of_no_other(stage: ConsoleStage) -> None:
    await stage.appoint(ADMIN, Appointment((Role.READER,), frozenset({ABROAD})))
    admin = await stage.sign_in(ADMIN)

    page, table = await admin.get("/figures?days=7"), await admin.get("/figures.csv?days=7")

    main = page.text.partition("<main")[2]
    assert ("Hoạt động trong nước" in main, "Nội bộ" in main, ">7</dd>" in main) == (False, False, True)
    assert {row["topic"] for row in csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff")))} == {
        ABROAD
    }
