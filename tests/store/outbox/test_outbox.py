from bot.domain.chats.chat import Address
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.reason import Reason, ReasonCode
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.outbox.outbox import Backlog, EndedDelivery
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    MINUTE,
    NOW,
    SECOND,
    claim,
    of,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)


async def test_the_backlog_counts_what_is_owed_and_what_of_it_is_due(store: Database) -> None:
    await subscribe(store, "1", "2")
    await publish(store, 1, due_at=NOW - MINUTE)
    await publish(store, 2, due_at=NOW + MINUTE)
    first, _second = await claim(store)
    await settle(store, sent(first))

    async with store.read() as tx:
        counted = await outbox.backlog(tx, now=NOW)

    assert counted == Backlog(pending=3, due=1, oldest_due_at=NOW - MINUTE, fanouts=0)


async def test_lost_answers_are_counted_and_other_attempts_are_not(store: Database) -> None:
    await subscribe(store, "1", "2", "3")
    await publish(store)
    first, second, third = await claim(store)
    await settle(
        store,
        Settlement(first.id, DeliveryStatus.SENT, attempts=3, message_id="1"),
        Settlement(second.id, DeliveryStatus.PENDING, attempts=1, due_at=NOW),
        Settlement(third.id, DeliveryStatus.REJECTED, attempts=1, reason="blocked"),
    )

    async with store.write() as tx:
        lost = await outbox.lost_answers(tx)
        await outbox.retry(tx, [third.id], NOW)
        lost_after_retry = await outbox.lost_answers(tx)

    assert (lost, lost_after_retry) == (3, 3)


async def test_deliveries_are_counted_by_status(store: Database) -> None:
    await subscribe(store, "1", "2")
    await publish(store)
    first, _second = await claim(store)
    await settle(store, sent(first))

    async with store.read() as tx:
        assert await outbox.counts(tx) == {DeliveryStatus.PENDING: 1, DeliveryStatus.SENT: 1}


async def test_an_empty_outbox_has_no_backlog(store: Database) -> None:
    async with store.read() as tx:
        assert await outbox.backlog(tx, now=NOW) == Backlog(0, 0, None, 0)


async def test_failures_are_listed_latest_first_with_their_reasons(store: Database) -> None:
    one, two = await subscribe(store, "1", "2")
    article = await publish(store, expires_at=NOW + MINUTE)
    claimed = {delivery.chat: delivery for delivery in await claim(store)}
    refused = Settlement(claimed[one].id, DeliveryStatus.REJECTED, attempts=1, reason="message is too long")
    await settle(store, refused, now=NOW + SECOND)
    await claim(store, now=NOW + MINUTE)

    async with store.read() as tx:
        found = await outbox.failures(tx, limit=5)

    def failure(chat: int, name: str, status: DeliveryStatus, reason: Reason) -> EndedDelivery:
        return EndedDelivery(
            delivery=claimed[one if chat == one else two].id,
            chat=one if chat == one else two,
            address=Address(ACCOUNT, name),
            article=article,
            title="Bài số 1",
            topic=DOMESTIC.id,
            status=status,
            reason=reason,
            settled_at=NOW + MINUTE if chat == two else NOW + SECOND,
        )

    assert found == (
        failure(two, "2", DeliveryStatus.EXPIRED, Reason(ReasonCode.TOO_OLD, "too old to be news")),
        failure(one, "1", DeliveryStatus.REJECTED, Reason(ReasonCode.OTHER, "message is too long")),
    )


async def test_what_failed_can_be_owed_once_more_for_as_long_as_the_first_time(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    article = await publish(store)
    (delivery,) = await claim(store)
    await settle(store, Settlement(delivery.id, DeliveryStatus.REJECTED, attempts=3, reason="no rights"))
    later = NOW + 10 * DAYS

    async with store.write() as tx:
        retried = await outbox.retry(tx, [delivery.id], later)

    columns = ("status", "due_at", "expires_at", "settled_at")
    assert retried == 1
    assert await rows(store, *columns) == [(DeliveryStatus.PENDING, later, later + DAYS, None)]
    assert of(await claim(store, now=later)) == [(chat, article)]


async def test_what_was_sent_or_is_still_owed_is_not_retried(store: Database) -> None:
    await subscribe(store, "1", "2")
    await publish(store)
    first, second = await claim(store)
    await settle(store, sent(first))

    async with store.write() as tx:
        assert await outbox.retry(tx, [first.id, second.id], NOW) == 0


async def test_what_is_parked_is_worth_as_much_then_and_comes_in_a_digest(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    article = await publish(store)
    (delivery,) = await claim(store)
    then = NOW + 9 * DAYS

    parked = Settlement(delivery.id, DeliveryStatus.PENDING, 0, due_at=then, reason="spent", parked=True)
    await settle(store, parked)

    assert await rows(store, "due_at", "expires_at", "digest") == [(then, then + DAYS, True)]
    assert await claim(store, now=then - SECOND) == ()
    assert of(await claim(store, now=then)) == [(chat, article)]


async def test_what_is_put_off_for_a_moment_lasts_no_longer_for_it(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)

    await settle(store, Settlement(delivery.id, DeliveryStatus.PENDING, 1, due_at=NOW + MINUTE, reason="503"))

    assert await rows(store, "due_at", "expires_at", "digest") == [(NOW + MINUTE, NOW + DAYS, False)]
