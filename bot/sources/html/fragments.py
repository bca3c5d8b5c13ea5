"""Pieces of HTML, as feeds carry them, made into plain text, paragraphs and photos."""

from bot.domain.news.article import Photo
from bot.domain.news.feed import SourceError
from bot.domain.text.text import one_line
from bot.sources.html.blocks import flow, text_of
from bot.sources.html.captions import Story, story
from bot.sources.html.tree import Element, parse_text


def text_of_html(html: str) -> str:
    """Return the text of *html* on one line, tags and entities resolved."""
    if "<" not in html and "&" not in html:
        return one_line(html)
    try:
        return text_of(_root(html))
    except SourceError:
        return ""


def paragraphs_of_html(html: str) -> tuple[str, ...]:
    """Return the paragraphs of *html*, without the captions of its photos."""
    return _story(html, base_url="").body


def images_of_html(html: str, *, base_url: str) -> tuple[Photo, ...]:
    """Return the photos of *html* in order, each with its caption, each in its largest form."""
    return _story(html, base_url=base_url).photos


def _story(html: str, *, base_url: str) -> Story:
    if "<" not in html:
        line = text_of_html(html)
        return Story((line,) if line else (), ())
    try:
        return story(flow(_root(html)), base_url=base_url)
    except SourceError:
        return Story((), ())


def _root(html: str) -> Element:
    return parse_text(f"<div>{html}</div>", url="")
