"""The article of a page of no known markup, by trafilatura's reckoning."""

from dataclasses import replace

from bot.domain.article import Article
from bot.domain.text import fold, one_line
from bot.sources.attachments import attachments_of, lists_only
from bot.sources.captions import Story, story
from bot.sources.flow import flow, text_of
from bot.sources.page_dates import date_near, date_of_elements
from bot.sources.reading import SHORTEST_STORY, Reading, article_of_page, repeats, stated_date, stated_title
from bot.sources.tree import Element, linked_length, text_length


def by_density(page: Reading) -> Article | None:
    """Return the article by trafilatura's reckoning, with the photos of the densest part of the page."""
    root = page.elements.root
    heading = next((e for e in (*page.all("title"), *root.iter("h1")) if text_of(e)), None)
    shown = text_of(heading) if heading is not None else ""
    stated = stated_title(page)
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
    lines = _lines(page)
    apart = {"", *(photo.caption for photo in photos)}
    attachments = (
        () if densest is None else attachments_of(densest, heading=heading, named=(), base=page.base)
    )
    body = tuple(
        line
        for line in lines
        if line not in apart
        and not repeats(line, title, page.now)
        and not (attachments and lists_only(line, attachments))
    )
    length = sum(map(len, body))
    believed = page.metadata.is_article or linked < length or (published is not None and linked < 2 * length)
    if length < SHORTEST_STORY or not believed:
        return None
    article = article_of_page(page, title, "", Story(body, photos), published)
    return replace(article, attachments=attachments) if article else None


def _lines(page: Reading) -> list[str]:
    import trafilatura  # noqa: PLC0415 takes half a second, and most pages do without

    html = page.source.decode(errors="replace")
    # Its second opinions cost as much again, and matter only where the first finds little.
    tries = (
        trafilatura.extract(html, url=page.url, include_comments=False, fast=fast) for fast in (True, False)
    )
    text = next((found for found in tries if found and len(found) >= SHORTEST_STORY), "")
    return [one_line(line).removeprefix("- ") for line in text.splitlines()]


def _densest(root: Element) -> Element | None:
    """Return the element whose own paragraphs hold the most text."""
    lengths: dict[Element, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        lengths[parent] = lengths.get(parent, 0) + text_length(paragraph)
    return max(lengths, key=lambda element: lengths[element], default=None)
