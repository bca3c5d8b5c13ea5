from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.news.feed import Feed, FeedId, FeedKind, Topic, Validators
from bot.domain.reason import Reason, ReasonCode
from bot.store.coordination import heartbeats
from bot.store.engine.database import Database
from bot.store.feeds import feeds, poll_leases, seen_entries
from bot.store.feeds.feeds import FeedStatus
from bot.store.feeds.poll_leases import DueFeed
from tests.store.world import DAYS, DOMESTIC, FEED, FOREIGN, MINUTE, NOW, SECOND, save

SECOND_FEED = Feed(
    FeedId("listing"),
    FOREIGN.id,
    "Cổng thông tin",
    "https://portal.example/tin",
    kind=FeedKind.LISTING,
    preset="liferay",
    listing={"item": ".item"},
    page={"title": "h1"},
    verified=False,
)
VALIDATORS = Validators('"etag"', "Mon, 02 Mar 2026 01:00:00 GMT")


@pytest.fixture(autouse=True)
async def _alive(store: Database) -> None:
    """The process "one" is alive."""
    async with store.write() as tx:
        await heartbeats.begin(tx, "one")


async def define(db: Database, *defined: Feed, topics: tuple[Topic, ...] = (DOMESTIC, FOREIGN)) -> None:
    async with db.write() as tx:
        await feeds.sync_definitions(tx, topics, defined, NOW)


async def claim(db: Database, owner: str = "one", now: datetime = NOW, limit: int = 5) -> list[DueFeed]:
    async with db.write() as tx:
        return list(await poll_leases.claim_due(tx, owner=owner, now=now, limit=limit, lease=MINUTE))


async def save_poll(
    db: Database,
    owner: str = "one",
    *,
    now: datetime = NOW,
    took_article: bool = False,
    wait: timedelta = 10 * MINUTE,
) -> bool:
    async with db.write() as tx:
        return await poll_leases.save_poll(
            tx,
            FEED.id,
            poll_leases.PollOutcome(
                validators=VALIDATORS, next_poll_at=now + wait, took_article=took_article
            ),
            owner=owner,
            now=now,
        )


async def status(db: Database) -> FeedStatus:
    async with db.read() as tx:
        return (await feeds.statuses(tx))[0]


async def test_definitions_come_back_as_they_were_given_and_in_their_order(store: Database) -> None:
    await define(store, SECOND_FEED, FEED, topics=(FOREIGN, DOMESTIC))

    async with store.read() as tx:
        assert await feeds.topics(tx) == (FOREIGN, DOMESTIC)
        assert [found.feed for found in await feeds.statuses(tx)] == [SECOND_FEED, FEED]


async def test_what_is_no_longer_defined_is_retired_and_can_come_back(store: Database) -> None:
    await define(store, topics=(FOREIGN,))
    async with store.read() as tx:
        retired = (await feeds.topics(tx), await feeds.statuses(tx), await feeds.topic(tx, DOMESTIC.id))
    polled = await claim(store)
    await define(store, FEED)

    assert retired == ((FOREIGN,), (), DOMESTIC)
    assert polled == []
    assert [due.feed for due in await claim(store)] == [FEED]


async def test_how_a_topic_addresses_people_is_kept_changed_and_dropped(store: Database) -> None:
    kept = []
    for address in ("đồng chí", "Ông/Bà", None):
        await define(store, topics=(replace(DOMESTIC, address=address), FOREIGN))
        async with store.read() as tx:
            kept.append([topic.address for topic in await feeds.topics(tx)])

    assert kept == [["đồng chí", None], ["Ông/Bà", None], [None, None]]


async def test_an_unknown_topic_is_none(store: Database) -> None:
    async with store.read() as tx:
        assert await feeds.topic(tx, DOMESTIC.id.__class__("khong-co")) is None


async def test_a_new_feed_is_due_at_once_and_polled_for_the_first_time(store: Database) -> None:
    assert await claim(store) == [DueFeed(FEED, Validators(), first_poll=True, failures=0)]


async def test_a_poll_is_noted(store: Database) -> None:
    await claim(store)
    saved = await save_poll(store, took_article=True)

    assert saved
    assert await status(store) == FeedStatus(
        FEED,
        paused=False,
        has_worked=True,
        last_polled_at=NOW,
        last_article_at=NOW,
        last_error=None,
        last_error_at=None,
        failures=0,
        failing_since=None,
        next_poll_at=NOW + 10 * MINUTE,
        news_at=NOW,
    )
    assert await claim(store, now=NOW + 10 * MINUTE - SECOND) == []
    assert await claim(store, now=NOW + 10 * MINUTE) == [
        DueFeed(FEED, VALIDATORS, first_poll=False, failures=0, polled_at=NOW)
    ]


async def test_a_poll_without_news_keeps_the_time_of_the_last_article(store: Database) -> None:
    await claim(store)
    await save_poll(store, took_article=True)
    await claim(store, now=NOW + DAYS)
    await save_poll(store, now=NOW + DAYS)

    found = await status(store)

    assert (found.last_polled_at, found.last_article_at) == (NOW + DAYS, NOW)


async def test_a_failure_is_noted_and_outlives_the_next_good_poll(store: Database) -> None:
    for moment in (NOW, NOW + MINUTE):
        await claim(store, now=moment)
        async with store.write() as tx:
            noted = await poll_leases.save_failure(
                tx,
                FEED.id,
                owner="one",
                error=Reason(ReasonCode.SITE_TROUBLE, "HTTP 503\0", {"status": "503"}),
                now=moment,
                next_poll_at=moment + MINUTE,
            )
    failing = await status(store)
    (due,) = await claim(store, now=NOW + DAYS)
    await save_poll(store, now=NOW + DAYS)
    healed = await status(store)

    assert noted
    trouble = Reason(ReasonCode.SITE_TROUBLE, "HTTP 503", {"status": "503"})
    assert (failing.failures, failing.last_error, failing.last_error_at) == (2, trouble, NOW + MINUTE)
    assert (due.failures, due.first_poll) == (2, True)
    assert (healed.failures, healed.last_error) == (0, trouble)


async def test_a_feed_has_one_poller_until_the_lease_lapses(store: Database) -> None:
    await claim(store, "one")

    assert await claim(store, "two", NOW + MINUTE - SECOND) == []
    assert len(await claim(store, "two", NOW + MINUTE)) == 1
    assert not await save_poll(store, "one", now=NOW + MINUTE)
    assert await save_poll(store, "two", now=NOW + MINUTE)


async def test_a_lease_can_be_kept_while_it_is_held(store: Database) -> None:
    await claim(store, "one")
    async with store.write() as tx:
        kept = await poll_leases.renew(tx, FEED.id, owner="one", now=NOW + 30 * SECOND, lease=MINUTE)
        stolen = await poll_leases.renew(tx, FEED.id, owner="two", now=NOW + 30 * SECOND, lease=MINUTE)

    assert (kept, stolen) == (True, False)
    assert await claim(store, "two", NOW + MINUTE) == []


async def test_longest_due_is_claimed_first(store: Database) -> None:
    await define(store, FEED, SECOND_FEED)
    await claim(store)
    await save_poll(store, wait=5 * SECOND)

    due = await claim(store, now=NOW + 10 * MINUTE, limit=1)

    assert [found.feed for found in due] == [SECOND_FEED]


async def test_a_paused_feed_is_not_due_but_can_be_asked_for(store: Database) -> None:
    async with store.write() as tx:
        await feeds.set_paused(tx, FEED.id, paused=True)
    due = await claim(store)
    async with store.write() as tx:
        asked = await poll_leases.claim(tx, [FEED.id], owner="one", now=NOW, lease=MINUTE)
        nobody = await poll_leases.claim(tx, [FEED.id], owner="two", now=NOW, lease=MINUTE)

    assert (due, [found.feed for found in asked], nobody) == ([], [FEED], ())


async def test_a_feed_can_be_made_due_now(store: Database) -> None:
    await claim(store)
    await save_poll(store)
    async with store.write() as tx:
        await feeds.poll_now(tx, FEED.id, NOW)

    assert len(await claim(store)) == 1


@pytest.mark.parametrize(
    ("changed", "validators", "is_due"),
    [
        (FEED, VALIDATORS, False),
        (replace(FEED, name="Tên mới"), VALIDATORS, False),
        (replace(FEED, interval=SECOND), VALIDATORS, True),
        (replace(FEED, url="https://agency.example/moi"), Validators(), True),
    ],
)
async def test_a_changed_feed_keeps_what_still_holds(
    store: Database, changed: Feed, validators: Validators, *, is_due: bool
) -> None:
    await claim(store)
    await save_poll(store, wait=DAYS)

    await define(store, changed)

    assert bool(await claim(store, "two")) is is_due
    (found,) = await claim(store, "three", now=NOW + 2 * DAYS)
    assert found == DueFeed(changed, validators, first_poll=False, failures=0, polled_at=NOW)


async def test_identities_are_remembered_for_good(store: Database) -> None:
    async with store.write() as tx:
        article = await save(tx, 1)
        await seen_entries.remember(tx, FEED.id, {"a": article, "b": None}, NOW)
        await seen_entries.remember(tx, FEED.id, {"b": article, "c": None}, NOW)
    await define(store, replace(FEED, url="https://agency.example/moi"))

    async with store.read() as tx:
        assert await seen_entries.known(tx, FEED.id, {"a", "b", "c", "d"}) == {"a", "b", "c"}
        assert await seen_entries.known(tx, SECOND_FEED.id, {"a"}) == set()


async def test_a_feed_of_thousands_of_entries_is_remembered(store: Database) -> None:
    identities = [str(number) for number in range(2_500)]

    async with store.write() as tx:
        await seen_entries.remember(tx, FEED.id, dict.fromkeys(identities), NOW)
        known = await seen_entries.known(tx, FEED.id, identities)

    assert known == set(identities)


async def test_a_poll_with_success_is_what_ends_the_first_one(store: Database) -> None:
    async with store.read() as tx:
        before = await feeds.is_first_poll(tx, FEED.id)
    await claim(store)
    await save_poll(store)
    async with store.read() as tx:
        after = await feeds.is_first_poll(tx, FEED.id)

    assert (before, after) == (True, False)
