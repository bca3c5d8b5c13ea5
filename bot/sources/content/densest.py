"""Where the text of an article stands on a page of no known markup."""

from dataclasses import dataclass, field

from lxml import etree

from bot.sources.html.blocks import BLOCKS
from bot.sources.html.styles import is_furniture
from bot.sources.html.tree import Element

_PARAGRAPHS = frozenset(
    ("p", "pre", "li", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption")
)
_SHORTEST = 25
_SHARES = (1.0, 0.5, 0.33, 0.25)
"""What a paragraph counts for the element that holds it, and for those around that."""


@dataclass(slots=True)
class _Text:
    """The text that stands in a block itself, and in links of it; *has_blocks* inside."""

    block: Element
    plain: int = 0
    linked: int = 0
    has_blocks: bool = False


@dataclass(slots=True)
class _Scores:
    """The text of paragraphs by the element that holds them."""

    held: dict[Element, int] = field(default_factory=dict)

    def close(self, text: _Text) -> None:
        """Count *text* for what holds it: its own block, if others stand beside it, else the one around."""
        if text.plain + text.linked < _SHORTEST or text.plain < text.linked:
            return
        is_paragraph = text.block.tag in _PARAGRAPHS or not text.has_blocks
        holder = text.block.getparent() if is_paragraph else text.block
        if holder is not None:
            self.held[holder] = self.held.get(holder, 0) + text.plain

    @property
    def densest(self) -> Element | None:
        scores: dict[Element, float] = {}
        for holder, length in self.held.items():
            element = holder
            for share in _SHARES:
                if element is None or element.tag == "html":
                    break
                scores[element] = scores.get(element, 0.0) + share * length
                element = element.getparent()
        return max(scores, key=lambda element: scores[element], default=None)


def densest(root: Element) -> Element | None:
    """Return the element whose paragraphs hold the most text, those in furniture and in links left out."""
    found = _scored(root, skips=True).densest
    return _scored(root, skips=False).densest if found is None else found


def _scored(root: Element, *, skips: bool) -> _Scores:
    scores = _Scores()
    texts = [_Text(root)]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if element is not root and (is_furniture(element) if skips else tag in ("script", "style")):
                walk.skip_subtree()
                skipped = element
                continue
            if tag in BLOCKS:
                texts[-1].has_blocks = True
                texts.append(_Text(element))
            links += tag == "a"
            written = element.text
        else:
            if element is skipped:
                skipped = None
            else:
                links -= tag == "a"
                if tag in BLOCKS:
                    scores.close(texts.pop())
            written = element.tail
        if written and texts and (length := len(written.strip())):
            if links:
                texts[-1].linked += length
            else:
                texts[-1].plain += length
    return scores
