"""The forecast says what then happens: to whom a content goes at once, later, or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select

from bot.domain.chats.chat import AccountId, Address, ChatKind, ChatStatus
from bot.domain.chats.consent import VERSION
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import Preferences, QuietHours, QuietMode, Schedule, Timing
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.monthly_quota import MonthlyQuota
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.news.feed import Topic
from bot.domain.publication.content import Content
from bot.domain.publication.forecast import AccountForecast
from bot.domain.publication.pauses import Paused, PauseScope
from bot.services.publishing.contents import PublishingRules, publish
from bot.services.publishing.forecasting import ForecastRules, forecast
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import forecast as counting
from bot.store.outbox import outbox
from bot.store.publications import pauses
from bot.store.runtime import accounts
from bot.store.schema import chats as chats_table
from bot.store.schema import deliveries
from tests.services.publishing.test_contents import ACTOR
from tests.store.world import ACCOUNT, DOMESTIC, FOREIGN, MINUTE, NOW, prepare, subscribe

ZALO = AccountId("zalo:7")
USUAL = Preferences()
RULES = ForecastRules({ACCOUNT: PacingRules(), ZALO: PacingRules(account=Window(5, 1.0))}, USUAL)
URGENT = replace(FOREIGN, urgent_words=("bão",))
CONTENTS = (
    Content("a", "Tạm ngừng tiếp công dân", ("Trong hai ngày tới.",)),
    Content("b", "Cảnh báo bão số 3", ("Đề nghị người dân chú ý.",)),
    Content("c", "Họp báo thường kỳ", urgent=True),
)
MOMENTS = (NOW, NOW + timedelta(hours=15), NOW + timedelta(hours=21, minutes=59))
"""In the morning, and in the quiet hours of most."""


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    async with db.write() as tx:
        await accounts.register(tx, ZALO, platform="zalo", name="bantin", now=NOW)
    return db


async def people(db: Database, dice: Random, count: int) -> None:
    """Make chats of all kinds that have chosen whatever can be chosen."""
    async with db.write() as tx:
        for number in range(count):
            await _somebody(tx, dice, number)


async def _somebody(tx: Transaction, dice: Random, number: int) -> None:
    kind = dice.choice([ChatKind.PRIVATE, ChatKind.PRIVATE, ChatKind.GROUP])
    address = Address(dice.choice([ACCOUNT, ZALO]), f"{number}")
    chat = (await chats.register(tx, address, kind=kind, language="vi", title=None, now=NOW)).id
    if dice.random() < 0.9:
        await chats.give_consent(tx, chat, VERSION, NOW)
    if dice.random() < 0.5:
        own = Preferences(
            quiet=dice.choice([None, QuietHours(22 * 60, 6 * 60), QuietHours(8 * 60, 12 * 60)]),
            quiet_mode=dice.choice(list(QuietMode)),
            urgent=dice.random() < 0.5,
            silent=dice.random() < 0.3,
            time_zone=dice.choice(["Asia/Ho_Chi_Minh", "Europe/Berlin"]),
        )
        await preferences.save(tx, chat, own, usual=USUAL, now=NOW)
    for topic in (DOMESTIC, FOREIGN):
        if dice.random() < 0.7:
            await chats.subscribe(tx, chat, topic.id, NOW)
            schedule = dice.choice([None, None, Schedule(Timing.DAILY, 18), Schedule(Timing.WEEKLY, 8, 5)])
            words = dice.choice([None, None, "bão", "-bão", "công dân, họp"])
            if schedule:
                await preferences.set_schedule(tx, chat, topic.id, schedule, usual=USUAL, now=NOW)
            if words:
                await preferences.set_filter(tx, chat, topic.id, parse(words), now=NOW)
    status = dice.choice([ChatStatus.ACTIVE] * 8 + [ChatStatus.WAITING, ChatStatus.OFF])
    if status is not ChatStatus.ACTIVE:
        await chats.set_status(tx, chat, status, now=NOW)


async def foretell(
    db: Database, content: Content, topics: tuple[Topic, ...], now: datetime, rules: ForecastRules = RULES
) -> tuple[AccountForecast, ...]:
    async with db.read() as tx:
        return await forecast(tx, content, topics, rules, now=now)


async def happens(
    db: Database, content: Content, topics: tuple[Topic, ...], now: datetime
) -> dict[AccountId, Counter[object]]:
    """Release *content*, and return how many chats of each account get it at once, or when, or wait."""
    async with db.write() as tx:
        made = await publish(tx, content, topics, ACTOR, PublishingRules(), now=now)
        while await outbox.continue_fanouts(tx, now=now):
            pass
    seen: dict[AccountId, Counter[object]] = {ACCOUNT: Counter(), ZALO: Counter()}
    for account, counts in seen.items():
        async with db.write() as tx:
            claimant = outbox.Claimant(account=account, owner="one", lease=MINUTE)
            claimed = await outbox.claim(tx, claimant, now=now, limit=1000, usual=USUAL)
            mine = [each for each in claimed.deliveries if each.article == made.article]
            counts["at once"] = len(mine)
            counts["silent"] = sum(each.manner.silent for each in mine)
            query = (
                select(
                    deliveries.c.digest, deliveries.c.due_at, deliveries.c.held_until, chats_table.c.status
                )
                .join_from(deliveries, chats_table, chats_table.c.id == deliveries.c.chat_id)
                .where(deliveries.c.account_id == account, deliveries.c.article_id == made.article)
                .where(deliveries.c.status == DeliveryStatus.PENDING, deliveries.c.lease_owner.is_(None))
            )
            for row in await tx.execute(query):
                waits = row.status == ChatStatus.WAITING
                counts["waiting" if waits else ("digest" if row.digest else "held", row.due_at)] += 1
    async with db.write() as tx:
        # What is left of one content would be claimed before the next.
        await tx.execute(delete(deliveries))
    return seen


def counted(foretold: AccountForecast) -> Counter[object]:
    counts: dict[object, int] = {
        "at once": foretold.at_once,
        "silent": foretold.silent,
        "waiting": foretold.waiting,
        **{("held", at): count for at, count in foretold.held.items()},
        **{("digest", at): count for at, count in foretold.digests.items()},
    }
    return Counter(counts)


# Each kind of database counts by queries of its own; what all seeds are about is the same on both.
@pytest.mark.parametrize(
    ("dialect", "seed"),
    [
        *(("sqlite", seed) for seed in range(8)),
        *(pytest.param("postgresql", seed, marks=pytest.mark.postgres) for seed in range(2)),
    ],
    indirect=["dialect"],
)
async def test_the_forecast_is_what_happens(
    desk: Database, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random(seed)
    monkeypatch.setattr(counting, "CHATS_AT_ONCE", dice.choice([7, 20_000]))
    await people(desk, dice, 60)

    for number, content in enumerate(CONTENTS):
        topics = dice.choice([(DOMESTIC,), (URGENT,), (DOMESTIC, URGENT), (URGENT, DOMESTIC)])
        now = MOMENTS[number]
        foretold = await foretell(desk, content, topics, now)

        happened = await happens(desk, content, topics, now)

        assert {each.account: counted(each) for each in foretold} == {
            account: counts for account, counts in happened.items() if counts
        }
        assert sum(each.reached + each.filtered for each in foretold) == await subscribers(desk, topics)


async def subscribers(db: Database, topics: tuple[Topic, ...]) -> int:
    """Return how many chats that may be sent news subscribe to any of *topics*."""
    total = set()
    async with db.read() as tx:
        rows = await tx.execute(select(chats_table))
        for row in rows.all():
            agreed = row.kind != ChatKind.PRIVATE or row.consent_version
            if agreed and row.status in (ChatStatus.ACTIVE, ChatStatus.WAITING):
                theirs = await chats.subscriptions(tx, row.id)
                total |= {row.id for topic in topics if topic.id in theirs}
    return len(total)


async def test_it_takes_as_long_as_the_limit_of_each_account_says(desk: Database) -> None:
    await subscribe(desk, *map(str, range(60)))

    (telegram,) = await foretell(desk, CONTENTS[0], (DOMESTIC,), NOW)

    assert (telegram.at_once, telegram.takes) == (60, timedelta(seconds=2))


async def test_beyond_the_days_ration_news_come_in_digests_and_urgent_news_do_not(desk: Database) -> None:
    await subscribe(desk, *map(str, range(60)))
    rules = replace(RULES, pacing={ACCOUNT: PacingRules(monthly=MonthlyQuota(3000))})

    (ordinary,) = await foretell(desk, CONTENTS[0], (DOMESTIC,), NOW, rules)
    (urgent,) = await foretell(desk, CONTENTS[2], (DOMESTIC,), NOW, rules)

    # Of the 2,400 for news 60 chats take 29 each for their digests: 660 are left for 30 days.
    assert (ordinary.at_once, ordinary.rationed, ordinary.reached) == (22, 38, 60)
    assert (urgent.at_once, urgent.rationed) == (60, 0)


async def test_what_is_paused_is_said_to_wait_for_that(desk: Database) -> None:
    await subscribe(desk, "1", "2")
    await subscribe(desk, "3", topic=FOREIGN)
    async with desk.write() as tx:
        await pauses.begin(tx, Paused(PauseScope.TOPIC, DOMESTIC.id), NOW)

    (telegram,) = await foretell(desk, CONTENTS[0], (DOMESTIC, FOREIGN), NOW)

    assert (telegram.at_once, telegram.paused, telegram.takes) == (1, 2, timedelta(seconds=1 / 30))
