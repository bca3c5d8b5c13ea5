"""Search: the articles that hold what a person looks for, and how they are shown."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.chats.chat import ChatId
from bot.domain.chats.message import RichText, Span
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.domain.text.search import Search
from bot.domain.text.text import ELLIPSIS, nfc, one_line
from bot.domain.text.words import Word, words
from bot.services.subscribers.subscriptions import find_topic
from bot.store.articles import articles, search
from bot.store.articles.articles import StoredArticle
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction

SNIPPET = 180
"""Code points of an article that are shown around what was found."""

_BEFORE = 50
_NEAR = SNIPPET - _BEFORE
_OPENING = 4 * SNIPPET


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


async def snippets(found: Sequence[StoredArticle], wanted: Search) -> tuple[RichText, ...]:
    """Return a snippet of each article; in a thread, for an article may be long."""
    return await asyncio.to_thread(lambda: tuple(snippet(each.article, wanted) for each in found))


def snippet(article: Article, wanted: Search) -> RichText:
    """Return the stretch of *article* that holds most of what was looked for, every hit in bold."""
    folded = {word.folded for word in wanted.words}
    shown, most = (one_line(article.summary) or one_line(next(iter(article.body), "")))[:_OPENING], 0
    window, inside = (0, min(len(shown), SNIPPET)), [w for w in words(shown) if w.folded in folded]
    for paragraph in map(one_line, (article.summary, *article.body)):
        hits = [w for w in words(paragraph) if w.folded in folded and w.end - w.start <= _NEAR]
        near = _densest(hits)
        if (count := len({hit.folded for hit in near})) > most:
            shown, most, inside = paragraph, count, hits
            window = _around(paragraph, near[0].start, near[-1].end)
        if most == len(folded):
            break
    return _marked(shown, window, inside)


def _densest(hits: Sequence[Word]) -> Sequence[Word]:
    """Return the hits that stand close together where the most different words do, the first such place."""
    best: tuple[int, int] = (0, 0)
    most = last = 0
    near: Counter[str] = Counter()
    for first, hit in enumerate(hits):
        while last < len(hits) and hits[last].end - hit.start <= _NEAR:
            near[hits[last].folded] += 1
            last += 1
        if len(near) > most:
            best, most = (first, last), len(near)
        near[hit.folded] -= 1
        if not near[hit.folded]:
            del near[hit.folded]
    return hits[best[0] : best[1]]


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
