"""One article page read: selectors first, then what the page says of itself, then its densest text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.address import canonical, is_article_of_portal, is_same_site
from bot.domain.article import Article, Photo, Published
from bot.domain.feed import SourceError
from bot.domain.text import complete, fold, is_cut, one_line, sentences
from bot.sources.captions import Story, story
from bot.sources.dates import dates_in, parse_date
from bot.sources.flow import Block, flow, text_of
from bot.sources.metadata import Metadata, metadata_of
from bot.sources.pictures import absolute
from bot.sources.presets import PAGE_PARTS, Preset, Selectors, preset_for, selectors_of
from bot.sources.tree import Element, parse, select

_SHORTEST_SUMMARY = 80
_LONGEST_SUMMARY = 400
_LONGEST_SAPO = 2000
_SHORTEST_STORY = 200
_LONGEST_DATE_LINE = 80
_MOST_LETTERS_OF_DATE_LINE = 30
_LEVELS_AROUND_TITLE = 5
_NO_PHOTO = re.compile(r"logo|banner|favicon|default[-_.]|no-?image", re.IGNORECASE)
_RELATED = re.compile(r"tinlienquan|newsdifferent|other-?news|related|tin-?khac", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    r"\b(?:404|403|500|50[234])\b|not found|forbidden|error|khong tim thay|khong ton tai|loi he thong|bao tri"
    r"|maintenance|access denied|just a moment|dang nhap|login|sign in"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page being read."""

    url: str
    root: Element
    preset: Preset
    selectors: Selectors
    metadata: Metadata
    now: datetime

    def all(self, part: str) -> list[Element]:
        """Return what the selectors of *part* find, best selector first, related lists left out."""
        found = [e for css in self.selectors[part] for e in select(self.root, css, part=part)]
        return [element for element in found if not _is_related(element)]


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
    root = parse(body, url=url, charset=charset)
    found = preset_for(root, preset)
    wanted = selectors_of(selectors, found.page, parts=PAGE_PARTS)
    page = _Page(url, root, found, wanted, metadata_of(root), now)
    article = _by_selectors(page) or _by_density(page)
    if article is None:
        raise SourceError(f"{url}: {_why_no_article(page)}")
    return article


def _by_selectors(page: _Page) -> Article | None:
    body = _largest_body(page)
    if body is None:
        return None
    heading = next((e for e in page.all("title") if text_of(e)), None)
    title = text_of(heading) if heading is not None else _title(page.metadata)
    sapo = next((e for e in page.all("summary") if 0 < len(text_of(e)) <= _LONGEST_SAPO), None)
    dated = page.all("date")
    apart = [e for e in (heading, sapo, *dated) if e is not None and e is not body and not _holds(e, body)]
    captions = page.all("caption")
    leads = _outermost(
        [e for e in (*page.all("photo"), *captions) if not _holds(body, e) and not _holds(e, body)]
    )
    items = [item for lead in leads for item in flow(lead, captions=captions)]
    items += flow(body, without=apart, captions=captions)
    published = _published(page, dated) or (_date_near(page, heading, body) if heading is not None else None)
    if published is None:
        published = next(
            (_date_of(item.text, page.now) for item in items if _is_date_line(item, page.now)), None
        )
    items = [item for item in items if not _is_date_line(item, page.now) and not _repeats(item, title)]
    told = story(items, base_url=_base(page))
    return _article(page, title, text_of(sapo) if sapo is not None else "", told, published or _stated(page))


def _by_density(page: _Page) -> Article | None:
    """Return the article by trafilatura's reckoning, with the photos of the densest part of the page."""
    import trafilatura  # noqa: PLC0415 takes half a second, and most pages do without

    heading = next((e for e in (*page.all("title"), *page.root.iter("h1")) if text_of(e)), None)
    title = _title(page.metadata) or (text_of(heading) if heading is not None else "")
    published = _published(page, page.all("date")) or _stated(page)
    densest = _densest(page.root)
    photos = story(flow(densest), base_url=_base(page)).photos if densest is not None else ()
    linked = sum(len(a.text_content()) for a in page.root.iter("a"))
    text = trafilatura.extract(page.root, url=page.url, include_comments=False, include_tables=False) or ""
    body = tuple(line for raw in text.splitlines() if (line := one_line(raw).removeprefix("- ")))
    length = sum(map(len, body))
    if length < _SHORTEST_STORY or not (
        page.metadata.is_article or (published and linked < 2 * length) or linked < length
    ):
        return None
    return _article(page, title, page.metadata.summary, Story(body, photos), published)


def _article(page: _Page, title: str, sapo: str, told: Story, published: Published | None) -> Article | None:
    length = sum(map(len, told.body))
    if not title or (length < 40 and not (told.photos and sapo)):
        return None
    if length < _SHORTEST_STORY and _ERROR_TITLE.search(fold(title)):
        return None
    return Article(
        url=_address(page),
        title=title,
        summary=_summary(page.metadata, sapo, title, told.body),
        body=told.body,
        photos=told.photos or _stated_photo(page),
        published=published,
    )


def _largest_body(page: _Page) -> Element | None:
    for css in page.selectors["body"]:
        found = [e for e in select(page.root, css, part="body") if not _is_related(e)]
        largest = max(found, key=_text_length, default=None)
        if largest is not None and (_text_length(largest) >= 40 or largest.find(".//img") is not None):
            return largest
    return None


def _densest(root: Element) -> Element | None:
    """Return the element whose own paragraphs hold the most text."""
    lengths: dict[Element, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            lengths[parent] = lengths.get(parent, 0) + _text_length(paragraph)
    return max(lengths, key=lambda element: lengths[element], default=None)


def _published(page: _Page, dated: list[Element]) -> Published | None:
    for element in dated:
        for written in (element.get("datetime"), element.get("content"), text_of(element)):
            if written and (published := _date_of(written, page.now)):
                return published
    return None


def _stated(page: _Page) -> Published | None:
    return parse_date(page.metadata.date, now=page.now)


def _date_of(text: str, now: datetime) -> Published | None:
    return parse_date(text, now=now) or next(dates_in(text, now=now), None)


def _date_near(page: _Page, heading: Element, body: Element) -> Published | None:
    """Return the date of a short line that stands near *heading*, outside of *body*."""
    for level, around in enumerate(heading.iterancestors()):
        if (
            level == _LEVELS_AROUND_TITLE
            or around.tag in {"body", "html"}
            or around.find(".//footer") is not None
        ):
            return None
        without = [body] if body is not around and not _holds(body, around) else []
        if around is body or _holds(body, around):
            continue
        for item in flow(around, without=without):
            if _is_date_line(item, page.now):
                return _date_of(item.text, page.now)
    return None


def _is_date_line(item: object, now: datetime) -> bool:
    """Say whether *item* of a flow is a line that only dates the article."""
    if (
        not isinstance(item, Block)
        or len(item.text) > _LONGEST_DATE_LINE
        or not re.search(r"\d[/:-]\d", item.text)
    ):
        return False
    letters = sum(c.isalpha() for c in item.text)
    return letters <= _MOST_LETTERS_OF_DATE_LINE and _date_of(item.text, now) is not None


def _repeats(item: object, title: str) -> bool:
    return isinstance(item, Block) and len(item.text) < 2 * len(title) and fold(item.text) == fold(title)


def _title(metadata: Metadata) -> str:
    """Return the page's own title without the name of the site at its end."""
    title = metadata.title
    head, mark, tail = _parted(title)
    if mark and (tail.isupper() or fold(tail) == fold(metadata.site) or len(tail) < len(head) / 2):
        return head
    return title


def _parted(title: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(?P<head>.+?)\s+(?P<mark>[-|–—»]+)\s+(?P<tail>[^-|–—»]+)", title)
    return (found["head"], found["mark"], found["tail"].strip()) if found else (title, "", "")


def _summary(metadata: Metadata, sapo: str, title: str, body: tuple[str, ...]) -> str:
    """Return the sapo, completed where the portal cut it, else the first sentences of the body."""
    for written in (sapo, metadata.summary):
        if written and (written is sapo or _tells_of(written, title, body)):
            whole = next(
                (w for p in body[:3] if is_cut(written) and (w := complete(written, p)) != one_line(written)),
                None,
            )
            return whole or one_line(written)
    summary = ""
    for sentence in (s for paragraph in body for s in sentences(paragraph)):
        if summary and (len(summary) >= _SHORTEST_SUMMARY or len(summary) + len(sentence) > _LONGEST_SUMMARY):
            break
        summary = f"{summary} {sentence}".strip()
    return summary


def _tells_of(description: str, title: str, body: tuple[str, ...]) -> bool:
    """Say whether *description* is of this article, and not the site's slogan or the title again."""
    words = re.findall(r"\w+", fold(description))
    if len(description) < 30 or fold(description) == fold(title):
        return False
    known = set(re.findall(r"\w+", fold(" ".join((title, *body)))))
    return not body or sum(word in known for word in words) >= 0.6 * len(words)


def _stated_photo(page: _Page) -> tuple[Photo, ...]:
    addresses = (
        absolute(image, base=_base(page)) for image in page.metadata.images if not _NO_PHOTO.search(image)
    )
    return tuple(Photo(address) for address in addresses if address)[:1]


def _address(page: _Page) -> str:
    """Return the page's own canonical address where it names this article, else the one that was asked for."""
    asked = canonical(page.url)
    stated = absolute(page.metadata.canonical, base=_base(page)) if page.metadata.canonical else None
    if stated is None:
        return asked
    address = canonical(stated)
    if is_article_of_portal(address):
        return address
    if is_article_of_portal(asked) or not is_same_site(address, asked):
        return asked
    # A section or the home page as 'canonical' is a common mistake of templates.
    return (
        asked
        if asked.startswith(address.rstrip("/")) or (address.count("/") <= 3 and address.endswith("/"))
        else address
    )


def _base(page: _Page) -> str:
    base = page.root.find(".//base")
    href = base.get("href") if base is not None else None
    return (absolute(href, base=page.url) if href else None) or page.url


def _why_no_article(page: _Page) -> str:
    if page.root.find(".//input[@type='password']") is not None:
        return "this page asks for a login, it is no article"
    title = _title(page.metadata)
    if _ERROR_TITLE.search(fold(title)):
        return f"this page is no article, it says {title!r}"
    return "this page is no article: no title with a text under it can be found (a list of articles?)"


def _is_related(element: Element) -> bool:
    return any(_RELATED.search(e.get("class") or "") for e in (element, *element.iterancestors()))


def _outermost(elements: list[Element]) -> list[Element]:
    chosen = set(elements)
    kept = {e for e in chosen if not any(a in chosen for a in e.iterancestors())}
    if len(kept) < 2:
        return list(kept)
    return [e for e in next(iter(kept)).getroottree().iter() if e in kept]


def _holds(outer: Element, inner: Element) -> bool:
    return any(ancestor is outer for ancestor in inner.iterancestors())


def _text_length(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
