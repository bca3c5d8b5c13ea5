"""/toanvan: the whole of an article in the chat, a few messages at a time, and its photos behind it."""

import asyncio

from bot.commands import photos
from bot.commands.callbacks import ReadArticle
from bot.commands.one_article import lead_to_private, seen, show_chosen
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.article import ArticleId
from bot.domain.message import Button, Keyboard, Message
from bot.services.compose import in_pairs, page_button
from bot.services.full_text import full_text
from bot.store import saved
from bot.store.articles import StoredArticle

AT_ONCE = 3
"""Messages of one answer: whoever wants more asks on."""


async def read(turn: Turn, words: str) -> Answer:
    return await show_chosen(turn, words, show)


async def press_read(turn: Turn, pressed: ReadArticle) -> Answer:
    return await show(turn, pressed.article, page=pressed.page, revision=pressed.revision)


async def show(turn: Turn, article: ArticleId, *, page: int = 0, revision: str = "") -> Answer:
    """Show a page of the text, below what is there; a text that was corrected in between begins anew."""
    found = await seen(turn, article)
    if found is None:
        return turn.refuse(turn.text("article-gone"))
    stored, topic = found
    if not turn.is_private:
        links = turn.context.buttons.read_elsewhere(stored, turn.language)
        return lead_to_private(turn, stored, "read-in-private", links)
    toast = None
    if page and revision != str(stored.revision):
        page, toast = 0, turn.text("read-corrected")
    # In a thread: a text of two hundred pages is cut into its messages for each of them.
    parts = await asyncio.to_thread(
        full_text,
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
    is_last = page + 1 == pages
    fits = is_last and len(shown) + photos.messages_for(turn, stored) <= AT_ONCE
    if is_last:
        keyboard = await _below(turn, stored, fits=fits)
    else:
        keyboard = _read_on(turn, stored, page=page, pages=pages)
    texts = [Message(text) for text in shown[:-1]] + [Message(shown[-1], keyboard=keyboard)]
    answer = Answer(tuple(Outgoing(turn.address, each) for each in texts), toast)
    return await photos.behind(turn, stored, answer) if fits else answer


def _read_on(turn: Turn, stored: StoredArticle, *, page: int, pages: int) -> Keyboard:
    label = turn.text("button-read-on", page=page + 2, pages=pages)
    return ((Button(label, action=ReadArticle(stored.id, page + 1, str(stored.revision)).pack()),),)


async def _below(turn: Turn, stored: StoredArticle, *, fits: bool) -> Keyboard:
    """Return what can be done after the end; photos that do not fit behind it are had by a button."""
    count = len(stored.article.photos)
    photo_buttons = () if fits or not count else (photos.button(turn, stored, count),)
    is_saved = turn.chat_id is not None and await saved.holds(turn.tx, turn.chat_id, stored.id)
    save = turn.context.buttons.save(stored.id, turn.language, saved=is_saved)
    return in_pairs(
        (*photo_buttons, save, page_button(stored.article, turn.context.translator, turn.language))
    )
