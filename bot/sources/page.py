"""One article page read: selectors first, then what the page says of itself, then its densest text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.address import canonical, is_article_of_portal, is_same_site
from bot.domain.article import Article, Photo, Published
from bot.domain.feed import SourceError
from bot.domain.text import fold, one_line
from bot.sources.captions import Story, story
from bot.sources.dates import parse_date
from bot.sources.flow import Block, Flow, flow, text_of
from bot.sources.metadata import Metadata, metadata_of
from bot.sources.page_dates import date_near, date_of, date_of_elements, dates_only, is_date_line
from bot.sources.page_words import summary_of, title_without_site
from bot.sources.pictures import absolute
from bot.sources.presets import PAGE_PARTS, Preset, Selectors, preset_for, selectors_of
from bot.sources.selection import Page
from bot.sources.tree import Element, base_of, holds, linked_length, parse_utf8, text_length, utf8_of

_LONGEST_SAPO = 2000
_SHORTEST_BODY = 40
_SHORTEST_STORY = 200
_NO_PHOTO = re.compile(r"logo|banner|favicon|default[-_.]|no-?image", re.IGNORECASE)
_RELATED = re.compile(r"tinlienquan|newsdifferent|other-?news|related|tin-?khac", re.IGNORECASE)
_SAYS_NO = re.compile(
    r"\b(?:404|403|50[0-4])\b|not found|forbidden|error|khong tim thay|khong ton tai|loi he thong|bao tri"
    r"|maintenance|access denied|just a moment|dang nhap|login|sign in"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page that is being read."""

    url: str
    base: str
    source: bytes
    elements: Page
    preset: Preset
    selectors: Selectors
    metadata: Metadata
    now: datetime

    @property
    def is_listing(self) -> bool:
        return any(
            len(self.elements.select(css, part="item")) > 1 for css in self.preset.listing.get("item", ())
        )

    def all(self, part: str) -> Iterator[Element]:
        """Yield what the selectors of *part* find, best selector first, related lists left out."""
        for css in self.selectors[part]:
            yield from (e for e in self.elements.select(css, part=part) if not _is_related(e))


def parse_page(
    body: bytes,
    *,
    url: str,
    charset: str | None,
    selectors: Mapping[str, str],
    preset: str | None,
    now: datetime,
) -> Article:
    """Return the article on the page *body* that *url* gave, or raise SourceError if it holds none.

    *selectors* are CSS by part (presets.PAGE_PARTS) and go before the preset's; *preset* None is recognised
    by the markup. *charset* is what the HTTP header said.
    """
    source = utf8_of(body, charset)
    elements = Page(parse_utf8(source, url=url))
    portal = preset_for(elements, preset)
    wanted = selectors_of(selectors, portal.page, parts=PAGE_PARTS)
    page = _Reading(
        url, base_of(elements.root, url), source, elements, portal, wanted, metadata_of(elements.root), now
    )
    article = _by_selectors(page) or _by_density(page)
    if article is None:
        raise SourceError(f"{url}: {_why_no_article(page)}")
    return article


def _by_selectors(page: _Reading) -> Article | None:
    body = _body(page)
    if body is None:
        return None
    heading = next((e for e in page.all("title") if text_of(e)), None)
    if heading is None and page.is_listing:
        return None
    title = _stated_title(page) if heading is None else text_of(heading)
    written = ((e, t) for e in page.all("summary") if 0 < len(t := text_of(e)) <= _LONGEST_SAPO)
    sapo, summary = next(written, (None, ""))
    dated = list(page.all("date"))
    items = _items(page, body, apart=[e for e in (heading, sapo, *dated) if e is not None])
    published = date_of_elements(dated, now=page.now)
    if published is None and heading is not None:
        published = date_near(heading, body, now=page.now)
    if published is None:
        published = next(
            (date_of(i.text, now=page.now) for i in items[:4] if is_date_line(i, now=page.now)), None
        )
    items = [i for i in items if not (isinstance(i, Block) and _repeats(i.text, title, page.now))]
    told = story(items, base_url=page.base)
    return _article(page, title, summary, told, published or _stated_date(page))


def _items(page: _Reading, body: Element, *, apart: list[Element]) -> Flow:
    """Return the flow of *body*, less *apart*, after the photos that stand outside of it."""
    captions = list(page.all("caption"))
    leads = [
        e
        for e in (*page.all("photo"), *captions)
        if not holds(body, e) and not holds(e, body) and e is not body
    ]
    items = [item for lead in _outermost(leads) for item in flow(lead, captions=captions)]
    without = [e for e in apart if e is not body and not holds(e, body)]
    return items + flow(body, without=without, captions=captions)


def _by_density(page: _Reading) -> Article | None:
    """Return the article by trafilatura's reckoning, with the photos of the densest part of the page."""
    import trafilatura  # noqa: PLC0415 takes half a second, and most pages do without

    root = page.elements.root
    heading = next((e for e in (*page.all("title"), *root.iter("h1")) if text_of(e)), None)
    shown = text_of(heading) if heading is not None else ""
    stated = _stated_title(page)
    title = shown if shown and fold(stated).startswith(fold(shown)) else stated or shown
    densest = _densest(root)
    photos = (
        story(flow(densest), base_url=page.base).photos
        if densest is not None and densest.find(".//img") is not None
        else ()
    )
    published = date_of_elements(page.all("date"), now=page.now) or _stated_date(page)
    if published is None and heading is not None and densest is not None:
        published = date_near(heading, densest, now=page.now)
    linked = linked_length(root)
    html = page.source.decode(errors="replace")
    # Its second opinions cost as much again, and matter only where the first finds little.
    tries = (
        trafilatura.extract(html, url=page.url, include_comments=False, fast=fast) for fast in (True, False)
    )
    text = next((found for found in tries if found and len(found) >= _SHORTEST_STORY), "")
    lines = (one_line(line).removeprefix("- ") for line in text.splitlines())
    apart = {"", *(photo.caption for photo in photos)}
    body = tuple(line for line in lines if line not in apart and not _repeats(line, title, page.now))
    length = sum(map(len, body))
    believed = page.metadata.is_article or linked < length or (published is not None and linked < 2 * length)
    if length < _SHORTEST_STORY or not believed:
        return None
    return _article(page, title, "", Story(body, photos), published)


def _article(
    page: _Reading, title: str, sapo: str, told: Story, published: Published | None
) -> Article | None:
    length = sum(map(len, told.body))
    if not title or (length < _SHORTEST_BODY and not (told.photos and sapo)):
        return None
    if length < _SHORTEST_STORY and _SAYS_NO.search(fold(title)):
        return None
    return Article(
        url=_address(page),
        title=title,
        summary=summary_of(sapo, description=page.metadata.summary, title=title, body=told.body),
        body=told.body,
        photos=told.photos or _stated_photo(page),
        published=published,
    )


def _body(page: _Reading) -> Element | None:
    """Return the largest element that the first fitting selector of the body finds."""
    for css in page.selectors["body"]:
        found = (e for e in page.elements.select(css, part="body") if not _is_related(e))
        largest = max(found, key=text_length, default=None)
        if largest is not None and (
            text_length(largest) >= _SHORTEST_BODY or largest.find(".//img") is not None
        ):
            return largest
    return None


def _densest(root: Element) -> Element | None:
    """Return the element whose own paragraphs hold the most text."""
    lengths: dict[Element, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        lengths[parent] = lengths.get(parent, 0) + text_length(paragraph)
    return max(lengths, key=lambda element: lengths[element], default=None)


def _repeats(text: str, title: str, now: datetime) -> bool:
    """Say whether *text* of the body only says again what stands above it: the title, the date."""
    return dates_only(text, now=now) or (len(text) < 2 * len(title) and fold(text) == fold(title))


def _stated_title(page: _Reading) -> str:
    metadata = page.metadata
    return metadata.headline or title_without_site(metadata.title, site=metadata.site)


def _stated_date(page: _Reading) -> Published | None:
    return parse_date(page.metadata.date, now=page.now)


def _stated_photo(page: _Reading) -> tuple[Photo, ...]:
    images = (image for image in page.metadata.images if not _NO_PHOTO.search(image))
    return tuple(Photo(address) for image in images if (address := absolute(image, base=page.base)))[:1]


def _address(page: _Reading) -> str:
    """Return the page's own canonical address where it names this article, else the one asked for."""
    asked = canonical(page.url)
    stated = absolute(page.metadata.canonical, base=page.base) if page.metadata.canonical else None
    if stated is None:
        return asked
    address = canonical(stated)
    if is_article_of_portal(address):
        return address
    if is_article_of_portal(asked) or not is_same_site(address, asked):
        return asked
    # The home page or the section as 'canonical' is a common mistake of templates.
    section = urlsplit(address).path.rstrip("/") + "/"
    return asked if urlsplit(asked).path.startswith(section) else address


def _why_no_article(page: _Reading) -> str:
    if page.elements.root.find(".//input[@type='password']") is not None:
        return "this page asks for a login, it is no article"
    title = _stated_title(page)
    if _SAYS_NO.search(fold(title)):
        return f"this page is no article, it says {title!r}"
    return "this page is no article: no title with a text under it can be found (is it a list of articles?)"


def _is_related(element: Element) -> bool:
    return any(_RELATED.search(e.get("class") or "") for e in (element, *element.iterancestors()))


def _outermost(elements: list[Element]) -> list[Element]:
    """Return *elements* in the page's order, without those inside others of them."""
    chosen = set(elements)
    kept = {e for e in chosen if not any(outer in chosen for outer in e.iterancestors())}
    return [e for e in next(iter(kept)).getroottree().iter() if e in kept] if kept else []
