"""/timkiem: finding articles, page by page. What is searched for stands in the answer and nowhere else."""

from dataclasses import replace

from bot.commands import basics, subscribe
from bot.commands.callbacks import SearchPage, ShowArticle
from bot.commands.menus import paging, ways_on
from bot.commands.names import Command
from bot.commands.one_article import headline
from bot.commands.recent import Question
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain import search as searches
from bot.domain import utterance
from bot.domain.message import Button, RichText, plain
from bot.domain.search import Search
from bot.domain.text import shorten
from bot.services import search as service
from bot.services.compose import paragraphs
from bot.services.latest import one
from bot.services.search import Results

AWAITED = "search"
"""The next words of a person are what they look for."""

_PER_PAGE = 5
_SHOWN = 100
_SIGN = "🔎 "


async def search(turn: Turn, said: str) -> Answer:
    """Show the first page of what *said* finds; without anything to look for, ask for it."""
    if not searches.read(said).is_empty:
        return await _page(turn, searches.clean(said), 0)
    how = turn.examples("search-how", command=turn.spoken(Command.SEARCH))
    return turn.say(how, asks=Question(words=AWAITED))


async def take_words(turn: Turn, said: str) -> Answer:
    """Look for what somebody says who was asked what to look for; how else the bot is used they know."""
    return await _first(turn, said) or await search(turn, said)


async def look_for(turn: Turn, said: str) -> Answer:
    """Look for what somebody says without having been asked anything, and tell them how to get help."""
    if searches.read(said).is_empty:
        return basics.hint(turn)
    answer = await _first(turn, said)
    if answer is None:
        sought = plain(_SIGN + shorten(said, _SHOWN))
        return turn.say(sought, plain(turn.text("search-free-none")), keyboard=ways_on(turn))
    *others, last = answer.messages
    text = paragraphs(last.message.text, turn.examples("search-help", command=turn.spoken(Command.HELP)))
    return replace(answer, messages=(*others, replace(last, message=replace(last.message, text=text))))


async def _first(turn: Turn, said: str) -> Answer | None:
    """Return the first page of what words find that may be a whole question: what it is about, or all of it,
    or all but what is polite. None if that is nothing.
    """
    line = searches.clean(said)
    heard = utterance.heard(line)
    asked = (utterance.topic_of(heard), (), utterance.bare(heard))
    for words in dict.fromkeys(utterance.written(line, each) if each else line for each in asked):
        wanted = searches.read(words)
        if not wanted.is_empty and (results := await _find(turn, wanted, 0)).articles:
            return await _shown(turn, words, results, 0)
    return None


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
    results = await _find(turn, searches.read(said), page)
    if results.unknown_topic is not None:
        unknown = subscribe.unknown(turn, results.unknown_topic)
        return await subscribe.menu(turn, Command.TOPICS, before=unknown)
    if not results.articles:
        if page:
            return turn.refuse(turn.text("latest-end"))
        return turn.say(plain(_SIGN + said), plain(turn.text("search-none")), keyboard=ways_on(turn))
    return await _shown(turn, said, results, page)


async def _find(turn: Turn, wanted: Search, page: int) -> Results:
    return await service.find(
        turn.tx, wanted, chat=turn.reader.chat, offset=page * _PER_PAGE, limit=_PER_PAGE
    )


async def _shown(turn: Turn, said: str, results: Results, page: int) -> Answer:
    pages = -(-results.count // _PER_PAGE)
    first = page * _PER_PAGE + 1
    snippets = await service.snippets(results.articles, searches.read(said))
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
