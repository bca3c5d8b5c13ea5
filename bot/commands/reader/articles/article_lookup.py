"""One article out of all: which one is meant by what was typed or tapped, and where it may be shown."""

from collections.abc import Awaitable, Callable, Iterable

from bot.commands.base.context import Request, Response
from bot.commands.base.keyboards import search_button
from bot.domain.chats.message import Button, RichText, plain
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.text import search as searches
from bot.domain.text.text import one_line, shorten
from bot.services.rendering.card import date_line, in_pairs, named_by, page_buttons
from bot.services.subscribers import search as finding
from bot.services.subscribers.articles import visible
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.choices.visibility import visible_topics

Show = Callable[[Request, ArticleId], Awaitable[Response]]


async def show_chosen(request: Request, words: str, show: Show) -> Response:
    """Show the article that *words* mean: none the newest, a number its place, else what they find best."""
    article = await _chosen(request, words)
    if article is None:
        if words.isdecimal():
            said = request.text("article-no-number", number=shorten(words, 20))
        else:
            said = request.text("search-none" if words else "latest-none")
        return request.say(plain(said), keyboard=((search_button(request),),))
    return await show(request, article)


async def seen(request: Request, article: ArticleId) -> tuple[StoredArticle, Topic] | None:
    """Return *article* and its topic, if it is there for whoever asks."""
    return await visible(request.tx, article, request.chat_id)


def lead_to_private(
    request: Request, stored: StoredArticle, key: str, buttons: tuple[Button, ...]
) -> Response:
    """Say in a group where something is to be had that would drown what people say to one another."""
    page = page_buttons(stored.article, request.context.translator, request.language)
    title = shorten(stored.article.title, 200)
    if not buttons:
        # Without links to the private chat, people have to go there by themselves.
        key = "ask-in-private"
    return request.say(plain(request.text(key, title=title)), keyboard=in_pairs((*buttons, *page)))


def headline(request: Request, number: int, stored: StoredArticle, topics: Iterable[Topic]) -> RichText:
    """Return an article as an item of a list: number, title with its link, date and topic."""
    article = stored.article
    names = {topic.id: topic.name(request.language) for topic in topics}
    facts = [one_line(names[topic]) for topic in stored.topics if topic in names][:1]
    if article.published:
        facts.insert(0, date_line(article.published, request.context.translator, request.language))
    title = named_by(shorten(article.title, 200), article)
    return (plain(f"{number}. "), title, plain("\n" + " · ".join(facts)))


async def _chosen(request: Request, words: str) -> ArticleId | None:
    if words and not words.isdecimal():
        results = await finding.find(
            request.tx, searches.read(words), chat=request.chat_id, offset=0, limit=1
        )
        return results.articles[0].id if results.articles else None
    # Only as much of a number is read as matters.
    place = max(1, int(words[:4])) if words else 1
    topics = [topic.id for topic in await visible_topics(request.tx, request.chat_id)]
    found, _ = await articles.latest(request.tx, topics=topics, limit=1, offset=place - 1)
    return found[0].id if found else None
