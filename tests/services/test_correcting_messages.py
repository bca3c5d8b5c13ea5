"""Corrections on their way to Telegram: messages are edited, deleted or say that the article is gone."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.chats.chat import Chat
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article, ArticleId, Attachment, Photo, PreparedPhoto
from bot.services.delivery.sender import Sender
from bot.services.publishing.publications import take_back
from bot.services.publishing.resending import to_chat
from bot.store.articles import articles
from bot.store.outbox import outbox
from bot.store.runtime import endings
from bot.store.runtime.endings import Completion
from tests.emulated import Emulated
from tests.outbox_world import TOPIC, OutboxWorld

ACTOR = Actor(AuditPlace.CLI, "desk")


async def correct(
    world: OutboxWorld,
    article: ArticleId,
    title: str,
    summary: str = "",
    *,
    files: Sequence[Attachment] = (),
    photo: PreparedPhoto | None = None,
) -> None:
    now = world.clock.now()
    async with world.database.write() as tx:
        stored = await articles.get(tx, article)
        assert stored
        photos = (Photo(photo.url),) if photo else stored.article.photos
        revised = Article(stored.article.url, title, summary, photos=photos, attachments=tuple(files))
        revision = stored.revision + 1
        await articles.revise(tx, article, revised, photo, revision=revision, now=now)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article,
                topic=TOPIC.id,
                revision=revision,
                due_at=now,
                expires_at=now + timedelta(hours=1),
            ),
            now=now,
        )


async def test_a_caption_and_a_text_are_edited_in_place(emulated: Emulated, world: OutboxWorld) -> None:
    people = await emulated.subscribers(3)
    await world.subscribe(people)
    async with world.sending() as sender:
        both = [await world.publish(1, photo=True), await world.publish(2)]
        sender.wake()
        await world.until_settled()

        for article in both:
            await correct(world, article, f"Đính chính {article}")
        sender.wake()
        await world.until_settled()

    outbox = await emulated.outbox()
    texts = [message.get("text") or message.get("caption") for message in outbox]
    assert len(outbox) == 6
    assert all("Đính chính" in (text or "") for text in texts), texts


async def test_messages_are_deleted_when_an_article_is_withdrawn(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(2))
    async with world.sending() as sender:
        article = await world.publish(photo=True)
        sender.wake()
        await world.until_settled()

        async with world.database.write() as tx:
            await take_back(tx, article, now=world.clock.now())
        sender.wake()
        await world.until_settled()

    assert await emulated.outbox() == []


async def sent_again(world: OutboxWorld, article: ArticleId, chat: Chat, sender: Sender) -> None:
    async with world.database.write() as tx:
        assert await to_chat(tx, article, chat.id, ACTOR, now=world.clock.now())
    sender.wake()
    await world.until_settled()


async def test_every_copy_is_deleted_of_an_article_that_was_sent_again_and_again(
    emulated: Emulated, world: OutboxWorld
) -> None:
    """The first copy is too old to be deleted, and says that the article is gone."""
    people = await emulated.subscribers(2)
    chat, _ = await world.subscribe(people)
    async with world.sending() as sender:
        article = await world.publish(photo=True)
        sender.wake()
        await world.until_settled()
        await emulated.post("clock", advance=49 * 3600)
        for _ in range(2):
            await sent_again(world, article, chat, sender)
        assert len(await emulated.outbox(people[0])) == 3

        async with world.database.write() as tx:
            await take_back(tx, article, now=world.clock.now())
        sender.wake()
        await world.until_settled()

    left = [message.get("text") or message.get("caption") for message in await emulated.outbox(people[0])]
    assert left == ["Bài viết đã được gỡ bỏ"]
    async with world.database.read() as tx:
        progress = await endings.of_withdrawal(tx, article)
    assert progress == Completion(sent=4)


async def test_the_newest_copy_is_corrected_and_all_of_them_are_deleted_then(
    emulated: Emulated, world: OutboxWorld
) -> None:
    (chat,) = await world.subscribe(await emulated.subscribers(1))
    async with world.sending() as sender:
        article = await world.publish(title="Cũ")
        sender.wake()
        await world.until_settled()
        await sent_again(world, article, chat, sender)
        await correct(world, article, "Mới")
        sender.wake()
        await world.until_settled()
        corrected = [message["text"].partition("\n")[0] for message in await emulated.outbox()]
        # One more is owed, and not yet on its way, when the article is taken back.
        async with world.database.write() as tx:
            assert await to_chat(tx, article, chat.id, ACTOR, now=world.clock.now())
            await take_back(tx, article, now=world.clock.now())
        sender.wake()
        await world.until_settled()

    assert corrected == ["Cũ", "Mới"]
    assert await emulated.outbox() == []


async def test_a_message_that_is_too_old_to_be_deleted_says_that_the_article_is_gone(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(1))
    async with world.sending() as sender:
        article = await world.publish(photo=True)
        sender.wake()
        await world.until_settled()
        await emulated.post("clock", advance=49 * 3600)

        async with world.database.write() as tx:
            await take_back(tx, article, now=world.clock.now())
        sender.wake()
        await world.until_settled()

    (message,) = await emulated.outbox()
    assert (message.get("text") or message.get("caption")) == "Bài viết đã được gỡ bỏ"


async def test_each_request_of_a_withdrawal_takes_a_slot_of_its_own(
    emulated: Emulated, world: OutboxWorld
) -> None:
    await world.subscribe(await emulated.subscribers(1))
    async with world.sending() as sender:
        article = await world.publish(photo=True)
        sender.wake()
        await world.until_settled()
        await emulated.post("clock", advance=49 * 3600)

        async with world.database.write() as tx:
            await take_back(tx, article, now=world.clock.now())
        sender.wake()
        await world.until_settled()

    slots = sum(
        sample.value
        for metric in world.metrics.registry.collect()
        for sample in metric.samples
        if sample.name == "bantin_wait_seconds_count"
    )
    # The card, and then to delete it, to edit it as a text, to edit it as a caption.
    assert slots == 1 + 3
