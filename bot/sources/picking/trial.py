"""One listing page and what somebody has chosen on it: selectors, and the entries that these give."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.news.feed import SourceError
from bot.domain.news.guess import GuessCode
from bot.domain.news.listing.choice import (
    ChoiceProblem,
    ItemPiece,
    LinksAlike,
    ListingChoice,
    ListingPart,
    ListingTrial,
)
from bot.domain.text.text import shorten
from bot.sources.feeds.link_groups import leads_on
from bot.sources.feeds.listing import parse_listing
from bot.sources.html.css import css_problem
from bot.sources.html.document import Document, Markup
from bot.sources.html.presets import LISTING_PARTS
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element, base_of, parse
from bot.sources.picking.alike import shape, text
from bot.sources.picking.inert import inert_html
from bot.sources.picking.inferring import has_link, infer

_OTHER_ITEMS = {GuessCode.ITEMS, GuessCode.ITEMS_OF_PRESET}
_SHAPE_LEVELS = 4
_SHORTEST_TITLE = 8
_FEWEST_ALIKE = 3
_MOST_LISTS = 12
_TITLES_SHOWN = 3
_MOST_PIECES = 40
_LONGEST_PIECE = 120
_LONGEST_TITLE = 200


def listing_trial(document: Document, choice: ListingChoice, *, now: datetime) -> ListingTrial:
    """Return what the page *document* gives by *choice*; raise SourceError where it is no page."""
    root = parse(document.body, url=document.url, charset=document.charset)
    version = hashlib.sha256(document.body).hexdigest()[:16]
    trial = ListingTrial(document.url, version, lists=tuple(_lists(root)))
    if choice.selectors.get("item"):
        return _entries(trial, document, _own_parts(choice.selectors), now)
    if ListingPart.TITLE not in choice.picks:
        return trial
    if choice.version != version:
        return replace(trial, problem=ChoiceProblem.CHANGED)
    return _inferred(trial, document, root, choice, now)


def inert_page(document: Document, selectors: Mapping[str, str]) -> str:
    """Return the page *document* as HTML that does nothing; raise SourceError where it is no page."""
    root = parse(document.body, url=document.url, charset=document.charset)
    return inert_html(root, _own_parts(selectors))


def _own_parts(selectors: Mapping[str, str]) -> dict[str, str]:
    return {part: css for part in LISTING_PARTS if (css := selectors.get(part, "").strip())}


def _inferred(
    trial: ListingTrial, document: Document, root: Element, choice: ListingChoice, now: datetime
) -> ListingTrial:
    elements = [*root.iter("*")]
    picks = {part: elements[number] for part, number in choice.picks.items() if 0 <= number < len(elements)}
    base = base_of(root, document.url)
    if ListingPart.TITLE not in picks or not has_link(picks[ListingPart.TITLE], base):
        return replace(trial, problem=ChoiceProblem.NO_LINK)
    found = infer(IndexedPage(root), picks, base, now=now)
    if found is None:
        return replace(trial, problem=ChoiceProblem.NOTHING_ALIKE)
    numbers = {element: number for number, element in enumerate(elements)}
    return replace(
        _entries(trial, document, found.selectors, now),
        guessed=found.guessed,
        left_out=found.left_out,
        pieces=tuple(_pieces(found.block, numbers))[:_MOST_PIECES],
    )


def _entries(
    trial: ListingTrial, document: Document, selectors: Mapping[str, str], now: datetime
) -> ListingTrial:
    """Return *trial* with what the reader of lists finds by *selectors*, and by nothing that it guesses."""
    if any(css_problem(css) for css in selectors.values()):
        return replace(trial, selectors=selectors, problem=ChoiceProblem.BAD_SELECTOR)
    try:
        listed = parse_listing(document, Markup(selectors, None), now=now)
    except SourceError:
        return replace(trial, selectors=selectors, problem=ChoiceProblem.NOTHING_FOUND)
    if any(guess.code in _OTHER_ITEMS for guess in listed.guessed):
        return replace(trial, selectors=selectors, problem=ChoiceProblem.NOTHING_FOUND)
    return replace(trial, selectors=selectors, entries=listed.entries)


def _lists(root: Element) -> Iterator[LinksAlike]:
    """Yield the links of the page that are alike in markup, those with the most text first."""
    alike: dict[object, dict[str, tuple[int, str]]] = {}
    for number, element in enumerate(root.iter("*")):
        href = element.get("href") if element.tag == "a" else None
        if href and leads_on(href) and len(title := text(element)) >= _SHORTEST_TITLE:
            alike.setdefault(shape(element, _SHAPE_LEVELS), {}).setdefault(href, (number, title))
    groups = [[*links.values()] for links in alike.values() if len(links) >= _FEWEST_ALIKE]
    groups.sort(key=lambda group: sum(min(len(title), _LONGEST_TITLE) for _, title in group), reverse=True)
    for group in groups[:_MOST_LISTS]:
        titles = tuple(shorten(title, _LONGEST_PIECE) for _, title in group[:_TITLES_SHOWN])
        yield LinksAlike(group[0][0], len(group), titles)


def _pieces(block: Element, numbers: Mapping[Element, int]) -> Iterator[ItemPiece]:
    """Yield the texts and photos of an item, each element with words of its own once."""
    for element in block.iter("*"):
        own = "".join(filter(None, (element.text, *(child.tail for child in element)))).strip()
        if element.tag == "img":
            words = element.get("alt") or (element.get("src") or "").rpartition("/")[2]
            yield ItemPiece(numbers[element], shorten(words, _LONGEST_PIECE), is_photo=True)
        elif own and element.tag not in {"script", "style"}:
            yield ItemPiece(numbers[element], shorten(text(element), _LONGEST_PIECE))
