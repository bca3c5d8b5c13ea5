"""What is stopped or paused is not claimed, waits in its place, and does not grow too old."""

from datetime import datetime, timedelta

import pytest

from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.publication.pauses import EVERYTHING, Paused, PauseScope
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.publications import pauses
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FOREIGN,
    MINUTE,
    NOW,
    choose,
    claim,
    of,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)

WEEK = timedelta(days=7)
TOPIC = Paused(PauseScope.TOPIC, DOMESTIC.id)


async def begin(db: Database, what: Paused, now: datetime = NOW) -> bool:
    async with db.write() as tx:
        return await pauses.begin(tx, what, now)


async def end(db: Database, what: Paused, now: datetime) -> bool:
    async with db.write() as tx:
        return await pauses.end(tx, what, now) is not None


async def held(db: Database) -> int:
    """Return how many deliveries a pause holds."""
    far = NOW + timedelta(days=100_000)
    return sum(until is not None and until > far for (until,) in await rows(db, "held_until"))


async def test_a_stopped_article_makes_room_for_the_others_and_comes_back_to_its_place(
    store: Database,
) -> None:
    chats = await subscribe(store, "1", "2")
    first, second = await publish(store, 1), await publish(store, 2, due_at=NOW + MINUTE)
    later = NOW + MINUTE
    await begin(store, pauses.stops(first))

    claimed = await claim(store, now=later, limit=2)
    assert of(claimed) == [(chat, second) for chat in chats]
    assert await held(store) == 2
    assert await claim(store, now=later) == ()

    await settle(store, *map(sent, claimed), now=later)
    await publish(store, 3, due_at=NOW + MINUTE)
    assert await end(store, pauses.stops(first), later)
    assert of(await claim(store, now=later)) == [(chat, first) for chat in chats]


async def test_what_was_claimed_before_is_given_back_and_held_then(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    (delivery,) = await claim(store)
    await begin(store, pauses.stops(article))

    assert await held(store) == 0
    async with store.write() as tx:
        await outbox.release(tx, [delivery.id], owner="one")
    assert await claim(store) == ()
    assert await held(store) == 1


@pytest.mark.parametrize("what", [TOPIC, Paused(PauseScope.ACCOUNT, ACCOUNT), EVERYTHING])
async def test_a_topic_an_account_and_everything_can_be_paused(store: Database, what: Paused) -> None:
    await subscribe(store, "1")
    await subscribe(store, "2", topic=FOREIGN)
    home, abroad = await publish(store, 1), await publish(store, 2, topic=FOREIGN)

    assert await begin(store, what)
    assert not await begin(store, what)
    claimed = {article for _, article in of(await claim(store))}
    assert claimed == ({abroad} if what == TOPIC else set())

    assert await end(store, what, NOW + MINUTE)
    assert not await end(store, what, NOW + MINUTE)
    claimed |= {article for _, article in of(await claim(store, now=NOW + MINUTE))}
    assert claimed == {home, abroad}


@pytest.mark.parametrize("what", [TOPIC, EVERYTHING, None])
async def test_what_was_paused_is_owed_for_as_long_as_it_would_have_been(
    store: Database, what: Paused | None
) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    what = what or pauses.stops(article)
    await begin(store, what, NOW + MINUTE)

    assert await claim(store, now=NOW + WEEK) == ()
    await end(store, what, NOW + WEEK)
    (delivery,) = await claim(store, now=NOW + WEEK)
    assert delivery.expires_at == NOW + DAYS + WEEK - MINUTE
    async with store.write() as tx:
        await outbox.release(tx, [delivery.id], owner="one")

    assert await claim(store, now=delivery.expires_at) == ()
    assert await rows(store, "status") == [(DeliveryStatus.EXPIRED,)]


async def test_a_digest_leaves_out_what_is_paused_and_brings_it_later(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    for topic in (DOMESTIC, FOREIGN):
        await choose(store, chat, topic=topic, schedule=Schedule(Timing.DAILY, 18))
    home = await publish(store, 1)
    abroad = await publish(store, 2, topic=FOREIGN)
    evening = (await rows(store, "due_at"))[0][0]
    await begin(store, TOPIC)

    claimed = await claim(store, now=evening)
    assert of(claimed) == [(chat, abroad)]
    await end(store, TOPIC, evening + DAYS)
    (delivery,) = await claim(store, now=evening + DAYS)
    assert (delivery.article, delivery.digest) == (home, True)


async def test_the_fan_out_of_a_stopped_article_stays_where_it_is(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.outbox.fanout.FANOUT_SLICE", 2)
    await subscribe(store, *map(str, range(5)))
    stopped, other = await publish(store, 1), await publish(store, 2)
    await begin(store, pauses.stops(stopped))

    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            pass
        backlog = await outbox.backlog(tx, now=NOW)
    made = [article for (article,) in await rows(store, "article_id")]
    assert (made.count(stopped), made.count(other), backlog.fanouts) == (2, 5, 1)

    await end(store, pauses.stops(stopped), NOW + WEEK)
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW + WEEK):
            pass
    claimed = await claim(store, now=NOW + WEEK)
    # The first two of it, and the others that were made a week later, are as old as the article.
    assert [delivery.article for delivery in claimed].count(stopped) == 5


async def test_what_is_paused_is_owed_and_not_due(store: Database) -> None:
    await subscribe(store, "1", "2")
    article = await publish(store)
    await begin(store, pauses.stops(article))
    await claim(store)
    await publish(store, 2)

    async with store.read() as tx:
        stopped = await outbox.backlog(tx, now=NOW + MINUTE)
    await begin(store, Paused(PauseScope.ACCOUNT, ACCOUNT))
    async with store.read() as tx:
        paused = await outbox.backlog(tx, now=NOW + MINUTE)

    assert (stopped.pending, stopped.due, stopped.oldest_due_at) == (4, 2, NOW)
    assert (paused.pending, paused.due, paused.oldest_due_at) == (4, 0, None)


async def test_a_pause_that_is_over_is_taken_out_once_it_holds_nothing(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    await begin(store, pauses.stops(article))
    await claim(store)
    await end(store, pauses.stops(article), NOW + MINUTE)

    async with store.write() as tx:
        held_it = await pauses.prune(tx, over_before=NOW + DAYS, limit=10)
    assert await claim(store, now=NOW + MINUTE)
    async with store.write() as tx:
        young = await pauses.prune(tx, over_before=NOW + MINUTE, limit=10)
        over = await pauses.prune(tx, over_before=NOW + DAYS, limit=10)
        known = await pauses.known(tx)

    assert (held_it, young, over) == (0, 0, 1)
    assert not known
