"""One article page read: selectors first, then what the page says of itself, then its densest text."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.news.article import Article
from bot.domain.news.feed import SourceError
from bot.domain.text.text import fold
from bot.sources.articles.attachments import attachments_of
from bot.sources.articles.error_pages import error_said
from bot.sources.articles.metadata import metadata_of
from bot.sources.articles.model import (
    LONGEST_SAPO,
    SAYS_NO,
    SHORTEST_BODY,
    PageModel,
    article_of_page,
    is_related,
    stated_date,
    stated_title,
)
from bot.sources.blocks.reading import blocks_of
from bot.sources.content.app_state import date_in_scripts, html_in_scripts
from bot.sources.content.contents import contents_of
from bot.sources.content.density import by_density
from bot.sources.content.lists import is_front_page, shows_list
from bot.sources.content.teasers import teasers_of
from bot.sources.content.telling import telling
from bot.sources.html.blocks import Flow, Marker, flow, text_of
from bot.sources.html.captions import story
from bot.sources.html.document import Document, Markup
from bot.sources.html.page_dates import date_near, date_of_elements
from bot.sources.html.portal import preset_for
from bot.sources.html.presets import GENERIC, PAGE_PARTS, selectors_of
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element, base_of, holds, linked_length, parse_text, text_length
from bot.sources.text.dates import parse_date
from bot.sources.text.encoding import decoded
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import shown

_FEWEST_PARAGRAPHS = 2
_LONGEST_LOGIN = 600
_LOGIN = re.compile(r"\b(?:dang nhap|log ?in|sign in)\b")
_MOST_BESIDE = 1.5


def parse_page(document: Document, markup: Markup, *, now: datetime) -> Article:
    """Return the article on a page, or raise SourceError if it holds none.

    The parts of *markup* are presets.PAGE_PARTS.
    """
    url, selectors = document.url, markup.selectors
    source = decoded(document.body, document.charset)
    refuse_old_fonts(source, shown(url))
    elements = IndexedPage(parse_text(source, url=url))
    portal = preset_for(elements, markup.preset)
    wanted = selectors_of(selectors, portal.page, parts=PAGE_PARTS)
    page = PageModel(
        url,
        base_of(elements.root, url),
        source,
        elements,
        portal,
        wanted,
        metadata_of(elements.root),
        now,
        configured=frozenset(selectors),
    )
    if said := error_said(elements.root):
        raise SourceError(f"{url}: this page is no article, it says {said!r}")
    if is_front_page(url):
        raise SourceError(f"{url}: this page is no article, it is the front page of a site")
    article = _by_selectors(page) or by_density(page) or _by_article_element(page) or _by_scripts(page)
    if article is None:
        raise SourceError(f"{url}: {_why_no_article(page)}")
    return article


def _by_selectors(page: PageModel) -> Article | None:
    body = _body(page)
    heading = next((e for e in page.all("title") if text_of(e)), None)
    if body is None or (heading is None and page.is_listing):
        return None
    article = _read_inside(page, body, heading)
    if article is None or shows_list(page.elements.root, article.body, base=page.base):
        return None
    # A page of an office without a date and a title of its own says what the office is, and no news.
    is_stated = page.metadata.is_article or article.published is not None or heading is not None
    return article if is_stated or "body" in page.configured else None


def _by_article_element(page: PageModel) -> Article | None:
    """Return what the page's one <article> tells, however short it is; a list of news has several."""
    root = page.elements.root
    for tag in ("article", "main"):
        outer = [e for e in root.iter(tag) if e.find(".//h1") is not None]
        if len(outer) == 1 and sum(text_length(p) > 0 for p in outer[0].iter("p")) >= _FEWEST_PARAGRAPHS:
            linked = sum(text_length(a) for a in outer[0].iter("a"))
            if linked * 2 < text_length(outer[0]):
                return _read_inside(page, outer[0], outer[0].find(".//h1"))
    return None


def _by_scripts(page: PageModel) -> Article | None:
    """Return the article that the page's scripts hold, where it says to be one and shows none itself."""
    html = html_in_scripts(page.elements.root) if page.metadata.is_article else ""
    if not html:
        return None
    body = parse_text(f"<div>{html}</div>", url=page.url)
    article = _read_inside(page, body, None)
    if article is None or article.published is not None:
        return article
    written = date_in_scripts(page.elements.root)
    return replace(article, published=parse_date(written, now=page.now) if written else None)


def _read_inside(page: PageModel, body: Element, heading: Element | None) -> Article | None:
    """Return the article whose text stands in *body* and whose title is *heading*, if the page shows one."""
    title = stated_title(page) if heading is None else text_of(heading)
    written = ((e, t) for e in page.all("summary") if 0 < len(t := text_of(e)) <= LONGEST_SAPO)
    sapo, summary = next(written, (None, ""))
    dated = list(page.all("date"))
    markers: list[Marker] = []
    items = _items(page, body, apart=[e for e in (heading, sapo, *dated) if e is not None], markers=markers)
    stated = stated_date(page)
    published = (stated if page.preset is GENERIC else None) or date_of_elements(dated, now=page.now)
    if published is None and heading is not None:
        published = date_near(heading, body, now=page.now)
    attachments = attachments_of(body, heading=heading, named=page.all("attachment"), base=page.base)
    kept, found = telling(page, items, title=title, published=published, attachments=attachments)
    told = story(kept, base_url=page.base)
    article = article_of_page(page, title, summary, told, found or stated)
    if article is None:
        return None
    return replace(article, attachments=attachments, blocks=blocks_of(told, items, markers, base=page.base))


def _items(page: PageModel, body: Element, *, apart: list[Element], markers: list[Marker]) -> Flow:
    """Return the flow of *body*, less *apart*, after the photos that stand outside of it.

    What stands in it by an element alone is added to *markers*.
    """
    captions = list(page.all("caption"))
    leads = [
        e
        for e in (*page.all("photo"), *captions)
        if not holds(body, e) and not holds(e, body) and e is not body
    ]
    items = [item for lead in _outermost(leads) for item in flow(lead, captions=captions)]
    furniture = (e for css in page.preset.furniture for e in page.elements.select(css, part="furniture"))
    away = (*apart, *furniture, *teasers_of(body, base=page.base), *contents_of(body))
    without = [e for e in away if e is not body and not holds(e, body)]
    return items + flow(body, without=without, captions=captions, markers=markers)


def _body(page: PageModel) -> Element | None:
    """Return what the first fitting selector of the body finds: the largest element, or what holds all."""
    for css in page.selectors["body"]:
        found = [e for e in page.elements.select(css, part="body") if not is_related(e)]
        largest = _whole(found)
        if largest is not None and (
            text_length(largest) >= SHORTEST_BODY or largest.find(".//img") is not None
        ):
            return largest
    return None


def _whole(parts: list[Element]) -> Element | None:
    """Return the largest of *parts*, or the element around them if the text is spread over them."""
    largest = max(parts, key=text_length, default=None)
    if largest is None or len(parts) == 1:
        return largest
    around = largest.getparent()
    siblings = [part for part in parts if part.getparent() is around]
    total = sum(map(text_length, siblings))
    is_spread = total > 2 * text_length(largest)
    return around if is_spread and text_length(around) < _MOST_BESIDE * total else largest


def _why_no_article(page: PageModel) -> str:
    title, root = stated_title(page), page.elements.root
    # A form for members stands in the header of many a portal.
    asks = root.find(".//input[@type='password']") is not None
    if asks and (_LOGIN.search(fold(title)) or text_length(root) - linked_length(root) < _LONGEST_LOGIN):
        return "this page asks for a login, it is no article"
    if SAYS_NO.search(fold(title)):
        return f"this page is no article, it says {title!r}"
    return "this page is no article: no title with a text under it can be found (is it a list of articles?)"


def _outermost(elements: list[Element]) -> list[Element]:
    """Return *elements* in the page's order, without those inside others of them."""
    chosen = set(elements)
    kept = {e for e in chosen if not any(outer in chosen for outer in e.iterancestors())}
    return [e for e in next(iter(kept)).getroottree().iter() if e in kept] if kept else []
