"""Tables of contents in the text of an article: lists of its own chapters."""

from bot.sources.html.tree import Element, text_length

_FEWEST = 3


def contents_of(body: Element) -> list[Element]:
    """Return the lists in *body* that hold nothing but links to places on this page."""
    if body.find(".//li//a") is None:
        return []
    found: list[Element] = []
    for element in body.iter("ul", "ol"):
        if any(outer in found for outer in element.iterancestors("ul", "ol")):
            continue
        links = [link for link in element.iter("a") if text_length(link)]
        if len(links) < _FEWEST or not all((link.get("href") or "").startswith("#") for link in links):
            continue
        if sum(map(text_length, links)) == text_length(element):
            found.append(element)
    return found
