"""OPML 2.0: lists of feeds, as feed readers exchange them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from bot.domain.news.feed import SourceError
from bot.domain.text.text import one_line
from bot.sources.text.encoding import xml_text

_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-f]+;|[a-z][a-z0-9]*;)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list; *folders* are the outlines around it and its categories, nearest first."""

    name: str
    url: str
    folders: tuple[str, ...] = ()


def parse_opml(content: bytes) -> tuple[Outline, ...]:
    """Return the feeds of an OPML document; raise SourceError if it is none.

    Lists that people have written themselves are taken as well: bare ampersands, names in other cases.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_BARE_AMPERSAND.sub("&amp;", xml_text(content, None)).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        reason = str(error).partition(" (<string>")[0]
        raise SourceError(f"this is no OPML file: {reason}") from None
    if str(root.tag).lower() != "opml":
        raise SourceError(f"this is no OPML file: it begins with <{root.tag}>")
    return tuple(_outlines(root))


def _outlines(root: etree._Element) -> Iterator[Outline]:
    for element in root.iter(etree.Element):
        own = _attributes(element)
        url = (own.get("xmlurl") or own.get("url") or "").strip()
        if str(element.tag).lower() != "outline" or not url:
            continue
        around = [_name(_attributes(outer)) for outer in element.iterancestors()]
        categories = [one_line(each.strip("/ ")) for each in own.get("category", "").split(",")]
        yield Outline(_name(own), url, tuple(filter(None, (*categories, *around))))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}


def _name(attributes: dict[str, str]) -> str:
    return one_line(attributes.get("text") or attributes.get("title") or "")


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
