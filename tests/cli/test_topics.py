"""What becomes of a topic that feeds.toml defines no more: it is merged into another one, or ends."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, update

from bot.domain.chats.chat import TopicId
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import CONFIGURATION, AuditAction
from bot.domain.news.feed import Topic
from bot.services.administration import source_definitions
from bot.services.operations.retention import Retention, RetentionRules
from bot.store.chats import preferences
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.runtime import audit
from bot.store.schema import articles, chats, deliveries, ended_topics, publications, subscriptions, topics
from bot.store.schema.types import EPOCH
from tests.cli.calling import Call
from tests.store.world import DAYS, DOMESTIC, FOREIGN, choose, prepare, publish, subscribe

T = TypeVar("T")

ONE_LEFT = """
[[topic]]
id = "quoc-te"
name = { vi = "Quốc tế" }
hashtag = "QuocTe"

[[feed]]
id = "baochinh"
topic = "quoc-te"
name = "Báo Chính"
url = "https://agency.example/rss"
"""
BOTH = f"""
[[topic]]
id = "trong-nuoc"
name = {{ vi = "Trong nước" }}
hashtag = "TrongNuoc"
{ONE_LEFT}"""


def within(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = await Database.open(url)
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


@pytest.fixture
def agency(call: Call, database_url: str) -> Call:
    """One article in a topic that feeds.toml has lost; 11 and 12 subscribe to it, 12 and 13 to the other."""
    call.configure(feeds=ONE_LEFT)
    call.knows(database__url=database_url)

    async def make(db: Database) -> None:
        await prepare(db)
        first, _ = await subscribe(db, "11", "12")
        await subscribe(db, "12", "13", topic=FOREIGN)
        await choose(db, first, schedule=Schedule(Timing.DAILY, 7), words="sáng chế, bài")
        await publish(db, 1)

    within(database_url, make)
    return call


def subscribed(url: str) -> list[tuple[str, str]]:
    """Return who subscribes to what."""

    async def read(db: Database) -> list[tuple[str, str]]:
        query = select(chats.c.chat, subscriptions.c.topic_id).join_from(
            subscriptions, chats, chats.c.id == subscriptions.c.chat_id
        )
        async with db.read() as tx:
            return sorted((row.chat, row.topic_id) for row in await tx.execute(query))

    return within(url, read)


def owed(url: str) -> list[tuple[Any, ...]]:
    """Return what is owed: the beginning of its title, to whom, in which topic, and whether in a digest."""

    async def read(db: Database) -> list[tuple[Any, ...]]:
        query = (
            select(articles.c.title, chats.c.chat, deliveries.c.topic_id, deliveries.c.digest)
            .join_from(deliveries, chats, chats.c.id == deliveries.c.chat_id)
            .join(articles, articles.c.id == deliveries.c.article_id)
        )
        async with db.read() as tx:
            return sorted((row[0][:6], *row[1:]) for row in await tx.execute(query))

    return within(url, read)


def notice(url: str) -> str:
    """Return the newest notice."""

    async def read(db: Database) -> str:
        is_published = select(publications).where(publications.c.article_id == articles.c.id).exists()
        query = select(articles.c.title).where(~is_published).order_by(articles.c.id.desc())
        async with db.read() as tx:
            return str((await tx.execute(query)).scalars().first())

    return within(url, read)


def acts(url: str) -> list[AuditAction]:
    async def read(db: Database) -> list[AuditAction]:
        async with db.read() as tx:
            return [line.act.action for line in await audit.since(tx, EPOCH)]

    return within(url, read)


def test_who_subscribes_is_moved_with_all_that_is_theirs_and_told(agency: Call, database_url: str) -> None:
    answer = agency("topics", "merge", "trong-nuoc", "quoc-te")

    async def look(db: Database) -> tuple[Any, ...]:
        async with db.read() as tx:
            (moved,) = (await tx.execute(select(chats.c.id).where(chats.c.chat == "11"))).scalars()
            kept = await preferences.subscribed(tx, moved)
            return kept, (await tx.execute(select(publications.c.topic_id))).scalars().all()

    (kept,), published = within(database_url, look)
    assert answer.status == 0, answer.err
    assert subscribed(database_url) == [("11", "quoc-te"), ("12", "quoc-te"), ("13", "quoc-te")]
    assert (kept.schedule, kept.filter.shown) == (Schedule(Timing.DAILY, 7), "“sáng chế”, “bài”")
    # The article comes with the digest still; the notice at once, to those who were moved, filter or not.
    assert owed(database_url) == [
        ("Bài số", "11", "quoc-te", True),
        ("Bài số", "12", "quoc-te", False),
        ("Chuyên", "11", "quoc-te", False),
        ("Chuyên", "12", "quoc-te", False),
    ]
    assert notice(database_url).startswith("Chuyên mục “Trong nước” của Cục Sở hữu trí tuệ đã được gộp vào")
    assert published == ["quoc-te"]
    assert acts(database_url) == [
        AuditAction.TOPIC_REMOVED,
        AuditAction.FEED_CHANGED,
        AuditAction.TOPIC_MERGED,
    ]


def test_a_merge_that_was_broken_off_goes_on_and_tells_nobody_twice(agency: Call, database_url: str) -> None:
    agency("topics", "merge", "trong-nuoc", "quoc-te")

    again = agency("topics", "merge", "trong-nuoc", "quoc-te")

    assert again.status == 0
    assert len(owed(database_url)) == 4


def test_a_topic_ends_with_a_farewell_and_the_offer_of_another(agency: Call, database_url: str) -> None:
    answer = agency("topics", "end", "trong-nuoc", "--offer", "quoc-te")

    async def look(db: Database) -> Topic | None:
        async with db.read() as tx:
            return await feeds.topic(tx, DOMESTIC.id)

    topic = within(database_url, look)
    assert answer.status == 0, answer.err
    assert notice(database_url) == (
        "Chuyên mục “Trong nước” của Cục Sở hữu trí tuệ đã kết thúc, bot sẽ không gửi tin của chuyên mục này "
        "nữa. Trân trọng cảm ơn Quý vị đã theo dõi.\n\n"
        "Quý vị có thể nhận tin của chuyên mục “Quốc tế”: vui lòng gửi “/dangky Quốc tế”."
    )
    assert topic
    assert topic.offered_instead == FOREIGN.id
    assert owed(database_url)[2:] == [
        ("Chuyên", "11", "trong-nuoc", False),
        ("Chuyên", "12", "trong-nuoc", False),
    ]
    assert AuditAction.TOPIC_ENDED in acts(database_url)


def test_a_topic_of_the_database_is_listed_as_such_and_ends_at_once(agency: Call, database_url: str) -> None:
    ours = Topic(TopicId("noi-khac"), {"vi": "Nơi khác"}, {}, "NơiKhác")

    async def define(db: Database) -> None:
        async with db.write() as tx:
            await source_definitions.add_topic(tx, ours, CONFIGURATION, now=EPOCH)

    within(database_url, define)
    agency("feeds", "sync")
    listed = {row["topic"]: row["origin"] for row in json.loads(agency("topics", "--json").out)}

    ended = agency("topics", "end", "noi-khac", "--offer", "quoc-te")

    assert listed == {"quoc-te": "feeds.toml", "noi-khac": "database", "trong-nuoc": "feeds.toml"}
    assert ended.status == 0, ended.err
    assert "noi-khac" not in agency("topics").out


def prune(url: str) -> None:
    async def work(db: Database) -> None:
        year = 365 * DAYS
        await Retention(db, SystemClock(), RetentionRules(*[year] * 5)).prune()

    within(url, work)


def test_subscriptions_go_once_nobody_is_owed_the_farewell(agency: Call, database_url: str) -> None:
    agency("topics", "end", "trong-nuoc", "--text", "Tạm biệt")
    prune(database_url)
    before = subscribed(database_url)

    async def tell(db: Database) -> None:
        async with db.write() as tx:
            await tx.execute(update(deliveries).values(status="sent"))

    within(database_url, tell)
    prune(database_url)

    assert notice(database_url) == "Tạm biệt"
    assert ("11", "trong-nuoc") in before
    assert subscribed(database_url) == [("12", "quoc-te"), ("13", "quoc-te")]


def test_a_topic_that_comes_back_has_not_ended(agency: Call, database_url: str) -> None:
    agency("topics", "end", "trong-nuoc")
    agency.configure(feeds=BOTH)

    agency("feeds", "sync")

    async def left(db: Database) -> list[Any]:
        async with db.read() as tx:
            return list(await tx.execute(select(ended_topics)))

    assert within(database_url, left) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("merge", "quoc-te", "quoc-te"), "quoc-te stands in feeds.toml"),
        (("merge", "khong-co", "quoc-te"), "there never was a topic 'khong-co'"),
        (("merge", "trong-nuoc", "khong-co"), "there is no topic 'khong-co'; there are quoc-te"),
        (("end", "quoc-te"), "quoc-te stands in feeds.toml"),
        (("end", "trong-nuoc", "--offer", "khong-co"), "there is no topic 'khong-co'"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    agency: Call, database_url: str, arguments: tuple[str, ...], why: str
) -> None:
    answer = agency("topics", *arguments)

    assert answer.status == 1
    assert why in answer.err
    assert acts(database_url) == []


def test_a_paused_topic_is_not_merged(agency: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.domain.publication.confirmation.CONFIRMED_AFTER", 0.01)
    agency("pause", "--topic", "trong-nuoc")

    assert "trong-nuoc is paused" in agency("topics", "merge", "trong-nuoc", "quoc-te").err


def test_who_is_no_member_is_not_moved_into_a_members_only_topic(agency: Call) -> None:
    agency.configure(feeds=ONE_LEFT.replace("[[feed]]", "members_only = true\n\n[[feed]]"))

    merged = agency("topics", "merge", "trong-nuoc", "quoc-te")
    offered = agency("topics", "end", "trong-nuoc", "--offer", "quoc-te")

    assert (merged.status, offered.status) == (1, 1)
    assert "is for members only" in merged.err
    assert "is for members only" in offered.err


def test_what_members_alone_could_read_is_not_moved_to_where_everybody_can(
    agency: Call, database_url: str
) -> None:
    async def close(db: Database) -> None:
        async with db.write() as tx:
            await tx.execute(update(topics).where(topics.c.id == "trong-nuoc").values(members_only=True))

    within(database_url, close)

    merged = agency("topics", "merge", "trong-nuoc", "quoc-te")

    assert (merged.status, acts(database_url)) == (1, [])
    assert "would be for everybody in quoc-te" in merged.err


def test_topics_are_listed_with_their_subscribers_and_those_that_are_gone_too(agency: Call) -> None:
    agency("feeds", "sync")

    listed = json.loads(agency("topics", "--json").out)

    assert [(row["topic"], row["defined"], row["subscribers"]) for row in listed] == [
        ("quoc-te", True, 2),
        ("trong-nuoc", False, 2),
    ]
