"""Damaged texts read as blocks and shown on each platform: nothing is refused, nothing is left open.

`python -m tests.bench laid_out` reads and shows twenty thousand.
"""

import random
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from bot.domain.blocks.bounds import bounded
from bot.domain.blocks.codec import restored, stored
from bot.domain.blocks.model import Blocks
from bot.domain.chats.message import RichText
from bot.domain.messaging.splitting import split
from bot.domain.news.feed import SourceError
from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.text.formatted import message_text
from bot.i18n import FormOfAddress
from bot.messengers.text import to_html
from bot.messengers.zalo import text as zalo
from bot.services.rendering.blocks.lines import lines_of
from bot.sources import Document, Markup, page
from bot.sources.blocks.fragments import text_of_html_body
from bot.web.templating import environment, wording
from tests.commands.stage import texts
from tests.domain.blocks import generated
from tests.sources.fuzzing import NOW, URL
from tests.sources.mutations import mutated, seeds

TELEGRAM = 4096
_LONGEST = 12_000
"""Characters of a text before it is damaged: what is longer is cut, through tags as well."""
_VOID = frozenset({"hr", "img"})


def case(number: int) -> tuple[bytes, bool]:
    """Return a damaged text in HTML, and whether it is a whole page."""
    chance = random.Random(number)
    if chance.random() < 0.1:
        return mutated(
            chance.choice([each for each in seeds() if b"<html" in each]), chance, hostile=False
        ), True
    html = as_html(bounded(generated.blocks(chance, most=3)))[:_LONGEST]
    is_page = chance.random() < 0.3
    body = f"<html><title>Sở</title><article><h1>Lễ ra quân</h1>{html}</article></html>" if is_page else html
    return mutated(body.encode(), chance, hostile=False), is_page


def read(number: int) -> Blocks | None:
    """Return the blocks of a case; None where it is refused."""
    body, is_page = case(number)
    try:
        if is_page:
            return bounded(page(Document(body, URL, None), Markup({}, None), now=NOW).layout)
        return bounded(text_of_html_body(body.decode("utf-8", "replace"), base=URL)[1])
    except SourceError:
        return None


def faults_of(blocks: Blocks) -> list[str]:
    """Return what a platform would refuse of *blocks*, or that does not come back from the store."""
    stored_again = [] if restored(stored(blocks)) == blocks else ["blocks: not what was stored"]
    return [*stored_again, *_of_telegram(blocks), *_of_zalo(blocks), *_of_web(blocks)]


def _of_telegram(blocks: Blocks) -> Iterator[str]:
    for part in split(lines_of(blocks, columns=True), TELEGRAM):
        try:
            message_text(to_html(part), "HTML", None)
        except ApiError as error:
            yield f"Telegram: {error}"


def _of_zalo(blocks: Blocks) -> Iterator[str]:
    for part in split(lines_of(blocks, columns=False), zalo.LONGEST, size=zalo.size):
        yield from _unfit(part)


def _unfit(part: RichText) -> Iterator[str]:
    written = zalo.written_out(part)
    length, end = zalo.units(written.text), 0
    if not 0 < length <= zalo.LONGEST:
        yield f"Zalo: {length} units"
    for style in written.styles:
        start, end = style["start"], style["start"] + style["len"]
        if not (0 <= start < end <= length and style["st"] and set(style["st"]) <= {"b", "i"}):
            yield f"Zalo: {style} of {length}"


def _of_web(blocks: Blocks) -> Iterator[str]:
    checked = _Balance()
    checked.feed(as_html(blocks))
    checked.close()
    yield from islice((f"HTML: {each}" for each in (*checked.wrong, *checked.open)), 3)


class _Balance(HTMLParser):
    """Finds elements that do not end where they should, and addresses that are none of the web."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        if any(name in ("href", "src") and not (value or "").startswith("http") for name, value in attrs):
            self.wrong.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"/{tag} in {self.open[-3:]}")


def as_html(blocks: Blocks) -> str:
    """Return *blocks* as the console, the public page and the feeds show them."""
    layout, said = _layout()
    return str(layout.laid_out(blocks, said, {}, ""))


@cache
def _layout() -> tuple[Any, Any]:
    translator = texts(FormOfAddress.YOU)
    layout = environment("bot.web.public", translator).get_template("layout.html").make_module()
    return layout, wording(translator, "vi")["t"]
