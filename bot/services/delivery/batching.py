"""What a claim has brought, as the messages that are made of it: a card for each delivery, or a digest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.chats.chat import ChatKind, TopicId
from bot.domain.chats.message import Message, NewPhoto
from bot.domain.clock import VIETNAM
from bot.domain.delivery.delivery import Delivery, Form
from bot.domain.delivery.second_message import why_not_told
from bot.domain.news.article import ArticleId
from bot.domain.news.correction import Changes, Version, changes
from bot.services.gateway.account import ServedAccount
from bot.services.rendering.card_cache import Card, CardCache
from bot.services.rendering.digest import Edition, Item
from bot.services.rendering.kept_cards import Kept
from bot.services.rendering.renderer import Renderer
from bot.services.text_menus.digest_numbers import DigestNumbers
from bot.store.articles import articles, corrections
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.quotas import ration_notices

KEPT = 32
"""Digests kept for the next batch: chats with the same subscriptions get the same one."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OutgoingBatch:
    """The deliveries that go to a chat with one message, and those that it has no room for.

    There is one, or several that make a digest. Without a *card* nothing can be sent: an article is gone, or
    could not be composed. *tells_ration*: it says that not all news can come at once.
    *is_second*: it is a message of its own about one that cannot be edited; *untold* is why there is none.
    """

    deliveries: tuple[Delivery, ...]
    card: Card | None
    left: tuple[Delivery, ...] = ()
    tells_ration: bool = False
    is_second: bool = False
    untold: str = ""

    @property
    def first(self) -> Delivery:
        """Return the delivery that stands for all of them."""
        return self.deliveries[0]

    def message(self, form: Form) -> Message:
        """Return the card; a later revision takes the place of the message before, or takes it back."""
        assert self.card is not None, "there is something to send"
        card, delivery = self.card.message(form), self.first
        if delivery.replaces is None or self.is_second:
            return card
        return replace(card, replaces=delivery.replaces, retracts=delivery.withdrawn)


_Article = tuple[ArticleId, TopicId, int]


@dataclass(frozen=True, slots=True)
class _BatchKey:
    """What tells one digest from another: its articles by topic and revision, and what it is made for."""

    articles: tuple[_Article, ...]
    edition: Edition


@dataclass(frozen=True, slots=True)
class _Made:
    card: Card
    count: int


class BatchBuilder:
    """Makes messages of claimed deliveries; those of one chat that are for its digest go together."""

    def __init__(self, account: ServedAccount, renderer: Renderer) -> None:
        database = account.database
        self._database = database
        self._clock = account.clock
        capabilities = account.messenger.capabilities
        self._edits = capabilities.edits
        self._has_photos = capabilities.photos
        # Buttons belong to their message; a typed number belongs to the chat.
        self._numbering = None if capabilities.keyboards else DigestNumbers()
        self._cards = CardCache(database, renderer.card)
        self._renderer = renderer
        self._kept: Kept[_BatchKey, _Made] = Kept(KEPT, lambda made: made.card.new_photo)

    async def of(self, claimed: Sequence[Delivery]) -> list[OutgoingBatch]:
        """Return *claimed*, in its order, as what goes to each chat."""
        digests: dict[int, list[Delivery]] = {}
        for delivery in claimed:
            if delivery.digest:
                digests.setdefault(delivery.chat, []).append(delivery)
        if not digests:
            return await self._singles(claimed)
        singles = await self._singles([delivery for delivery in claimed if not delivery.digest])
        return [*singles, *await self._digests(digests)]

    async def _singles(self, deliveries: Sequence[Delivery]) -> list[OutgoingBatch]:
        if self._edits:
            return await self._cards_of(deliveries)
        second = [each for each in deliveries if each.replaces is not None]
        first = [each for each in deliveries if each.replaces is None]
        return [*await self._cards_of(first), *await self._second_messages(second)]

    async def _second_messages(self, deliveries: Sequence[Delivery]) -> list[OutgoingBatch]:
        """Return what tells of changes where no message can be edited, or why nothing does."""
        if not deliveries:
            return []
        async with self._database.read() as tx:
            stored = await articles.many(tx, {each.article for each in deliveries})
            before = await corrections.before(tx, {each.id for each in deliveries})
            return [
                await self._second_message(tx, each, stored[each.article], before.get(each.id))
                for each in deliveries
                if each.article in stored
            ]

    async def _second_message(
        self, tx: Transaction, delivery: Delivery, stored: StoredArticle, before: Version | None
    ) -> OutgoingBatch:
        now, article = self._clock.now(), stored.article
        if untold := why_not_told(delivery, newest=stored.revision, ended=stored.ended, now=now):
            return OutgoingBatch((delivery,), None, untold=untold)
        photo = None
        if delivery.withdrawn:
            message = self._renderer.removal(article, delivery.language)
        elif stored.ended:
            message = self._renderer.ending(article, delivery.language)
        else:
            what = self._changes(delivery, stored, before)
            if what == Changes():
                return OutgoingBatch((delivery,), None, untold="nothing that it was shown has changed")
            message = self._renderer.correction(article, what, delivery.language)
            photo = await self._photo(tx, stored.photo_key or "") if what.has_new_photo else None
        message = replace(message, photo=photo, silent=delivery.manner.silent)
        return OutgoingBatch((delivery,), Card(message, preview_url=None), is_second=True)

    def _changes(self, delivery: Delivery, stored: StoredArticle, before: Version | None) -> Changes:
        """Return what has changed of what the chat was shown; where nobody has kept that, its summary may."""
        if before is None:
            return Changes(has_new_summary=True)
        what = changes(before, stored.version)
        has_photos = self._has_photos and delivery.manner.photo
        return what.shown(summary=not delivery.manner.brief, photo=has_photos)

    async def _cards_of(self, deliveries: Sequence[Delivery]) -> list[OutgoingBatch]:
        cards = await self._cards.of(each for each in deliveries if not each.takes_back)
        return [
            OutgoingBatch(
                (each,), self._withdrawal(each) if each.takes_back else cards.get(CardCache.key(each))
            )
            for each in deliveries
        ]

    def _withdrawal(self, delivery: Delivery) -> Card:
        return Card(self._renderer.withdrawal(delivery.language), preview_url=None)

    async def _digests(self, chats: dict[int, list[Delivery]]) -> list[OutgoingBatch]:
        batches = []
        async with self._database.read() as tx:
            order = {topic.id: place for place, topic in enumerate(await feeds.topics(tx))}
            named = {delivery.article for group in chats.values() for delivery in group}
            revisions = await articles.revisions(tx, named)
            untold = await ration_notices.owed(tx, chats.keys())
            for chat, group in chats.items():
                there = [delivery for delivery in group if delivery.article in revisions]
                # By topic, and within it as it came: sorting keeps what is equal in its order.
                there.sort(key=lambda delivery: order.get(delivery.topic, len(order)))
                if made := await self._made(tx, there, revisions, tells_ration=chat in untold):
                    now, later = tuple(there[: made.count]), tuple(there[made.count :])
                    batches.append(OutgoingBatch(now, made.card, later, tells_ration=chat in untold))
        return batches

    async def _made(
        self,
        tx: Transaction,
        group: list[Delivery],
        revisions: dict[ArticleId, int],
        *,
        tells_ration: bool,
    ) -> _Made | None:
        """Return the digest of *group*; None if there is nothing in it, or it cannot be composed."""
        if not group:
            return None
        wanted = tuple((each.article, each.topic, revisions[each.article]) for each in group)
        day = max(each.due_at for each in group).astimezone(VIETNAM).date()
        edition = Edition(
            group[0].language,
            group[0].manner,
            day,
            private=group[0].kind is ChatKind.PRIVATE,
            tells_ration=tells_ration,
            first=self._numbering.first(group, day) if self._numbering else 1,
        )
        key = _BatchKey(wanted, edition)
        made = self._kept.get(key) or await self._newly_made(tx, key)
        if made and self._numbering:
            self._numbering.note(group[: made.count], edition)
        return made

    async def _newly_made(self, tx: Transaction, key: _BatchKey) -> _Made | None:
        try:
            made = await self._composed(tx, key)
        except Exception:
            # A bug of ours: the lease brings these deliveries back, and the others go on.
            log.exception(
                "a digest could not be composed", articles=[article for article, _, _ in key.articles]
            )
            return None
        self._kept.keep(key, made)
        return made

    async def _composed(self, tx: Transaction, key: _BatchKey) -> _Made:
        stored = await articles.many(tx, {article for article, _, _ in key.articles})
        topics = {topic: await feeds.topic(tx, topic) for _, topic, _ in key.articles}
        items = [
            Item(stored[article], topic)
            for article, name, _ in key.articles
            # Topics are retired and never deleted.
            if (topic := topics[name])
        ]
        made = self._renderer.digest(items, key.edition)
        message = made.message
        if made.lead and made.lead.stored.photo_key:
            message = replace(message, photo=await self._photo(tx, made.lead.stored.photo_key))
        lead = made.lead or items[0]
        return _Made(Card(message, preview_url=lead.stored.article.page), made.count)

    async def _photo(self, tx: Transaction, key: str) -> NewPhoto | None:
        if kept := self._kept.photo(key):
            return kept
        prepared = await articles.photo(tx, key)
        return NewPhoto(prepared.key, prepared.content) if prepared else None
