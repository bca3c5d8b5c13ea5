"""What somebody has chosen on a listing page by pointing at it, and what the page gives by that choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.news.feed import Entry


class ListingPart(StrEnum):
    """A part of an entry that one can point at; only the title must be."""

    TITLE = "title"
    DATE = "date"
    SUMMARY = "summary"
    PHOTO = "photo"


class ChoiceProblem(StrEnum):
    """Why a choice gives nothing. *CHANGED*: the page is another one than that on which it was made."""

    CHANGED = "changed"
    NO_LINK = "no-link"
    NOTHING_ALIKE = "nothing-alike"
    NOTHING_FOUND = "nothing-found"
    BAD_SELECTOR = "bad-selector"


@dataclass(frozen=True, slots=True)
class ListingChoice:
    """The elements that were pointed at, by their numbers on the page, or *selectors* that were written.

    *version* names the page on which the numbers were given. Selectors go before numbers.
    """

    picks: Mapping[ListingPart, int] = field(default_factory=dict)
    selectors: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True, slots=True)
class LinksAlike:
    """Links that look like one list: how many, the first *titles*, and the *number* of the first of them."""

    number: int
    count: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemPiece:
    """A text of the item that was pointed at, or a photo, whose *text* describes it."""

    number: int
    text: str
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class ListingTrial:
    """What a page gives by a choice: CSS *selectors* by part, as a feed's `listing` has them, and entries.

    *guessed* are the parts that nobody has pointed at, *left_out* those pointed at that are in no item.
    *pieces* are what the item holds that was pointed at, and *lists* what may be a list where nothing was.
    """

    url: str
    version: str
    lists: tuple[LinksAlike, ...] = ()
    selectors: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    pieces: tuple[ItemPiece, ...] = ()
    problem: ChoiceProblem | None = None


class ListingPages(Protocol):
    """Listing pages to point at. Both methods raise SourceError where the page cannot be had."""

    async def trial(self, url: str, choice: ListingChoice) -> ListingTrial:
        """Return what the page at *url* gives by *choice*."""

    async def inert(self, url: str, selectors: Mapping[str, str]) -> str:
        """Return the page as HTML that does nothing, its elements numbered, what *selectors* find marked."""
