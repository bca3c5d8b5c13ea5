"""Long texts in parts: cut between paragraphs, then at sentence ends, then at words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.chats.message import RichText, Size, Span, length, plain
from bot.domain.text.text import grapheme_start, sentences

MOST_STYLED = 40
"""Styled runs in one part: Telegram ignores those beyond 100."""

MOST_ADDRESSES = 6_000
"""Bytes of the addresses in one part, as they are escaped (Bot API: a text has at most 32768 bytes, its
markup included)."""

_ESCAPED = 4
"""Bytes by which an ampersand grows when it is escaped."""

Paragraph = tuple[RichText, ...]
"""The lines of one paragraph."""


def split(paragraphs: Iterable[Paragraph], limit: int, *, size: Size = length) -> tuple[RichText, ...]:
    """Return *paragraphs* as parts of a *size* of at most *limit*, an empty line between two paragraphs.

    No style reaches from one part into the next: each span is whole by itself.
    """
    parts = _Parts(limit, size)
    for paragraph in paragraphs:
        written = (line for line in paragraph if any(span.text.strip() for span in line))
        lines = tuple(_within(line, limit, size) for line in written)
        whole: RichText = tuple(span for gap, line in _with_gaps(lines) for span in (*gap, *line))
        if whole and size(whole) <= limit and _is_light(whole):
            parts.add("\n\n", whole)
            continue
        for number, line in enumerate(lines):
            for gap, piece in _pieces(line, limit, size, first="\n" if number else "\n\n"):
                parts.add(gap, piece)
    return parts.all()


class _Parts:
    """Parts as they fill up: runs of one style, each with its texts."""

    def __init__(self, limit: int, size: Size) -> None:
        self._limit = limit
        self._size = size
        self._done: list[RichText] = []
        self._open: list[tuple[Span, list[str]]] = []
        self._length = self._styled = self._addresses = 0

    def add(self, gap: str, piece: RichText) -> None:
        """Add *piece* to the open part, behind *gap*, or begin a new one where there is no room."""
        added, styled, addresses = self._size(piece), _styled(piece), _addresses(piece)
        filled = self._length + len(gap) + added > self._limit
        heavy = self._styled + styled > MOST_STYLED or self._addresses + addresses > MOST_ADDRESSES
        if self._open and (filled or heavy):
            self._close()
        if self._open and gap:
            self._append(plain(gap))
        for span in piece:
            self._append(span)
        self._styled += styled
        self._addresses += addresses

    def all(self) -> tuple[RichText, ...]:
        if self._open:
            self._close()
        return tuple(self._done)

    def _append(self, span: Span) -> None:
        """Append *span*; plain text goes on from plain text, for a part may hold thousands of words."""
        if self._open and not _is_styled(span) and not _is_styled(self._open[-1][0]):
            self._open[-1][1].append(span.text)
        else:
            self._open.append((span, [span.text]))
        self._length += self._size((span,))

    def _close(self) -> None:
        self._done.append(tuple(replace(style, text="".join(texts)) for style, texts in self._open))
        self._open = []
        self._length = self._styled = self._addresses = 0


def _within(line: RichText, limit: int, size: Size) -> RichText:
    """Return *line*, the addresses left out that would take more than half of a part by themselves."""
    return tuple(
        replace(span, url=None) if span.url and size((replace(span, text=""),)) > limit // 2 else span
        for span in line
    )


def _with_gaps(lines: Iterable[RichText]) -> Iterator[tuple[RichText, RichText]]:
    for number, line in enumerate(lines):
        yield ((plain("\n"),) if number else ()), line


def _pieces(line: RichText, limit: int, size: Size, *, first: str) -> Iterator[tuple[str, RichText]]:
    """Return the pieces of a line, none longer than *limit*, with the gap before each, *first* at first."""
    if size(line) <= limit and _is_light(line):
        yield first, line
        return
    gap = first
    for span in line:
        if gap != first and span.text[:1].isspace():
            gap = " "
        for between, text in _chunks(span, limit, size):
            yield gap if between is None else between, (replace(span, text=text),)
            gap = ""
        if gap != first and span.text[-1:].isspace():
            gap = " "


def _chunks(span: Span, limit: int, size: Size) -> Iterator[tuple[str | None, str]]:
    """Return whole sentences where they fit, else words, else what fits, each but the first with its gap."""
    gap = None
    for sentence in sentences(span.text):
        if size((replace(span, text=sentence),)) <= limit:
            yield gap, sentence
        else:
            yield from _words(replace(span, text=sentence), limit, size, gap)
        gap = " "


def _words(sentence: Span, limit: int, size: Size, gap: str | None) -> Iterator[tuple[str | None, str]]:
    for word in sentence.text.split(" "):
        start = 0
        while size((replace(sentence, text=word[start:]),)) > limit and len(word) - start > 1:
            end = _cut_before(
                word, start, start + _fitting(replace(sentence, text=word[start:]), limit, size)
            )
            yield gap, word[start:end]
            gap, start = "", end
        yield gap, word[start:]
        gap = " "


def _fitting(word: Span, limit: int, size: Size) -> int:
    """Return how many code points of *word*, from its beginning, fit into *limit*: one at least."""
    end = min(limit, len(word.text))
    while end > 1 and (over := size((replace(word, text=word.text[:end]),)) - limit) > 0:
        # No code point takes more than two units anywhere.
        end -= (over + 1) // 2
    return max(1, end)


def _cut_before(word: str, start: int, end: int) -> int:
    """Return where to cut *word* between *start* and *end* so that no letter loses a mark of its own."""
    at = grapheme_start(word, end)
    return at if at > start else end


def _styled(text: Iterable[Span]) -> int:
    return sum(map(_is_styled, text))


def _addresses(text: Iterable[Span]) -> int:
    urls = (span.url for span in text if span.url)
    return sum(len(url.encode(errors="replace")) + _ESCAPED * url.count("&") for url in urls)


def _is_light(text: RichText) -> bool:
    """Say whether one part can have the styles and addresses of *text*."""
    return _styled(text) <= MOST_STYLED and _addresses(text) <= MOST_ADDRESSES


def _is_styled(span: Span) -> bool:
    return span.bold or span.italic or span.code or not (span.url is None and span.moment is None)
