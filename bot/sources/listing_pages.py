"""Listing pages that somebody points at: fetched once, and kept for the few minutes that this takes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.clock import Clock
from bot.domain.news.listing.choice import ListingChoice, ListingTrial
from bot.sources.html.document import Document
from bot.sources.web import WebSource

_KEPT = timedelta(minutes=10)
_MOST_KEPT = 4


class KeptListingPages:
    """Implements domain.news.listing.choice.ListingPages.

    Another process, or this one later, fetches a page anew; its version tells whether it is still the same.
    """

    def __init__(self, source: WebSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._pages: dict[str, tuple[datetime, Document]] = {}

    async def trial(self, url: str, choice: ListingChoice) -> ListingTrial:
        """Return what the page at *url* gives by *choice*; raise SourceError."""
        return await self._source.trial(await self._page(url), choice)

    async def inert(self, url: str, selectors: Mapping[str, str]) -> str:
        """Return the page as HTML that does nothing; raise SourceError."""
        return await self._source.inert(await self._page(url), selectors)

    async def _page(self, url: str) -> Document:
        now = self._clock.now()
        self._pages = {each: kept for each, kept in self._pages.items() if now - kept[0] < _KEPT}
        if url not in self._pages:
            page = await self._source.listing_page(url)
            while len(self._pages) >= _MOST_KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[url] = now, page
        return self._pages[url][1]
