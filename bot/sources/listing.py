"""A listing page read: the articles that it lists, as entries."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.address import canonical, identity, is_same_site
from bot.domain.article import Photo, Published
from bot.domain.feed import Entry, FeedKind, SourceError
from bot.domain.reason import ReasonCode
from bot.domain.text import fold
from bot.sources.captions import story
from bot.sources.flow import Picture, flow, text_of
from bot.sources.listed import Listed
from bot.sources.page_dates import dates_only
from bot.sources.paging import next_page
from bot.sources.portal import preset_for
from bot.sources.presets import LISTING_PARTS, Preset, Selectors, selectors_of
from bot.sources.selection import Page, select
from bot.sources.text.dates import dates_in, parse_date
from bot.sources.text.encoding import decoded
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import absolute, shown
from bot.sources.tree import Element, base_of, parse_text

_SHORTEST_TITLE = 20
_FEWEST_ALIKE = 3
_ANCESTORS_ALIKE = 4


def parse_listing(
    body: bytes,
    *,
    url: str,
    charset: str | None,
    selectors: Mapping[str, str],
    preset: str | None,
    now: datetime,
) -> Listed:
    """Return what the listing page *body* lists, in its order, or raise SourceError if that is nothing.

    *selectors* are CSS by part (presets.LISTING_PARTS) and go before the preset's. Without any that fit,
    the repeated block of links with the most text is taken.
    """
    source = decoded(body, charset)
    refuse_old_fonts(source, shown(url))
    page = Page(parse_text(source, url=url))
    found = preset_for(page, preset)
    if selectors.keys() & {"item", "title"}:
        # Whoever names the links knows better where articles are.
        found = replace(found, link=())
    wanted = selectors_of(selectors, found.listing, parts=LISTING_PARTS)
    base = base_of(page.root, url)
    for guess, items in _candidates(page, wanted, found, base):
        entries = {identity(e.link): e for item in items if (e := _entry(item, wanted, found, base, now))}
        if entries:
            return Listed(
                tuple(entries.values()),
                FeedKind.LISTING,
                next_page=next_page(page, url=url, base=base, selectors=wanted["next"]),
                guessed=tuple(_guesses(guess, found, selectors, preset)),
            )
    raise SourceError(
        f"{url}: no article is listed there (tried the markup of {found.name!r} and any list of links)",
        ReasonCode.NOTHING_LISTED,
    )


def _candidates(
    page: Page, wanted: Selectors, preset: Preset, base: str
) -> Iterator[tuple[str, list[Element]]]:
    for css in wanted["item"]:
        yield css, page.select(css, part="item")
    yield "", _repeated_blocks(page.root, preset, base)


def _guesses(item: str, preset: Preset, selectors: Mapping[str, str], named: str | None) -> Iterator[str]:
    if named is None and preset.name != "generic":
        yield f"preset {preset.name}, recognised by the page's markup"
    if not item:
        yield "items: the repeated block of links with the most text, since no selector fits"
    elif selectors.get("item") != item:
        yield f"items: {item}, from the preset {preset.name}"


def _entry(item: Element, wanted: Selectors, preset: Preset, base: str, now: datetime) -> Entry | None:
    anchor = _anchor(item, wanted, preset)
    if anchor is None:
        return None
    link = absolute(anchor.get("href"), base)
    title_element = next(_found(item, wanted, "title"), anchor)
    title = text_of(title_element) or text_of(anchor) or (anchor.get("title") or "").strip()
    if not link or not title:
        return None
    return Entry(
        title=title,
        link=canonical(link),
        summary=_summary(item, wanted, title, now),
        photos=_photo(item, wanted, base),
        published=_published(item, wanted, title, now),
    )


def _anchor(item: Element, wanted: Selectors, preset: Preset) -> Element | None:
    """Return the link of *item*: in its title, around it, or the first that leads to an article."""
    titles = list(_found(item, wanted, "title"))
    inside = [a for t in titles for a in (t, *t.iter("a"), *t.iterancestors("a"))]
    for anchor in (*inside, item, *item.iter("a")):
        href = anchor.get("href")
        if anchor.tag != "a" or not href or not _leads_on(href):
            continue
        if all(mark in href for mark in preset.link) and (text_of(anchor) or anchor.get("title") or titles):
            return anchor
    return None


def _leads_on(href: str) -> bool:
    return not href.strip().lower().startswith(("#", "javascript:", "mailto:", "tel:", "data:"))


def _found(item: Element, wanted: Selectors, part: str) -> Iterator[Element]:
    return (e for css in wanted[part] for e in select(item, css, part=part))


def _summary(item: Element, wanted: Selectors, title: str, now: datetime) -> str:
    bare = fold(title)
    for element in _found(item, wanted, "summary"):
        text = text_of(element)
        if len(re.findall(r"[^\W\d]+", text)) > 2 and fold(text) != bare and not dates_only(text, now=now):
            return text
    return ""


def _published(item: Element, wanted: Selectors, title: str, now: datetime) -> Published | None:
    """Return the date of *item*: where the selectors say, else the last one that stands in it."""
    for element in _found(item, wanted, "date"):
        for written in (element.get("datetime"), element.get("content"), " ".join(element.itertext())):
            if written and (
                published := parse_date(written, now=now) or next(dates_in(written, now=now), None)
            ):
                return published
    stamped = next((t.get("datetime") for t in item.iter("time") if t.get("datetime")), None)
    if stamped and (published := parse_date(stamped, now=now)):
        return published
    bare = fold(title)
    lines = [text for text in item.itertext() if text.strip() and fold(text) != bare]
    found = [*dates_in(" \u2028 ".join(lines), now=now)]
    return found[-1] if found else None


def _photo(item: Element, wanted: Selectors, base: str) -> tuple[Photo, ...]:
    for element in _found(item, wanted, "photo"):
        if photos := story(flow(element), base_url=base).photos:
            return photos[:1]
    pictures = (found for found in flow(item) if isinstance(found, Picture))
    addresses = (absolute(picture.address, base) for picture in pictures)
    return tuple(Photo(address) for address in addresses if address)[:1]


def _repeated_blocks(root: Element, preset: Preset, base: str) -> list[Element]:
    """Return the blocks around the links that a news page lists: alike in markup, with the most text."""
    alike: dict[tuple[str, ...], dict[str, Element]] = {}
    for anchor in root.iter("a"):
        href = anchor.get("href")
        if not href or not _leads_on(href) or len("".join(anchor.itertext()).strip()) < _SHORTEST_TITLE:
            continue
        link = absolute(href, base)
        if link and _leads_to_article(link, preset, base):
            alike.setdefault(_shape(anchor), {}).setdefault(link, anchor)
    groups = [
        list(group.values())
        for group in alike.values()
        if len(group) >= (1 if preset.link else _FEWEST_ALIKE)
    ]
    best = max(groups, key=_weight, default=[])
    others = set(best)
    return [_around(anchor, others) for anchor in best]


def _leads_to_article(link: str, preset: Preset, base: str) -> bool:
    if preset.link:
        return all(mark in link for mark in preset.link)
    return is_same_site(link, base) and identity(link) != identity(base)


def _shape(anchor: Element) -> tuple[str, ...]:
    around = zip(range(_ANCESTORS_ALIKE), (anchor, *anchor.iterancestors()), strict=False)
    return tuple(f"{e.tag}.{re.sub(r'[0-9]+', '', e.get('class') or '')}" for _, e in around)


def _weight(anchors: Iterable[Element]) -> int:
    """Return how much the blocks of *anchors* look like news: their text, more where they are dated."""
    group = list(anchors)
    others = set(group)
    blocks = [" ".join(_around(a, others).itertext()) for a in group]
    dated = sum(re.search(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}", block) is not None for block in blocks)
    return sum(min(len(block), 600) for block in blocks) * (3 if dated * 2 >= len(blocks) else 1)


def _around(anchor: Element, others: set[Element]) -> Element:
    """Return the largest element around *anchor* that holds no other of *others*."""
    block = anchor
    for outer in anchor.iterancestors():
        if outer.tag in {"body", "html"} or any(a in others and a is not anchor for a in outer.iter("a")):
            break
        block = outer
    return block
