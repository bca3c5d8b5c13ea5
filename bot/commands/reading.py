"""/toanvan: the whole of an article in the chat, a few messages at a time."""

from bot.commands.actions import Action, Verb, action
from bot.commands.menus import search_button
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain import search as searches
from bot.domain.article import ArticleId
from bot.domain.message import Button, Keyboard, Message, RichText, plain
from bot.domain.text import one_line, shorten
from bot.services import search as finding
from bot.services.compose import in_pairs, page_button
from bot.services.full_text import full_text
from bot.services.latest import visible
from bot.store import articles
from bot.store.articles import StoredArticle
from bot.store.memberships import visible_topics

AT_ONCE = 3
"""Messages of one answer: whoever wants more asks on."""


async def read(turn: Turn, words: str) -> Answer:
    """Show the text of the newest article, of the one at a place among the newest, or of the best match."""
    article = await chosen(turn, words)
    if article is None:
        said = turn.text("search-none" if words else "latest-none")
        return turn.say(plain(said), keyboard=((search_button(turn),),))
    return await show(turn, article) if turn.is_private else await _lead_to_private(turn, article)


async def press_read(turn: Turn, pressed: Action) -> Answer:
    article, page, revision = pressed.arguments(3)
    if not (article.isdecimal() and page.isdecimal() and turn.is_private):
        return turn.refuse(turn.text("button-stale"))
    return await show(turn, ArticleId(int(article[:18])), page=int(page[:4]), revision=revision)


async def chosen(turn: Turn, words: str) -> ArticleId | None:
    """Return the article that *words* mean: a place among the newest, or something to be found in it."""
    database = turn.context.database
    if words and not words.isdecimal():
        results = await finding.find(database, searches.read(words), chat=turn.chat_id, offset=0, limit=1)
        return results.articles[0].id if results.articles else None
    place = max(1, int(words[:4])) if words else 1
    async with database.read() as tx:
        topics = [topic.id for topic in await visible_topics(tx, turn.chat_id)]
        found, _ = await articles.latest(tx, topics=topics, limit=1, offset=place - 1)
    return found[0].id if found else None


async def show(turn: Turn, article: ArticleId, *, page: int = 0, revision: str = "") -> Answer:
    """Show a page of the text, below what is there; a text that was corrected in between begins anew."""
    async with turn.context.database.read() as tx:
        found = await visible(tx, article, turn.chat_id)
    if found is None:
        return turn.refuse(turn.text("article-gone"))
    stored, topic = found
    toast = None
    if page and revision != str(stored.revision):
        page, toast = 0, turn.text("read-corrected")
    parts = full_text(
        stored.article,
        topic,
        translator=turn.context.translator,
        language=turn.language,
        limit=turn.context.messenger.capabilities.text_length,
    )
    pages = -(-len(parts) // AT_ONCE)
    if page >= pages:
        return turn.refuse(turn.text("button-stale"))
    shown = parts[page * AT_ONCE : (page + 1) * AT_ONCE]
    return _messages(turn, shown, _below(turn, stored, page=page, pages=pages), toast)


def _messages(turn: Turn, texts: tuple[RichText, ...], keyboard: Keyboard, toast: str | None) -> Answer:
    messages = [Message(text) for text in texts[:-1]]
    messages.append(Message(texts[-1], keyboard=keyboard))
    return Answer(tuple(Outgoing(turn.address, each) for each in messages), toast)


def _below(turn: Turn, stored: StoredArticle, *, page: int, pages: int) -> Keyboard:
    """Return what can be done next: read on, or go to the page."""
    if page + 1 < pages:
        label = turn.text("button-read-on", page=page + 2, pages=pages)
        return ((Button(label, action=action(Verb.READ, stored.id, page + 1, stored.revision)),),)
    return in_pairs((page_button(stored.article, turn.context.translator, turn.language),))


async def _lead_to_private(turn: Turn, article: ArticleId) -> Answer:
    """Say in a group where the text is to be had: it would drown what people say to one another."""
    async with turn.context.database.read() as tx:
        found = await visible(tx, article, turn.chat_id)
    if found is None:
        return turn.refuse(turn.text("article-gone"))
    stored, _ = found
    buttons = turn.context.buttons.elsewhere(stored, turn.language)
    page = page_button(stored.article, turn.context.translator, turn.language)
    title = shorten(one_line(stored.article.title), 200)
    said = plain(turn.text("read-in-private", title=title))
    return turn.say(said, keyboard=in_pairs((*buttons, page)))
