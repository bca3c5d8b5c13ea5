"""Sending an article again: it is no second release, and a recall finds all that was sent of it."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.chats.chat import ChatId, ChatStatus
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.publications import take_back
from bot.services.publishing.resending import to_chat, to_topics
from bot.store.articles import revisits
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import fanout
from bot.store.publications import publications
from bot.store.runtime import endings
from bot.store.runtime.endings import Completion
from bot.store.schema import daily_figures
from tests.services.publishing.test_contents import ACTOR
from tests.store.world import DOMESTIC, NOW, claim, prepare, publish, rows, sent, settle, subscribe


async def test_who_has_subscribed_since_gets_it_and_it_was_released_once(db: Database) -> None:
    await prepare(db)
    article = await publish(db)
    (late,) = await subscribe(db, "1")

    async with db.write() as tx:
        assert await to_topics(tx, article, [DOMESTIC.id], ACTOR, now=NOW)

    assert [each.chat for each in await claim(db)] == [late]
    async with db.read() as tx:
        released = (await tx.execute(select(func.sum(daily_figures.c.released)))).scalar_one()
        found = await publications.get(tx, article)
    assert (found and found.state, released) == (PublicationState.RELEASED, 1)


async def send(db: Database) -> None:
    """Let what is owed be sent, each with a message of its own."""
    owed = await claim(db)
    await settle(db, *(replace(sent(each), message_id=f"m{each.id}") for each in owed))


async def send_again(db: Database, article: ArticleId, chat: ChatId) -> None:
    async with db.write() as tx:
        assert await to_chat(tx, article, chat, ACTOR, now=NOW)
    await send(db)


async def withdrawn(db: Database, article: ArticleId) -> list[tuple[ChatId, str | None]]:
    """Take *article* back, and return from which chats which messages are to go."""
    async with db.write() as tx:
        await take_back(tx, article, now=NOW)
        while await fanout.continue_fanouts(tx, now=NOW):
            pass
    found: list[tuple[ChatId, str | None]] = []
    while owed := await claim(db):
        found += [(each.chat, each.replaces) for each in owed]
        await settle(db, *map(sent, owed))
    return found


async def test_a_recall_takes_back_every_copy_that_a_chat_has(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chats have up to three copies, and the fan-out of the recall is cut between any two of them."""
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 1)
    await prepare(db)
    people = await subscribe(db, "1", "2", "3")
    article = await publish(db)
    async with db.write() as tx:
        while await fanout.continue_fanouts(tx, now=NOW):
            pass
    await send(db)
    for chat in (people[0], people[0], people[2]):
        await send_again(db, article, chat)
    copies = {(chat, message) for chat, message in await rows(db, "chat_id", "message_id")}

    async with db.read() as tx:
        asked = await revisits.receipts(tx, article)
    taken_back = await withdrawn(db, article)

    assert (asked, len(copies), len(taken_back)) == (3, 6, 6)
    assert set(taken_back) == copies
    async with db.read() as tx:
        assert await endings.of_withdrawal(tx, article) == Completion(sent=6)


async def test_a_copy_in_a_chat_that_has_shut_the_bot_out_is_out_of_reach(db: Database) -> None:
    await prepare(db)
    gone, there = await subscribe(db, "1", "2")
    article = await publish(db)
    await send(db)
    await send_again(db, article, gone)
    async with db.write() as tx:
        await chats.set_status(tx, gone, ChatStatus.OFF, "blocked", now=NOW)

    taken_back = await withdrawn(db, article)

    assert [chat for chat, _ in taken_back] == [there]
    async with db.read() as tx:
        assert await endings.of_withdrawal(tx, article) == Completion(sent=1, out_of_reach=2)


async def test_an_article_that_was_recalled_is_not_sent_again(db: Database) -> None:
    await prepare(db)
    (chat,) = await subscribe(db, "1")
    article = await publish(db)
    await send(db)
    await withdrawn(db, article)

    async with db.write() as tx:
        assert not await to_chat(tx, article, chat, ACTOR, now=NOW)


async def test_of_a_recall_and_a_resend_at_the_same_moment_none_leaves_a_copy(db: Database) -> None:
    await prepare(db)
    (chat,) = await subscribe(db, "1")
    article = await publish(db)
    await send(db)

    async def resend() -> None:
        async with db.write() as tx:
            await to_chat(tx, article, chat, ACTOR, now=NOW)

    taken_back, _ = await asyncio.gather(withdrawn(db, article), resend())

    taken_back += await withdrawn(db, article)
    (first,) = [each for each in await rows(db, "revision", "message_id", "status") if each[2] == "sent"][:1]
    assert [message for _, message in taken_back] == [first[1]]
    assert await claim(db) == ()
