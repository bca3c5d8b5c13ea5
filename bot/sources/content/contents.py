"""Tables of contents in the text of an article: lists of its own chapters."""

from lxml import etree

from bot.sources.html.tree import Element, text_length

_FEWEST = 3


def contents_of(body: Element) -> list[Element]:
    """Return the outermost lists in *body* that hold nothing but links to places on this page."""
    found: list[Element] = []
    walk = etree.iterwalk(body, events=("start",), tag=("ul", "ol"))
    for _, element in walk:
        walk.skip_subtree()
        if _links_to_places(element):
            found.append(element)
    return found


def _links_to_places(element: Element) -> bool:
    links = [link for link in element.iter("a") if text_length(link)]
    is_here = all((link.get("href") or "").startswith("#") for link in links)
    return len(links) >= _FEWEST and is_here and sum(map(text_length, links)) == text_length(element)
