"""/timkiem: finding articles, page by page. What is searched for stands in the answer and nowhere else."""

from bot.commands.callbacks import SearchPage, ShowArticle
from bot.commands.menus import navigation, paging, topics_button
from bot.commands.one_article import headline
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain import search as searches
from bot.domain.message import Button, RichText, plain
from bot.domain.text import shorten
from bot.services import search as service
from bot.services.latest import one
from bot.services.search import Results
from bot.store import chats

AWAITED = "search"
"""The next words of a person are what they look for."""

_PER_PAGE = 5
_SIGN = "🔎 "


async def search(turn: Turn, said: str) -> Answer:
    """Show the first page of what *said* finds; without anything to look for, ask for it."""
    if not searches.read(said).is_empty:
        return await _page(turn, searches.clean(said), 0)
    if turn.pressed is None or turn.chat is None or not turn.is_private:
        return turn.say(plain(turn.text("search-how")))
    await chats.await_input(turn.write_tx, turn.chat.id, AWAITED, turn.now)
    return turn.say(plain(turn.text("search-how")))


async def press_page(turn: Turn, pressed: SearchPage) -> Answer:
    """Turn to a page: the words are read again from the message that is turned."""
    said = turn.pressed_text.partition("\n")[0]
    if not said.startswith(_SIGN):
        return turn.refuse(turn.text("button-stale"))
    return await _page(turn, searches.clean(said.removeprefix(_SIGN)), pressed.page)


async def press_show(turn: Turn, pressed: ShowArticle) -> Answer:
    """Show the card of an article, below the list that it was chosen from."""
    card = await one(turn.tx, turn.reader, pressed.article)
    if card is None:
        return turn.refuse(turn.text("article-gone"))
    return Answer((Outgoing(turn.address, card),))


async def _page(turn: Turn, said: str, page: int) -> Answer:
    wanted = searches.read(said)
    results = await service.find(
        turn.tx, wanted, chat=turn.reader.chat, offset=page * _PER_PAGE, limit=_PER_PAGE
    )
    if results.unknown_topic is not None:
        unknown = turn.text("topic-unknown", words=shorten(results.unknown_topic, 60))
        return turn.say(plain(unknown), keyboard=((topics_button(turn),),))
    if not results.articles:
        if page:
            return turn.refuse(turn.text("latest-end"))
        return turn.say(plain(_SIGN + said), plain(turn.text("search-none")), keyboard=navigation(turn))
    pages = -(-results.count // _PER_PAGE)
    first = page * _PER_PAGE + 1
    snippets = await service.snippets(results.articles, wanted)
    hits = [
        _hit(headline(turn, number, stored, results.topics), snippet)
        for number, (stored, snippet) in enumerate(zip(results.articles, snippets, strict=True), first)
    ]
    return turn.say(
        plain(f"{_SIGN}{said}\n{_counted(turn, results)}"),
        *hits,
        plain(_foot(turn, page, pages)),
        keyboard=(_numbers(first, results), *paging(SearchPage, page=page, pages=pages)),
    )


def _counted(turn: Turn, results: Results) -> str:
    return turn.text("search-found", count=results.count, more="yes" if results.more else "no")


def _foot(turn: Turn, page: int, pages: int) -> str:
    said = turn.text("search-tap")
    return f"{turn.text('search-page', page=page + 1, pages=pages)}. {said}" if pages > 1 else said


def _hit(headline: RichText, snippet: RichText) -> RichText:
    return (*headline, plain("\n" if snippet else ""), *snippet)


def _numbers(first: int, results: Results) -> tuple[Button, ...]:
    return tuple(
        Button(str(number), action=ShowArticle(stored.id).pack())
        for number, stored in enumerate(results.articles, first)
    )
