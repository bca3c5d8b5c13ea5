"""One article out of all: which one is meant by what was typed or tapped, and where it may be shown."""

from collections.abc import Awaitable, Callable, Iterable

from bot.commands.menus import search_button
from bot.commands.turn import Answer, Turn
from bot.domain import search as searches
from bot.domain.article import ArticleId
from bot.domain.feed import Topic
from bot.domain.message import Button, RichText, link, plain
from bot.domain.text import one_line, shorten
from bot.services import search as finding
from bot.services.compose import date_line, in_pairs, page_button
from bot.services.latest import visible
from bot.store import articles
from bot.store.articles import StoredArticle
from bot.store.memberships import visible_topics

Show = Callable[[Turn, ArticleId], Awaitable[Answer]]


async def show_chosen(turn: Turn, words: str, show: Show) -> Answer:
    """Show the article that *words* mean: none the newest, a number its place, else what they find best."""
    article = await _chosen(turn, words)
    if article is None:
        said = turn.text("search-none" if words else "latest-none")
        return turn.say(plain(said), keyboard=((search_button(turn),),))
    return await show(turn, article)


async def seen(turn: Turn, article: ArticleId) -> tuple[StoredArticle, Topic] | None:
    """Return *article* and its topic, if it is there for whoever asks."""
    return await visible(turn.tx, article, turn.chat_id)


def lead_to_private(turn: Turn, stored: StoredArticle, key: str, buttons: tuple[Button, ...]) -> Answer:
    """Say in a group where something is to be had that would drown what people say to one another."""
    page = page_button(stored.article, turn.context.translator, turn.language)
    title = shorten(stored.article.title, 200)
    return turn.say(plain(turn.text(key, title=title)), keyboard=in_pairs((*buttons, page)))


def headline(turn: Turn, number: int, stored: StoredArticle, topics: Iterable[Topic]) -> RichText:
    """Return an article as an item of a list: number, title with its link, date and topic."""
    article = stored.article
    names = {topic.id: topic.name(turn.language) for topic in topics}
    facts = [one_line(names[topic]) for topic in stored.topics if topic in names][:1]
    if article.published:
        facts.insert(0, date_line(article.published, turn.context.translator, turn.language))
    title = link(shorten(article.title, 200), article.url)
    return (plain(f"{number}. "), title, plain("\n" + " · ".join(facts)))


async def _chosen(turn: Turn, words: str) -> ArticleId | None:
    if words and not words.isdecimal():
        results = await finding.find(turn.tx, searches.read(words), chat=turn.chat_id, offset=0, limit=1)
        return results.articles[0].id if results.articles else None
    place = max(1, int(words[:4])) if words else 1
    topics = [topic.id for topic in await visible_topics(turn.tx, turn.chat_id)]
    found, _ = await articles.latest(turn.tx, topics=topics, limit=1, offset=place - 1)
    return found[0].id if found else None
