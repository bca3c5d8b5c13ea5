"""The flow of an element: its text blocks and pictures in the page's order, without the page's furniture."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.sources.html.images import picture_address
from bot.sources.html.styles import (
    CAPTION,
    CENTRED,
    is_away,
    is_data_table,
    is_furniture,
    is_photo_table,
    styles_of,
)
from bot.sources.html.tree import Element
from bot.sources.text.entities import plain_line

BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
MOST_TEXT = 300_000
"""Code points of a flow: half as many again as are ever kept of a text, for some of them are none of it."""
MOST_ITEMS = 8_000
"""Blocks and pictures of a flow, four times as many as are kept."""
MOST_ELEMENTS = 100_000
"""Elements that a flow is read from; those in furniture are none of them."""
MARKERS = frozenset(("audio", "embed", "hr", "iframe", "object", "oembed", "video"))
"""Elements without text of their own that stand for something: media, documents, a line across the page."""

_SENTENCE_MARKS = (".", "!", "?", ":", ";", "…", ".”", '."')
_LONGEST_MARKS = 40
_MOST_SPANS = 400
_ALL_STYLES = -1
"""Those of a line in which nothing has been written yet that takes part in its style."""
_BULLET = re.compile(r"[-–—+*•▪►]|(?:[0-9]{1,2}|[a-zđ])[.)]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StyledPiece:
    """A piece of a block's text as the page writes it; *link* is the address that it leads to, if any."""

    text: str
    styles: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of text. *holder* is the block element it stands in, *frame* a figure around it.

    *pieces* are there if the text has more than one style, or a link.
    """

    text: str
    styles: int
    holder: Element
    frame: Element | None
    pieces: tuple[StyledPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, by its address as the page writes it."""

    address: str
    holder: Element
    frame: Element | None


Flow = list[Block | Picture]


@dataclass(frozen=True, slots=True)
class Marker:
    """One of MARKERS, and the item of the flow that it follows; None where it stands before all of them."""

    element: Element
    after: Block | Picture | None


def flow(
    root: Element,
    *,
    without: Collection[Element] = (),
    captions: Collection[Element] = (),
    markers: list[Marker] | None = None,
    until: Element | None = None,
) -> Flow:
    """Return the flow of *root*, less the elements *without*; text in *captions* is marked as such.

    It ends before the element *until*, and where it has MOST_TEXT, MOST_ITEMS or MOST_ELEMENTS. The MARKERS
    in it, which are no part of the flow, are added to *markers*.
    """
    writer = _Writer(captions=set(captions), markers=[] if markers is None else markers)
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = set(without)
    for event, element in walk:
        if event == "end":
            writer.leave(element)
        elif element is until:
            break
        elif element is not root and (element in skipped or is_furniture(element)):
            walk.skip_subtree()
            writer.skip(element)
        else:
            writer.enter(element)
        if writer.is_full:
            break
    writer.end_block()
    return writer.items


def text_of(element: Element) -> str:
    """Return the text of *element* on one line, without furniture."""
    if len(element) == 0:
        return plain_line(element.text or "")
    return " ".join(item.text for item in flow(element) if isinstance(item, Block))


@dataclass(slots=True)
class _TextLine:
    """A line as it is written; *marks* say from which part on which style and link hold."""

    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    styles: int = _ALL_STYLES
    says_something: bool = False

    @property
    def text(self) -> str:
        return plain_line("".join(self.parts))

    @property
    def is_styled(self) -> bool:
        return len(self.marks) > 1 or any(link for _, _, link in self.marks)

    def mark(self, styles: int, link: str) -> None:
        """Have *styles* and *link* hold for what is written next; a line with too many has them no more."""
        if len(self.marks) == _MOST_SPANS or (self.marks and self.marks[-1][1:] == (styles, link)):
            return
        is_last = len(self.marks) == _MOST_SPANS - 1
        self.marks.append((len(self.parts), *((0, "") if is_last else (styles, link))))

    def pieces(self) -> Iterator[StyledPiece]:
        ends = [start for start, _, _ in self.marks[1:]] + [len(self.parts)]
        for (start, styles, link), end in zip(self.marks, ends, strict=True):
            yield StyledPiece("".join(self.parts[start:end]), styles, link)


@dataclass(slots=True)
class _Place:
    """Where the walk is: what styles hold, and what blocks and breaks mean here."""

    styles: int
    holder: Element
    frame: Element | None
    is_quiet: bool = False
    is_grid: bool = False
    link: str = ""


@dataclass(slots=True)
class _Writer:
    captions: set[Element]
    markers: list[Marker]
    items: Flow = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)
    lines: list[_TextLine] = field(default_factory=lambda: [_TextLine()])
    skipped: Element | None = None
    waiting: list[Element] = field(default_factory=list)
    beside: list[Picture] = field(default_factory=list)
    """Pictures in the row of a table of data; they stand behind it, so that the row is one line."""
    room: int = MOST_TEXT
    left: int = MOST_ELEMENTS

    @property
    def is_full(self) -> bool:
        return self.left <= 0 or self.room <= 0 or len(self.items) >= MOST_ITEMS

    @property
    def place(self) -> _Place | None:
        return self.places[-1] if self.places else None

    def skip(self, element: Element) -> None:
        self.skipped = element
        if element.tag in MARKERS and not is_away(element):
            self._mark(element)

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._boundary(tag, starts=True)
        place = self._place_of(element)
        self.places.append(place)
        self.left -= 1
        if tag == "br":
            self._break(place)
        elif tag == "img":
            self._picture(element, place)
        elif tag in MARKERS:
            self._mark(element)
        if element.text:
            self._write(element.text, place)

    def leave(self, element: Element) -> None:
        if element is self.skipped:
            self.skipped = None
        else:
            if element.tag in BLOCKS:
                self._boundary(element.tag, starts=False)
            self.places.pop()
        if self.places and element.tail:
            self._write(element.tail, self.places[-1])

    def end_block(self) -> None:
        """Turn the lines written so far into blocks; an empty line between them parts them for sure."""
        if len(self.lines) == 1 and not self.lines[0].parts:
            self._place_pictures()
            return
        lines, self.lines = self.lines, [_TextLine()]
        place = self.place
        texts: list[str] = []
        written: list[_TextLine] = []
        styles, parted = _ALL_STYLES, False
        for line in lines:
            found = line.text
            if not found:
                parted = bool(texts)
                continue
            if not (texts and self._is_one_paragraph(texts[-1], found, styles & line.styles, parted=parted)):
                self._add(texts, written, styles, place)
                texts, written, styles = [], [], _ALL_STYLES
            texts.append(found)
            written.append(line)
            styles &= line.styles
            parted = False
        self._add(texts, written, styles, place)
        self._place_pictures()
        self._place_markers()

    def _place_pictures(self) -> None:
        self.items += self.beside
        self.beside = []

    def _add(self, texts: list[str], lines: list[_TextLine], styles: int, place: _Place | None) -> None:
        if texts:
            holder, frame = place and place.holder, place and place.frame
            if styles == _ALL_STYLES and place:
                # Figures alone: they have the style of where they stand.
                styles = place.styles
            pieces: tuple[StyledPiece, ...] = ()
            if any(line.is_styled for line in lines):
                gap = StyledPiece(" ", 0)
                pieces = tuple(piece for line in lines for piece in (*line.pieces(), gap))
            self.items.append(Block(" ".join(texts), styles, holder, frame, pieces))

    def _mark(self, element: Element) -> None:
        """Keep a marker's place, which in the middle of a paragraph is after it."""
        self.waiting.append(element)
        if not any(line.says_something for line in self.lines):
            self._place_markers()

    def _place_markers(self) -> None:
        if self.waiting:
            after = self.items[-1] if self.items else None
            self.markers += [Marker(element, after) for element in self.waiting]
            self.waiting = []

    def _is_one_paragraph(self, earlier: str, later: str, styles: int, *, parted: bool) -> bool:
        """Say whether a hard line break between two texts only wraps one paragraph."""
        place = self.place
        if styles & CAPTION or (place and place.is_quiet):
            return True
        if parted:
            return False
        if styles & CENTRED or later[0].islower() or earlier.endswith(","):
            return True
        if earlier.endswith(_SENTENCE_MARKS) or _BULLET.match(later):
            return False
        return place is not None and place.holder.tag == "p"

    def _write(self, text: str, place: _Place) -> None:
        line = self.lines[-1]
        line.mark(place.styles, place.link)
        if not text.isspace():
            text = text[: self.room]
            self.room -= len(text)
            line.says_something = True
        line.parts.append(text)
        if len(text) > _LONGEST_MARKS or any(c.isalpha() for c in text):
            # Figures and marks beside a link or a caption, '(15/08/2017)', take no part in its style.
            line.styles &= place.styles

    def _break(self, place: _Place) -> None:
        if place.is_grid:
            self.lines[-1].parts.append(" ")
        else:
            self.lines.append(_TextLine())

    def _boundary(self, tag: str, *, starts: bool) -> None:
        place = self.place
        if place and place.is_grid and tag not in {"tr", "table"}:
            cells = tag in {"td", "th"} and starts and any(line.says_something for line in self.lines)
            self.lines[-1].parts.append(" | " if cells else " ")
        elif place and place.is_quiet and tag not in {"td", "th", "tr", "table", "figcaption", "figure"}:
            self.lines.append(_TextLine())
        else:
            self.end_block()

    def _picture(self, element: Element, place: _Place) -> None:
        if address := picture_address(element):
            picture = Picture(address, place.holder, place.frame)
            if place.is_grid:
                self.beside.append(picture)
            else:
                self.end_block()
                self.items.append(picture)

    def _place_of(self, element: Element) -> _Place:
        outer = self.place
        tag = element.tag
        styles = styles_of(element, outer.styles if outer else 0)
        if element in self.captions:
            styles |= CAPTION
        if outer is not None and styles == outer.styles and tag not in BLOCKS and tag != "a":
            return outer
        holder = element if outer is None or tag in BLOCKS else outer.holder
        frame = outer.frame if outer else None
        is_quiet = bool(outer and outer.is_quiet) or bool(styles & CAPTION)
        is_grid = bool(outer and outer.is_grid)
        if tag == "figure":
            frame = element
        elif tag == "table" and not is_grid:
            if is_photo_table(element):
                frame, is_quiet = element, True
            else:
                is_grid = is_data_table(element)
        link = (element.get("href") or "") if tag == "a" else outer.link if outer else ""
        return _Place(styles, holder, frame, is_quiet=is_quiet, is_grid=is_grid, link=link)
