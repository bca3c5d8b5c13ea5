"""Selectors for a list by what somebody has pointed at: the title of one item, and other parts of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.news.listing.choice import ListingPart
from bot.sources.feeds.link_groups import leads_on
from bot.sources.html.page_dates import date_of, dates_only
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element, holds
from bot.sources.picking.alike import AlikeItem, alike_items, link_of, text, title_at
from bot.sources.picking.describing import all_first, counted, item_selector, part_selector

_SHORTEST_SUMMARY = 40
_LONGEST_SUMMARY = 2_000
_WORD = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True)
class InferredListing:
    """The *selectors* by part, which of them nobody has pointed at, and which parts lie in no item.

    *block* is the item that was pointed at.
    """

    selectors: Mapping[str, str]
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]
    block: Element


def has_link(pointed: Element, base: str) -> bool:
    """Say whether *pointed* is, holds or stands by a link that leads to another page."""
    return bool(link_of(title_at(pointed), base))


def infer(
    page: IndexedPage, picks: Mapping[ListingPart, Element], base: str, *, now: datetime
) -> InferredListing | None:
    """Return selectors for the list of the title in *picks*; None where nothing on the page is like it."""
    title = title_at(picks[ListingPart.TITLE])
    items: Sequence[AlikeItem] = alike_items(title, base, now=now)
    own = next((item for item in items if item.title is title), None)
    if own is None:
        return None
    others = [element for part, element in picks.items() if part is not ListingPart.TITLE]
    item_css, items = _described(page, items, others)
    own = next((item for item in items if item.title is title), None)
    if not item_css or own is None:
        return None
    blocks, titles = [item.block for item in items], [item.title for item in items]
    fits: Callable[[str], int] = lambda css: all_first(blocks, titles, css)  # noqa: E731
    selectors = {"item": item_css, "title": part_selector(own.block, title, fits, most=len(items))}
    guessed, left_out = ["item"], []
    for part in (ListingPart.DATE, ListingPart.SUMMARY, ListingPart.PHOTO):
        if part in picks:
            css = _pointed_at(part, picks[part], blocks, now)
            if css:
                selectors[part.value] = css
            else:
                left_out.append(part.value)
    if ListingPart.SUMMARY not in picks and (css := _summary_guess(own, blocks, now)):
        selectors[ListingPart.SUMMARY.value] = css
        guessed.append(ListingPart.SUMMARY.value)
    return InferredListing(
        {k: v for k, v in selectors.items() if v}, tuple(guessed), tuple(left_out), own.block
    )


def _described(
    page: IndexedPage, items: Sequence[AlikeItem], others: Sequence[Element]
) -> tuple[str, Sequence[AlikeItem]]:
    """Return a selector for the items, and those: with smaller blocks where larger ones have no exact one.

    They are to hold the *others* that were pointed at, as far as the largest ones do.
    """
    best, least, described = "", len(items), items
    held = [e for e in others if any(_has(item.block, e) for item in items)]
    while items and all(any(_has(item.block, e) for item in items) for e in held):
        css, wrong = item_selector(page, [i.block for i in items], [i.title for i in items], _gives_entry)
        if css and wrong < least:
            best, least, described = css, wrong, items
        if not least or any(item.block is item.title for item in items):
            break
        items = [replace(item, block=_next_inner(item)) for item in items]
    return best, described


def _has(block: Element, element: Element) -> bool:
    return block is element or holds(block, element)


def _next_inner(item: AlikeItem) -> Element:
    """Return the element in the item's block that holds its title."""
    path = [item.title, *item.title.iterancestors()]
    return path[path.index(item.block) - 1]


def _gives_entry(block: Element) -> bool:
    """Say whether a reader would find an article in *block*: a link with a text."""
    links = (block, *block.iter("a")) if block.tag == "a" else block.iter("a")
    return any(leads_on(href) and bool(text(a)) for a in links if (href := a.get("href")))


def _pointed_at(part: ListingPart, target: Element, blocks: Sequence[Element], now: datetime) -> str:
    """Return the selector for *target* in whichever of *blocks* has it; empty if none has."""
    block = next((b for b in blocks if _has(b, target)), None)
    if block is None:
        return ""
    if part is ListingPart.PHOTO and target.tag != "img":
        target = next(target.iter("img"), target)
    is_right = {
        ListingPart.DATE: lambda e: date_of(" ".join(e.itertext()), now=now) is not None or e is target,
        ListingPart.PHOTO: lambda e: e.tag == target.tag,
    }.get(part, lambda e: bool(text(e)))
    return part_selector(block, target, lambda css: counted(blocks, css, is_right), most=len(blocks))


def _summary_guess(own: AlikeItem, blocks: Sequence[Element], now: datetime) -> str:
    """Return a selector for the text that most items have beside their titles; empty where few have one."""
    told = [e for e in own.block.iter("*") if _may_tell(e, own.title, now)]
    target = max(told, key=lambda e: len(text(e)), default=None)
    if target is None:
        return ""

    def is_right(element: Element) -> bool:
        return len(text(element)) >= _SHORTEST_SUMMARY

    css = part_selector(own.block, target, lambda css: counted(blocks, css, is_right), most=len(blocks))
    return css if css and counted(blocks, css, is_right) * 2 >= len(blocks) else ""


def _may_tell(element: Element, title: Element, now: datetime) -> bool:
    words = text(element)
    if not _SHORTEST_SUMMARY <= len(words) <= _LONGEST_SUMMARY or words == text(title):
        return False
    if (
        element is title
        or holds(element, title)
        or holds(title, element)
        or element.tag in {"script", "style"}
    ):
        return False
    own = "".join(filter(None, (element.text, *(child.tail for child in element)))).strip()
    return (
        len(own) * 2 >= len(words)
        and len(_WORD.findall(words)) > 4
        and not dates_only(words, now=now, beside_names=True)
    )
