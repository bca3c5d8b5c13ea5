"""The article of a page of no known markup: its densest element, with a library as the second opinion."""

import re
from dataclasses import replace
from itertools import islice

from bot.domain.news.article import Article, Published
from bot.domain.text.text import fold, one_line
from bot.sources.articles.attachments import attachments_of
from bot.sources.articles.model import (
    LONGEST_SAPO,
    SHORTEST_STORY,
    PageModel,
    article_of_page,
    stated_date,
    stated_photos,
    stated_title,
)
from bot.sources.blocks.reading import blocks_of
from bot.sources.content.consensus import Known, agreed
from bot.sources.content.contents import contents_of
from bot.sources.content.densest import densest
from bot.sources.content.lead import lead_outside, same_picture
from bot.sources.content.lists import shows_list
from bot.sources.content.located import located
from bot.sources.content.published import date_by_name, date_in_address
from bot.sources.content.teasers import teasers_of
from bot.sources.content.telling import telling
from bot.sources.html.blocks import Block, Flow, Marker, flow, text_of
from bot.sources.html.captions import Story, story
from bot.sources.html.page_dates import date_near, date_of_elements
from bot.sources.html.presets import GENERIC
from bot.sources.html.tree import Element, holds, text_length

_RULER = re.compile(r"[|:\- ]+")
_MAY_BE_HEADING = ("h2", "h3", "h4", "div", "p", "span", "strong", "td")
_PADDING = 4
_SHORTEST_SAPO = 40
_MOST_ELEMENTS = 8_000
"""On more of them the library takes many seconds, and its opinion is done without."""
_LONGEST_WEIGHED = 200_000
"""Of a longer text the rest is not kept, and all that it is compared with would have to be read."""


def by_density(page: PageModel) -> Article | None:
    """Return the article that the densest part of the page tells, with its photos, if it tells one."""
    root = page.elements.root
    body = densest(root)
    if body is None:
        return None
    heading, title = _heading(page)
    published = _published(page, heading, body)
    attachments = attachments_of(body, heading=heading, named=(), base=page.base)
    teasers = teasers_of(body, base=page.base)
    sapos = [e for e in page.all("summary") if _SHORTEST_SAPO <= text_length(e) <= LONGEST_SAPO]
    sapo = next(map(text_of, sapos), "")
    markers: list[Marker] = []
    items = flow(body, without=(*teasers, *contents_of(body), *sapos), markers=markers)
    kept, published = telling(
        page, _told(page, items, sapo=sapo), title=title, published=published, attachments=attachments
    )
    told = story(kept, base_url=page.base)
    # A portal marks its articles: what stands on its other pages, undated, says what the office is.
    is_stated = page.preset is GENERIC or page.metadata.is_article or published is not None
    is_long = sum(map(len, told.body)) >= SHORTEST_STORY
    if not (is_stated and is_long) or shows_list(root, told.body, base=page.base):
        return None
    blocks = blocks_of(told, items, markers, base=page.base)
    told = _with_lead(page, told, heading, body)
    article = article_of_page(page, title, sapo, told, published)
    return replace(article, attachments=attachments, blocks=blocks) if article else None


def _heading(page: PageModel) -> tuple[Element | None, str]:
    """Return the element that shows the article's title, if one does, and the title."""
    root = page.elements.root
    stated = stated_title(page)
    heading = next((e for e in (*page.all("title"), *root.iter("h1")) if text_of(e)), None)
    # A list of news shows its own title as well, and today's date not far from it.
    if heading is None and not page.is_listing:
        heading = _saying(root, stated)
    shown = text_of(heading) if heading is not None else ""
    return heading, shown if shown and fold(stated).startswith(fold(shown)) else stated or shown


def _published(page: PageModel, heading: Element | None, body: Element) -> Published | None:
    """Return when the page was published: as it states, as it shows near its title, or as its names say."""
    root, now = page.elements.root, page.now
    return (
        stated_date(page)
        or date_of_elements(page.all("date"), now=now)
        or (date_near(heading, _text_below(heading, body), now=now) if heading is not None else None)
        or date_by_name(root, heading, now=now)
        or date_in_address(page.url, now=now)
    )


def _text_below(heading: Element, body: Element) -> Element:
    """Return what holds no line beside *heading*: all of *body*, unless the heading stands in it."""
    return heading if holds(body, heading) else body


def _with_lead(page: PageModel, told: Story, heading: Element | None, body: Element) -> Story:
    """Return *told* with the photo that leads it from outside of its text, unless it has it already."""
    lead = lead_outside(heading, body, stated=stated_photos(page), base=page.base)
    if lead is None or any(same_picture(lead.url, photo.url) for photo in told.photos):
        return told
    return replace(told, photos=(lead, *told.photos))


def _told(page: PageModel, items: Flow, *, sapo: str) -> Flow:
    """Return what of *items*, the flow of the densest element, is the article, after a second opinion."""
    if sum(len(item.text) for item in items if isinstance(item, Block)) > _LONGEST_WEIGHED:
        return items
    above = Known.of((sapo,))
    lines = [line for line in _lines(page) if not above.has(line)]
    if sum(map(len, lines)) < SHORTEST_STORY:
        return items
    found = agreed(items, lines, base=page.base)
    if found is None:
        return located(lines, flow(page.elements.root))
    leads = [item.text for item in found if isinstance(item, Block) and item.holder is None]
    return [*located(leads, flow(page.elements.root)), *found[len(leads) :]] if leads else found


def _lines(page: PageModel) -> list[str]:
    """Return the lines of the article by the library's reckoning."""
    import trafilatura  # noqa: PLC0415 takes half a second, and pages of known markup do without

    if next(islice(page.elements.root.iter(), _MOST_ELEMENTS, None), None) is not None:
        return []
    text = trafilatura.extract(page.source, url=page.url, include_comments=False) or ""
    lines = (one_line(line).removeprefix("- ") for line in text.splitlines())
    # Tables come as Markdown, with a line of dashes under their heads.
    return [bare for line in lines if not _RULER.fullmatch(line) and (bare := line.strip("| "))]


def _saying(root: Element, title: str) -> Element | None:
    """Return the first element that shows *title* and nothing else: portals make headings of anything."""
    wanted = fold(title)
    for element in root.iter(*_MAY_BE_HEADING) if wanted else ():
        text = element.text
        if text and abs(len(text.strip()) - len(title)) <= _PADDING and fold(text) == wanted:
            return element
    return None
