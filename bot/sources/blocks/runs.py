"""The styled text of one block: the pieces of a page's line made into runs, without its white space."""

import re
from collections.abc import Iterable

from bot.domain.blocks.model import Runs, TextRun, plain_runs
from bot.sources.html.blocks import Block, StyledPiece
from bot.sources.html.styles import BOLD, SLANTED
from bot.sources.text.entities import plain_line
from bot.sources.text.urls import absolute

_MARKED = re.compile(r"\S")


def runs_of(block: Block, *, base: str, plain: int = 0) -> Runs:
    """Return the text of *block* in runs; of the styles in *plain* nothing is said."""
    runs = _runs(block.pieces, base, plain) if block.pieces else ()
    # The pieces are read one by one; where that makes another text, the text is what counts.
    if "".join(run.text for run in runs) == block.text:
        return runs
    return _styled(plain_runs(block.text), block.styles & ~plain)


def joined(parts: Iterable[Runs]) -> Runs:
    """Return texts as one, a space between two of them."""
    runs: list[TextRun] = []
    for part in parts:
        if runs and part:
            runs.append(TextRun(" "))
        runs += part
    return tuple(_merged(runs))


def _styled(runs: Runs, styles: int) -> Runs:
    return tuple(TextRun(run.text, bool(styles & BOLD), bool(styles & SLANTED), run.url) for run in runs)


def _runs(pieces: Iterable[StyledPiece], base: str, plain: int) -> Runs:
    runs: list[TextRun] = []
    gap = False
    for piece in pieces:
        text = plain_line(piece.text)
        if not text:
            gap = gap or bool(piece.text)
            continue
        gap = gap or piece.text[0].isspace()
        styles = piece.styles & ~plain
        address = absolute(piece.link, base) if piece.link and not piece.link.startswith("#") else ""
        run = TextRun(text, bool(styles & BOLD), bool(styles & SLANTED), address)
        if gap and runs:
            runs.append(TextRun(" "))
        runs.append(run)
        gap = piece.text[-1].isspace()
    return tuple(_merged(runs))


def _merged(runs: Iterable[TextRun]) -> list[TextRun]:
    """Return *runs* with those of one style that follow one another as one, and spaces in the run before."""
    merged: list[tuple[TextRun, list[str]]] = []
    for run in runs:
        last = merged[-1][0] if merged else None
        same = last is not None and (run.bold, run.italic, run.url) == (last.bold, last.italic, last.url)
        if merged and (same or not _MARKED.search(run.text)):
            merged[-1][1].append(run.text)
        else:
            merged.append((run, [run.text]))
    return [TextRun("".join(texts), run.bold, run.italic, run.url) for run, texts in merged]
