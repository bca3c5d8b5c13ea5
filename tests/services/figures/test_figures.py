from datetime import timedelta

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.figures import EndReason, Figure, day_of, days_until
from bot.domain.desk.roles import Authority, Role
from bot.domain.news.feed import Topic
from bot.services.figures.figures import figure_rows, figures_of, topics_seen_by
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.figures.counting import EVERY_ACCOUNT, count, count_reason, count_waits, place
from tests.store.world import ACCOUNT, DOMESTIC, FEED, FOREIGN, NOW, prepare

ZALO = AccountId("zalo:1")
DAY = timedelta(days=1)
INTERNAL = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NoiBo", members_only=True)
TOPICS = (DOMESTIC, INTERNAL)
YEAR = days_until(NOW, 365)


async def opened(db: Database) -> None:
    await prepare(db)
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN, INTERNAL], [FEED], NOW)


def delivered(
    tx: Transaction, topic: Topic, number: int, *, days_ago: int = 0, account: AccountId = ACCOUNT
) -> None:
    count(tx, place(topic.id, account, NOW - days_ago * DAY), Figure.DELIVERED, number)


async def test_figures_of_days_and_topics_add_up(db: Database) -> None:
    await opened(db)
    async with db.write() as tx:
        delivered(tx, DOMESTIC, 3)
        delivered(tx, DOMESTIC, 4, account=ZALO)
        delivered(tx, DOMESTIC, 5, days_ago=2)
        delivered(tx, INTERNAL, 6)
        delivered(tx, DOMESTIC, 100, days_ago=3)
        delivered(tx, FOREIGN, 1_000)
    async with db.read() as tx:
        found = await figures_of(tx, days_until(NOW, 3), TOPICS)

    by_day = [(day, str(tally[Figure.DELIVERED])) for day, tally in found.by_day()]
    today = day_of(NOW)
    assert by_day == [(today - 2 * DAY, "5"), (today - DAY, "0"), (today, "13")]
    assert [(day, str(tally[Figure.DELIVERED])) for day, tally in found.by_day(2)] == [
        (today - 2 * DAY, "5"),
        (today - DAY, "13"),
    ]
    assert [str(tally[Figure.DELIVERED]) for _, tally in found.by_topic()] == ["12", "6"]
    assert str(found.total()[Figure.DELIVERED]) == "18"


async def test_few_of_a_members_only_topic_are_said_nowhere(db: Database) -> None:
    await opened(db)
    async with db.write() as tx:
        delivered(tx, DOMESTIC, 30)
        delivered(tx, INTERNAL, 3)
        delivered(tx, INTERNAL, 20, days_ago=1)
        count_reason(tx, place(INTERNAL.id, ACCOUNT, NOW), Figure.ENDED, EndReason.SHUT_OUT)
        count_waits(tx, place(INTERNAL.id, ACCOUNT, NOW), timedelta(seconds=5), 3)
    async with db.read() as tx:
        found = await figures_of(tx, days_until(NOW, 2), TOPICS)

    assert [str(tally[Figure.DELIVERED]) for _, tally in found.by_day()] == ["20", "≥ 30"]
    assert [str(tally[Figure.DELIVERED]) for _, tally in found.by_topic()] == ["30", "≥ 20"]
    total = found.total()
    assert (str(total[Figure.DELIVERED]), str(total[Figure.ENDED])) == ("≥ 50", "< 5")
    assert [(reason, str(part)) for reason, part in total.by_reason(Figure.ENDED)] == [("shut-out", "< 5")]
    assert total.waits.number == 0


async def test_rows_tell_the_accounts_of_members_only_topics_not_apart(db: Database) -> None:
    await opened(db)
    async with db.write() as tx:
        for topic in TOPICS:
            delivered(tx, topic, 3)
            delivered(tx, topic, 4, account=ZALO)
            count(tx, place(topic.id, EVERY_ACCOUNT, NOW), Figure.RELEASED)
    async with db.read() as tx:
        rows = await figure_rows(tx, days_until(NOW, 2), TOPICS)

    assert [(row.topic, row.account, str(row.tally[Figure.DELIVERED])) for row in rows] == [
        (DOMESTIC, None, "0"),
        (DOMESTIC, ACCOUNT, "3"),
        (DOMESTIC, ZALO, "4"),
        (INTERNAL, None, "7"),
    ]
    assert [str(row.tally[Figure.RELEASED]) for row in rows] == ["1", "0", "0", "1"]


async def test_an_admin_sees_the_topics_that_he_is_for(db: Database) -> None:
    await opened(db)
    limited = Authority(roles=frozenset({Role.READER}), topics=frozenset({FOREIGN.id}))
    async with db.read() as tx:
        seen = await topics_seen_by(tx, limited)
        by_owner = await topics_seen_by(tx, Authority(is_owner=True))

    assert [topic.id for topic in seen] == [FOREIGN.id]
    assert [topic.id for topic in by_owner] == [DOMESTIC.id, FOREIGN.id, INTERNAL.id]
