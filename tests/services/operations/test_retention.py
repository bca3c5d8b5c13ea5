"""Retention takes out all that is old, in many small transactions."""

import _sqlite3
import ctypes
import os
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.domain.chats.chat import AccountId
from bot.domain.delivery.delivery import DeliveryId
from bot.domain.desk.audit import SERVICE, Act, AuditAction, Subject, SubjectKind
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import PreparedPhoto
from bot.services.operations.retention import BATCH, Retention, RetentionRules
from bot.services.subscribers.erasure import erase, erased_at
from bot.store.articles import articles
from bot.store.chats import invitations
from bot.store.engine.database import Database
from bot.store.feeds import ended_topics
from bot.store.runtime import audit
from bot.store.schema import daily_reasons, deliveries, subscriptions
from bot.store.schema import invitations as invitations_table
from tests.fakes import FakeClock
from tests.store.world import ACCOUNT, DOMESTIC, NOW, prepare, publish, settle_all, subscribe

RULES = RetentionRules(
    deliveries=timedelta(days=30),
    articles=timedelta(days=365),
    proofs=timedelta(days=730),
    audit=timedelta(days=900),
    figures=timedelta(days=1095),
)


async def test_more_than_a_batch_goes_and_others_may_write_in_between(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, *map(str, range(BATCH + 10)))
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)
    clock = FakeClock(NOW + timedelta(days=40))
    before = clock.now()

    await Retention(sqlite_db, clock, RULES).prune()

    async with sqlite_db.read() as tx:
        left = (await tx.execute(select(func.count(deliveries.c.id)))).scalar_one()
    assert (left, clock.now() > before) == (0, True)


async def test_subscriptions_to_a_topic_that_has_ended_go_when_its_farewell_was_told(db: Database) -> None:
    await prepare(db)
    await subscribe(db, *map(str, range(BATCH + 10)))
    article = await publish(db)
    async with db.write() as tx:
        await ended_topics.end(tx, DOMESTIC.id, offered=None, notice=article, now=NOW)
    clock = FakeClock(NOW)

    await Retention(db, clock, RULES).prune()
    owed = await subscribed(db)
    await settle_all(db, now=NOW)
    await Retention(db, clock, RULES).prune()

    async with db.read() as tx:
        counted = select(daily_reasons.c.reason, daily_reasons.c.count)
        ended = [tuple(row) for row in await tx.execute(counted)]
    assert (owed, await subscribed(db)) == (BATCH + 10, 0)
    assert ended == [(EndReason.TOPIC_ENDED, BATCH + 10)]


async def subscribed(db: Database) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(func.count()).select_from(subscriptions))).scalar_one()


async def test_what_is_young_stays(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, "1")
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)

    await Retention(sqlite_db, FakeClock(NOW + timedelta(days=30)), RULES).prune()

    async with sqlite_db.read() as tx:
        assert (await tx.execute(select(deliveries.c.id))).scalars().all() == [DeliveryId(1)]


async def test_proofs_of_deletion_go_after_their_time(sqlite_db: Database) -> None:
    async with sqlite_db.write() as tx:
        await erase(tx, AccountId("fake:1"), "77", key=b"k", now=NOW)
        await erase(tx, AccountId("fake:1"), "77", key=b"k", now=NOW + timedelta(days=1))

    clock = FakeClock(NOW + timedelta(days=730, hours=1))
    await Retention(sqlite_db, clock, RULES).prune()

    found = await erased_at(sqlite_db, AccountId("fake:1"), "77", key=b"k")
    assert found == [NOW + timedelta(days=1)]


async def test_an_invitation_goes_when_it_is_over(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    async with sqlite_db.write() as tx:
        over = NOW + timedelta(days=7)
        await invitations.make(
            tx,
            ACCOUNT,
            invitations.NewInvitation(topic=DOMESTIC.id, fingerprint="print", uses=1, expires_at=over),
            now=NOW,
        )
    left = []

    for now in (over - timedelta(seconds=1), over):
        await Retention(sqlite_db, FakeClock(now), RULES).prune()
        async with sqlite_db.read() as tx:
            left.append((await tx.execute(select(func.count(invitations_table.c.id)))).scalar_one())

    assert left == [1, 0]


async def test_sqlite_keeps_no_pages_of_photos_in_memory(sqlite_db: Database) -> None:
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    for number in range(24):
        photo = PreparedPhoto(f"{number:064}", "https://a.vn/1.jpg", os.urandom(500_000), 64, 48)
        async with sqlite_db.write() as tx:
            await articles.save_photo(tx, photo, now=NOW)
    before = library.sqlite3_memory_used()

    await Retention(sqlite_db, FakeClock(NOW), RULES).prune()

    assert (before > 10_000_000, library.sqlite3_memory_used() < 5_000_000) == (True, True)


async def test_lines_of_the_audit_log_go_when_they_are_older_than_the_rule_says(sqlite_db: Database) -> None:
    clock = FakeClock(datetime.now(UTC))
    act = Act(AuditAction.FEED_PAUSED, Subject(SubjectKind.FEED, "bao"))
    async with sqlite_db.write() as tx:
        for days in range(700, 1_000, 100):
            await audit.record(tx, SERVICE, act, now=clock.now() - timedelta(days=days + 1))

    await Retention(sqlite_db, clock, RULES).prune()

    async with sqlite_db.read() as tx:
        left = await audit.newest(tx, limit=10)
    assert [(clock.now() - each.at).days for each in left] == [801, 701]
