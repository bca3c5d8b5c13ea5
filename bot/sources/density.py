"""The article of a page of no known markup, by trafilatura's reckoning."""

import re
from dataclasses import replace

from bot.domain.article import Article, Attachment, Published
from bot.domain.text import fold, one_line
from bot.sources.attachments import attachments_of, lists_only
from bot.sources.captions import story
from bot.sources.flow import Block, flow, text_of
from bot.sources.page_dates import (
    date_in_head,
    date_near,
    date_of_elements,
    dates_only,
    lines_of_publication,
)
from bot.sources.reading import SHORTEST_STORY, Reading, article_of_page, repeats, stated_date, stated_title
from bot.sources.tree import Element, linked_length, text_length

_RULER = re.compile(r"[|:\- ]+")
_MAY_BE_HEADING = ("h2", "h3", "h4", "div", "p", "span", "strong", "td")
_PADDING = 4


def by_density(page: Reading) -> Article | None:
    """Return the article by trafilatura's reckoning, with the photos of the densest part of the page."""
    root = page.elements.root
    stated = stated_title(page)
    heading = next((e for e in (*page.all("title"), *root.iter("h1")) if text_of(e)), None)
    # A list of news shows its own title as well, and today's date not far from it.
    is_sure = heading is not None
    if heading is None and not page.is_listing:
        heading = _saying(root, stated)
    shown = text_of(heading) if heading is not None else ""
    title = shown if shown and fold(stated).startswith(fold(shown)) else stated or shown
    densest = _densest(root)
    photos = (
        story(flow(densest), base_url=page.base).photos
        if densest is not None and densest.find(".//img") is not None
        else ()
    )
    published = date_of_elements(page.all("date"), now=page.now) or stated_date(page)
    if published is None and heading is not None and densest is not None:
        published = date_near(heading, densest, now=page.now)
    linked = linked_length(root)
    attachments = (
        () if densest is None else attachments_of(densest, heading=heading, named=(), base=page.base)
    )
    apart = {photo.caption for photo in photos}
    lines, told_on = _dated(page, title, published)
    body = _body(lines, apart=apart, attachments=attachments)
    # The dates of a list of news make it no article.
    length = sum(len(line) for line in body if not dates_only(line, now=page.now))
    believed = (
        page.metadata.is_article
        or linked < length
        or (is_sure and published is not None and linked < 2 * length)
    )
    if length < SHORTEST_STORY or not believed:
        return None
    told = story([Block(line, 0, None, None) for line in body], base_url=page.base)
    article = article_of_page(page, title, "", replace(told, photos=photos), told_on)
    return replace(article, attachments=attachments) if article else None


def _dated(page: Reading, title: str, published: Published | None) -> tuple[list[str], Published | None]:
    """Return the lines of the text under *title*, and when they say it was *published*."""
    lines = [line for line in _lines(page) if not repeats(line, title)]
    published = published or date_in_head(lines, now=page.now)
    dated = lines_of_publication(lines, published, now=page.now)
    return [line for position, line in enumerate(lines) if position not in dated], published


def _body(lines: list[str], *, apart: set[str], attachments: tuple[Attachment, ...]) -> tuple[str, ...]:
    """Return those of *lines* that say more than the captions and the list of documents."""
    return tuple(
        line
        for line in lines
        if line and line not in apart and not (attachments and lists_only(line, attachments))
    )


def _lines(page: Reading) -> list[str]:
    import trafilatura  # noqa: PLC0415 takes half a second, and most pages do without

    # Its second opinions cost as much again, and matter only where the first finds little.
    html, url = page.source, page.url
    tries = (trafilatura.extract(html, url=url, include_comments=False, fast=fast) for fast in (True, False))
    text = next((found for found in tries if found and len(found) >= SHORTEST_STORY), "")
    lines = (one_line(line).removeprefix("- ") for line in text.splitlines())
    # Tables come as Markdown, with a line of dashes under their heads.
    return [line.strip("| ") for line in lines if not _RULER.fullmatch(line)]


def _saying(root: Element, title: str) -> Element | None:
    """Return the first element that shows *title* and nothing else: portals make headings of anything."""
    wanted = fold(title)
    for element in root.iter(*_MAY_BE_HEADING) if wanted else ():
        text = element.text
        if text and abs(len(text.strip()) - len(title)) <= _PADDING and fold(text) == wanted:
            return element
    return None


def _densest(root: Element) -> Element | None:
    """Return the element whose own paragraphs, or own lines between breaks, hold the most text."""
    lengths: dict[Element, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        lengths[parent] = lengths.get(parent, 0) + text_length(paragraph)
    for line_break in root.iter("br"):
        parent = line_break.getparent()
        if parent.tag != "p":
            lengths[parent] = lengths.get(parent, 0) + len((line_break.tail or "").strip())
    return max(lengths, key=lambda element: lengths[element], default=None)
