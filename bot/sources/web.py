"""The source of everything on the web: feeds, listing pages, article pages and their photos."""

import asyncio
import contextlib
import hashlib
import logging
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar
from urllib.parse import urlsplit

from bot.domain.clock import Clock
from bot.domain.news.address import is_same_site
from bot.domain.news.article import Article, Photo, PreparedPhoto
from bot.domain.news.feed import (
    ArticleGoneError,
    Entry,
    Feed,
    FeedKind,
    Fetched,
    FollowedText,
    SourceError,
    Validators,
)
from bot.domain.news.guess import Guess, GuessCode
from bot.domain.news.listing.choice import ListingChoice, ListingTrial
from bot.domain.news.websub import HubRequest
from bot.domain.reason import ReasonCode
from bot.sources import tasks
from bot.sources.articles.page_lines import page_lines
from bot.sources.feeds.merge import article_of, merged
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.html.document import Document, Markup
from bot.sources.html.images import original_of
from bot.sources.http.cache_headers import longest, max_age
from bot.sources.http.client import HttpClient, HttpLimits, HttpResponse
from bot.sources.http.turns import HostGate, ParserTurns, host_of
from bot.sources.text.urls import shown
from bot.sources.workers.pool import WorkerEndedError, WorkerError, Workers

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PHOTOS_TRIED = 3
REQUESTS_PER_HOST = 2
TEXTS_AT_ONCE = 2
PICTURES_AT_ONCE = 2
"""Pictures have worker processes of their own, for readers wait for some of them."""
WORKERS = TEXTS_AT_ONCE + PICTURES_AT_ONCE
_SECONDS_FOR_PAGE = 5.0
_SECONDS_FOR_PICTURE = 10.0
_LARGEST_PHOTO = 20_000_000
_ORIGINAL = "original"
_ACCEPT_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"
_ACCEPT_PHOTO = "image/jpeg, image/png, image/webp, image/gif, image/avif, image/*;q=0.5"
_PAGE_TYPES = ("", "text/html", "text/plain", "application/xhtml+xml", "application/xml", "text/xml")


class WebSource:
    """Implements domain.news.feed.Source: fetches here, parses in worker processes."""

    def __init__(self, *, http: HttpClient, workers: Workers, clock: Clock, limits: HttpLimits) -> None:
        """Take *limits* for a feed or a page; a photo may be larger, since it is made smaller here."""
        self._http = http
        self._workers = workers
        self._clock = clock
        self._limits = limits
        self._hosts = HostGate(REQUESTS_PER_HOST)
        self._texts, self._pictures = ParserTurns(TEXTS_AT_ONCE), ParserTurns(PICTURES_AT_ONCE)
        self._bundles: dict[str, str] = {}
        self._elsewhere: dict[str, tuple[str, Validators]] = {}

    def apart(self) -> "WebSource":
        """Return a source for trials: what it learns of an address no poll takes for known."""
        return WebSource(http=self._http, workers=self._workers, clock=self._clock, limits=self._limits)

    async def fetch(self, feed: Feed, validators: Validators) -> Fetched | None:
        """Return what *feed* lists now, or None if it has not changed since *validators*.

        Where the address gives a page that names its feed, that feed is read, with validators of its own.
        """
        self._trust(feed)
        # What is configured now may name the list of the page itself.
        elsewhere = self._elsewhere.get(feed.url) if _may_lead_elsewhere(feed) else None
        if elsewhere is None:
            return await self._fetch(feed, feed.url, validators)
        url, own = elsewhere
        try:
            fetched = await self._fetch(feed, url, own)
        except SourceError:
            # The page may name another one by now.
            del self._elsewhere[feed.url]
            raise
        return self._found_elsewhere(feed, url, fetched) if fetched else None

    async def _fetch(self, feed: Feed, url: str, validators: Validators) -> Fetched | None:
        accept = _ACCEPT_PAGE if feed.kind is FeedKind.LISTING else _ACCEPT_FEED
        response = await self._get(url, accept=accept, limits=self._limits, headers=_conditions(validators))
        if response.status == HTTPStatus.NOT_MODIFIED:
            return None
        found = await self._entries(feed, response, feed.kind)
        if isinstance(found, ParsedFeed):
            return _fetched(found, response)
        return await self._first_of(feed, response, found)

    async def _entries(self, feed: Feed, response: HttpResponse, kind: FeedKind) -> ParsedFeed | Elsewhere:
        document, markup = _document(response), Markup(dict(feed.listing), feed.preset)
        try:
            async with self._texts.enter(host_of(feed.url)):
                found = await self._workers.run(tasks.entries, document, kind, markup, now=self._clock.now())
        except WorkerError as error:
            self._note(self._texts, feed.url, error)
            raise SourceError(f"{shown(document.url)}: {error}", error.reason.code) from error
        if isinstance(found, ParsedFeed) and found.left_out:
            _log.warning(
                "feed %s: it lists %d entries more than are looked at: they are left out",
                feed.id,
                found.left_out,
            )
        return found

    async def _first_of(self, feed: Feed, page: HttpResponse, elsewhere: Elsewhere) -> Fetched:
        """Return the first feed of those that *page* names that lists anything, else the page's own list."""
        for url in elsewhere.feeds:
            try:
                response = await self._get(url, accept=_ACCEPT_FEED, limits=self._limits)
                found = await self._entries(feed, response, FeedKind.AUTO)
            except SourceError as error:
                _log.info("feed %s: what its page names is left out: %s", feed.id, error)
                continue
            if isinstance(found, ParsedFeed) and found.entries and found.kind is not FeedKind.LISTING:
                return self._found_elsewhere(feed, url, _fetched(found, response))
        found = await self._entries(feed, page, FeedKind.LISTING)
        assert isinstance(found, ParsedFeed), "a listing leads nowhere else"
        return _fetched(found, page)

    def _found_elsewhere(self, feed: Feed, url: str, fetched: Fetched) -> Fetched:
        """Keep the validators of *url* here: with the feed's own address they would mean something else."""
        self._elsewhere[feed.url] = url, fetched.validators
        guess = Guess(GuessCode.ELSEWHERE, shown(url))
        return replace(fetched, validators=Validators(), guessed=(guess, *fetched.guessed))

    async def older(self, feed: Feed, page: str) -> Fetched:
        """Return what *page*, the next one of what *feed* lists, lists."""
        response = await self._get(page, accept=_ACCEPT_FEED, limits=self._limits)
        found = await self._entries(feed, response, feed.kind)
        return _fetched(found, response) if isinstance(found, ParsedFeed) else Fetched(())

    async def read(self, feed: Feed, entry: Entry) -> Article:
        """Return the article of *entry*: its page where that can be read, else the entry alone."""
        alone = article_of(feed, entry)
        if not entry.link:
            return alone
        self._trust(feed)
        try:
            page = await self._page(entry.link, Markup(dict(feed.page), feed.preset), of=feed.url)
        except SourceError as error:
            _log.warning("feed %s: an entry stands in for its page: %s", feed.id, error)
            return alone
        return merged(page, alone)

    async def read_again(self, feed: Feed, url: str) -> Article:
        """Return the article as its page has it now; raise ArticleGoneError where it was taken down."""
        return await self._page(url, Markup(dict(feed.page), feed.preset), of=feed.url)

    async def preview(self, url: str) -> Article:
        """Return the article of the page at *url*, of which nothing else is known; raise SourceError."""
        return await self._page(url, Markup({}, None), of=url)

    async def page_text(self, feed: Feed, url: str, validators: Validators) -> FollowedText | None:
        """Return what a page of the site of *feed* says, or None if it has not changed since *validators*.

        One that leads to another site is not read.
        """
        self._trust(feed)
        response = await self._response(url, of=url, headers=_conditions(validators))
        if response.status == HTTPStatus.NOT_MODIFIED:
            return None
        if not is_same_site(response.url, url):
            raise SourceError(f"{shown(url)} leads to another site: it is not read")
        markup = Markup(dict(feed.page), feed.preset)
        article = await self._article(response, markup, of=url)
        return FollowedText(article.title, page_lines(article), _validators(response.headers))

    async def listing_page(self, url: str) -> Document:
        """Return the page at *url* as it came, which somebody points at; raise SourceError."""
        response = await self._get(url, accept=_ACCEPT_PAGE, limits=self._limits)
        if response.media_type not in _PAGE_TYPES:
            raise SourceError(f"{shown(url)} is {response.media_type[:60]}, not a page", ReasonCode.NO_FEED)
        return _document(response)

    async def trial(self, page: Document, choice: ListingChoice) -> ListingTrial:
        """Return what the listing *page* gives by *choice*; raise SourceError."""
        return await self._of_page(page, tasks.listing_trial, page, choice, now=self._clock.now())

    async def inert(self, page: Document, selectors: Mapping[str, str]) -> str:
        """Return *page* as HTML that does nothing, what *selectors* find marked; raise SourceError."""
        return await self._of_page(page, tasks.inert_page, page, dict(selectors))

    async def _of_page(self, page: Document, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        host = host_of(page.url)
        if self._texts.is_put_off(host):
            raise SourceError(f"{shown(page.url)} is not read now: a page of {host} took too much just now")
        try:
            async with self._texts.enter(host):
                return await self._workers.run_within(_SECONDS_FOR_PAGE, task, *args, **kwargs)
        except WorkerError as error:
            self._note(self._texts, page.url, error)
            raise SourceError(f"{shown(page.url)}: {error}", error.reason.code) from error

    async def photo(self, article: Article) -> PreparedPhoto | None:
        """Return the first of the first PHOTOS_TRIED photos of *article* that can be fetched and shown.

        A thumbnail's original is tried before it.
        """
        for photo in article.photos[:PHOTOS_TRIED]:
            try:
                return await self.picture(photo)
            except SourceError as error:
                _log.warning("a photo of %s is left out: %s", shown(article.url), error)
        return None

    async def picture(self, photo: Photo) -> PreparedPhoto:
        """Return one photo, of a thumbnail its original where there is one; raise SourceError."""
        if original := original_of(photo.url):
            # There is often none, and that is no news.
            with contextlib.suppress(SourceError):
                return replace(await self._photo(Photo(original)), thumbnail=photo.url)
        return await self._photo(photo)

    async def ask_hub(self, request: HubRequest) -> None:
        """Ask a hub to tell of changes (WebSub), or to stop; it confirms later. Raise SourceError if not."""
        form = {
            "hub.mode": request.mode,
            "hub.topic": request.topic,
            "hub.callback": request.callback,
            "hub.lease_seconds": str(int(request.lease.total_seconds())),
        }
        if request.secret:
            form["hub.secret"] = request.secret
        async with self._hosts.enter(host_of(request.hub)):
            await self._http.post(request.hub, form, limits=self._limits)

    async def ping_hub(self, hub: str, feed: str) -> None:
        """Tell a hub that the feed at that address has changed (WebSub). Raise SourceError if it takes none.

        The standard leaves to hubs how they are told; all take one of these two names for the address.
        """
        form = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
        async with self._hosts.enter(host_of(hub)):
            await self._http.post(hub, form, limits=self._limits)

    async def _page(self, url: str, markup: Markup, *, of: str) -> Article:
        """Return the article at *url*, to which the address *of* a feed has led: its host answers for it."""
        return await self._article(await self._response(url, of=of), markup, of=of)

    async def _response(self, url: str, *, of: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
        host = host_of(of)
        if self._texts.is_put_off(host):
            raise SourceError(f"{shown(url)} is not read now: another page of {host} took too much just now")
        response = await self._get(url, accept=_ACCEPT_PAGE, limits=self._limits, headers=headers)
        if response.status == HTTPStatus.NOT_MODIFIED:
            return response
        if response.media_type not in _PAGE_TYPES:
            raise SourceError(f"{shown(url)} is {response.media_type[:60]}, not a page: it is not read")
        if urlsplit(response.url).path in ("", "/") and urlsplit(url).path not in ("", "/"):
            # Portals send the reader of a withdrawn article there.
            raise ArticleGoneError(
                f"{shown(url)} leads to the site's front page: the article may have been withdrawn"
            )
        return response

    async def _article(self, response: HttpResponse, markup: Markup, *, of: str) -> Article:
        document, seconds = _document(response), _SECONDS_FOR_PAGE
        try:
            async with self._texts.enter(host_of(of)):
                return await self._workers.run_within(
                    seconds, tasks.page, document, markup, now=self._clock.now()
                )
        except WorkerError as error:
            self._note(self._texts, of, error)
            raise SourceError(f"{shown(response.url)}: {error}") from error

    async def prepared(self, content: bytes) -> PreparedPhoto:
        """Return a picture that somebody has handed in as messengers take it; raise SourceError."""
        url = f"urn:sha256:{hashlib.sha256(content).hexdigest()}"
        with tempfile.TemporaryDirectory(prefix="bantin-") as folder:
            await asyncio.to_thread(Path(folder, _ORIGINAL).write_bytes, content)
            return await self._prepare(Path(folder), url)

    async def _photo(self, photo: Photo) -> PreparedPhoto:
        """Return a photo as messengers take it. It goes from file to file, and never whole into memory."""
        limits = replace(self._limits, size=_LARGEST_PHOTO)
        with tempfile.TemporaryDirectory(prefix="bantin-") as folder:
            with Path(folder, _ORIGINAL).open("wb") as file:  # noqa: ASYNC230 - a new file of our own never waits
                await self._get(photo.url, accept=_ACCEPT_PHOTO, limits=limits, into=file)
            return await self._prepare(Path(folder), photo.url)

    async def _prepare(self, folder: Path, url: str) -> PreparedPhoto:
        """Return the picture in *folder*, which came from *url*, as messengers take it."""
        original, prepared = folder / _ORIGINAL, folder / "prepared.jpg"
        try:
            async with self._pictures.enter(host_of(url)):
                width, height = await self._workers.run_within(
                    _SECONDS_FOR_PICTURE, tasks.photo, original, prepared
                )
        except SourceError as error:
            self._note(self._pictures, url, error)
            raise SourceError(f"{shown(url)}: {error}") from error
        content = await asyncio.to_thread(prepared.read_bytes)
        key = hashlib.sha256(content).hexdigest()
        return PreparedPhoto(key=key, url=url, content=content, width=width, height=height)

    async def _get(
        self,
        url: str,
        *,
        accept: str,
        limits: HttpLimits,
        headers: Mapping[str, str] | None = None,
        into: BinaryIO | None = None,
    ) -> HttpResponse:
        async with self._hosts.enter(host_of(url)):
            return await self._http.get(
                url,
                accept=accept,
                limits=limits,
                headers=headers,
                ca_bundle_of=self._bundle_of,
                into=into,
            )

    def _trust(self, feed: Feed) -> None:
        """Remember the further certificates of *feed* for its own site, its pages and photos there too."""
        if feed.ca_bundle:
            self._bundles[_site(feed.url)] = feed.ca_bundle

    def _bundle_of(self, host: str) -> str | None:
        """Return the certificates for *host*: those of the site that it is, or that it lies under.

        Portals keep their pictures on a host below their own, with the same certificates. No other host that
        a feed or a page names is vouched for by that feed's file.
        """
        labels = host.lower().split(".")
        sites = (".".join(labels[first:]) for first in range(len(labels)))
        return next((self._bundles[site] for site in sites if site in self._bundles), None)

    @staticmethod
    def _note(turns: ParserTurns, url: str, error: SourceError) -> None:
        if isinstance(error, WorkerEndedError):
            turns.note_ended(host_of(url))


def _may_lead_elsewhere(feed: Feed) -> bool:
    return feed.kind is FeedKind.AUTO and not feed.listing and not feed.preset


def _site(url: str) -> str:
    """Return the host of *url* without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _fetched(found: ParsedFeed, response: HttpResponse) -> Fetched:
    return Fetched(
        found.entries,
        _validators(response.headers),
        min_interval=longest(found.min_interval, max_age(response.headers.get("Cache-Control", ""))),
        hub=response.links.get("hub", "") or found.hub,
        topic=response.links.get("self", "") or found.topic or response.url,
        next_page=found.next_page,
        kind=found.kind,
        guessed=found.guessed,
        is_guessed=found.is_guessed,
    )


def _document(response: HttpResponse) -> Document:
    return Document(response.body, response.url, response.charset)


def _conditions(validators: Validators) -> dict[str, str]:
    asked = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in asked.items() if value}


def _validators(headers: Mapping[str, str]) -> Validators:
    """Return what to ask with next time; text that could not be sent back as it came is no validator."""
    values = (headers.get(name, "") for name in ("ETag", "Last-Modified"))
    etag, modified = (value if value.isascii() and value.isprintable() else "" for value in values)
    return Validators(etag=etag or None, last_modified=modified or None)
