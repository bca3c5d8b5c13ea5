"""Search: the articles that hold what a person looks for, and how they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.article import Article
from bot.domain.chat import ChatId
from bot.domain.feed import Topic
from bot.domain.message import RichText, Span
from bot.domain.search import Search
from bot.domain.text import ELLIPSIS, nfc, one_line
from bot.domain.words import Word, words
from bot.services.subscriptions import find_topic
from bot.store import articles, search
from bot.store.articles import StoredArticle
from bot.store.database import Transaction
from bot.store.memberships import visible_topics

SNIPPET = 180
"""Code points of an article that are shown around what was found."""

_BEFORE = 50


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found. *more* says that there is more than the *count* that can be paged through.

    *unknown_topic* is what was named as a topic and is none.
    """

    articles: tuple[StoredArticle, ...] = ()
    topics: tuple[Topic, ...] = ()
    count: int = 0
    more: bool = False
    unknown_topic: str | None = None


async def find(tx: Transaction, wanted: Search, *, chat: ChatId | None, offset: int, limit: int) -> Results:
    """Return *limit* of the articles that are found and that *chat* can see, from the one at *offset* on."""
    known = await visible_topics(tx, chat)
    asked = known
    if wanted.named_topic:
        named = find_topic(known, wanted.named_topic) or _by_hashtag(known, wanted.named_topic)
        if named is None:
            return Results(unknown_topic=wanted.named_topic)
        asked = (named,)
    ids = await search.find(tx, wanted, topics=[each.id for each in asked], limit=search.MOST + 1)
    shown = ids[: search.MOST][offset : offset + limit]
    found = await articles.many(tx, shown)
    return Results(
        articles=tuple(found[each] for each in shown if each in found),
        topics=known,
        count=min(len(ids), search.MOST),
        more=len(ids) > search.MOST,
    )


def _by_hashtag(topics: Iterable[Topic], tag: str) -> Topic | None:
    wanted = nfc(tag).casefold()
    return next((topic for topic in topics if nfc(topic.hashtag).casefold() == wanted), None)


def snippet(article: Article, wanted: Search) -> RichText:
    """Return the stretch of *article* that holds most of what was looked for, every hit in bold."""
    folded = {word.folded for word in wanted.words}
    best, most = one_line(article.summary) or one_line(next(iter(article.body), "")), 0
    window = (0, min(len(best), SNIPPET))
    for paragraph in map(one_line, (article.summary, *article.body)):
        start, end, count = _densest([word for word in words(paragraph) if word.folded in folded])
        if count > most:
            best, most, window = paragraph, count, _around(paragraph, start, end)
    return _marked(best, window, [word for word in words(best) if word.folded in folded])


def _densest(hits: Sequence[Word]) -> tuple[int, int, int]:
    """Return where the most different words stand close together, and how many they are."""
    best = (0, 0, 0)
    for number, first in enumerate(hits):
        near = [hit for hit in hits[number : number + 40] if hit.end - first.start <= SNIPPET - _BEFORE]
        count = len({hit.folded for hit in near})
        if count > best[2]:
            best = (first.start, near[-1].end if near else first.end, count)
    return best


def _around(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """Return a window of whole words around the hits between *start* and *end*."""
    first = 0 if start <= _BEFORE else paragraph.find(" ", start - _BEFORE, start) + 1
    last = max(min(len(paragraph), first + SNIPPET), end)
    if last < len(paragraph):
        last = max(paragraph.rfind(" ", end, last + 1), end)
    return first, last


def _marked(text: str, window: tuple[int, int], hits: Iterable[Word]) -> RichText:
    first, last = window
    if last < len(text):
        last = max(text.rfind(" ", first, last + 1), first + 1)
    spans = [Span(ELLIPSIS)] if first else []
    at = first
    for hit in hits:
        if hit.start < at or hit.end > last:
            continue
        between = text[at : hit.start]
        if between == " " and spans and spans[-1].bold:
            spans[-1] = Span(spans[-1].text + text[at : hit.end], bold=True)
        else:
            spans += [Span(between)] if between else []
            spans.append(Span(text[hit.start : hit.end], bold=True))
        at = hit.end
    rest = text[at:last].rstrip(" ,;:–-") + (ELLIPSIS if last < len(text) else "")
    return (*spans, Span(rest)) if rest else tuple(spans)
