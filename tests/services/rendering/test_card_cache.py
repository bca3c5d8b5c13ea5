from dataclasses import replace
from datetime import timedelta

from bot.domain.chats.chat import ChatKind
from bot.domain.chats.message import Message, NewPhoto, plain
from bot.domain.chats.preferences import MessageOptions
from bot.domain.delivery.delivery import Delivery, Form
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.correction import CorrectionNote
from bot.domain.news.feed import Topic
from bot.services.rendering.card_cache import CardCache, in_plain_text
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.outbox import outbox
from tests.builders import compose
from tests.emulated import ACCOUNT, Emulated
from tests.outbox_world import QUICK, OutboxWorld


async def claimed(world: OutboxWorld) -> tuple[Delivery, ...]:
    async with world.database.write() as tx:
        batch = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="me", lease=timedelta(minutes=1)),
            now=world.clock.now(),
            limit=9,
            usual=QUICK.usual,
        )
    return batch.deliveries


async def test_an_article_is_composed_once_for_all_its_chats(emulated: Emulated, world: OutboxWorld) -> None:
    composed = []

    def noting(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, **kind: bool
    ) -> Message:
        composed.append(stored.article.url)
        return compose(stored, topic, language, photo, **kind)

    await world.subscribe(await emulated.subscribers(5))
    await world.publish(photo=True)
    cards = CardCache(world.database, noting)
    deliveries = await claimed(world)

    await cards.of(deliveries[:3])
    made = await cards.of(deliveries)

    assert len(composed) == 1
    assert made[CardCache.key(deliveries[0])].message(Form.CARD).photo


async def test_each_form_asks_less_than_the_one_before(emulated: Emulated, world: OutboxWorld) -> None:
    await world.subscribe(await emulated.subscribers(1))
    await world.publish(photo=True)
    (delivery,) = await claimed(world)
    card = (await CardCache(world.database, compose).of([delivery]))[CardCache.key(delivery)]

    forms = [card.message(form) for form in Form]

    assert [bool(form.photo) for form in forms] == [True, False, False, False]
    assert [bool(form.preview_url) for form in forms[1:]] == [True, False, False]
    assert [bool(form.keyboard) for form in forms] == [True, True, True, False]
    assert forms[3].text == (plain("Bài số 1\nTin trong nước\nhttps://agency.example/tin/1"),)


async def test_a_card_that_cannot_be_composed_holds_up_no_other(
    emulated: Emulated, world: OutboxWorld
) -> None:
    def failing(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, **kind: bool
    ) -> Message:
        if stored.article.title == "Bài số 1":
            raise RuntimeError("a bug")
        return compose(stored, topic, language, photo, **kind)

    await world.subscribe(await emulated.subscribers(1))
    await world.publish(1)
    await world.publish(2)
    (first,) = await claimed(world)
    second = replace(first, article=ArticleId(first.article + 1))

    cards = await CardCache(world.database, failing).of(
        [first, second, replace(first, article=ArticleId(99))]
    )

    assert list(cards) == [CardCache.key(second)]


def test_plain_text_of_a_long_message_still_fits() -> None:
    long = Message(text=(plain("x" * 5000),))

    assert len(in_plain_text(long).text[0].text) <= 4096


async def test_a_group_gets_a_card_of_its_own(emulated: Emulated, world: OutboxWorld) -> None:
    made_for = []

    def noting(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, **kind: bool
    ) -> Message:
        made_for.append(kind["private"])
        return compose(stored, topic, language, photo, **kind)

    await world.subscribe(await emulated.subscribers(2))
    await world.subscribe([await emulated.group(-1001)], kind=ChatKind.SUPERGROUP)
    await world.publish()

    await CardCache(world.database, noting).of(await claimed(world))

    assert sorted(made_for) == [False, True]


async def test_a_card_is_made_as_the_chat_prefers_it(emulated: Emulated, world: OutboxWorld) -> None:
    made_for = []

    def noting(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, **kind: bool
    ) -> Message:
        made_for.append((photo is not None, kind["brief"]))
        return compose(stored, topic, language, photo, **kind)

    await world.subscribe(await emulated.subscribers(1))
    await world.publish(photo=True)
    (usual,) = await claimed(world)
    other = replace(usual, manner=MessageOptions(silent=True, photo=False, brief=True))

    made = await CardCache(world.database, noting).of([usual, other])

    assert sorted(made_for) == [(False, True), (True, False)]
    message = made[CardCache.key(other)].message(Form.CARD)
    assert (message.silent, message.photo, message.preview_url) == (True, None, None)
    assert made[CardCache.key(usual)].message(Form.CARD).silent is False


async def test_an_edited_card_alone_says_the_last_correction_that_is_no_small_one(
    emulated: Emulated, world: OutboxWorld
) -> None:
    notes: list[CorrectionNote | None] = []

    def noting(
        stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, **kind: bool
    ) -> Message:
        notes.append(stored.correction)
        return compose(stored, topic, language, photo, **kind)

    await world.subscribe(await emulated.subscribers(1))
    article = await world.publish()
    (first,) = await claimed(world)
    at = world.clock.now().replace(microsecond=0)
    async with world.database.write() as tx:
        for revision, title in enumerate(("Hội nghị tổng kêt", "Hội nghị tổng kết."), start=1):
            page = Article("https://agency.example/tin/1", title)
            await articles.revise(
                tx, article, page, None, revision=revision, now=at + timedelta(hours=revision)
            )
    cards = CardCache(world.database, noting)
    edited = replace(first, replaces="7", manner=MessageOptions(brief=True))

    for delivery in (first, edited):
        await cards.of([delivery])

    (none, said) = notes
    assert none is None
    assert said is not None
    assert (said.at, said.what.title) == (at + timedelta(hours=1), "Bài số 1")
