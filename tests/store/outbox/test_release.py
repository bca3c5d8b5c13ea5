import asyncio

import pytest

from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.delivery.delivery import Delivery, DeliveryStatus, Settlement
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import claim_query, outbox
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FOREIGN,
    MINUTE,
    NOW,
    SECOND,
    USUAL,
    claim,
    later,
    of,
    publish,
    register,
    rows,
    save,
    sent,
    settle,
    subscribe,
)


async def test_a_claim_brings_all_that_sending_needs(store: Database) -> None:
    async with store.write() as tx:
        chat = await register(tx, "-100", kind=ChatKind.SUPERGROUP, thread="7")
        await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)
    article = await publish(store)

    (delivery,) = await claim(store)

    assert delivery == Delivery(
        id=delivery.id,
        chat=chat.id,
        address=Address(ACCOUNT, "-100", "7"),
        kind=ChatKind.SUPERGROUP,
        language="vi",
        article=article,
        topic=DOMESTIC.id,
        revision=0,
        due_at=NOW,
        expires_at=NOW + DAYS,
        attempts=0,
    )


async def test_longest_due_comes_first_and_what_is_not_due_does_not_come(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    (other,) = await subscribe(store, "2", topic=FOREIGN)
    await publish(store, 1, due_at=NOW + SECOND)
    young = await publish(store, 2, due_at=NOW)
    old = await publish(store, 3, topic=FOREIGN, due_at=NOW - SECOND)

    assert of(await claim(store)) == [(other, old), (chat, young)]


async def test_one_batch_holds_at_most_one_delivery_for_each_chat(store: Database) -> None:
    busy, quiet = await subscribe(store, "busy", "quiet")
    first = await publish(store, 1)
    second = await publish(store, 2)

    assert of(await claim(store)) == [(busy, first), (quiet, first)]
    assert of(await claim(store)) == [(busy, second), (quiet, second)]


async def test_a_chat_with_a_long_backlog_blocks_nobody(store: Database) -> None:
    (busy,) = await subscribe(store, "busy")
    for number in range(20):
        await publish(store, number)
    (quiet,) = await subscribe(store, "quiet", topic=FOREIGN)
    await publish(store, 100, topic=FOREIGN)

    claimed = await claim(store, limit=2)

    assert [delivery.chat for delivery in claimed] == [busy, quiet]


async def test_what_is_leased_is_not_claimed_again_until_the_lease_lapses(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)

    before = await claim(store, owner="two", now=NOW + MINUTE - SECOND)
    after = await claim(store, owner="two", now=NOW + MINUTE)

    assert (before, after) == ((), (delivery,))


async def test_another_account_claims_nothing_of_ours(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)

    async with store.write() as tx:
        claimed = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT.__class__("zalo:9"), owner="one", lease=MINUTE),
            now=NOW,
            limit=5,
            usual=USUAL,
        )

    assert claimed == outbox.Claimed(())


async def test_a_closed_chat_waits_in_its_old_place_until_it_opens(store: Database) -> None:
    closed, free = await subscribe(store, "closed", "free")
    first = await publish(store, 1)
    second = await publish(store, 2, due_at=NOW + SECOND)
    opens_at = NOW + 10 * SECOND
    closures = {closed: opens_at}

    shut = await claim(store, now=NOW + SECOND, limit=1, closed=closures)
    still = await claim(store, now=opens_at - SECOND, limit=1, closed=closures)
    opened = await claim(store, now=opens_at, limit=1)

    assert (of(shut), of(still), of(opened)) == ([(free, first)], [(free, second)], [(closed, first)])


async def test_a_closure_that_is_over_holds_nothing(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    article = await publish(store)

    assert of(await claim(store, closed={chat: NOW})) == [(chat, article)]


async def test_many_closed_chats_at_the_head_do_not_hide_an_open_one(store: Database) -> None:
    closed = await subscribe(store, *map(str, range(40)))
    (free,) = await subscribe(store, "free")
    article = await publish(store)

    claimed = await claim(store, limit=1, closed=dict.fromkeys(closed, NOW + MINUTE))

    assert of(claimed) == [(free, article)]


async def test_a_receipt_ends_a_delivery(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)

    settled = await settle(store, sent(delivery), now=NOW + SECOND)

    columns = ("status", "attempts", "message_id", "settled_at", "lease_owner", "held_until", "claims")
    assert settled == 1
    assert await rows(store, *columns) == [
        (DeliveryStatus.SENT, 1, "77", NOW + SECOND, None, None, 0),
    ]
    assert await claim(store, now=NOW + DAYS / 2) == ()


async def test_a_delivery_to_retry_is_due_when_it_was_settled_to_be(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)
    await settle(store, later(delivery, NOW + 5 * SECOND))

    early = await claim(store, now=NOW + 4 * SECOND)
    (again,) = await claim(store, now=NOW + 5 * SECOND)

    assert early == ()
    assert (again.id, again.attempts, again.due_at) == (delivery.id, 1, NOW + 5 * SECOND)


async def test_settling_nothing_is_nothing(store: Database) -> None:
    assert await settle(store) == 0


async def test_only_the_owner_of_a_lease_settles(store: Database) -> None:
    await subscribe(store, "1", "2")
    await publish(store)
    first, second = await claim(store, owner="one")
    await claim(store, owner="two", now=NOW + MINUTE, limit=1)

    settled = await settle(store, sent(first), sent(second), owner="one", now=NOW + MINUTE)

    assert settled == 1
    assert await rows(store, "status", "lease_owner") == [
        (DeliveryStatus.PENDING, "two"),
        (DeliveryStatus.SENT, None),
    ]


async def test_a_receipt_after_the_lease_has_lapsed_counts_while_nobody_else_has_claimed(
    store: Database,
) -> None:
    one, _two = await subscribe(store, "1", "2")
    await publish(store)
    first, _second = await claim(store, owner="one")
    await claim(store, owner="two", now=NOW + MINUTE, closed={one: NOW + 2 * MINUTE})

    assert await settle(store, sent(first), owner="one", now=NOW + MINUTE) == 1


async def test_what_was_settled_is_not_settled_again(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)
    await settle(store, sent(delivery))

    rejected = Settlement(delivery.id, DeliveryStatus.REJECTED, attempts=2, reason="late")

    assert await settle(store, rejected) == 0


async def test_what_is_given_back_is_due_at_once_and_the_claim_does_not_count(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store, owner="one")

    async with store.write() as tx:
        others = await outbox.release(tx, [delivery.id], owner="two")
        own = await outbox.release(tx, [delivery.id], owner="one")

    assert (others, own) == (0, 1)
    assert await rows(store, "claims", "lease_owner", "held_until") == [(0, None, None)]
    assert await claim(store, owner="two") == (delivery,)


async def test_a_delivery_that_is_too_old_expires(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store, expires_at=NOW + SECOND)

    claimed = await claim(store, now=NOW + SECOND)

    assert claimed == ()
    assert await rows(store, "status", "reason", "settled_at") == [
        (DeliveryStatus.EXPIRED, "[too-old] too old to be news", NOW + SECOND),
    ]


async def test_a_delivery_claimed_ten_times_and_never_settled_is_set_aside(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)
    moments = [NOW + count * MINUTE for count in range(claim_query.MAX_CLAIMS + 1)]

    claimed = [len(await claim(store, now=moment)) for moment in moments]

    assert claimed == [1] * claim_query.MAX_CLAIMS + [0]
    assert await rows(store, "status", "reason") == [
        (DeliveryStatus.SET_ASIDE, "[given-up] claimed 10 times and never settled"),
    ]


async def test_what_may_kill_the_process_is_claimed_alone_and_takes_no_others_with_it(
    store: Database,
) -> None:
    await subscribe(store, "1", "2", "3")
    await publish(store)
    together = claim_query.SUSPECT_AFTER
    moments = [NOW + count * MINUTE for count in range(claim_query.MAX_CLAIMS + 1)]

    claimed = [len(await claim(store, now=moment)) for moment in moments]

    assert claimed == [3] * together + [1] * (claim_query.MAX_CLAIMS - together + 1)
    assert await rows(store, "status", "claims") == [
        (DeliveryStatus.SET_ASIDE, claim_query.MAX_CLAIMS),
        (DeliveryStatus.PENDING, together + 1),
        (DeliveryStatus.PENDING, together),
    ]


async def test_settling_starts_the_count_of_claims_anew(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store)

    for count in range(2 * claim_query.MAX_CLAIMS):
        moment = NOW + count * SECOND
        (delivery,) = await claim(store, now=moment)
        await settle(store, later(delivery, moment + SECOND), now=moment)

    assert await rows(store, "status", "claims") == [(DeliveryStatus.PENDING, 0)]


async def test_what_was_owed_to_a_chat_that_unsubscribed_is_cancelled(store: Database) -> None:
    gone, stays = await subscribe(store, "1", "2")
    article = await publish(store)
    async with store.write() as tx:
        await chats.unsubscribe(tx, gone, DOMESTIC.id, why=EndReason.UNSUBSCRIBED, now=NOW)

    claimed = await claim(store)

    assert of(claimed) == [(stays, article)]
    assert await rows(store, "status", "reason") == [
        (DeliveryStatus.CANCELLED, "the chat has unsubscribed"),
        (DeliveryStatus.PENDING, None),
    ]


async def test_an_article_of_two_topics_is_still_wanted_by_who_keeps_one_of_them(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)
    article = await publish(store, 1)
    other = await publish(store, 2)
    async with store.write() as tx:
        await save(tx, 1, topic=FOREIGN)
        await chats.unsubscribe(tx, chat, DOMESTIC.id, why=EndReason.UNSUBSCRIBED, now=NOW)

    assert of(await claim(store)) == [(chat, article)]
    assert of(await claim(store)) == []
    assert (await rows(store, "article_id", "reason"))[1] == (other, "the chat has unsubscribed")


@pytest.mark.parametrize("status", [ChatStatus.OFF, ChatStatus.PAUSED])
async def test_what_is_owed_to_a_chat_ends_when_it_leaves(store: Database, status: ChatStatus) -> None:
    gone, _stays = await subscribe(store, "1", "2")
    await publish(store)

    async with store.write() as tx:
        await chats.set_status(tx, gone, status, "Forbidden: bot was blocked by the user", now=NOW)

    assert await rows(store, "status", "reason", "settled_at") == [
        (DeliveryStatus.CANCELLED, "Forbidden: bot was blocked by the user", NOW),
        (DeliveryStatus.PENDING, None, None),
    ]


async def test_what_is_being_sent_when_a_chat_leaves_keeps_its_receipt(store: Database) -> None:
    (gone,) = await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)
    async with store.write() as tx:
        await chats.set_status(tx, gone, ChatStatus.OFF, "blocked", now=NOW)

    assert await settle(store, sent(delivery)) == 1
    assert await rows(store, "status") == [(DeliveryStatus.SENT,)]


async def test_a_lapsed_delivery_to_a_chat_that_left_is_cancelled(store: Database) -> None:
    (gone,) = await subscribe(store, "1")
    await publish(store)
    await claim(store)
    async with store.write() as tx:
        await chats.set_status(tx, gone, ChatStatus.OFF, "blocked", now=NOW)

    assert await claim(store, now=NOW + MINUTE) == ()
    assert await rows(store, "status", "reason") == [(DeliveryStatus.CANCELLED, "the chat is off")]


async def test_two_claims_at_the_same_time_never_get_the_same_delivery(store: Database) -> None:
    await subscribe(store, *map(str, range(40)))
    await publish(store)

    batches = await asyncio.gather(*(claim(store, owner=str(n), limit=5) for n in range(8)))

    ids = [delivery.id for batch in batches for delivery in batch]
    assert len(ids) == len(set(ids))
    # A claim leaves out what another one has locked at that moment: the rest comes with the next.
    ids += [delivery.id for delivery in await claim(store)]
    assert len(set(ids)) == len(ids) == 40


async def test_receipts_in_any_order_from_two_tasks_do_not_deadlock(store: Database) -> None:
    await subscribe(store, *map(str, range(30)))
    await publish(store)
    claimed = await claim(store)
    up = [sent(delivery) for delivery in claimed]

    settled = await asyncio.gather(settle(store, *up), settle(store, *reversed(up)))

    assert sorted(settled) == [0, 30]
