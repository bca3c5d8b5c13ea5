"""/daluu: a reading list of one's own. Saving is a wish that a button states, in place of the other one."""

from dataclasses import dataclass, replace

from bot.commands import actions
from bot.commands.actions import Action, Verb, action
from bot.commands.menus import latest_button, paging, search_button
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
    if not turn.is_private:
        return turn.refuse(turn.text("private-only"))
    return await _page(turn, 0)


async def press_saved(turn: Turn, pressed: Action) -> Answer:
    """Turn to a page of the list, after an article was taken off it if one is named."""
    page, article = pressed.arguments(2)
    if not (page.isdecimal() and turn.is_private and (not article or article.isdecimal())):
        return turn.refuse(turn.text("button-stale"))
    if article and turn.chat_id is not None:
        async with turn.context.database.write() as tx:
            await saved.remove(tx, turn.chat_id, ArticleId(int(article[:18])))
    return await _page(turn, int(page[:4]), toast=turn.text("unsaved-toast") if article else None)


async def press_save(turn: Turn, pressed: Action) -> Answer:
    """Save an article or take it off the list, as is wished; the button then offers the other."""
    number, wish = pressed.arguments(2)
    if not (number.isdecimal() and wish in {"0", "1"} and turn.is_private):
        return turn.refuse(turn.text("button-stale"))
    article = ArticleId(int(number[:18]))
    if wish == "1":
        if await seen(turn, article) is None:
            return turn.refuse(turn.text("article-gone"))
        chat = await turn.registered()
        async with turn.context.database.write() as tx:
            if not await saved.add(tx, chat.id, article, turn.now):
                return turn.refuse(turn.text("saved-full", count=saved.MOST))
    elif turn.chat_id is not None:
        async with turn.context.database.write() as tx:
            await saved.remove(tx, turn.chat_id, article)
    toast = turn.text("saved-toast" if wish == "1" else "unsaved-toast")
    return replace(_switched(turn, article, saved_now=wish == "1"), toast=toast)


def _switched(turn: Turn, article: ArticleId, *, saved_now: bool) -> Answer:
    """Return the message with the button for the other wish, its other buttons as they are."""
    other = turn.context.buttons.save(article, turn.language, saved=saved_now)
    keyboard: Keyboard = tuple(
        tuple(other if _is_for(button, article) else button for button in row)
        for row in turn.pressed_keyboard
    )
    capabilities = turn.context.messenger.capabilities
    if not (keyboard and capabilities.edits and capabilities.keyboards):
        return Answer()
    message = Message((), keyboard=keyboard, replaces=turn.pressed, buttons_only=True)
    return Answer((Outgoing(turn.address, message),))


def _is_for(button: Button, article: ArticleId) -> bool:
    read = actions.read(button.action or "")
    return read is not None and read.verb is Verb.SAVE and read.arguments(2)[0] == str(article)


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
            tuple(Button(f"{number}", action=action(Verb.SHOW, each.id)) for number, each in numbered),
            tuple(Button(f"🗑 {n}", action=action(Verb.SAVED, page, each.id)) for n, each in numbered),
            *paging(Verb.SAVED, page=page, pages=pages),
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
    async with turn.context.database.read() as tx:
        _, total = await saved.page(tx, turn.chat_id, limit=1, offset=0)
        page = min(page, max(0, -(-total // _PER_PAGE) - 1))
        ids, _ = await saved.page(tx, turn.chat_id, limit=_PER_PAGE, offset=page * _PER_PAGE)
        found = await articles.many(tx, ids)
        topics = await visible_topics(tx, turn.chat_id)
    return _Listed(page, total, tuple(found[each] for each in ids), topics)
