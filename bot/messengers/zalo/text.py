"""Texts as Zalo shows them: styles by their places in UTF-16 units, addresses bare on lines of their own.

There is no markup: in a title `*`, `_`, `#` and `<` are letters like others. Nor are there links: the
app makes one of an address that it finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.chats.message import RichText, Span, plain
from bot.domain.messaging.splitting import Paragraph
from bot.domain.messaging.typed_menu import as_paragraphs
from bot.domain.text.text import encodable, nfc

LONGEST = 2000
"""UTF-16 units of a text, and of a caption."""

_BREAKS = len("\n\n")
"""Units that an address takes beside its own: it may need a new line before and behind it."""


@dataclass(frozen=True, slots=True)
class StyledText:
    """A text, and which runs of it are bold or italic, as the platform's text_styles."""

    text: str
    styles: tuple[dict[str, Any], ...] = ()


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units, in which Zalo counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: RichText) -> int:
    """Return how many units *text* has at most when it is written out."""
    return sum(units(nfc(span.text)) + (units(span.url) + _BREAKS if span.url else 0) for span in text)


def written_out(text: RichText) -> StyledText:
    """Return *text* as Zalo takes it; it is no longer than `size` says."""
    composed = tuple(replace(span, text=nfc(encodable(span.text))) for span in text)
    written: list[Span] = []
    for paragraph in as_paragraphs(composed):
        for number, line in enumerate(_with_addresses(paragraph)):
            gap = (plain("\n" if number else "\n\n"),) if written else ()
            written += (*gap, *line)
    return _styled(written)


def _with_addresses(paragraph: Paragraph) -> Paragraph:
    return tuple(line for given in paragraph for line in _lines(given))


def _lines(line: RichText) -> Iterator[RichText]:
    """Yield *line* as lines: an address that it shows alone, those behind its words below it."""
    words: list[Span] = []
    below: list[Span] = []
    for span in line:
        if span.url is None:
            words.append(span)
        elif span.url == span.text:
            yield from _worded(words)
            yield (Span(encodable(span.url)),)
            words = []
        else:
            words.append(replace(span, url=None))
            below.append(Span(encodable(span.url)))
    yield from _worded(words)
    for address in below:
        yield (address,)


def _worded(words: list[Span]) -> Iterator[RichText]:
    """Yield *words* as a line without white space around it, if anything is left."""
    if "".join(span.text for span in words).strip():
        line = [replace(words[0], text=words[0].text.lstrip()), *words[1:]]
        line[-1] = replace(line[-1], text=line[-1].text.rstrip())
        yield tuple(line)


def _styled(text: Iterable[Span]) -> StyledText:
    styles: list[dict[str, Any]] = []
    written, at = [], 0
    for span in text:
        length = units(span.text)
        # What may be typed as it stands can be no code here: it is bold, to be told from the words around it.
        names = [name for name, is_set in (("b", span.bold or span.code), ("i", span.italic)) if is_set]
        if names and span.text.strip():
            styles.append({"start": at, "len": length, "st": names})
        written.append(span.text)
        at += length
    return StyledText("".join(written), tuple(styles))
