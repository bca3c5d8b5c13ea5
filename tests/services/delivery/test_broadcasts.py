"""Broadcasts: once a day, so often a month, counted before they are made, and never made twice."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select

from bot.domain.clock import VIETNAM, SystemClock
from bot.domain.delivery.delivery import Ambiguous, MessageRejected, Outcome, Receipt, RetryLater, Scope
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article
from bot.domain.publication.pauses import EVERYTHING, Paused, PauseScope
from bot.domain.publication.publication import Step
from bot.services.delivery.broadcasts import BroadcastRules, Broadcasts
from bot.services.publishing.publications import take_step
from bot.store.articles import articles, revisits
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import pauses, publications
from bot.store.runtime import accounts
from bot.store.schema import broadcasts, deliveries
from tests.outbox_world import TOPIC
from tests.served_zalo_oa import ACCOUNT
from tests.store.test_plans import listening

LAN = Actor(AuditPlace.CLI, "lan")


class Calendar(SystemClock):
    """A clock that stands at a moment of Viet Nam's time until it is set."""

    def __init__(self, day: int = 1, hour: int = 17, minute: int = 0) -> None:
        self.set(day, hour, minute)

    def set(self, day: int, hour: int = 17, minute: int = 0, *, month: int = 11) -> None:
        self.moment = datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class Followers:
    """What was broadcast; each answer is the next of *answers*, or that it was taken."""

    def __init__(self) -> None:
        self.sent: list[Sequence[str]] = []
        self.answers: list[Outcome] = []

    async def __call__(self, pages: Sequence[str]) -> Outcome:
        self.sent.append(tuple(pages))
        await asyncio.sleep(0)
        return self.answers.pop(0) if self.answers else Receipt("broadcast")


@pytest.fixture
async def world(db: Database) -> Database:
    async with db.write() as tx:
        now = Calendar().now()
        await accounts.register(tx, ACCOUNT, platform="zalo_oa", name="", now=now)
        await feeds.sync_definitions(tx, [TOPIC], [], now)
    return db


async def published(
    db: Database, at: datetime, *pages: str, lane: int = 2, status: str = "sent", withdrawn: bool = False
) -> None:
    """Have *pages* been published at a moment, one a second."""
    async with db.write() as tx:
        for number, page in enumerate(pages):
            article = Article(f"https://agency.example/{page}", page)
            saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=at)
            row = {
                "account_id": ACCOUNT,
                "chat_id": 1,
                "article_id": saved.id,
                "topic_id": TOPIC.id,
                "revision": 0,
                "status": status,
                "lane": lane,
                "digest": False,
                "due_at": at,
                "expires_at": at + timedelta(days=3),
                "claims": 1,
                "attempts": 1,
                "message_id": page,
                "created_at": at,
                "settled_at": at + timedelta(seconds=number),
            }
            await tx.execute(insert(deliveries).values(row))
            if withdrawn:
                await revisits.withdraw(tx, saved.id, at)


def service(
    db: Database, clock: Calendar, send: Followers, *, a_month: int = 4, is_ours: bool = True
) -> Broadcasts:
    rules = BroadcastRules(time(17, 0), 5, a_month)
    return Broadcasts(db, clock, ACCOUNT, rules, send=send, is_ours=lambda: is_ours)


async def test_the_newest_five_of_the_day_go_the_urgent_first(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    day = clock.now() - timedelta(hours=3)
    await published(world, day - timedelta(days=1), "hôm qua")
    await published(world, day, "một", "hai", "ba", "bốn", "năm")
    await published(world, day, "khẩn", lane=1)
    await published(world, day, "đã gỡ", withdrawn=True)
    await published(world, day, "không đăng được", status="rejected")
    await service(world, clock, followers).look()

    assert followers.sent == [("khẩn", "năm", "bốn", "ba", "hai")]


async def test_what_was_stopped_is_not_broadcast(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    await published(world, clock.now(), "một", "hai")
    async with world.write() as tx:
        (stopped, _) = await publications.newest(tx, limit=2)
        assert await take_step(tx, stopped.article, Step.STOP, LAN, now=clock.now())
    await service(world, clock, followers).look()

    assert (stopped.title, followers.sent) == ("hai", [("một",)])


@pytest.mark.parametrize(
    "what",
    [EVERYTHING, Paused(PauseScope.ACCOUNT, ACCOUNT), Paused(PauseScope.TOPIC, TOPIC.id)],
    ids=lambda what: what.scope,
)
async def test_while_it_is_paused_nothing_is_broadcast(world: Database, what: Paused) -> None:
    clock, followers = Calendar(), Followers()
    await published(world, clock.now(), "một")
    async with world.write() as tx:
        assert await pauses.begin(tx, what, clock.now())
    broadcast = service(world, clock, followers)
    await broadcast.look()
    before = followers.sent.copy()
    async with world.write() as tx:
        await pauses.end(tx, what, clock.now())
    clock.set(1, 17, 30)
    await broadcast.look()

    assert (before, followers.sent) == ([], [("một",)])


async def test_it_is_made_once_a_day_whoever_looks_and_however_often(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    await published(world, clock.now(), "một")
    several = [service(world, clock, followers) for _ in range(4)]
    await asyncio.gather(*(each.look() for each in several))
    clock.set(1, 17, 30)
    await service(world, clock, followers).look()

    assert len(followers.sent) == 1


async def test_what_a_late_broadcast_told_is_not_told_again_on_the_next_day(world: Database) -> None:
    clock, followers = Calendar(1, 18, 30), Followers()
    followers.answers = [Ambiguous("lost")]
    await published(world, clock.now() - timedelta(hours=1), "một")
    await service(world, clock, followers).look()
    await published(world, clock.now(), "hai")
    clock.set(2)
    await published(world, clock.now(), "ba")
    await service(world, clock, followers).look()

    assert followers.sent == [("một",), ("ba", "hai")]


@pytest.mark.parametrize(("hour", "minute"), [(16, 59), (19, 0)])
async def test_it_keeps_to_its_hour(world: Database, hour: int, minute: int) -> None:
    clock, followers = Calendar(1, hour, minute), Followers()
    await published(world, clock.now(), "một")
    await service(world, clock, followers).look()

    assert followers.sent == []


async def test_without_news_or_the_account_nothing_is_counted(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    await service(world, clock, followers).look()
    await published(world, clock.now(), "một")
    await service(world, clock, followers, is_ours=False).look()
    async with world.read() as tx:
        rows = (await tx.execute(select(broadcasts))).all()

    assert (followers.sent, rows) == ([], [])


async def test_where_there_is_nothing_to_tell_it_is_asked_again_ten_minutes_later(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    looking = service(world, clock, followers)
    await looking.look()
    await published(world, clock.now(), "một")
    clock.set(1, 17, 9)
    with listening(world) as heard:
        await looking.look()
    clock.set(1, 17, 10)
    await looking.look()

    assert heard == []
    assert followers.sent == [("một",)]


async def test_once_the_month_is_spent_nobody_asks_what_was_sent(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    looking = service(world, clock, followers, a_month=1)
    await published(world, clock.now(), "một")
    await looking.look()
    clock.set(2)
    await published(world, clock.now(), "hai")
    with listening(world) as heard:
        await looking.look()

    assert len(followers.sent) == 1
    assert heard
    assert not [statement for statement, _ in heard if "deliveries" in statement]


async def test_the_months_quota_is_never_exceeded(world: Database) -> None:
    """A simulated autumn, in which every other answer is lost: it may have been made, and counts."""
    clock, followers = Calendar(), Followers()
    for month, days in ((10, 31), (11, 30), (12, 31)):
        for day in range(1, days + 1):
            clock.set(day, month=month)
            followers.answers = [Ambiguous("lost")] if day % 2 else []
            await published(world, clock.now(), f"{month}-{day}")
            await asyncio.gather(*(service(world, clock, followers).look() for _ in range(2)))
            await service(world, clock, followers).look()

    assert [sent[0] for sent in followers.sent] == [
        f"{month}-{day}" for month in (10, 11, 12) for day in range(1, 5)
    ]


@pytest.mark.parametrize(
    ("outcome", "state", "sent"),
    [
        (Receipt("taken"), "taken", 1),
        (Ambiguous("lost"), "begun", 1),
        (MessageRejected("quota"), "refused", 1),
        (RetryLater("no connection", scope=Scope.ACCOUNT), "taken", 2),
    ],
    ids=["taken", "lost", "refused", "unsent"],
)
async def test_only_what_never_left_is_made_again(
    world: Database, outcome: Outcome, state: str, sent: int
) -> None:
    clock, followers = Calendar(), Followers()
    followers.answers = [outcome]
    await published(world, clock.now(), "một")
    for _ in range(3):
        await service(world, clock, followers).look()
    async with world.read() as tx:
        rows = [(row.state, row.reason) for row in await tx.execute(select(broadcasts))]

    why = None if state == "taken" else outcome.reason  # type: ignore[union-attr]
    assert (rows, len(followers.sent)) == ([(state, why)], sent)


async def test_a_process_that_dies_over_it_has_made_it(world: Database) -> None:
    clock, followers = Calendar(), Followers()
    await published(world, clock.now(), "một")

    async def die(pages: Sequence[str]) -> Outcome:
        del pages
        raise asyncio.CancelledError

    rules = BroadcastRules(time(17, 0), 5, 4)
    dying = Broadcasts(world, clock, ACCOUNT, rules, send=die, is_ours=lambda: True)
    with pytest.raises(asyncio.CancelledError):
        await dying.look()
    await service(world, clock, followers).look()

    assert followers.sent == []
