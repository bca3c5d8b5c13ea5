"""Inline mode: somebody types our name and words in whatever chat, and articles are offered to share there.

Whoever reads that chat gets what is shared: so nothing is offered but what everybody may see. What was typed
is kept nowhere.
"""

from dataclasses import replace

from bot.commands.base.context import Context, Response, private_address
from bot.domain.chats.chat import InlineQuery
from bot.domain.messaging.messenger import InlineResult, InlineResults
from bot.domain.news.feed import Topic
from bot.domain.text import search as searches
from bot.domain.text.text import one_line, shorten
from bot.services.rendering.card import CardFormat, card, date_line
from bot.services.subscribers import search as finding
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.chats import chats
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction

_PER_PAGE = 10
_TITLE = 200
_DESCRIPTION = 160


async def offer(context: Context, asked: InlineQuery, tx: Transaction) -> Response:
    """Offer what *asked* finds, or without any words the newest articles."""
    first = int(asked.offset[:6]) if asked.offset.isdecimal() else 0
    wanted = searches.read(asked.words)
    if wanted.is_empty:
        found, topics, total = await _newest(tx, first)
    else:
        results = await finding.find(tx, wanted, chat=None, offset=first, limit=_PER_PAGE)
        found, topics, total = results.articles, results.topics, results.count
    chat = await chats.find(tx, private_address(context, asked.sender.user))
    language = chat.language if chat else context.translator.language_for(asked.sender.language)
    offers = tuple(_offer(context, stored, topics, language) for stored in found)
    reached = first + _PER_PAGE
    return Response(offers=InlineResults(offers, next_offset=str(reached) if reached < total else ""))


async def _newest(tx: Transaction, first: int) -> tuple[tuple[StoredArticle, ...], tuple[Topic, ...], int]:
    topics = await visible_topics(tx, None)
    wanted = [topic.id for topic in topics]
    found, total = await articles.latest(tx, topics=wanted, limit=_PER_PAGE, offset=first)
    return found, topics, total


def _offer(context: Context, stored: StoredArticle, topics: tuple[Topic, ...], language: str) -> InlineResult:
    article = stored.article
    known = {topic.id: topic for topic in topics}
    topic = next(known[each] for each in stored.topics if each in known)
    facts = [one_line(topic.name(language))]
    if article.published:
        facts.insert(0, date_line(article.published, context.translator, language))
    picture = article.photos[0].url if article.photos else None
    message = card(
        article,
        topic,
        CardFormat(context.translator, language, context.messenger.capabilities),
        buttons=context.buttons.elsewhere(stored, language),
    )
    return InlineResult(
        id=f"{stored.id}.{stored.revision}",
        title=shorten(article.title, _TITLE),
        description=shorten(" · ".join(facts), _DESCRIPTION),
        picture=picture,
        # A preview of the page would say title and summary a second time: the photo alone says nothing twice.
        message=replace(message, preview_url=picture),
    )
