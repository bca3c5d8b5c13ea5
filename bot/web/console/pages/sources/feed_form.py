"""The form of a feed: what its fields say, as a feed, and what is wrong with them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.chats.chat import TopicId
from bot.domain.news.address import site_of
from bot.domain.news.feed import USUAL_INTERVAL, Feed, FeedId, FeedKind
from bot.domain.text.text import one_line
from bot.services.ingest.feed_trials import FeedMarkup
from bot.web.console.visit import FormFields

LONGEST_NAME = 120
LONGEST_URL = 2_000
LONGEST_SELECTOR = 300
INTERVALS = (120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400)
"""Seconds that are offered."""

_SHORTEST, _LONGEST = timedelta(seconds=30), timedelta(days=7)
_WEB = re.compile(r"https?://\S+")
_PAGE = "page-"


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong with a form: the *field*, and what its text names."""

    field: str
    part: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class FeedFields:
    """A feed as a form has it. An *interval* is in seconds, and empty where the feed adapts it.

    The selectors of a list stand in fields that are called as its parts are in feeds.toml, those of a page
    in fields with "page-" before; an address that is handed to the form may have them all.
    """

    url: str = ""
    name: str = ""
    topic: str = ""
    interval: str = ""
    kind: str = FeedKind.AUTO.value
    preset: str = ""
    listing: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, fields: FormFields, markup: FeedMarkup) -> "FeedFields":
        listing = {part: fields.value(part) for part in markup.listing if fields.value(part)}
        if link := fields.value("link"):
            # The title of a list is the link to the article.
            listing.setdefault("title", link)
        usual = FeedKind.LISTING if listing else FeedKind.AUTO
        return cls(
            url=fields.value("url"),
            name=one_line(fields.value("name")),
            topic=fields.value("topic"),
            interval=fields.value("interval"),
            kind=fields.value("kind") or usual.value,
            preset=fields.value("preset"),
            listing=listing,
            page={part: words for part in markup.page if (words := fields.value(_PAGE + part))},
        )

    @classmethod
    def of(cls, feed: Feed) -> "FeedFields":
        """Return the form as it is filled in for *feed*."""
        interval = "" if feed.adapts else str(int(feed.interval.total_seconds()))
        return cls(
            url=feed.url,
            name=feed.name,
            topic=feed.topic,
            interval=interval,
            kind=feed.kind.value,
            preset=feed.preset or "",
            listing=feed.listing,
            page=feed.page,
        )

    @property
    def is_advanced(self) -> bool:
        """Return whether anything is said that most feeds do without."""
        return bool(self.listing or self.page or self.preset or self.kind != FeedKind.AUTO)

    @property
    def reading(self) -> str:
        """Return a mark of what is read and how: a trial of another one says nothing of this."""
        said = (self.url, self.kind, self.preset, sorted(self.listing.items()), sorted(self.page.items()))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def problem(self, markup: FeedMarkup) -> FormProblem | None:
        """Return what is wrong with what is read, the first thing that is."""
        if len(self.url) > LONGEST_URL or not _WEB.fullmatch(self.url) or not site_of(self.url):
            return FormProblem("url")
        if self.kind not in set(FeedKind):
            return FormProblem("kind")
        if self.preset and self.preset not in markup.presets:
            return FormProblem("preset")
        for part, selector in [*self.listing.items(), *self.page.items()]:
            if len(selector) > LONGEST_SELECTOR:
                return FormProblem("selector", part)
            if words := markup.problem(selector):
                return FormProblem("selector", part, words)
        return None

    def problem_to_keep(self, markup: FeedMarkup) -> FormProblem | None:
        """Return what is wrong with the feed as it is to be kept."""
        if found := self.problem(markup):
            return found
        if not 0 < len(self.name) <= LONGEST_NAME:
            return FormProblem("name")
        if self.interval and not _SHORTEST <= self._seconds() <= _LONGEST:
            return FormProblem("interval")
        return None

    def feed(self, feed_id: FeedId, usual: timedelta | None, *, verified: bool = True) -> Feed:
        """Return the feed of a form without problems; *usual* is the interval of those that have none."""
        chosen = self._seconds() if self.interval else usual
        return Feed(
            id=feed_id,
            topic=TopicId(self.topic),
            name=self.name or site_of(self.url) or "?",
            url=self.url,
            kind=FeedKind(self.kind),
            interval=chosen or USUAL_INTERVAL,
            preset=self.preset or None,
            listing=self.listing,
            page=self.page,
            verified=verified,
            adapts=chosen is None,
        )

    def changed(self, feed: Feed, usual: timedelta | None) -> Feed:
        """Return *feed* as the form wants it; what the form does not have stays."""
        wanted = self.feed(feed.id, usual, verified=feed.verified and feed.url == self.url)
        return replace(wanted, ca_bundle=feed.ca_bundle)

    def _seconds(self) -> timedelta:
        is_number = self.interval.isascii() and self.interval.isdecimal() and len(self.interval) < 8
        return timedelta(seconds=int(self.interval)) if is_number else timedelta(0)
