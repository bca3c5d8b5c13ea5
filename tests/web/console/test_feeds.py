"""Topics and feeds in the console: how they are, pausing and polling them, and what is held of them."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.feed import Entry, Feed, FeedId
from bot.store.engine.database import Database
from bot.store.feeds import added_feeds, feeds, quarantine
from bot.store.feeds.feeds import FeedStatus
from bot.store.feeds.quarantine import Decision
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, FEEDS, HOME
from tests.web.console.stage import ConsoleStage, Seen, Visitor

OURS = FEEDS[0].id
ADDED = Feed(FeedId("bao-tinh"), HOME, "Báo tỉnh", "https://baotinh.example/rss")
ADMIN = "901"


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def hold(stage: ConsoleStage, *titles: str) -> None:
    """Have entries of our feed wait for a decision."""
    held = [Entry(title, f"https://agency.example/{title}") for title in titles]
    async with stage.database.write() as tx:
        await quarantine.hold(tx, OURS, held, stage.clock.now())


async def add(stage: ConsoleStage) -> None:
    async with stage.database.write() as tx:
        await added_feeds.add(tx, ADDED, stage.clock.now())


async def ours(stage: ConsoleStage) -> FeedStatus:
    async with stage.database.read() as tx:
        return next(each for each in await feeds.statuses(tx) if each.feed.id == OURS)


async def acts(stage: ConsoleStage) -> list[AuditAction]:
    """Return what was done about feeds, the first first, each in the console."""
    async with stage.database.read() as tx:
        lines = [each for each in await audit.newest(tx, limit=50) if each.act.about.id == OURS]
    assert {each.actor.place for each in lines} <= {AuditPlace.CONSOLE}
    return [each.act.action for each in reversed(lines)]


async def decisions(stage: ConsoleStage) -> list[Decision]:
    async with stage.database.read() as tx:
        return [each.decision for each in await quarantine.decided(tx, OURS)]


def notice(answer: Seen) -> str:
    assert answer.status == 303, answer.text
    return answer.headers["Location"].partition("notice=")[2]


async def test_topics_are_listed_with_their_feeds_and_where_those_are_defined(
    stage: ConsoleStage, owner: Visitor
) -> None:
    await add(stage)

    listed = (await owner.get("/feeds")).text
    defined, added = await owner.get(f"/feeds/{OURS}"), await owner.get(f"/feeds/{ADDED.id}")

    assert all(words in listed for words in ("Hoạt động quốc tế", "Nguồn trong nước", "Báo tỉnh"))
    assert ("Tệp cấu hình" in defined.text, "Cơ sở dữ liệu" in added.text) == (True, True)
    assert "https://baotinh.example/rss" in added.text
    assert (await owner.get("/feeds/none")).status == 404


async def test_a_feed_is_paused_resumed_and_polled_now(stage: ConsoleStage, owner: Visitor) -> None:
    stage.clock.advance(5)
    told = [
        notice(await owner.post("/feeds/pause", feed=OURS, on="no")),
        notice(await owner.post("/feeds/pause", feed=OURS, on="no")),
        notice(await owner.post("/feeds/poll", feed=OURS)),
    ]
    paused = (await ours(stage)).paused
    told.append(notice(await owner.post("/feeds/pause", feed=OURS, on="yes")))
    stage.clock.advance(60)
    told.append(notice(await owner.post("/feeds/poll", feed=OURS)))
    status = await ours(stage)

    assert told == ["feed-paused", "feed-paused", "feed-not-polled", "feed-resumed", "feed-queued"]
    assert (paused, status.paused, status.next_poll_at) == (True, False, stage.clock.now())
    assert await acts(stage) == [AuditAction.FEED_PAUSED, AuditAction.FEED_RESUMED, AuditAction.FEED_POLLED]


@pytest.mark.parametrize(
    ("decision", "newest", "told", "decided"),
    [
        ("keep", 0, "hold-keep", [Decision.KEEP] * 4),
        ("send", 0, "hold-send", [Decision.SEND] * 4),
        ("send", 3, "hold-send", [Decision.KEEP, *[Decision.SEND] * 3]),
    ],
)
async def test_it_is_decided_about_what_is_held(
    stage: ConsoleStage, owner: Visitor, decision: str, newest: int, told: str, decided: list[Decision]
) -> None:
    await hold(stage, "Một <b>", "Hai", "Ba", "Bốn")
    listed, page = await owner.get("/feeds"), await owner.get(f"/feeds/{OURS}")
    form = dict(re.findall(r'name="(hold|entries)" value="(\d+)"', page.text))

    answers = [
        notice(await owner.post("/feeds/decide", feed=OURS, decision=decision, newest=newest, **form))
        for _ in range(2)
    ]

    assert ("Đang giữ 4 bài" in listed.text, "Một &lt;b&gt;" in page.text) == (True, True)
    assert (answers, await decisions(stage)) == ([told, "hold-changed"], decided)
    assert await acts(stage) == [AuditAction.QUARANTINE_DECIDED]


async def test_nobody_decides_about_what_they_have_not_seen(stage: ConsoleStage, owner: Visitor) -> None:
    await hold(stage, "Một")
    form = dict(re.findall(r'name="(hold|entries)" value="(\d+)"', (await owner.get(f"/feeds/{OURS}")).text))
    await hold(stage, "Hai")

    sent = {"feed": OURS, "decision": "send", **form}
    answers = [
        await owner.post("/feeds/decide", **{**sent, **other}) for other in ({}, {"feed": FEEDS[1].id})
    ]

    assert [notice(each) for each in answers] == ["hold-changed"] * 2
    assert (await owner.post("/feeds/decide", **{**sent, "decision": "maybe"})).status == 400
    assert (await decisions(stage), await acts(stage)) == ([], [])


async def test_who_is_limited_to_topics_sees_and_changes_no_other_feed(stage: ConsoleStage) -> None:
    await hold(stage, "Một")
    await stage.appoint(ADMIN, Appointment((Role.FEEDS, Role.PUBLISHER), frozenset({ABROAD})))
    admin = await stage.sign_in(ADMIN)

    page = await admin.get(f"/feeds/{OURS}")
    answers = [
        await admin.post("/feeds/pause", feed=OURS, on="no"),
        await admin.post("/feeds/poll", feed=OURS),
        await admin.post("/feeds/decide", feed=OURS, hold=1, entries=1, decision="send"),
    ]

    assert ([each.status for each in (page, *answers)], await acts(stage)) == ([404] * 4, [])
    assert notice(await admin.post("/feeds/poll", feed=FEEDS[1].id)) == "feed-queued"


async def seed(stage: ConsoleStage) -> None:
    await add(stage)
    await hold(stage, *(f"Tin số {number} về công tác chuyển đổi số" for number in range(12)))
