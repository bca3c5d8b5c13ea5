"""OPML 2.0: lists of feeds, as feed readers exchange them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from bot.domain.feed import SourceError
from bot.domain.text import one_line


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list; *folders* are the outlines around it and its categories, nearest first."""

    name: str
    url: str
    folders: tuple[str, ...] = ()


def parse_opml(content: bytes) -> tuple[Outline, ...]:
    """Return the feeds of an OPML document; raise SourceError if it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"this is no OPML file: {error}") from None
    if root.tag != "opml":
        raise SourceError(f"this is no OPML file: it begins with <{root.tag}>")
    return tuple(_outlines(root))


def _outlines(root: etree._Element) -> Iterator[Outline]:
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("url") or "").strip()
        if not url:
            continue
        around = [one_line(o.get("text") or o.get("title") or "") for o in outline.iterancestors("outline")]
        categories = [one_line(each.strip("/ ")) for each in (outline.get("category") or "").split(",")]
        yield Outline(
            one_line(outline.get("text") or outline.get("title") or ""),
            url,
            tuple(filter(None, (*categories, *around))),
        )


def write_opml(title: str, groups: Iterable[tuple[str, str, Iterable[Outline]]]) -> str:
    """Return an OPML document of *groups*: a topic's id, its name, and its feeds."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{escape(title)}</title></head>", "  <body>"]
    for topic, name, outlines in groups:
        lines.append(f"    <outline text={quoteattr(name)}>")
        lines += [
            f'      <outline type="rss" text={quoteattr(each.name)} xmlUrl={quoteattr(each.url)}'
            f" category={quoteattr(topic)}/>"
            for each in outlines
        ]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])
