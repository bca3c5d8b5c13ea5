"""/toanvan: the whole of an article in the chat, a few messages at a time, and its photos behind it."""

import asyncio

from bot.commands.base.callbacks import ReadArticle
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.reader.articles import following, photos
from bot.commands.reader.articles.article_lookup import lead_to_private, seen, show_chosen
from bot.commands.reader.articles.tables import with_tables
from bot.domain.chats.message import Button, Keyboard, Message
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.services.rendering.blocks.whole_text import whole_text
from bot.services.rendering.card import in_pairs, page_buttons
from bot.services.rendering.full_text import TextPart, full_text
from bot.store.articles.articles import StoredArticle
from bot.store.chats import preferences, reading_list
from bot.store.runtime import accounts

handlers = Handlers()

AT_ONCE = 3
"""Messages of one answer: whoever wants more asks on."""


@handlers.command(Command.READ, writes=False, takes=any_words)
async def read(request: Request, words: str) -> Response:
    return await show_chosen(request, words, show)


@handlers.button(ReadArticle, PRIVATE_ONLY)
async def press_read(request: Request, pressed: ReadArticle) -> Response:
    return await show(request, pressed.article, page=pressed.page, revision=pressed.revision)


async def show(request: Request, article: ArticleId, *, page: int = 0, revision: str = "") -> Response:
    """Show a page of the text, below what is there; a text that was corrected in between begins anew."""
    found = await seen(request, article)
    if found is None:
        return request.refuse(request.text("article-gone"))
    stored, topic = found
    if not request.is_private:
        links = request.context.buttons.read_elsewhere(stored, request.language)
        return lead_to_private(request, stored, "read-in-private", links)
    toast = None
    if page and revision != str(stored.revision):
        page, toast = 0, request.text("read-corrected")
    is_whole = not page and await _is_wanted_whole(request)
    parts = await _parts(request, stored, topic, draws=not is_whole)
    pages = -(-len(parts) // AT_ONCE)
    if page >= pages:
        return request.refuse(request.text("button-stale"))
    shown = parts[page * AT_ONCE : (page + 1) * AT_ONCE]
    is_last = page + 1 == pages
    count = len(shown) + sum(len(part.tables) for part in shown) + photos.messages_for(request, stored)
    fits = is_last and not is_whole and count <= AT_ONCE
    if is_last:
        keyboard = await _below(request, stored, fits=fits)
    else:
        keyboard = _read_on(request, stored, page=page, pages=pages)
    texts = (*(Message(part.text) for part in shown[:-1]), Message(shown[-1].text, keyboard=keyboard))
    if is_whole:
        whole = await _whole(request, stored, topic, texts)
        return Response((OutgoingMessage(request.address, whole),), toast)
    rest = Response(toast=toast)
    rest = await photos.behind(request, stored, rest) if fits else rest
    tables = (part.tables for part in shown)
    return await with_tables(request, tuple(zip(texts, tables, strict=True)), rest)


async def _parts(
    request: Request, stored: StoredArticle, topic: Topic, *, draws: bool
) -> tuple[TextPart, ...]:
    """Return the text in messages, made in a thread: one of two hundred pages is cut for each of them."""
    capabilities = request.context.messenger.capabilities
    return await asyncio.to_thread(
        full_text,
        stored.article,
        topic,
        capabilities,
        translator=request.context.translator,
        language=request.language,
        draws=draws and capabilities.photos and request.context.tables is not None,
    )


async def _whole(
    request: Request, stored: StoredArticle, topic: Topic, instead: tuple[Message, ...]
) -> Message:
    keyboard = await _below(request, stored, fits=False)
    return await asyncio.to_thread(
        whole_text,
        stored.article,
        topic,
        translator=request.context.translator,
        language=request.language,
        instead=instead,
        keyboard=keyboard,
    )


async def _is_wanted_whole(request: Request) -> bool:
    """Say whether the chat wants full texts as one message, and the platform has never refused that."""
    if not request.context.messenger.capabilities.whole_texts:
        return False
    usual = request.context.usual
    wanted = await preferences.of(request.tx, request.chat_id, usual=usual) if request.chat_id else usual
    return wanted.whole_text and await accounts.takes_whole_texts(request.tx, request.address.account)


def _read_on(request: Request, stored: StoredArticle, *, page: int, pages: int) -> Keyboard:
    label = request.text("button-read-on", page=page + 2, pages=pages)
    return ((Button(label, action=ReadArticle(stored.id, page + 1, str(stored.revision)).pack()),),)


async def _below(request: Request, stored: StoredArticle, *, fits: bool) -> Keyboard:
    """Return what can be done after the end; photos that do not fit behind it are had by a button."""
    count = len(stored.article.photos)
    photo_buttons = () if fits or not count else (photos.button(request, stored, count),)
    is_saved = request.chat_id is not None and await reading_list.holds(
        request.tx, request.chat_id, stored.id
    )
    save = request.context.buttons.save(stored.id, request.language, saved=is_saved)
    page = page_buttons(stored.article, request.context.translator, request.language)
    return in_pairs((*photo_buttons, save, *await following.buttons(request, stored), *page))
