"""/daluu: a reading list of one's own. Saving is a wish that a button states, in place of the other one."""

from dataclasses import dataclass, replace

from bot.commands.base.callback_data import Verb, read
from bot.commands.base.callbacks import ListSaved, SaveArticle, ShowArticle
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import latest_button, open_button, paging, search_button, topics_button
from bot.commands.reader import consent
from bot.commands.reader.articles.article_lookup import headline, seen
from bot.domain.chats.message import Button, Keyboard, Message, bold, plain
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.text.text import shorten
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.chats import reading_list
from bot.store.choices.visibility import visible_topics

handlers = Handlers()

_PER_PAGE = 5
_TITLE = 100
"""Code points of a title in a notice. Bot API, answerCallbackQuery: a notice has at most 200."""


@handlers.command(Command.SAVED, PRIVATE_ONLY, writes=False)
async def show_saved(request: Request, words: str) -> Response:
    """Show the first page of what a person has saved."""
    del words
    return await _page(request, 0)


@handlers.button(ListSaved, PRIVATE_ONLY, writes=lambda pressed: pressed.removed is not None)
async def press_saved(request: Request, pressed: ListSaved) -> Response:
    """Turn to a page of the list, after an article was taken off it if one is named."""
    if pressed.removed is not None and request.chat_id is not None:
        await reading_list.remove(request.write_tx, request.chat_id, pressed.removed)
    return await _page(
        request, pressed.page, toast=request.text("unsaved-toast") if pressed.removed else None
    )


@handlers.button(SaveArticle, PRIVATE_ONLY, writes=True)
async def press_save(request: Request, pressed: SaveArticle) -> Response:
    """Save an article or take it off the list, as is wished; the button then offers the other.

    A list is kept only of people who have agreed to what is stored: others are asked, below the article.
    """
    if not pressed.on:
        if request.chat_id is not None:
            await reading_list.remove(request.write_tx, request.chat_id, pressed.article)
        return _switched(request, pressed, toast=request.text("unsaved-toast"))
    if not request.has_consent:
        offer = plain(request.text("saved-needs-consent"))
        return consent.ask(replace(request, pressed=None), consent.to_save(pressed.article), before=(offer,))
    is_saved, said = await _save(request, pressed.article)
    return _switched(request, pressed, toast=said) if is_saved else request.refuse(said)


async def save_after_consent(request: Request, article: ArticleId) -> Response:
    """Save the article for whose sake somebody has just agreed."""
    _, said = await _save(request, article)
    keyboard = ((open_button(request.text("button-saved"), Command.SAVED), topics_button(request)),)
    return request.say(plain(request.text("consent-thanks")), plain(said), keyboard=keyboard)


async def _save(request: Request, article: ArticleId) -> tuple[bool, str]:
    """Put *article* on the list; return whether it is there, and what to say: its title, since the number
    that names an article may be mistyped, or why it cannot be saved.
    """
    found = await seen(request, article)
    if found is None:
        return False, request.text("article-gone")
    chat = await request.registered()
    if not await reading_list.add(request.write_tx, chat.id, article, request.now):
        return False, request.text("saved-full", count=reading_list.MOST)
    return True, request.text("saved-toast", title=shorten(found[0].article.title, _TITLE))


def _switched(request: Request, pressed: SaveArticle, *, toast: str) -> Response:
    """Return the message with the button for the other wish, its other buttons as they are."""
    other = request.context.buttons.save(pressed.article, request.language, saved=pressed.on)
    keyboard: Keyboard = tuple(
        tuple(other if _is_for(button, pressed.article) else button for button in row)
        for row in request.pressed_keyboard
    )
    capabilities = request.context.messenger.capabilities
    if not (keyboard and capabilities.edits and capabilities.keyboards):
        return Response(toast=toast)
    message = Message((), keyboard=keyboard, replaces=request.pressed, buttons_only=True)
    return Response((OutgoingMessage(request.address, message),), toast)


def _is_for(button: Button, article: ArticleId) -> bool:
    found = read(button.action or "")
    return found is not None and found.verb is Verb.SAVE and SaveArticle.of(found.rest).article == article


async def _page(request: Request, page: int, *, toast: str | None = None) -> Response:
    listed = await _listed(request, page)
    title = bold(request.text("saved-title"))
    if not listed.articles:
        keyboard = ((latest_button(request), search_button(request)),)
        return request.say(title, plain(request.text("saved-none")), keyboard=keyboard, toast=toast)
    page, pages = listed.page, -(-listed.total // _PER_PAGE)
    numbered = list(enumerate(listed.articles, page * _PER_PAGE + 1))
    return request.say(
        (title, plain("\n" + request.text("saved-count", count=listed.total))),
        *(headline(request, number, stored, listed.topics) for number, stored in numbered),
        plain(request.text("saved-tap")),
        keyboard=(
            tuple(Button(f"{number}", action=ShowArticle(each.id).pack()) for number, each in numbered),
            tuple(Button(f"🗑 {n}", action=ListSaved(page, each.id).pack()) for n, each in numbered),
            *paging(ListSaved, page=page, pages=pages),
        ),
        toast=toast,
    )


@dataclass(frozen=True, slots=True)
class _SavedPage:
    """A page of a list: the one that was asked for, or the last one that there is."""

    page: int
    total: int
    articles: tuple[StoredArticle, ...] = ()
    topics: tuple[Topic, ...] = ()


async def _listed(request: Request, page: int) -> _SavedPage:
    if request.chat_id is None:
        return _SavedPage(0, 0)
    _, total = await reading_list.page(request.tx, request.chat_id, limit=1, offset=0)
    page = min(page, max(0, -(-total // _PER_PAGE) - 1))
    ids, _ = await reading_list.page(request.tx, request.chat_id, limit=_PER_PAGE, offset=page * _PER_PAGE)
    found = await articles.many(request.tx, ids)
    topics = await visible_topics(request.tx, request.chat_id)
    return _SavedPage(page, total, tuple(found[each] for each in ids), topics)
