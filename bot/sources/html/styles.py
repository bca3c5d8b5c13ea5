"""What markup says of text without saying it in words: its style, its role, or that it is furniture."""

import re
from functools import lru_cache
from itertools import islice

from bot.sources.html.tree import Element

CENTRED, RIGHT, SLANTED, BOLD, LINKED, CAPTION, HEADING = (1 << bit for bit in range(7))
"""What all the text of a block has in common, as bits."""

_FURNITURE = frozenset((
    "aside", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "footer", "frame", "head",
    "iframe", "input", "label", "link", "map", "math", "meta", "nav", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_FURNITURE_NAMES = re.compile(
    r"(?:ul\.)?(?:tinlienquan|tin-?lien-?quan|tin-?khac|newsdifferent|other-?news\S*|news-?other|(?:\S+[-_])?related\S*|share(?:[-_]\S*|box|bar)?"
    r"|social(?!\S*embed)\S*"
    r"|taglib-\S*|addthis\S*|fb-\S*|zalo-\S*|breadcrumbs?|toolbar|rating\S*|comments?|asset-(?:actions|user-actions|flag"
    r"|ratings|more|links|metadata)|lfr-\S*|separator|time-post|author|tac-?gia|nguon|copyright|keywords|tags?|menu\S*"
    r"|navbar\S*|print-?action|hidden-print|change-size-button|sr-only|portlet-topper)",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(
    r"\S*caption\S*|avatar(?:top|bottom)?desc|chu-?thich\S*|(?:img|image|photo|anh)-?_?(?:desc\S*|note|title)",
    re.IGNORECASE,
)
_CENTRED_NAMES = re.compile(r"(?:text-|align-?|rte)?cent(?:er|re)(?:ed)?|text-xs-center", re.IGNORECASE)
_RIGHT_NAMES = re.compile(r"text-right|align-?right|rteright", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ALIGNMENT = re.compile(r"text-align:(\w+)")
_TAG_STYLES = {"em": SLANTED, "i": SLANTED, "cite": SLANTED, "b": BOLD, "strong": BOLD, "a": LINKED}
_TAG_STYLES |= {"center": CENTRED, "figcaption": CAPTION, "caption": CAPTION}
_TAG_STYLES |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING | BOLD)

_CAPTION_PER_PICTURE = 300
_LONGEST_CELL = 200
_MOST_ROWS = 2_000
"""Rows that are looked at; no more of them are kept."""
_CELLS = frozenset(("td", "th"))


def is_furniture(element: Element) -> bool:
    """Say whether *element* belongs to the page and not to what it tells: menus, shares, related lists."""
    return element.tag in _FURNITURE or is_away(element)


def is_away(element: Element) -> bool:
    """Say whether *element* is hidden, or is furniture by its name."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _HIDDEN.search(style):
        return True
    return _names_furniture(attributes.get("class"), attributes.get("id"))


@lru_cache(maxsize=4096)
def _names_furniture(names: str | None, identifier: str | None) -> bool:
    return any(_FURNITURE_NAMES.fullmatch(name) for name in f"{names or ''} {identifier or ''}".split())


def styles_of(element: Element, outer: int) -> int:
    """Return the styles of text in *element*, which stands in text of the styles *outer*."""
    styles = outer | _TAG_STYLES.get(element.tag, 0)
    attributes = element.attrib
    if not attributes:
        return styles
    kept, added = _written_styles(attributes.get("style"), attributes.get("align"), attributes.get("class"))
    return styles & kept | added


@lru_cache(maxsize=4096)
def _written_styles(style: str | None, align: str | None, names: str | None) -> tuple[int, int]:
    """Return what attributes leave of the styles around, and what they add."""
    written = (style or "").replace(" ", "").lower()
    found = _ALIGNMENT.search(written)
    alignment = found[1] if found else (align or "").strip().lower()
    classes = (names or "").split()
    kept, added = -1, 0
    if alignment in {"center", "centre"} or any(_CENTRED_NAMES.fullmatch(name) for name in classes):
        kept, added = ~RIGHT, CENTRED
    elif alignment in {"right", "end"} or any(_RIGHT_NAMES.fullmatch(name) for name in classes):
        kept, added = ~CENTRED, RIGHT
    elif alignment in {"left", "justify", "start"}:
        kept = ~(CENTRED | RIGHT)
    if "font-style:italic" in written:
        added |= SLANTED
    if "font-weight:bold" in written or "font-weight:700" in written:
        added |= BOLD
    if any(_CAPTION_NAMES.fullmatch(name) for name in classes):
        added |= CAPTION
    return kept, added


def is_photo_table(table: Element) -> bool:
    """Say whether *table* lays out photos and their captions, and little else."""
    pictures = len(table.findall(".//img"))
    is_short = pictures > 0 and len("".join(table.itertext()).strip()) <= _CAPTION_PER_PICTURE * pictures
    return is_short and not has_head(table)


def has_head(table: Element) -> bool:
    """Say whether the first row of *table* names its columns, and text in front each further row."""
    every = (row.findall("td") + row.findall("th") for row in islice(table.iter("tr"), _MOST_ROWS))
    rows = [cells for cells in every if len(cells) > 1]
    if len(rows) <= 1 or sum(map(_says, rows[0])) < max(2, len(rows[0]) - 1):
        return False
    fronts = (cells[0] for cells in rows[1:])
    return not any(map(_shows, rows[0])) and all(_says(cell) and not _shows(cell) for cell in fronts)


def _says(cell: Element) -> bool:
    return any(text.strip() for text in cell.itertext())


def _shows(cell: Element) -> bool:
    return cell.find(".//img") is not None


def is_data_table(table: Element) -> bool:
    """Say whether *table* holds data in rows and columns, and not a layout."""
    if table.find(".//table") is not None or (table.find(".//img") is not None and not has_head(table)):
        return False
    has_columns = False
    for row in islice(table.iter("tr"), _MOST_ROWS):
        cells = [cell for cell in row if cell.tag in _CELLS]
        has_columns = has_columns or len(cells) > 1
        if any(len("".join(cell.itertext()).strip()) > _LONGEST_CELL for cell in cells):
            return False
    return has_columns
