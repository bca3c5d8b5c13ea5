import pytest

from bot.domain.chats.chat import ChatId, ChatKind, ChatStatus
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import fanout, outbox
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FOREIGN,
    NOW,
    claim,
    publish,
    register,
    rows,
    save,
    sent,
    settle,
    subscribe,
)


@pytest.fixture
def slices_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 2)


async def test_every_chat_that_subscribes_is_owed_the_article(store: Database) -> None:
    first, second = await subscribe(store, "1", "2")
    await subscribe(store, "3", topic=FOREIGN)

    article = await publish(store)

    columns = (
        "chat_id",
        "account_id",
        "article_id",
        "topic_id",
        "revision",
        "status",
        "due_at",
        "expires_at",
    )
    owed = (ACCOUNT, article, DOMESTIC.id, 0, DeliveryStatus.PENDING, NOW, NOW + DAYS)
    assert await rows(store, *columns) == [(first, *owed), (second, *owed)]


async def test_a_fan_out_that_fits_into_one_slice_is_complete_at_once(store: Database) -> None:
    await subscribe(store, "1")

    async with store.write() as tx:
        complete = await outbox.enqueue(
            tx,
            outbox.NewFanout(article=await save(tx, 1), topic=DOMESTIC.id, due_at=NOW, expires_at=NOW + DAYS),
            now=NOW,
        )
        more = await outbox.continue_fanouts(tx, now=NOW)

    assert (complete, more) == (True, False)


@pytest.mark.usefixtures("slices_of_two")
@pytest.mark.parametrize("subscribers", [0, 1, 2, 3, 4, 5])
async def test_slices_together_reach_everyone_just_once(store: Database, subscribers: int) -> None:
    expected = await subscribe(store, *map(str, range(subscribers)))

    await publish(store)
    slices = 0
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            slices += 1

    assert [chat for (chat,) in await rows(store, "chat_id")] == expected
    assert slices == subscribers // 2


@pytest.mark.usefixtures("slices_of_two")
async def test_the_oldest_fan_out_goes_first(store: Database) -> None:
    await subscribe(store, "1", "2", "3")
    old = await publish(store, 1)
    await publish(store, 2)

    async with store.write() as tx:
        await outbox.continue_fanouts(tx, now=NOW)

    assert [article for (article,) in await rows(store, "article_id")].count(old) == 3


@pytest.mark.usefixtures("slices_of_two")
async def test_a_fan_out_that_is_rolled_back_leaves_neither_deliveries_nor_a_cursor(store: Database) -> None:
    await subscribe(store, "1", "2", "3")

    async def publish_and_fail() -> None:
        async with store.write() as tx:
            article = await save(tx, 1)
            await outbox.enqueue(
                tx,
                outbox.NewFanout(article=article, topic=DOMESTIC.id, due_at=NOW, expires_at=NOW + DAYS),
                now=NOW,
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await publish_and_fail()

    async with store.read() as tx:
        assert await outbox.backlog(tx, now=NOW) == outbox.Backlog(0, 0, None, 0)


async def test_nothing_is_owed_to_chats_that_are_off_or_paused_or_have_not_agreed(store: Database) -> None:
    off, paused, active = await subscribe(store, "off", "paused", "active")
    async with store.write() as tx:
        await chats.set_status(tx, off, ChatStatus.OFF, "blocked", now=NOW)
        await chats.set_status(tx, paused, ChatStatus.PAUSED, now=NOW)
        undecided = await register(tx, "undecided")
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        for chat in (undecided, group):
            await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)

    await publish(store)

    assert await rows(store, "chat_id") == [(active,), (group.id,)]


async def test_a_chat_that_subscribes_to_both_topics_of_an_article_is_owed_it_once(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await subscribe(store, "1", topic=FOREIGN)

    await publish(store, 1)
    await publish(store, 1, topic=FOREIGN)

    assert await rows(store, "chat_id", "topic_id") == [(chat, DOMESTIC.id)]


async def test_a_correction_is_owed_beside_the_article_that_was_sent(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    await settle(store, *map(sent, await claim(store)))

    async with store.write() as tx:
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=DOMESTIC.id, revision=1, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )

    assert await rows(store, "article_id", "revision") == [(article, 0), (article, 1)]


@pytest.mark.usefixtures("slices_of_two")
async def test_who_unsubscribes_before_the_cursor_comes_by_is_owed_nothing(store: Database) -> None:
    *_, last = await subscribe(store, "1", "2", "3")
    await publish(store)

    async with store.write() as tx:
        await chats.unsubscribe(tx, last, DOMESTIC.id, why=EndReason.UNSUBSCRIBED, now=NOW)
        await outbox.continue_fanouts(tx, now=NOW)

    assert ChatId(last) not in [chat for (chat,) in await rows(store, "chat_id")]
