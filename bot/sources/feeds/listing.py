"""A listing page read: the articles that it lists, as entries."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.news.address import canonical, identity
from bot.domain.news.article import Photo
from bot.domain.news.feed import Entry, FeedKind, SourceError
from bot.domain.news.guess import Guess, GuessCode
from bot.domain.reason import ReasonCode
from bot.domain.text.text import fold
from bot.sources.articles.error_pages import error_said
from bot.sources.feeds.link_groups import leads_on, listed_links
from bot.sources.feeds.listed_dates import listed_date
from bot.sources.feeds.paging import next_page
from bot.sources.feeds.result import ParsedFeed
from bot.sources.html.blocks import Picture, flow, text_of
from bot.sources.html.captions import story
from bot.sources.html.document import Document, Markup
from bot.sources.html.page_dates import dates_only
from bot.sources.html.portal import preset_for
from bot.sources.html.presets import LISTING_PARTS, Preset, Selectors, selectors_of
from bot.sources.html.select import IndexedPage, select
from bot.sources.html.tree import Element, base_of, parse_text
from bot.sources.text.encoding import decoded
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import absolute, shown

_WORD = re.compile(r"[^\W\d]+")


def parse_listing(document: Document, markup: Markup, *, now: datetime) -> ParsedFeed:
    """Return what a listing page lists, in its order, or raise SourceError if that is nothing.

    The parts of *markup* are presets.LISTING_PARTS. Without any selectors that fit, the repeated block of
    links with the most text is taken.
    """
    url, selectors, preset = document.url, markup.selectors, markup.preset
    page = _page(document)
    found = preset_for(page, preset)
    if selectors.keys() & {"item", "title"}:
        # Whoever names the links knows better where articles are.
        found = replace(found, link=())
    wanted = selectors_of(selectors, found.listing, parts=LISTING_PARTS)
    base = base_of(page.root, url)
    names_title = "title" in selectors
    for guess, items in _candidates(page, wanted, found, base, names_title=names_title):
        entries = {
            identity(e.link): e for item, link in items if (e := _entry(item, link, wanted, base, now))
        }
        if entries:
            return ParsedFeed(
                tuple(entries.values()),
                FeedKind.LISTING,
                next_page=next_page(page, url=url, base=base, selectors=wanted["next"]),
                guessed=tuple(_guesses(guess, found, selectors, preset)),
                is_guessed=not guess,
            )
    raise SourceError(
        f"{url}: no article is listed there (tried the markup of {found.name!r} and any list of links)",
        ReasonCode.NOTHING_LISTED,
    )


def _page(document: Document) -> IndexedPage:
    """Return the page; raise SourceError if it is unreadable, or says that there is nothing."""
    url = document.url
    source = decoded(document.body, document.charset)
    refuse_old_fonts(source, shown(url))
    page = IndexedPage(parse_text(source, url=url))
    if said := error_said(page.root):
        raise SourceError(f"{shown(url)}: no article is listed there, the page says {said!r}")
    return page


def _candidates(
    page: IndexedPage, wanted: Selectors, preset: Preset, base: str, *, names_title: bool
) -> Iterator[tuple[str, list[tuple[Element, Element | None]]]]:
    """Yield items, each with the link to its article: those of each selector, then those of a guess."""
    for css in wanted["item"]:
        yield css, [(item, _anchor(item, wanted, preset)) for item in page.select(css, part="item")]
    found = listed_links(page.root, preset, base)
    yield (
        "",
        [(each.block, _anchor(each.block, wanted, preset) if names_title else each.anchor) for each in found],
    )


def _guesses(item: str, preset: Preset, selectors: Mapping[str, str], named: str | None) -> Iterator[Guess]:
    if named is None and preset.name != "generic":
        yield Guess(GuessCode.PRESET, preset.name)
    if not item:
        yield Guess(GuessCode.ITEMS)
    elif selectors.get("item") != item:
        yield Guess(GuessCode.ITEMS_OF_PRESET, item, preset.name)


def _entry(
    item: Element, anchor: Element | None, wanted: Selectors, base: str, now: datetime
) -> Entry | None:
    if anchor is None:
        return None
    link = absolute(anchor.get("href"), base)
    title_element = next((t for t in _found(item, wanted, "title") if _belong(t, anchor)), anchor)
    title = text_of(title_element) or text_of(anchor) or (anchor.get("title") or "").strip()
    if not link or not title:
        return None
    return Entry(
        title=title,
        link=canonical(link),
        summary=_summary(item, wanted, title, now),
        photos=_photo(item, wanted, base),
        published=listed_date(item, _found(item, wanted, "date"), title_element, link, now=now),
    )


def _anchor(item: Element, wanted: Selectors, preset: Preset) -> Element | None:
    """Return the link of *item*: in its title, around it, or the first that leads to an article."""
    titles = list(_found(item, wanted, "title"))
    inside = [a for t in titles for a in (t, *t.iter("a"), *t.iterancestors("a"))]
    for anchor in (*inside, item, *item.iter("a")):
        href = anchor.get("href")
        if anchor.tag != "a" or not href or not leads_on(href):
            continue
        if preset.leads_to_article(href) and (text_of(anchor) or anchor.get("title") or titles):
            return anchor
    return None


def _belong(title: Element, anchor: Element) -> bool:
    """Say whether *title* is, holds or stands in the *anchor*, or leads nowhere itself."""
    inside = any(a is anchor for a in (title, *title.iter("a"), *title.iterancestors("a")))
    return inside or (title.tag != "a" and title.find(".//a") is None)


def _found(item: Element, wanted: Selectors, part: str) -> Iterator[Element]:
    return (e for css in wanted[part] for e in select(item, css, part=part))


def _summary(item: Element, wanted: Selectors, title: str, now: datetime) -> str:
    bare = fold(title)
    for element in _found(item, wanted, "summary"):
        text = text_of(element)
        says_more = len(_WORD.findall(text)) > 2 and fold(text) != bare
        if says_more and not dates_only(text, now=now, beside_names=True):
            return text
    return ""


def _photo(item: Element, wanted: Selectors, base: str) -> tuple[Photo, ...]:
    for element in _found(item, wanted, "photo"):
        if photos := story(flow(element), base_url=base).photos:
            return photos[:1]
    pictures = (found for found in flow(item) if isinstance(found, Picture))
    addresses = (absolute(picture.address, base) for picture in pictures)
    return tuple(Photo(address) for address in addresses if address)[:1]
