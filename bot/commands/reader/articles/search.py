"""/timkiem: finding articles, page by page. What is searched for stands in the answer and nowhere else."""

from dataclasses import replace

from bot.commands.base.awaited_input import SearchWords
from bot.commands.base.callbacks import SearchPage, ShowArticle, ShowPublication
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import hint, paging, ways_on
from bot.commands.base.recent import Question
from bot.commands.reader import subscribe
from bot.commands.reader.articles.article_lookup import headline
from bot.domain.chats.message import Button, RichText, plain
from bot.domain.text import search as searches
from bot.domain.text import utterance
from bot.domain.text.search import Search
from bot.domain.text.text import shorten
from bot.services.rendering.card import paragraphs
from bot.services.subscribers import search as service
from bot.services.subscribers.articles import one
from bot.services.subscribers.search import Results

handlers = Handlers()

_PER_PAGE = 5
_SHOWN = 100
_SIGN = "🔎 "


@handlers.command(Command.SEARCH, writes=False, takes=any_words)
async def search(request: Request, said: str) -> Response:
    """Show the first page of what *said* finds; without anything to look for, ask for it."""
    if not searches.read(said).is_empty:
        return await _page(request, searches.clean(said), 0)
    how = request.examples("search-how", command=request.spoken(Command.SEARCH))
    return request.say(how, asks=Question(words=SearchWords()))


@handlers.awaited(SearchWords, gives_way=lambda command, _: command is Command.UNSUBSCRIBE)
async def take_asked_words(request: Request, awaited: SearchWords, words: str) -> Response:
    """Look for what somebody says who was asked for it; only a wish to stop goes before."""
    del awaited
    return await take_words(request, words)


async def take_words(request: Request, said: str) -> Response:
    """Look for what somebody says who was asked what to look for; how else the bot is used they know."""
    return await _first(request, said) or await search(request, said)


async def look_for(request: Request, said: str) -> Response:
    """Look for what somebody says without having been asked anything, and tell them how to get help."""
    if searches.read(said).is_empty:
        return hint(request)
    answer = await _first(request, said)
    if answer is None:
        sought = plain(_SIGN + shorten(said, _SHOWN))
        return request.say(sought, plain(_none(request, said, "search-free-none")), keyboard=ways_on(request))
    *others, last = answer.messages
    text = paragraphs(
        last.message.text, request.examples("search-help", command=request.spoken(Command.HELP))
    )
    return replace(answer, messages=(*others, replace(last, message=replace(last.message, text=text))))


async def _first(request: Request, said: str) -> Response | None:
    """Return the first page of what words find that may be a whole question: what it is about, or all of it,
    or all but what is polite. None if that is nothing.
    """
    line = searches.clean(said)
    heard = utterance.heard(line)
    asked = (utterance.topic_of(heard), (), utterance.bare(heard))
    for words in dict.fromkeys(utterance.written(line, each) if each else line for each in asked):
        wanted = searches.read(words)
        if not wanted.is_empty and (results := await _find(request, wanted, 0)).articles:
            return await _shown(request, words, results, 0)
    return None


@handlers.button(SearchPage)
async def press_page(request: Request, pressed: SearchPage) -> Response:
    """Turn to a page: the words are read again from the message that is turned."""
    said = request.pressed_text.partition("\n")[0]
    if not said.startswith(_SIGN):
        return request.refuse(request.text("button-stale"))
    return await _page(request, searches.clean(said.removeprefix(_SIGN)), pressed.page)


@handlers.button(ShowArticle)
async def press_show(request: Request, pressed: ShowArticle) -> Response:
    """Show the card of an article, below the list that it was chosen from."""
    card = await one(request.tx, request.reader, pressed.article)
    if card is None:
        return request.refuse(request.text("article-gone"))
    if request.is_private and await request.may_manage():
        manage = Button(request.text("button-manage"), action=ShowPublication(pressed.article).pack())
        card = replace(card, keyboard=(*card.keyboard, (manage,)))
    return Response((OutgoingMessage(request.address, card),))


async def _page(request: Request, said: str, page: int) -> Response:
    results = await _find(request, searches.read(said), page)
    if results.unknown_topic is not None:
        unknown = subscribe.unknown(request, results.unknown_topic)
        return await subscribe.menu(request, Command.TOPICS, before=unknown)
    if not results.articles:
        if page:
            return request.refuse(request.text("latest-end"))
        return request.say(plain(_SIGN + said), plain(_none(request, said)), keyboard=ways_on(request))
    return await _shown(request, said, results, page)


async def _find(request: Request, wanted: Search, page: int) -> Results:
    return await service.find(
        request.tx, wanted, chat=request.reader.chat, offset=page * _PER_PAGE, limit=_PER_PAGE
    )


async def _shown(request: Request, said: str, results: Results, page: int) -> Response:
    pages = -(-results.count // _PER_PAGE)
    first = page * _PER_PAGE + 1
    snippets = await service.snippets(results.articles, searches.read(said))
    hits = [
        _hit(headline(request, number, stored, results.topics), snippet)
        for number, (stored, snippet) in enumerate(zip(results.articles, snippets, strict=True), first)
    ]
    return request.say(
        plain(f"{_SIGN}{said}\n{_counted(request, results)}"),
        *hits,
        plain(_foot(request, page, pages)),
        keyboard=(_numbers(first, results), *paging(SearchPage, page=page, pages=pages)),
    )


def _none(request: Request, said: str, key: str = "search-none") -> str:
    """Return what is said where nothing was found: of a date that does not exist, just that."""
    date = searches.read(said).unreal_date
    return request.text("search-no-such-date", date=date) if date else request.text(key)


def _counted(request: Request, results: Results) -> str:
    return request.text("search-found", count=results.count, more="yes" if results.more else "no")


def _foot(request: Request, page: int, pages: int) -> str:
    said = request.text("search-tap")
    return f"{request.text('search-page', page=page + 1, pages=pages)}. {said}" if pages > 1 else said


def _hit(headline: RichText, snippet: RichText) -> RichText:
    return (*headline, plain("\n" if snippet else ""), *snippet)


def _numbers(first: int, results: Results) -> tuple[Button, ...]:
    return tuple(
        Button(str(number), action=ShowArticle(stored.id).pack())
        for number, stored in enumerate(results.articles, first)
    )
