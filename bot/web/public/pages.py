"""The pages for people: what each of them shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from bot.domain.blocks.model import Blocks, ItemList, PhotoBlock, Quotation
from bot.domain.news.article import Photo
from bot.domain.text import search as searches
from bot.domain.text.text import one_line
from bot.i18n import LANGUAGES
from bot.services.rendering.card import date_line
from bot.services.rendering.full_text import says_more
from bot.services.subscribers.search import find as find_by_words
from bot.services.subscribers.search import snippets
from bot.store.articles import gallery, released
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.web.public import reading, structured
from bot.web.public.paths import Paths, atom, json_feed
from bot.web.public.posters import poster_of, qr_code
from bot.web.public.reading import NotThereError, ReleasedArticle
from bot.web.public.site import PublicSite
from bot.web.public.teasers import Teasers

SHOWN = 20
"""Articles on a page of a list."""

_HEADS = 7
_SECTION = 5
_BESIDE = 5


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What was asked for: a page in a language, with the *arguments* of its address, *words* and a number."""

    site: PublicSite
    tx: Transaction
    language: str
    arguments: Mapping[str, str]
    words: str = ""
    page: int = 1

    @property
    def paths(self) -> Paths:
        return Paths(self.language)

    @property
    def teasers(self) -> Teasers:
        return Teasers(self.site, self.language)


@dataclass(frozen=True, slots=True)
class PublicView:
    """A page to be made of a *template* and *values*. *elsewhere* is its path in another language.

    *canonical* is the address that search engines are to know it by.
    """

    template: str
    values: Mapping[str, Any]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    canonical: str = ""


async def home(ask: PageRequest) -> PublicView:
    """Show the newest articles of all, and of each topic."""
    topics = await reading.public_topics(ask.tx)
    heads = await released.heads(ask.tx, [each.id for each in topics], limit=_HEADS)
    on_top = {each.id for each in heads.newest}
    sections = [
        (topic, [ask.teasers.of(each) for each in heads.of_topics[topic.id] if each.id not in on_top])
        for topic in topics
    ]
    values = {
        "topics": topics,
        "top": [ask.teasers.of(each, topics) for each in heads.newest],
        "sections": [(topic, shown[:_SECTION]) for topic, shown in sections if shown],
        "atom": atom(),
        "json_feed": json_feed(),
    }
    return PublicView("home.html", values, _everywhere(lambda paths: paths.home))


async def topic(ask: PageRequest) -> PublicView:
    """Show the articles of a topic, page by page."""
    topics = await reading.public_topics(ask.tx)
    shown = next((each for each in topics if each.id == ask.arguments["topic"]), None)
    if shown is None:
        raise NotThereError
    count = await released.count(ask.tx, shown.id)
    pages = max(1, ceil(count / SHOWN))
    if ask.page > pages:
        raise NotThereError
    found = await released.newest(ask.tx, shown.id, limit=SHOWN, offset=(ask.page - 1) * SHOWN)
    values = {
        "topics": topics,
        "topic": shown,
        "count": count,
        "page": ask.page,
        "pages": pages,
        "articles": [ask.teasers.of(each) for each in found],
        "atom": atom(shown.id),
        "json_feed": json_feed(shown.id),
    }
    return PublicView("topic.html", values, _everywhere(lambda paths: paths.topic(shown.id, ask.page)))


async def article(ask: PageRequest) -> PublicView:
    """Show an article, with what was corrected in it, and others of its topic."""
    shown = await reading.find(ask.tx, ask.arguments["name"])
    beside = await released.newest(ask.tx, shown.topics[0].id, limit=_BESIDE + 1)
    others = [ask.teasers.of(each) for each in beside if each.id != shown.stored.id]
    values = {**await _of_article(ask, shown), "beside": others[:_BESIDE]}
    return PublicView(
        "article.html",
        values,
        _everywhere(lambda paths: paths.article(shown.name)),
        canonical=shown.stored.article.page or "",
    )


async def printed(ask: PageRequest) -> PublicView:
    """Show an article as it is printed."""
    shown = await reading.find(ask.tx, ask.arguments["name"])
    values = await _of_article(ask, shown)
    canonical = shown.stored.article.page or ask.site.url(ask.paths.article(shown.name))
    return PublicView("printed.html", values, canonical=canonical)


async def _of_article(ask: PageRequest, shown: ReleasedArticle) -> dict[str, Any]:
    stored, article = shown.stored, shown.stored.article
    photos, by_address = await _photos(ask, stored)
    in_place = {url: by_address[url] for url in photos_in(article.layout) if url in by_address}
    shown_in_text = {each.key for each in in_place.values()}
    published = article.published
    return {
        "topics": shown.all_topics,
        "topic": shown.topics[0],
        "in_topics": shown.topics,
        "shown": shown,
        "article": article,
        "title": one_line(article.title),
        "summary": one_line(article.summary) if says_more(article) else "",
        "at": published.at if published else None,
        "date": date_line(published, ask.site.translator, ask.language) if published else "",
        "lead": photos[0] if photos and photos[0].key == stored.photo_key else None,
        "photos": [each for each in photos if each.key not in (stored.photo_key, *shown_in_text)],
        "in_place": in_place,
        "corrections": await reading.corrections_of(ask.tx, stored),
        "meta": structured.of_article(ask.site, ask.paths, shown),
        "permalink": ask.site.url(ask.paths.article(shown.name)),
    }


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo of an article that we have: its path, caption and size in pixels."""

    key: str
    path: str
    caption: str
    width: int
    height: int


async def _photos(ask: PageRequest, stored: StoredArticle) -> tuple[list[ShownPhoto], dict[str, ShownPhoto]]:
    """Return the photos that we have ourselves, the lead first, and each by its address.

    Nobody is sent to other servers for them.
    """
    given = stored.article.photos
    addresses = {*photos_in(stored.article.layout), *(each.url for each in given)}
    keys = await gallery.known(ask.tx, addresses, lead=stored.photo_key)
    captions: dict[str, str] = {}
    if stored.photo_key:
        lead = given[0] if given else Photo("")
        captions[stored.photo_key] = one_line(lead.caption)
    for each in given:
        if key := keys.get(each.url):
            captions.setdefault(key, one_line(each.caption))
    for key in keys.values():
        captions.setdefault(key, "")
    sizes = await gallery.sizes(ask.tx, list(captions))
    shown = {
        key: ShownPhoto(key, ask.site.photo(key), caption, *sizes[key])
        for key, caption in captions.items()
        if key in sizes
    }
    return list(shown.values()), {url: shown[key] for url, key in keys.items() if key in shown}


def photos_in(blocks: Blocks) -> Iterator[str]:
    """Yield the addresses of the photos that stand in the text."""
    for each in blocks:
        match each:
            case PhotoBlock():
                yield each.url
            case ItemList():
                for item in each.items:
                    yield from photos_in(item.blocks)
            case Quotation():
                yield from photos_in(each.blocks)


async def search(ask: PageRequest) -> PublicView:
    """Show the articles that hold what somebody looks for."""
    words = searches.clean(ask.words)
    wanted = searches.read(words)
    values: dict[str, Any] = {
        "topics": await reading.public_topics(ask.tx),
        "words": words,
        "page": ask.page,
        "count": 0,
        "pages": 1,
        "more": False,
        "articles": [],
    }
    if not wanted.is_empty:
        offset = (ask.page - 1) * SHOWN
        found = await find_by_words(ask.tx, wanted, chat=None, offset=offset, limit=SHOWN)
        marked = await snippets(found.articles, wanted)
        values |= {
            "count": found.count,
            "pages": max(1, ceil(found.count / SHOWN)),
            "more": found.more,
            "articles": [
                ask.teasers.of(each, found.topics, found=snippet)
                for each, snippet in zip(found.articles, marked, strict=True)
            ],
        }
    return PublicView("search.html", values, _everywhere(lambda paths: paths.found(words, ask.page)))


async def subscribe(ask: PageRequest) -> PublicView:
    """Show how to subscribe to each topic, on each platform."""
    topics = await reading.public_topics(ask.tx)
    ways = [
        (each, [(door, link, qr_code(link)) for door in ask.site.doors if (link := door.leads_to(each.id))])
        for each in topics
    ]
    values = {
        "topics": topics,
        "ways": ways,
        "unlinked": [each for each in ask.site.doors if topics and not each.leads_to(topics[0].id)],
    }
    return PublicView("subscribe.html", values, _everywhere(lambda paths: paths.subscribe))


async def poster(ask: PageRequest) -> PublicView:
    """Show the poster of a topic on a platform, to be printed."""
    platform = ask.arguments["platform"]
    shown = await poster_of(ask.tx, ask.site, ask.language, ask.arguments["topic"], platform)
    values = {"topics": await reading.public_topics(ask.tx), "topic": shown.topic, "poster": shown}
    return PublicView(
        "poster.html", values, _everywhere(lambda paths: paths.poster(shown.topic.id, platform))
    )


def _everywhere(path: Any) -> dict[str, str]:
    """Return the *path* of a page in every language."""
    return {each: path(Paths(each)) for each in LANGUAGES}
