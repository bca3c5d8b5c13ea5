"""Feeds and their entries: what is polled, what it lists, and which of that is new."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NewType, Protocol, Self

from bot.domain.blocks.model import Blocks
from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import ApprovalRule
from bot.domain.errors import ExplainedError
from bot.domain.news import address
from bot.domain.news.article import Article, Attachment, Photo, PreparedPhoto, Published
from bot.domain.news.guess import Guess
from bot.domain.reason import Reason, ReasonCode

FeedId = NewType("FeedId", str)

USUAL_INTERVAL = timedelta(minutes=10)
"""How often a feed is polled at first, where nobody has set an interval."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What people subscribe to (chuyên mục); one or more feeds fill it. Names are by language.

    One that is for *members_only* is there for nobody but the chats that were let in. All articles of an
    *urgent* one are urgent, or those that one of *urgent_words*, written as filters, lets pass. With
    *tell_subscribers* they are told when a source of it is down for long. *address* is how Vietnamese
    messages about it alone address people, if not as all others do. *approval* is what it takes until
    anything is released in it; one without goes by the usual rule. One that has ended may have another topic
    *offered_instead*.
    """

    id: TopicId
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    hashtag: str
    members_only: bool = False
    urgent: bool = False
    urgent_words: tuple[str, ...] = ()
    tell_subscribers: bool = False
    address: str | None = None
    approval: ApprovalRule | None = None
    offered_instead: TopicId | None = None

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["vi"]

    def description(self, language: str) -> str:
        return self.descriptions.get(language) or self.descriptions.get("vi", "")


class FeedKind(StrEnum):
    """What an address gives; AUTO finds out with each poll."""

    AUTO = "auto"
    SYNDICATION = "syndication"
    LISTING = "listing"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Feed:
    """A polled address.

    *preset* names the markup of a known portal; *listing* and *page* hold CSS selectors by part that go
    before the preset's (parts are named in sources.presets). *verified* is false until somebody has seen
    the address work on the live site. *ca_bundle* names a file of further certificates (PEM) for its site.
    *adapts* lets the interval follow the feed; one that somebody has set stays as it is.
    """

    id: FeedId
    topic: TopicId
    name: str
    url: str
    kind: FeedKind = FeedKind.SYNDICATION
    interval: timedelta = USUAL_INTERVAL
    preset: str | None = None
    listing: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, str] = field(default_factory=dict)
    verified: bool = True
    ca_bundle: str | None = None
    adapts: bool = False


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask 'has it changed?' with (RFC 9110: ETag, Last-Modified)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed lists, raw but decoded: markup is gone, addresses are absolute, text is NFC."""

    title: str
    link: str = ""
    guid: str = ""
    summary: str = ""
    body: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    published: Published | None = None
    attachments: tuple[Attachment, ...] = ()
    blocks: Blocks = ()

    @property
    def identity(self) -> str:
        """Return the SHA-256, in hex, of the guid, else of the link, else of title and link."""
        kind, value = self._named_by()
        return hashlib.sha256(f"{kind}\n{value}".encode()).hexdigest()

    def url_in(self, feed: Feed) -> str:
        """Return the address of its article; without a link, that is a place in *feed*."""
        return address.canonical(self.link) if self.link else f"{feed.url}#{self.identity[:16]}"

    def _named_by(self) -> tuple[str, str]:
        if self.guid:
            return "guid", self.guid
        if self.link:
            return "link", address.identity(self.link)
        return "title", self.title


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one poll brought: the entries in the feed's own order, and what to ask with next time.

    *wish* is how long the server wishes to be left alone. *hub* tells of changes of *topic* (WebSub), if any.
    *next_page* is where older entries are. *kind* is what the address gave, *guessed* what nobody had said;
    *is_guessed* says that no selector found the entries, and they are the links that look most like news.
    """

    entries: tuple[Entry, ...]
    validators: Validators = Validators()
    min_interval: timedelta | None = None
    hub: str = ""
    topic: str = ""
    next_page: str = ""
    kind: FeedKind | None = None
    guessed: tuple[Guess, ...] = ()
    is_guessed: bool = False


class SourceError(ExplainedError):
    """A feed, page or photo that cannot be had. The text is one line for people: what, where, what to do.

    *code* and *details* say the same to those who read another language.
    """

    def __init__(self, text: str, code: ReasonCode = ReasonCode.OTHER, **details: str | int) -> None:
        super().__init__(text)
        self.reason = Reason(code, text, {name: str(value) for name, value in details.items()})

    @classmethod
    def of(cls, reason: Reason) -> Self:
        return cls(reason.words, reason.code, **reason.details)


class ArticleGoneError(SourceError):
    """The page of an article is there no more: the site says so, or sends its readers to the front page."""


class AskedToWaitError(SourceError):
    """A server that asks to be left alone for *after*."""

    def __init__(
        self, text: str, after: timedelta, code: ReasonCode = ReasonCode.OTHER, **details: str | int
    ) -> None:
        super().__init__(text, code, **details)
        self.after = after


@dataclass(frozen=True, slots=True)
class FollowedText:
    """What a page says: its title, its lines (`bot.domain.blocks.difference`), and what to ask with next."""

    title: str
    lines: tuple[str, ...]
    validators: Validators


class Source(Protocol):
    """Where articles come from. Every method raises SourceError and nothing else of its own."""

    async def fetch(self, feed: Feed, validators: Validators) -> Fetched | None:
        """Return what *feed* lists now, or None if it has not changed since *validators*."""

    async def older(self, feed: Feed, page: str) -> Fetched:
        """Return what *page*, the next one of what *feed* lists, lists."""

    async def read(self, feed: Feed, entry: Entry) -> Article:
        """Return the article of *entry*: its page where that can be read, else the entry alone."""

    async def read_again(self, feed: Feed, url: str) -> Article:
        """Return the article as its page has it now; raise ArticleGoneError where it was taken down."""

    async def page_text(self, feed: Feed, url: str, validators: Validators) -> FollowedText | None:
        """Return what a page of the site of *feed* says, or None if it has not changed since *validators*."""

    async def photo(self, article: Article) -> PreparedPhoto | None:
        """Return the first photo of *article* that can be fetched and shown, if there is one."""

    async def picture(self, photo: Photo) -> PreparedPhoto:
        """Return one photo, of a thumbnail its original where there is one."""


def next_poll_after(interval: timedelta, *, failures: int) -> timedelta:
    """Return how long to wait for the next poll: the interval, doubled with each failure up to a day."""
    return max(interval, min(interval * (1 << min(failures, 20)), timedelta(days=1)))
