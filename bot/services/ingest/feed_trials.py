"""Trials of addresses as feeds, for whoever adds one: few at once, each within a time; nothing is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from cachetools import LRUCache

from bot.domain.errors import ExplainedError
from bot.domain.news.address import site_of
from bot.domain.news.feed import Feed, SourceError
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.reason import ReasonCode

AT_ONCE = 2
LONGEST = 45.0
"""Seconds."""

_PHOTOS_KEPT = 20

TryFeed = Callable[[Feed], Awaitable[FeedTrial]]


@dataclass(frozen=True, slots=True)
class FeedMarkup:
    """What may be said of a page's markup: *presets*, the parts that CSS selects of a list and of a page.

    *problem* returns what is wrong with a selector, in English, or None.
    """

    presets: Sequence[str]
    listing: Sequence[str]
    page: Sequence[str]
    problem: Callable[[str], str | None]


class TooManyTrialsError(ExplainedError):
    """As many addresses are being tried as may be at once."""


class FeedTrials:
    """Tries feeds. The photos of the newest trials can be looked at for a while, by their keys."""

    def __init__(self, try_feed: TryFeed, markup: FeedMarkup) -> None:
        self.markup = markup
        self._try_feed = try_feed
        self._running = 0
        self._photos: LRUCache[str, bytes] = LRUCache(_PHOTOS_KEPT)

    async def run(self, feed: Feed) -> FeedTrial:
        """Return what *feed* gives; raises SourceError, and TooManyTrialsError at once."""
        if self._running >= AT_ONCE:
            raise TooManyTrialsError("other addresses are being tried at this moment")
        self._running += 1
        try:
            async with asyncio.timeout(LONGEST):
                trial = await self._try_feed(feed)
        except TimeoutError:
            raise SourceError(
                f"{feed.url} did not give all in {LONGEST:.0f} s",
                ReasonCode.NO_ANSWER,
                host=site_of(feed.url),
                seconds=int(LONGEST),
            ) from None
        finally:
            self._running -= 1
        if trial.photo:
            self._photos[trial.photo.key] = trial.photo.content
        return trial

    def photo(self, key: str) -> bytes | None:
        return self._photos.get(key)
