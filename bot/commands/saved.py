"""/daluu: a reading list of one's own. Saving is a wish that a button states, in place of the other one."""

from dataclasses import dataclass, replace

from bot.commands import consent
from bot.commands.callback_data import Verb, read
from bot.commands.callbacks import ListSaved, SaveArticle, ShowArticle
from bot.commands.menus import latest_button, open_button, paging, search_button, topics_button
from bot.commands.names import Command
from bot.commands.one_article import headline, seen
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.article import ArticleId
from bot.domain.feed import Topic
from bot.domain.message import Button, Keyboard, Message, bold, plain
from bot.store import articles, saved
from bot.store.articles import StoredArticle
from bot.store.memberships import visible_topics

_PER_PAGE = 5


async def show_saved(turn: Turn, words: str) -> Answer:
    """Show the first page of what a person has saved."""
    del words
    return await _page(turn, 0)


async def press_saved(turn: Turn, pressed: ListSaved) -> Answer:
    """Turn to a page of the list, after an article was taken off it if one is named."""
    if pressed.removed is not None and turn.chat_id is not None:
        await saved.remove(turn.write_tx, turn.chat_id, pressed.removed)
    return await _page(turn, pressed.page, toast=turn.text("unsaved-toast") if pressed.removed else None)


async def press_save(turn: Turn, pressed: SaveArticle) -> Answer:
    """Save an article or take it off the list, as is wished; the button then offers the other.

    A list is kept only of people who have agreed to what is stored: others are asked, below the article.
    """
    if not pressed.on:
        if turn.chat_id is not None:
            await saved.remove(turn.write_tx, turn.chat_id, pressed.article)
        return _switched(turn, pressed, toast="unsaved-toast")
    if not turn.has_consent:
        offer = plain(turn.text("saved-needs-consent"))
        return consent.ask(replace(turn, pressed=None), consent.to_save(pressed.article), before=(offer,))
    if refusal := await _save(turn, pressed.article):
        return turn.refuse(refusal)
    return _switched(turn, pressed, toast="saved-toast")


async def save_after_consent(turn: Turn, article: ArticleId) -> Answer:
    """Save the article for whose sake somebody has just agreed."""
    said = await _save(turn, article) or turn.text("saved-toast")
    keyboard = ((open_button(turn.text("button-saved"), Command.SAVED), topics_button(turn)),)
    return turn.say(plain(turn.text("consent-thanks")), plain(said), keyboard=keyboard)


async def _save(turn: Turn, article: ArticleId) -> str | None:
    """Put *article* on the list; return why that cannot be."""
    if await seen(turn, article) is None:
        return turn.text("article-gone")
    chat = await turn.registered()
    if not await saved.add(turn.write_tx, chat.id, article, turn.now):
        return turn.text("saved-full", count=saved.MOST)
    return None


def _switched(turn: Turn, pressed: SaveArticle, *, toast: str) -> Answer:
    """Return the message with the button for the other wish, its other buttons as they are."""
    other = turn.context.buttons.save(pressed.article, turn.language, saved=pressed.on)
    keyboard: Keyboard = tuple(
        tuple(other if _is_for(button, pressed.article) else button for button in row)
        for row in turn.pressed_keyboard
    )
    capabilities = turn.context.messenger.capabilities
    if not (keyboard and capabilities.edits and capabilities.keyboards):
        return Answer(toast=turn.text(toast))
    message = Message((), keyboard=keyboard, replaces=turn.pressed, buttons_only=True)
    return Answer((Outgoing(turn.address, message),), turn.text(toast))


def _is_for(button: Button, article: ArticleId) -> bool:
    found = read(button.action or "")
    return found is not None and found.verb is Verb.SAVE and SaveArticle.of(found.rest).article == article


async def _page(turn: Turn, page: int, *, toast: str | None = None) -> Answer:
    listed = await _listed(turn, page)
    title = bold(turn.text("saved-title"))
    if not listed.articles:
        keyboard = ((latest_button(turn), search_button(turn)),)
        return turn.say(title, plain(turn.text("saved-none")), keyboard=keyboard, toast=toast)
    page, pages = listed.page, -(-listed.total // _PER_PAGE)
    numbered = list(enumerate(listed.articles, page * _PER_PAGE + 1))
    return turn.say(
        (title, plain("\n" + turn.text("saved-count", count=listed.total))),
        *(headline(turn, number, stored, listed.topics) for number, stored in numbered),
        plain(turn.text("saved-tap")),
        keyboard=(
            tuple(Button(f"{number}", action=ShowArticle(each.id).pack()) for number, each in numbered),
            tuple(Button(f"🗑 {n}", action=ListSaved(page, each.id).pack()) for n, each in numbered),
            *paging(ListSaved, page=page, pages=pages),
        ),
        toast=toast,
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page of a list: the one that was asked for, or the last one that there is."""

    page: int
    total: int
    articles: tuple[StoredArticle, ...] = ()
    topics: tuple[Topic, ...] = ()


async def _listed(turn: Turn, page: int) -> _Listed:
    if turn.chat_id is None:
        return _Listed(0, 0)
    _, total = await saved.page(turn.tx, turn.chat_id, limit=1, offset=0)
    page = min(page, max(0, -(-total // _PER_PAGE) - 1))
    ids, _ = await saved.page(turn.tx, turn.chat_id, limit=_PER_PAGE, offset=page * _PER_PAGE)
    found = await articles.many(turn.tx, ids)
    topics = await visible_topics(turn.tx, turn.chat_id)
    return _Listed(page, total, tuple(found[each] for each in ids), topics)
