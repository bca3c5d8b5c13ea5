"""A page that is being read: what it shows, what it says of itself, and the article that both make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.news.address import canonical, is_article_of_portal, is_same_site
from bot.domain.news.article import Article, Photo, Published
from bot.domain.text.text import fold
from bot.sources.articles.bylines import credits_of
from bot.sources.articles.metadata import Metadata
from bot.sources.articles.summary import summary_of, title_without_site
from bot.sources.html.blocks import text_of
from bot.sources.html.captions import Story
from bot.sources.html.images import is_of_site, lead_first
from bot.sources.html.presets import Preset, Selectors
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element
from bot.sources.text.dates import parse_date
from bot.sources.text.urls import absolute

SHORTEST_BODY = 40
SHORTEST_STORY = 200
LONGEST_SAPO = 2000
_RELATED = re.compile(r"tinlienquan|newsdifferent|other-?news|related|tin-?khac", re.IGNORECASE)
SAYS_NO = re.compile(
    r"\b(?:404|403|50[0-4])\b|not found|forbidden|error|khong tim thay|khong ton tai|loi he thong|bao tri"
    r"|maintenance|access denied|just a moment|dang nhap|login|sign in"
)


@dataclass(frozen=True, slots=True)
class PageModel:
    """A page that is being read."""

    url: str
    base: str
    source: str
    elements: IndexedPage
    preset: Preset
    selectors: Selectors
    metadata: Metadata
    now: datetime
    configured: frozenset[str] = frozenset()
    """The parts whose selectors somebody wrote for this feed."""

    @property
    def is_listing(self) -> bool:
        return any(
            len(self.elements.select(css, part="item")) > 1 for css in self.preset.listing.get("item", ())
        )

    def all(self, part: str) -> Iterator[Element]:
        """Yield what the selectors of *part* find, best selector first, related lists left out."""
        for css in self.selectors[part]:
            yield from (e for e in self.elements.select(css, part=part) if not is_related(e))


def article_of_page(
    page: PageModel, title: str, sapo: str, told: Story, published: Published | None
) -> Article | None:
    length = sum(map(len, told.body))
    if not title or (length < SHORTEST_BODY and not (told.photos and sapo)):
        return None
    if length < SHORTEST_STORY and SAYS_NO.search(fold(title)):
        return None
    author, source = _credits(page, told)
    return Article(
        url=_address(page),
        title=title,
        summary=summary_of(sapo, description=page.metadata.summary, title=title, body=told.body),
        body=told.body,
        photos=lead_first(told.photos) or stated_photos(page)[:1],
        published=published,
        author=author,
        source=source,
    )


def _credits(page: PageModel, told: Story) -> tuple[str, str]:
    """Return author and source: where the markup says them, else on the lines under the text."""
    below = credits_of(told.credits)
    author, _ = credits_of(filter(None, map(text_of, page.all("author"))))
    marked = (text_of(e) for e in page.all("source"))
    _, source = credits_of(f"Nguồn: {text}" if ":" not in text else text for text in marked if text)
    return author or below[0] or page.metadata.author, source or below[1]


def stated_title(page: PageModel) -> str:
    metadata = page.metadata
    return metadata.headline or title_without_site(metadata.title, site=metadata.site)


def stated_date(page: PageModel) -> Published | None:
    return parse_date(page.metadata.date, now=page.now)


def stated_photos(page: PageModel) -> tuple[Photo, ...]:
    """Return what the page states to be its pictures, less those that show the site."""
    images = (image for image in page.metadata.images if not is_of_site(image))
    return tuple(Photo(address) for image in images if (address := absolute(image, page.base)))


def _address(page: PageModel) -> str:
    """Return the page's own canonical address where it names this article, else the one asked for."""
    asked = canonical(page.url)
    stated = absolute(page.metadata.canonical, page.base) if page.metadata.canonical else ""
    if not stated:
        return asked
    address = canonical(stated)
    if is_article_of_portal(address):
        return address
    if is_article_of_portal(asked) or not is_same_site(address, asked):
        return asked
    # The home page or the section as 'canonical' is a common mistake of templates.
    section = urlsplit(address).path.rstrip("/") + "/"
    return asked if urlsplit(asked).path.startswith(section) else address


def repeats(text: str, title: str) -> bool:
    """Say whether *text* of the body only says the title again, which stands above it."""
    return len(text) < 2 * len(title) and fold(text) == fold(title)


def is_related(element: Element) -> bool:
    return any(_RELATED.search(e.get("class") or "") for e in (element, *element.iterancestors()))
