"""The text of a piece of HTML, as feeds and programs carry it: its paragraphs, and how they are laid out."""

from bot.domain.blocks.model import Blocks
from bot.domain.news.feed import SourceError
from bot.sources.blocks.reading import blocks_of
from bot.sources.html.blocks import Block, Marker, flow
from bot.sources.html.captions import story
from bot.sources.html.fragments import paragraphs_of_html
from bot.sources.html.tree import parse_text


def text_of_html_body(html: str, *, base: str, title: str = "") -> tuple[tuple[str, ...], Blocks]:
    """Return the paragraphs of *html*, and its blocks if it is more.

    A first paragraph that is *title* is none of them.
    """
    if "<" not in html:
        return paragraphs_of_html(html), ()
    markers: list[Marker] = []
    try:
        items = flow(parse_text(f"<div>{html}</div>", url=""), markers=markers)
    except SourceError:
        return (), ()
    told = story(items, base_url=base)
    if title and told.body[:1] == (title,):
        # NukeViet 4 puts the whole page there, its heading included.
        heading = next(item for item, _ in told.told if isinstance(item, Block))
        told = story([item for item in items if item is not heading], base_url=base)
    return told.body, blocks_of(told, items, markers, base=base)
