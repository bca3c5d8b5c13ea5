"""The newest articles as cards, page by page."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.message import Button, Message, NewPhoto
from bot.domain.clock import VIETNAM
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.i18n import Translator
from bot.services.rendering.card import CardFormat, card
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.chats import reading_list
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Cards, newest first, and how many older articles there are.

    *dates* are the days, in Viet Nam, on which what the cards show was published, or came in where that is
    not known.
    """

    cards: tuple[Message, ...]
    older: int
    dates: frozenset[date]


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom cards are made: the chat, which is None for somebody unknown, and its language.

    *buttons* are those of an article for them, given whether they have saved it.
    """

    chat: ChatId | None
    language: str
    capabilities: Capabilities
    translator: Translator
    buttons: Callable[[StoredArticle, bool], Sequence[Button]]


async def latest(
    tx: Transaction,
    reader: Viewer,
    *,
    topics: Collection[TopicId] | None,
    limit: int,
    older: int | None = None,
) -> ArticlePage:
    """Return the newest *limit* articles of *topics* (None: of all that the reader can see).

    *older* is what the page before said: counted from the oldest article, a page stays where it is when new
    articles come in between.
    """
    known = {topic.id: topic for topic in await visible_topics(tx, reader.chat)}
    wanted = [topic for topic in known if topics is None or topic in topics]
    offset = 0
    if older is not None:
        _, total = await articles.latest(tx, topics=wanted, limit=1, offset=0)
        offset = max(0, total - older)
    found, total = await articles.latest(tx, topics=wanted, limit=limit, offset=offset)
    cards = []
    for stored in found:
        topic = next(known[each] for each in stored.topics if each in wanted)
        cards.append(await _card(tx, stored, topic, reader))
    dates = frozenset(_date(stored) for stored in found)
    return ArticlePage(tuple(cards), max(0, total - offset - len(found)), dates)


def _date(stored: StoredArticle) -> date:
    published = stored.article.published
    return (published.at if published else stored.created_at).astimezone(VIETNAM).date()


async def one(tx: Transaction, reader: Viewer, article: int) -> Message | None:
    """Return the card of *article*, if the reader can see it."""
    found = await visible(tx, ArticleId(article), reader.chat)
    return await _card(tx, found[0], found[1], reader) if found else None


async def visible(
    tx: Transaction, article: ArticleId, chat: ChatId | None
) -> tuple[StoredArticle, Topic] | None:
    """Return *article* and the first of its topics that *chat* can see, if it is there and has one."""
    stored = await articles.get(tx, article)
    if stored is None or stored.withdrawn or stored.stopped or stored.ended:
        return None
    topics = {topic.id: topic for topic in await visible_topics(tx, chat)}
    topic = next((topics[each] for each in stored.topics if each in topics), None)
    return (stored, topic) if topic else None


async def _card(tx: Transaction, stored: StoredArticle, topic: Topic, reader: Viewer) -> Message:
    photo = await articles.photo(tx, stored.photo_key) if stored.photo_key else None
    is_saved = reader.chat is not None and await reading_list.holds(tx, reader.chat, stored.id)
    return card(
        stored.article,
        topic,
        CardFormat(reader.translator, reader.language, reader.capabilities),
        photo=NewPhoto(photo.key, photo.content) if photo else None,
        buttons=reader.buttons(stored, is_saved),
    )
