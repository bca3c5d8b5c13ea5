"""Kill -9 at random moments during a digest on Zalo: what is lost, what comes twice, what the month loses."""

import asyncio
import random
import time
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.clock import VIETNAM, SystemClock
from bot.domain.delivery.monthly_quota import MonthlyQuota, month_of
from bot.domain.news.article import Article
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.quotas import monthly_quota
from tests.bench.audience import EXPIRES_AFTER, TOPIC
from tests.bench.databases import new_database, opened
from tests.bench.processes import running
from tests.bench.row import Row
from tests.bench.service import until_settled
from tests.bench.zalo import ACCOUNT, received, subscribe_there, zalo
from tests.emulator.zalo.client import TOKEN, ZaloOverHttp

PEOPLE = 50
KILLS = 20
ARTICLES = 3
ANSWERED_AFTER = 0.3
"""Seconds that Zalo takes to answer, so that there are sends in flight whenever a sender is killed."""
LONGEST_LIFE = 0.6
"""Seconds from a sender's first message to its end: five messages are sent in one."""
SETTLED_WITHIN = 0.1
"""Seconds from an answer to the transaction that stores it: receipts are gathered for half of that."""


async def kill_digest_sqlite() -> Row:
    return await killed("sqlite", people=PEOPLE, kills=KILLS)


async def kill_digest_postgresql() -> Row:
    return await killed("postgresql", people=PEOPLE, kills=KILLS)


@dataclass
class _Killed:
    """When senders were killed (seconds since the epoch), and how long their transactions had taken."""

    at: list[float] = field(default_factory=list)
    transactions: list[float] = field(default_factory=list)

    def in_flight(self, taken_at: float) -> bool:
        """Return whether a message that was taken then was not settled when a sender was killed."""
        within = ANSWERED_AFTER + SETTLED_WITHIN + max(self.transactions, default=0.0)
        return any(-ANSWERED_AFTER <= kill - taken_at <= within for kill in self.at)


async def killed(dialect: str, *, people: int, kills: int) -> Row:
    """Kill a sender so often while it sends a digest to so many *people*, and let another one end it."""
    # Each kill may leave sends counted that never left: there is room for them, and for not one more.
    plan = 2 * people + 5 * kills
    for_news = MonthlyQuota(plan).for_news
    deaths = _Killed()
    async with (
        new_database(dialect) as url,
        opened(url) as database,
        zalo(people, users=people, messages_per_month=for_news) as platform,
    ):
        await _owe(database, platform)
        slow = {"method": "sendMessage", "times": 10**6, "delay_answer": ANSWERED_AFTER}
        await platform.control("faults", **slow)
        arguments = ("tests.zalo_sending_process", platform.url, TOKEN, url, str(plan))
        for _ in range(kills):
            await _live_and_die(platform, arguments, deaths)
        async with running(*arguments):
            await until_settled(database, within=120)
        got = await received(platform)
        metrics = await platform.look("metrics")
        async with database.read() as tx:
            counted = (await monthly_quota.of(tx, ACCOUNT, month_of(SystemClock().now()))).messages
    lost = sum(not _has_all(texts) for texts in got.values())
    at_risk = sum(deaths.in_flight(each["date"] / 1000) for texts in got.values() for each in texts)
    twice, sent, above = metrics["second_copies"], metrics["sent"], metrics["above_quota"]
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect]
    return Row(
        f"kill -9 at a random moment, {kills} times, during a Zalo digest to {people} chats, {name}",
        "lost 0; second copies ≤ sends in flight; never above the quota",
        f"lost {lost}; {twice} second copies, {at_risk} in flight; {sent} sent, {counted} counted of"
        f" {for_news}, {above} above",
        ok=not lost and twice <= at_risk and sent <= counted <= for_news and not above,
    )


async def _owe(database: Database, platform: ZaloOverHttp) -> None:
    """Owe everybody some articles, in a digest that was due a moment ago."""
    now = SystemClock().now()
    the_day_before = now - timedelta(hours=25)
    this_hour = Schedule(Timing.DAILY, now.astimezone(VIETNAM).hour)
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC], [], the_day_before)
    await subscribe_there(database, platform, this_hour, the_day_before)
    async with database.write() as tx:
        for number in range(ARTICLES):
            article = Article(f"https://agency.example/tin/{number}", f"Bài số {number}")
            saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=the_day_before)
            owed = outbox.NewFanout(
                article=saved.id, topic=TOPIC.id, due_at=the_day_before, expires_at=now + EXPIRES_AFTER
            )
            await outbox.enqueue(tx, owed, now=the_day_before)


def _has_all(texts: list[dict[str, str]]) -> bool:
    return all(any(f"Bài số {number}" in each["text"] for each in texts) for number in range(ARTICLES))


async def _live_and_die(platform: ZaloOverHttp, arguments: tuple[str, ...], deaths: _Killed) -> None:
    """Let a sender send for a while that nobody knows in advance, and kill it in the middle of it."""
    before = (await platform.look("metrics"))["sent"]
    async with running(*arguments) as process:
        async with asyncio.timeout(60):
            while (await platform.look("metrics"))["sent"] == before:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
        deaths.at.append(time.time())
        process.kill()
        await process.wait()
    await _note_transactions(process, deaths)
    # What had reached the server's socket is still served.
    await asyncio.sleep(ANSWERED_AFTER)


async def _note_transactions(process: Process, deaths: _Killed) -> None:
    assert process.stdout is not None
    *whole, _cut_off = (await process.stdout.read()).decode().split("\n")
    # What the sender logs stands between.
    deaths.transactions += [float(line) for line in whole if line.replace(".", "", 1).isdecimal()]


ROWS = (kill_digest_sqlite, kill_digest_postgresql)
