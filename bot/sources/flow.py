"""The flow of an element: its text blocks and pictures in the order of the page, without the page's furniture."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from bot.domain.text import one_line
from bot.sources.pictures import picture_address
from bot.sources.tree import Element

CENTRED, RIGHT, SLANTED, BOLD, LINKED, CAPTION, HEADING = (1 << bit for bit in range(7))
"""What all the text of a block has in common, as bits."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_FURNITURE = frozenset(
    [
        "aside",
        "audio",
        "base",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "footer",
        "frame",
        "head",
        "iframe",
        "input",
        "label",
        "link",
        "map",
        "math",
        "meta",
        "nav",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_FURNITURE_NAMES = re.compile(
    r"(?:ul\.)?(?:tinlienquan|tin-?lien-?quan|tin-?khac|newsdifferent|other-?news\S*|news-?other|related\S*|share\S*|social\S*"
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
_ALIGNMENT = re.compile(r"text-align:(\w+)")
_TAG_STYLES = {"em": SLANTED, "i": SLANTED, "cite": SLANTED, "b": BOLD, "strong": BOLD, "a": LINKED}
_TAG_STYLES |= {"center": CENTRED, "figcaption": CAPTION, "caption": CAPTION}
_TAG_STYLES |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING | BOLD)

_SENTENCE_MARKS = (".", "!", "?", ":", ";", "…", ".”", '."')
_BULLET = re.compile(r"[-–—+*•▪►]|(?:[0-9]{1,2}|[a-zđ])[.)]\s", re.IGNORECASE)
_CAPTION_PER_PICTURE = 300
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of text. *holder* is the block element it stands in, *frame* a figure around it."""

    text: str
    styles: int
    holder: Element
    frame: Element | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, by its address as the page writes it."""

    address: str
    holder: Element
    frame: Element | None


Flow = list[Block | Picture]


def flow(root: Element, *, without: Collection[Element] = (), captions: Collection[Element] = ()) -> Flow:
    """Return the flow of *root*, less the elements *without*; text in *captions* is marked as such."""
    writer = _Writer(captions=set(captions))
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = set(without)
    for event, element in walk:
        if event == "end":
            writer.leave(element)
        elif element is not root and (element in skipped or is_furniture(element)):
            walk.skip_subtree()
            writer.enter_nothing()
        else:
            writer.enter(element)
    writer.end_block()
    return writer.items


def text_of(element: Element) -> str:
    """Return the text of *element* on one line, without furniture."""
    return " ".join(item.text for item in flow(element) if isinstance(item, Block))


def is_furniture(element: Element) -> bool:
    """Say whether *element* belongs to the page and not to what it tells: menus, shares, related lists."""
    if element.tag in _FURNITURE:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    if "hidden" in attributes or (style and "display:none" in style.replace(" ", "").lower()):
        return True
    names = attributes.get("class", "") + " " + attributes.get("id", "")
    return any(_FURNITURE_NAMES.fullmatch(name) for name in names.split())


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    styles: int = -1

    @property
    def text(self) -> str:
        return one_line("".join(self.parts))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: what styles hold, and what blocks and breaks mean here."""

    styles: int
    holder: Element
    frame: Element | None
    is_quiet: bool = False
    is_grid: bool = False


@dataclass(slots=True)
class _Writer:
    captions: set[Element]
    items: Flow = field(default_factory=list)
    places: list[_Place | None] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=lambda: [_Line()])

    @property
    def place(self) -> _Place:
        place = self.places[-1]
        assert place is not None
        return place

    def enter_nothing(self) -> None:
        self.places.append(None)

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._boundary(tag, starts=True)
        self.places.append(self._place_of(element))
        if tag == "br":
            self._break()
        elif tag == "img":
            self._picture(element)
        if element.text:
            self._write(element.text)

    def leave(self, element: Element) -> None:
        was_skipped = self.places[-1] is None
        if not was_skipped and element.tag in _BLOCKS:
            self._boundary(element.tag, starts=False)
        self.places.pop()
        if self.places and element.tail:
            self._write(element.tail)

    def end_block(self) -> None:
        """Turn the lines written so far into blocks; an empty line between them parts them for sure."""
        lines, self.lines = self.lines, [_Line()]
        if not any(line.parts for line in lines):
            return
        place = self.last_place
        text, styles = "", -1
        parted = False
        for line in lines:
            found = line.text
            if not found:
                parted = bool(text)
                continue
            if text and self._is_one_paragraph(text, found, styles & line.styles, parted=parted):
                text, styles = f"{text} {found}", styles & line.styles
            else:
                self._add(text, styles, place)
                text, styles = found, line.styles
            parted = False
        self._add(text, styles, place)

    @property
    def last_place(self) -> _Place | None:
        return next((place for place in reversed(self.places) if place is not None), None)

    def _add(self, text: str, styles: int, place: _Place | None) -> None:
        if text:
            self.items.append(Block(text, styles, place and place.holder, place and place.frame))

    def _is_one_paragraph(self, earlier: str, later: str, styles: int, *, parted: bool) -> bool:
        """Say whether a hard line break between two texts only wraps one paragraph."""
        place = self.last_place
        if styles & CAPTION or (place and place.is_quiet):
            return True
        if parted:
            return False
        if styles & CENTRED or later[0].islower() or earlier.endswith(","):
            return True
        if earlier.endswith(_SENTENCE_MARKS) or _BULLET.match(later):
            return False
        return place is not None and place.holder.tag == "p"

    def _write(self, text: str) -> None:
        blank = text.isspace()
        line = self.lines[-1]
        line.parts.append(" " if blank else re.sub(r"\s+", " ", text))
        if not blank:
            line.styles &= self.place.styles

    def _break(self) -> None:
        if self.place.is_grid:
            self._write(" ")
        else:
            self.lines.append(_Line())

    def _boundary(self, tag: str, *, starts: bool) -> None:
        place = self.last_place
        if place and place.is_grid and tag not in {"tr", "table"}:
            cells = tag in {"td", "th"} and starts and any(line.text for line in self.lines)
            self.lines[-1].parts.append(" | " if cells else " ")
        elif place and place.is_quiet and tag not in {"td", "th", "tr", "table", "figcaption", "figure"}:
            self.lines.append(_Line())
        else:
            self.end_block()

    def _picture(self, element: Element) -> None:
        if address := picture_address(element):
            self.end_block()
            self.items.append(Picture(address, self.place.holder, self.place.frame))

    def _place_of(self, element: Element) -> _Place:
        outer = self.last_place
        tag = element.tag
        styles = _styles(element, outer.styles if outer else 0)
        if element in self.captions:
            styles |= CAPTION
        holder = element if outer is None or tag in _BLOCKS else outer.holder
        frame = outer.frame if outer else None
        is_quiet = bool(outer and outer.is_quiet) or bool(styles & CAPTION)
        is_grid = bool(outer and outer.is_grid)
        if tag == "figure":
            frame = element
        elif tag == "table" and not is_grid:
            if _is_photo_table(element):
                frame, is_quiet = element, True
            else:
                is_grid = _is_grid(element)
        return _Place(styles, holder, frame, is_quiet=is_quiet, is_grid=is_grid)


def _styles(element: Element, outer: int) -> int:
    styles = outer | _TAG_STYLES.get(element.tag, 0)
    attributes = element.attrib
    if not attributes:
        return styles
    style = attributes.get("style", "").replace(" ", "").lower()
    found = _ALIGNMENT.search(style)
    alignment = found[1] if found else attributes.get("align", "").lower()
    names = attributes.get("class", "").split()
    if alignment in {"center", "centre"} or any(_CENTRED_NAMES.fullmatch(name) for name in names):
        styles = styles & ~RIGHT | CENTRED
    elif alignment in {"right", "end"} or any(_RIGHT_NAMES.fullmatch(name) for name in names):
        styles = styles & ~CENTRED | RIGHT
    elif alignment in {"left", "justify", "start"}:
        styles &= ~(CENTRED | RIGHT)
    if "font-style:italic" in style:
        styles |= SLANTED
    if "font-weight:bold" in style or "font-weight:700" in style:
        styles |= BOLD
    if any(_CAPTION_NAMES.fullmatch(name) for name in names):
        styles |= CAPTION
    return styles


def _is_photo_table(table: Element) -> bool:
    pictures = len(table.findall(".//img"))
    return pictures > 0 and len("".join(table.itertext()).strip()) <= _CAPTION_PER_PICTURE * pictures


def _is_grid(table: Element) -> bool:
    """Say whether *table* holds data in rows and columns, and not a layout."""
    if table.find(".//img") is not None or table.find(".//table") is not None:
        return False
    rows = [row.findall("td") + row.findall("th") for row in table.iter("tr")]
    cells = [len("".join(cell.itertext()).strip()) for row in rows for cell in row]
    return any(len(row) > 1 for row in rows) and max(cells, default=0) <= _LONGEST_CELL
