"""The cards of claimed deliveries: each article is read and composed once for all the chats that get it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple, Protocol

import structlog

from bot.domain.chats.chat import ChatKind, TopicId
from bot.domain.chats.message import Message, NewPhoto, Span
from bot.domain.chats.preferences import MessageOptions
from bot.domain.delivery.delivery import Delivery, Form
from bot.domain.news.article import ArticleId
from bot.domain.news.correction import Changes, CorrectionNote
from bot.domain.news.feed import Topic
from bot.services.rendering.kept_cards import Kept
from bot.store.articles import articles, corrections
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds

KEPT = 64
"""Cards kept for the next batch."""

log = structlog.get_logger(__name__)


class Compose(Protocol):
    """Makes the message of an article under a topic, in a language, with its lead photo if there is one."""

    def __call__(
        self,
        stored: StoredArticle,
        topic: Topic,
        language: str,
        photo: NewPhoto | None,
        *,
        private: bool,
        brief: bool,
    ) -> Message:
        """Return the card for private chats, or the one for all others, whose buttons lead to one.

        A *brief* one has no summary.
        """


class _CardKey(NamedTuple):
    article: ArticleId
    topic: TopicId
    language: str
    private: bool
    manner: MessageOptions
    replaces: bool


class Card:
    """One message in every form that it may be sent in; *preview_url* is shown where its photo cannot be."""

    def __init__(self, message: Message, *, preview_url: str | None, revision: int = 0) -> None:
        self.revision = revision
        self._preview_url = preview_url
        self._forms = {Form.CARD: message}

    @property
    def new_photo(self) -> NewPhoto | None:
        """Return the photo with all its bytes, if there is one."""
        photo = self._forms[Form.CARD].photo
        return photo if isinstance(photo, NewPhoto) else None

    def message(self, form: Form) -> Message:
        if form not in self._forms:
            self._forms[form] = self._made(form, self._forms[Form.CARD])
        return self._forms[form]

    def _made(self, form: Form, card: Message) -> Message:
        match form:
            case Form.PREVIEW:
                return replace(card, photo=None, preview_url=card.preview_url or self._preview_url)
            case Form.TEXT:
                return replace(card, photo=None, preview_url=None)
            case _:
                return in_plain_text(card)


def in_plain_text(message: Message) -> Message:
    """Return *message* with nothing in it that could be misread: no style, photo, preview or buttons."""
    words = "".join(f"{span.text} {span.url}" if span.url else span.text for span in message.text)
    addresses = "".join(f"\n{button.url}" for row in message.keyboard for button in row if button.url)[:1000]
    text = words[: 4000 - len(addresses)] + addresses
    return Message(text=(Span(text),), silent=message.silent, replaces=message.replaces)


class CardCache:
    """Composes what a batch of deliveries needs and does not have yet."""

    def __init__(self, database: Database, compose: Compose) -> None:
        self._database = database
        self._compose = compose
        self._kept: Kept[_CardKey, Card] = Kept(KEPT, lambda card: card.new_photo)

    async def of(self, deliveries: Iterable[Delivery]) -> dict[_CardKey, Card]:
        """Return the cards of *deliveries*, but for those whose article is gone or cannot be composed."""
        keys = {self.key(delivery) for delivery in deliveries}
        if not keys:
            return {}
        async with self._database.read() as tx:
            current = await articles.revisions(tx, {key.article for key in keys})
            kept = ((key, self._kept.get(key)) for key in keys)
            # A card with words that have been corrected since is made anew.
            cards = {key: card for key, card in kept if card and card.revision == current.get(key.article)}
            if missing := keys - cards.keys():
                cards |= await self._read(tx, missing)
        return cards

    @staticmethod
    def key(delivery: Delivery) -> _CardKey:
        private = delivery.kind is ChatKind.PRIVATE
        return _CardKey(
            delivery.article,
            delivery.topic,
            delivery.language,
            private,
            delivery.manner,
            delivery.replaces is not None,
        )

    async def _read(self, tx: Transaction, keys: Iterable[_CardKey]) -> dict[_CardKey, Card]:
        found = await articles.many(tx, {key.article for key in keys})
        photos: dict[str, NewPhoto] = {}
        cards: dict[_CardKey, Card] = {}
        for key in keys:
            stored, topic = found.get(key.article), await feeds.topic(tx, key.topic)
            if stored is None or topic is None:
                log.warning("a delivery has lost its article", article=key.article, topic=key.topic)
                continue
            if key.replaces:
                stored = replace(stored, correction=await _last_correction(tx, stored, key.manner))
            photo_key = stored.photo_key if key.manner.photo else None
            if photo_key and photo_key not in photos and (photo := await self._photo(tx, photo_key)):
                photos[photo_key] = photo
            try:
                message = self._made(key, stored, topic, photos.get(photo_key or ""))
                cards[key] = Card(message, preview_url=stored.article.page, revision=stored.revision)
                self._kept.keep(key, cards[key])
            except Exception:
                # A bug of ours: the lease brings these deliveries back, and the others go on.
                log.exception("a card could not be composed", article=key.article)
        return cards

    async def _photo(self, tx: Transaction, key: str) -> NewPhoto | None:
        if kept := self._kept.photo(key):
            return kept
        prepared = await articles.photo(tx, key)
        return NewPhoto(prepared.key, prepared.content) if prepared else None

    def _made(self, key: _CardKey, stored: StoredArticle, topic: Topic, photo: NewPhoto | None) -> Message:
        """Compose a card as the chat prefers it; one that wants no photo wants no preview of one either."""
        manner = key.manner
        card = self._compose(stored, topic, key.language, photo, private=key.private, brief=manner.brief)
        if not manner.photo:
            card = replace(card, preview_url=None)
        return replace(card, silent=True) if manner.silent else card


async def _last_correction(
    tx: Transaction, stored: StoredArticle, manner: MessageOptions
) -> CorrectionNote | None:
    """Return what an edited card of this *manner* says of its last correction; small ones are not said."""
    for each in await corrections.history(tx, stored.id, stored.version):
        if note := each.note:
            what = note.what.shown(summary=not manner.brief, photo=manner.photo)
            if what != Changes():
                return CorrectionNote(note.at, what)
    return None
