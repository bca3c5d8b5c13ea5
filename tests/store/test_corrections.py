"""Corrections in the outbox: who is owed one, what it replaces, and what is withdrawn."""

from datetime import timedelta

import pytest

from bot.domain.delivery.delivery import Delivery, DeliveryStatus, Settlement
from bot.domain.news.article import Article, ArticleId, Attachment
from bot.domain.news.correction import Version
from bot.store.articles import articles, corrections, revisits
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from tests.store.world import (
    DAYS,
    DOMESTIC,
    FEED,
    MINUTE,
    NOW,
    SECOND,
    claim,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)

LATER = NOW + 2 * MINUTE


async def correct(db: Database, article: ArticleId, *, revision: int = 1, title: str = "Bài đã sửa") -> None:
    async with db.write() as tx:
        await articles.revise(
            tx,
            article,
            Article("https://agency.example/tin/1", title),
            None,
            revision=revision,
            now=NOW,
        )
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=DOMESTIC.id, revision=revision, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )


async def deliver(db: Database) -> tuple[Delivery, ...]:
    claimed = await claim(db)
    await settle(db, *(sent(delivery) for delivery in claimed))
    return claimed


def what(claimed: tuple[Delivery, ...]) -> list[tuple[str, int, str | None, bool]]:
    return [(each.address.chat, each.revision, each.replaces, each.withdrawn) for each in claimed]


async def test_a_correction_goes_to_those_who_have_the_article_and_names_their_message(
    store: Database,
) -> None:
    await subscribe(store, "1", "2")
    article = await publish(store)
    await deliver(store)
    await subscribe(store, "3")

    await correct(store, article)

    assert what(await claim(store)) == [("1", 1, "77", False), ("2", 1, "77", False)]


async def test_who_has_not_had_the_article_gets_it_once_with_the_newest_words(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)

    await correct(store, article)

    assert what(await claim(store)) == [("1", 0, None, False)]
    assert len(await rows(store, "id")) == 1


async def test_what_is_being_sent_meanwhile_is_corrected_when_its_lease_is_over(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    under_way = await claim(store)
    await correct(store, article)
    await settle(store, *(sent(delivery) for delivery in under_way))

    assert what(await claim(store)) == []
    assert what(await claim(store, now=LATER)) == [("1", 1, "77", False)]


async def test_a_correction_of_what_was_never_sent_is_dropped_with_its_reason(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    await claim(store)
    await correct(store, article)

    assert what(await claim(store, owner="two", now=LATER)) == [("1", 0, None, False)]
    await claim(store, owner="three", now=LATER + SECOND)

    assert ("cancelled", "nothing was sent that could be corrected") in await rows(store, "status", "reason")


async def test_a_correction_is_fanned_out_in_slices(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.outbox.fanout.FANOUT_SLICE", 2)
    await subscribe(store, "1", "2", "3", "4", "5")
    article = await publish(store)
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            pass
    await deliver(store)
    await correct(store, article)
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            pass

    assert [chat for chat, *_ in what(await claim(store))] == ["1", "2", "3", "4", "5"]


async def test_a_message_in_a_chat_that_has_moved_is_not_edited_by_its_old_number(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    article = await publish(store)
    await deliver(store)
    async with store.write() as tx:
        there = await chats.get(tx, chat)
        assert there
        old = there.address
        await chats.move(tx, old, type(old)(old.account, "-1009"), now=NOW)

    await correct(store, article)

    assert await claim(store) == ()


async def test_a_withdrawn_article_is_taken_back_and_not_sent_any_more(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    await deliver(store)
    await subscribe(store, "2")
    async with store.write() as tx:
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=article, topic=DOMESTIC.id, due_at=NOW, expires_at=NOW + DAYS),
            now=NOW,
        )
        revision = await revisits.withdraw(tx, article, NOW)
        assert revision == 1
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=DOMESTIC.id, revision=revision, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )

    assert what(await claim(store)) == [("1", 1, "77", True)]
    assert ("cancelled", "the agency has taken the article down") in await rows(store, "status", "reason")
    async with store.write() as tx:
        assert await revisits.withdraw(tx, article, NOW) is None
        assert await articles.latest(tx, topics=None, limit=5) == ((), 0)


async def test_pages_are_read_again_when_due_and_by_one_process(store: Database) -> None:
    article = await publish(store)
    async with store.write() as tx:
        await revisits.begin(
            tx, article, FEED.id, "https://agency.example/tin/1", now=NOW, due_at=NOW + MINUTE
        )
        lease = timedelta(minutes=5)
        assert await revisits.claim(tx, now=NOW, limit=4, lease=lease) == ()
        (revisit,) = await revisits.claim(tx, now=NOW + MINUTE, limit=4, lease=lease)
        assert (revisit.article, revisit.feed.id, revisit.absences) == (article, FEED.id, 0)
        assert await revisits.claim(tx, now=NOW + MINUTE, limit=4, lease=lease) == ()
        await revisits.end(tx, article)
        assert await revisits.claim(tx, now=NOW + DAYS, limit=4, lease=lease) == ()


async def test_what_is_told_is_compared_with_the_last_revision_that_the_chat_was_sent(
    store: Database,
) -> None:
    """Of three corrections the first is sent and the second is not: the third is told with the second."""
    await subscribe(store, "an")
    article = await publish(store)
    await deliver(store)
    await correct(store, article, revision=1, title="Một")
    (first,) = await claim(store)
    async with store.read() as tx:
        of_first = await corrections.before(tx, [first.id])
    await settle(store, sent(first))
    await correct(store, article, revision=2, title="Hai")
    await correct(store, article, revision=3, title="Ba")
    (second,) = await claim(store)
    untold = Settlement(second.id, DeliveryStatus.CANCELLED, attempts=0, reason="a later message says more")
    await settle(store, untold)
    (third,) = await claim(store)
    async with store.read() as tx:
        of_third = await corrections.before(tx, [third.id])

    assert (second.revision, third.revision) == (2, 3)
    assert [each.title for each in of_first.values()] == ["Bài số 1"]
    assert [each.title for each in of_third.values()] == ["Một"]


async def test_the_files_and_the_photo_of_before_are_kept_with_the_words(store: Database) -> None:
    await subscribe(store, "an")
    article = await publish(store)
    await deliver(store)
    file = Attachment("https://agency.example/1.pdf", "Quyết định", "1 MB")
    for revision, files in enumerate([(file,), ()], start=1):
        async with store.write() as tx:
            page = Article("https://agency.example/tin/1", "Bài số 1", attachments=files)
            await articles.revise(tx, article, page, None, revision=revision, now=NOW)
        await correct(store, article, revision=revision)
        (delivery,) = await deliver(store)
    async with store.write() as tx:
        await corrections.note(tx, article, 3, Version("Bài số 1", "", (file,), "khoa"), now=NOW)
        (kept,) = (await corrections.before(tx, [delivery.id])).values()

    assert kept == Version("Bài số 1", "", (file,), "khoa")


async def test_the_history_of_an_article_says_when_and_what(store: Database) -> None:
    article = await publish(store)
    await correct(store, article, revision=1, title="Một")
    await correct(store, article, revision=2, title="Một.")
    async with store.read() as tx:
        stored = await articles.get(tx, article)
        assert stored is not None
        history = await corrections.history(tx, article, stored.version)

    assert [(each.revision, each.at, each.before.title, each.now.title) for each in history] == [
        (2, NOW, "Một", "Một."),
        (1, NOW, "Bài số 1", "Một"),
    ]
    assert [each.note and each.note.what.title for each in history] == [None, "Bài số 1"]
