"""A source whose feeds list what a test says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.news.article import Article, Photo, PreparedPhoto
from bot.domain.news.feed import Entry, Feed, FeedId, Fetched, FollowedText, SourceError, Validators


class Killed(BaseException):
    """The end of the process, which nothing catches."""


@dataclass
class FakeSource:
    """Lists *entries* by feed; *fails* names feeds that cannot be had, *unchanged* those not modified,
    *guessed* those whose list is one of links that no selector found.

    *canonical* says which address a page states as its own, *read_anew* how it is when it is read again,
    *texts* what a followed page says.
    *unreadable* and *unseeable* are links whose page or photo meets a bug, *deadly* ones end the process.
    *meanwhile* happens while a page is read.
    """

    entries: dict[FeedId, tuple[Entry, ...]] = field(default_factory=dict)
    fails: dict[FeedId, SourceError | Exception] = field(default_factory=dict)
    pages: dict[str, Fetched] = field(default_factory=dict)
    guessed: set[FeedId] = field(default_factory=set)
    hub: str = ""
    unchanged: set[FeedId] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    unseeable: set[str] = field(default_factory=set)
    deadly: set[str] = field(default_factory=set)
    canonical: dict[str, str] = field(default_factory=dict)
    read_anew: dict[str, Article | SourceError] = field(default_factory=dict)
    photos: dict[str, PreparedPhoto] = field(default_factory=dict)
    read_for: list[FeedId] = field(default_factory=list)
    texts: dict[str, FollowedText | SourceError | None] = field(default_factory=dict)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    asked_for: list[tuple[str, Validators]] = field(default_factory=list)
    asked_with: list[Validators] = field(default_factory=list)

    async def fetch(self, feed: Feed, validators: Validators) -> Fetched | None:
        self.asked_with.append(validators)
        if feed.id in self.fails:
            raise self.fails[feed.id]
        if feed.id in self.unchanged:
            return None
        listed = self.entries.get(feed.id, ())
        next_page = "2" if "2" in self.pages else ""
        return Fetched(
            listed,
            Validators(etag=f'"{len(listed)}"'),
            next_page=next_page,
            hub=self.hub,
            is_guessed=feed.id in self.guessed,
        )

    async def older(self, feed: Feed, page: str) -> Fetched:
        del feed
        return self.pages[page]

    async def read(self, feed: Feed, entry: Entry) -> Article:
        self.read_for.append(feed.id)
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        if entry.link in self.deadly:
            raise Killed
        if entry.link in self.unreadable:
            raise RuntimeError(f"a bug in reading {entry.link}")
        url = self.canonical.get(entry.link, entry.link)
        return Article(url, entry.title, entry.summary, published=entry.published)

    async def read_again(self, feed: Feed, url: str) -> Article:
        self.read_for.append(feed.id)
        page = self.read_anew[url]
        if isinstance(page, SourceError):
            raise page
        return page

    async def page_text(self, feed: Feed, url: str, validators: Validators) -> FollowedText | None:
        del feed
        self.asked_for.append((url, validators))
        text = self.texts[url]
        if isinstance(text, SourceError):
            raise text
        return text

    async def picture(self, photo: Photo) -> PreparedPhoto:
        raise SourceError(f"{photo.url}: there is none")

    async def photo(self, article: Article) -> PreparedPhoto | None:
        if article.url in self.unseeable:
            raise RuntimeError(f"a bug in the photo of {article.url}")
        return self.photos.get(article.url)
