"""One article page read: selectors first, then what the page says of itself, then its densest text."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.article import Article, Attachment
from bot.domain.feed import SourceError
from bot.domain.text import fold
from bot.sources.attachments import attachments_of, lists_only
from bot.sources.captions import story
from bot.sources.density import by_density
from bot.sources.flow import Block, Flow, Picture, flow, text_of
from bot.sources.metadata import metadata_of
from bot.sources.page_dates import date_in_head, date_near, date_of_elements, lines_of_publication
from bot.sources.portal import preset_for
from bot.sources.presets import PAGE_PARTS, selectors_of
from bot.sources.reading import (
    SAYS_NO,
    SHORTEST_BODY,
    Reading,
    article_of_page,
    is_related,
    repeats,
    stated_date,
    stated_title,
)
from bot.sources.selection import Page
from bot.sources.text.encoding import decoded
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import shown
from bot.sources.tree import Element, base_of, holds, parse_text, text_length

_LONGEST_SAPO = 2000
_FEWEST_PARAGRAPHS = 2


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
    source = decoded(body, charset)
    refuse_old_fonts(source, shown(url))
    elements = Page(parse_text(source, url=url))
    portal = preset_for(elements, preset)
    wanted = selectors_of(selectors, portal.page, parts=PAGE_PARTS)
    page = Reading(
        url, base_of(elements.root, url), source, elements, portal, wanted, metadata_of(elements.root), now
    )
    article = _by_selectors(page) or by_density(page) or _by_article_element(page)
    if article is None:
        raise SourceError(f"{url}: {_why_no_article(page)}")
    return article


def _by_selectors(page: Reading) -> Article | None:
    body = _body(page)
    heading = next((e for e in page.all("title") if text_of(e)), None)
    if body is None or (heading is None and page.is_listing):
        return None
    return _read_inside(page, body, heading)


def _by_article_element(page: Reading) -> Article | None:
    """Return what the page's one <article> tells, however short it is; a list of news has several."""
    root = page.elements.root
    for tag in ("article", "main"):
        outer = [e for e in root.iter(tag) if e.find(".//h1") is not None]
        if len(outer) == 1 and sum(text_length(p) > 0 for p in outer[0].iter("p")) >= _FEWEST_PARAGRAPHS:
            linked = sum(text_length(a) for a in outer[0].iter("a"))
            if linked * 2 < text_length(outer[0]):
                return _read_inside(page, outer[0], outer[0].find(".//h1"))
    return None


def _read_inside(page: Reading, body: Element, heading: Element | None) -> Article | None:
    """Return the article whose text stands in *body* and whose title is *heading*, if the page shows one."""
    title = stated_title(page) if heading is None else text_of(heading)
    written = ((e, t) for e in page.all("summary") if 0 < len(t := text_of(e)) <= _LONGEST_SAPO)
    sapo, summary = next(written, (None, ""))
    dates = list(page.all("date"))
    items = _items(page, body, apart=[e for e in (heading, sapo, *dates) if e is not None])
    published = date_of_elements(dates, now=page.now)
    if published is None and heading is not None:
        published = date_near(heading, body, now=page.now)
    items = [i for i in items if not (isinstance(i, Block) and repeats(i.text, title))]
    lines = [i.text if isinstance(i, Block) else "" for i in items]
    published = published or date_in_head(lines, now=page.now) or stated_date(page)
    dated = lines_of_publication(lines, published, now=page.now)
    attachments = attachments_of(body, heading=heading, named=page.all("attachment"), base=page.base)
    items = [i for n, i in enumerate(items) if n not in dated and not _is_of(attachments, i)]
    told = story(items, base_url=page.base)
    article = article_of_page(page, title, summary, told, published)
    return replace(article, attachments=attachments) if article else None


def _items(page: Reading, body: Element, *, apart: list[Element]) -> Flow:
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


def _body(page: Reading) -> Element | None:
    """Return the largest element that the first fitting selector of the body finds."""
    for css in page.selectors["body"]:
        found = (e for e in page.elements.select(css, part="body") if not is_related(e))
        largest = max(found, key=text_length, default=None)
        if largest is not None and (
            text_length(largest) >= SHORTEST_BODY or largest.find(".//img") is not None
        ):
            return largest
    return None


def _is_of(attachments: tuple[Attachment, ...], item: Block | Picture) -> bool:
    return bool(attachments) and isinstance(item, Block) and lists_only(item.text, attachments)


def _why_no_article(page: Reading) -> str:
    if page.elements.root.find(".//input[@type='password']") is not None:
        return "this page asks for a login, it is no article"
    title = stated_title(page)
    if SAYS_NO.search(fold(title)):
        return f"this page is no article, it says {title!r}"
    return "this page is no article: no title with a text under it can be found (is it a list of articles?)"


def _outermost(elements: list[Element]) -> list[Element]:
    """Return *elements* in the page's order, without those inside others of them."""
    chosen = set(elements)
    kept = {e for e in chosen if not any(outer in chosen for outer in e.iterancestors())}
    return [e for e in next(iter(kept)).getroottree().iter() if e in kept] if kept else []
