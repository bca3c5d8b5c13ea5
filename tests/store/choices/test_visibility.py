"""Members-only topics: who is let in, who sees what, and what becomes of those who are shut out."""

from dataclasses import replace

import pytest

from bot.domain.chats.chat import Address, ChatId, ChatKind
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import Article
from bot.store.articles import articles, revisits
from bot.store.chats import chats, erasure
from bot.store.choices import visibility
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FEED,
    FOREIGN,
    NOW,
    claim,
    publish,
    register,
    rows,
    sent,
    settle,
    subscribe,
)

INTERNAL = replace(FOREIGN, members_only=True)


async def close(tx: Transaction) -> None:
    await feeds.sync_definitions(tx, [DOMESTIC, INTERNAL], [FEED], NOW)


@pytest.fixture
async def member(store: Database) -> ChatId:
    """A chat that was let into the closed topic and subscribes to it."""
    async with store.write() as tx:
        await close(tx)
        chat = await register(tx, "1")
        await chats.give_consent(tx, chat.id, "1", NOW)
        await visibility.grant(tx, chat.id, INTERNAL.id, NOW)
        await chats.subscribe(tx, chat.id, INTERNAL.id, NOW)
    return chat.id


async def test_a_closed_topic_is_there_for_its_members_alone(store: Database, member: ChatId) -> None:
    async with store.write() as tx:
        stranger = await register(tx, "2")
        seen = [await visibility.visible_topics(tx, chat) for chat in (member, stranger.id, None)]

    assert seen == [(DOMESTIC, INTERNAL), (DOMESTIC,), (DOMESTIC,)]


async def test_a_membership_is_given_once_listed_and_counted(store: Database, member: ChatId) -> None:
    async with store.write() as tx:
        again = await visibility.grant(tx, member, INTERNAL.id, NOW)
        listed = await visibility.members(tx, ACCOUNT, INTERNAL.id)
        counted = await visibility.counts(tx, ACCOUNT)

    expected = visibility.Member(member, ChatKind.PRIVATE, "1", NOW)
    assert (again, listed, counted) == (False, (expected,), {INTERNAL.id: 1})


async def test_who_is_shut_out_gets_nothing_of_what_waits(store: Database, member: ChatId) -> None:
    await publish(store, topic=INTERNAL)

    async with store.write() as tx:
        assert await visibility.revoke(tx, member, INTERNAL.id, NOW)
        assert not await visibility.revoke(tx, member, INTERNAL.id, NOW)

    assert await claim(store) == ()
    assert await rows(store, "status", "reason") == [(DeliveryStatus.CANCELLED, "the chat has unsubscribed")]


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_who_is_shut_out_learns_no_new_words_but_what_is_withdrawn_goes(
    store: Database, member: ChatId, *, withdrawn: bool
) -> None:
    article = await publish(store, topic=INTERNAL)
    (delivery,) = await claim(store)
    await settle(store, sent(delivery))

    async with store.write() as tx:
        await visibility.revoke(tx, member, INTERNAL.id, NOW)
        if withdrawn:
            await revisits.withdraw(tx, article, now=NOW)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=INTERNAL.id, revision=1, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )

    assert len(await claim(store)) == (1 if withdrawn else 0)


async def test_a_topic_that_becomes_closed_loses_its_subscribers(store: Database) -> None:
    (stranger,) = await subscribe(store, "2", topic=INTERNAL)

    async with store.write() as tx:
        await close(tx)
        left = await chats.subscriptions(tx, stranger)

    assert left == ()


async def test_a_group_that_moves_stays_a_member(store: Database) -> None:
    async with store.write() as tx:
        await close(tx)
        old = await register(tx, "-5", kind=ChatKind.GROUP)
        await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await visibility.grant(tx, old.id, INTERNAL.id, NOW)
        await chats.move(tx, Address(ACCOUNT, "-5"), Address(ACCOUNT, "-100"), now=NOW)
        moved = await chats.find(tx, Address(ACCOUNT, "-100"))
        assert moved
        assert await visibility.topics_of(tx, moved.id) == (INTERNAL.id,)


async def test_a_group_keeps_the_membership_that_it_had_at_its_new_address(store: Database) -> None:
    async with store.write() as tx:
        await close(tx)
        await register(tx, "-5", kind=ChatKind.GROUP)
        new = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await visibility.grant(tx, new.id, INTERNAL.id, NOW)
        await chats.move(tx, Address(ACCOUNT, "-5"), Address(ACCOUNT, "-100"), now=NOW)
        moved = await chats.find(tx, Address(ACCOUNT, "-100"))
        assert moved
        assert await visibility.topics_of(tx, moved.id) == (INTERNAL.id,)


async def test_a_member_who_is_forgotten_is_no_member(store: Database, member: ChatId) -> None:
    async with store.write() as tx:
        await erasure.forget(tx, member, why=EndReason.ERASED, now=NOW)

        assert await visibility.counts(tx, ACCOUNT) == {}


async def test_who_is_shut_out_gets_no_correction_that_was_owed_to_them_before(
    store: Database, member: ChatId
) -> None:
    async with store.write() as tx:
        other = await register(tx, "2")
        await chats.give_consent(tx, other.id, "1", NOW)
        await visibility.grant(tx, other.id, INTERNAL.id, NOW)
        await chats.subscribe(tx, other.id, INTERNAL.id, NOW)
    article = await publish(store, topic=INTERNAL)
    await settle(store, *map(sent, await claim(store)))
    async with store.write() as tx:
        new = Article("https://agency.example/tin/1", "Bài đã sửa")
        await articles.revise(tx, article, new, None, revision=1, now=NOW)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=INTERNAL.id, revision=1, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )
    async with store.write() as tx:
        await visibility.revoke(tx, member, INTERNAL.id, NOW)

    assert [delivery.chat for delivery in await claim(store)] == [other.id]
    ended = [row for row in await rows(store, "revision", "status", "reason") if row[1] == "cancelled"]
    assert ended == [(1, DeliveryStatus.CANCELLED, "the chat is not let into the topic any more")]
