"""Telegram's HTML: tags become entities whose offsets count UTF-16 units; errors name byte offsets.

TDLib: the parser reads bytes up to a closing NUL, and its blanks are space, tab, line feed, carriage return,
vertical tab and NUL.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.emulator.telegram.text.entity_order import entity_order
from bot.emulator.telegram.text.links import link_entity
from bot.emulator.telegram.text.moments import moment_entity
from bot.emulator.telegram.text.references import read_reference

Entity = dict[str, Any]

_BLANKS = " \t\n\r\0\v"
_SPECIAL = re.compile(r"[<&]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_TAG_NAME = re.compile(r"[^ \t\n\r\x00\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\n\r\x00\v=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_STOPS = {quote: re.compile(f"[{quote}&\0]") for quote in "\"'"}
_SPACES = re.compile(r"[ \t\n\r\v]*")
_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset({*_STYLES, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})


class HtmlError(ValueError):
    """What is wrong with the markup, in TDLib's words."""


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int
    time_format: str = ""


def utf16_length(text: str) -> int:
    if _ASTRAL.search(text) is None:
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text of *source* and its entities, sorted; raise HtmlError."""
    return _Parser(source).run()


class _Parser:
    """One pass over the source, cut at each `<` and `&`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source + "\0"
        self.position = 0
        self.parts: list[str] = []
        self.characters = 0
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.surrogates = False
        self.wide = _ASTRAL.search(source) is not None

    def run(self) -> tuple[str, list[Entity]]:
        end = len(self.source)
        while self.position < end:
            special = _SPECIAL.search(self.source, self.position)
            if special is None:
                self._append(self.source[self.position :])
                break
            begin = special.start()
            if begin > self.position:
                self._append(self.source[self.position : begin])
            self.position = begin
            if self.text[begin] == "&":
                self._append(self._reference())
            elif self.text[begin + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        if self.surrogates:
            # Two halves given as numeric references make no character: each is encoded by itself.
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return "".join(self.parts), sorted(self.entities, key=entity_order)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.characters += len(text)
        self.offset += utf16_length(text) if self.wide else len(text)

    def _byte_offset(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _reference(self) -> str:
        """Read the character reference at the position, or the bare `&` there."""
        character, self.position = read_reference(self.text, self.position)
        self.wide = self.wide or character > "\uffff"
        self.surrogates = self.surrogates or "\ud800" <= character <= "\udfff"
        return character

    def _start_tag(self) -> None:
        begin = self.position
        match = _TAG_NAME.match(self.text, begin + 1)
        assert match is not None
        self.position = match.end()
        if self.text[self.position] == "\0":
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
        tag = _ascii_lower(match.group())
        if tag not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {self._byte_offset(begin)}')
        opened = _Open(tag, "", self.offset, self.characters)
        while self.text[self.position] != ">":
            self._skip_blanks()
            if self.text[self.position] == ">":
                break
            self._attribute(opened, begin)
        if tag == "span" and opened.argument != "spoiler":
            raise HtmlError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset(begin)}'
            )
        self.position += 1
        self.open.append(opened)

    def _attribute(self, opened: _Open, begin: int) -> None:
        match = _ATTRIBUTE_NAME.match(self.text, self.position)
        assert match is not None
        name = match.group()
        self.position = match.end()
        if not name:
            raise HtmlError(
                f'Empty attribute name in the tag "{opened.tag}" at byte offset {self._byte_offset(begin)}'
            )
        self._skip_blanks()
        if self.text[self.position] == "=":
            self.position += 1
            self._skip_blanks()
            self._demand_more(opened, begin)
            value = self._attribute_value()
            if self.text[self.position] == "\0":
                raise HtmlError(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
            _set_attribute(opened, name, value)
            return
        self._demand_more(opened, begin)
        if name == "expandable":
            _set_attribute(opened, name, "")

    def _demand_more(self, opened: _Open, begin: int) -> None:
        if self.text[self.position] == "\0":
            raise HtmlError(f'Unclosed start tag "{opened.tag}" at byte offset {self._byte_offset(begin)}')

    def _attribute_value(self) -> str:
        quote = self.text[self.position]
        if quote not in "'\"":
            match = _NAME_TOKEN.match(self.text, self.position)
            assert match is not None
            self.position = match.end()
            if self.text[self.position] not in _BLANKS and self.text[self.position] != ">":
                raise HtmlError(
                    f"Unexpected end of name token at byte offset {self._byte_offset(match.start())}"
                )
            return match.group().lower()
        self.position += 1
        parts: list[str] = []
        while True:
            stop = _STOPS[quote].search(self.text, self.position)
            assert stop is not None
            parts.append(self.text[self.position : stop.start()])
            self.position = stop.start()
            if stop.group() != "&":
                break
            character, self.position = read_reference(self.text, self.position)
            parts.append(character)
        if self.text[self.position] == quote:
            self.position += 1
        return "".join(parts).encode("utf-8", "replace").decode()

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {self._byte_offset(begin)}")
        match = _TAG_NAME.match(self.text, begin + 2)
        assert match is not None
        self.position = match.end()
        found = _ascii_lower(match.group())
        self._skip_blanks()
        if self.text[self.position] != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {self._byte_offset(begin)}")
        self.position += 1
        opened = self.open[-1]
        if found and found != opened.tag:
            raise HtmlError(
                f"Unmatched end tag at byte offset {self._byte_offset(begin)}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)
        self.open.pop()

    def _close(self, opened: _Open) -> None:
        entity: Entity = {"type": "", "offset": opened.offset, "length": self.offset - opened.offset}
        match opened.tag:
            case "a":
                entity.update(link_entity(opened.argument or "".join(self.parts)[opened.begin :]))
            case "tg-emoji":
                _custom_emoji(entity, opened.argument)
            case "tg-time":
                _date_time(entity, opened)
            case "blockquote":
                entity["type"] = "expandable_blockquote" if opened.argument else "blockquote"
            case "pre" | "code":
                self._code(entity, opened)
            case _:
                entity["type"] = _STYLES[opened.tag]
        if entity["type"]:
            self.entities.append(entity)

    def _code(self, entity: Entity, opened: _Open) -> None:
        """`<pre>` and `<code class="language-x">` of the same extent, either way round, are one entity."""
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if same and opened.tag == "pre" and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return
        if same and opened.tag == "code" and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
            return
        entity["type"] = opened.tag
        if opened.argument:
            entity["language"] = opened.argument

    def _skip_blanks(self) -> None:
        if self.text[self.position] in _BLANKS:
            match = _SPACES.match(self.text, self.position)
            assert match is not None
            self.position = match.end()


def _ascii_lower(name: str) -> str:
    return name.lower() if name.isascii() else "".join(c.lower() if c.isascii() else c for c in name)


def _set_attribute(opened: _Open, name: str, value: str) -> None:
    match opened.tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            opened.argument = value
        case ("tg-time", "format"):
            opened.time_format = value
        case ("code", "class") if value.startswith("language-"):
            opened.argument = value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            opened.argument = value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            opened.argument = "1"
        case _:
            pass


def _custom_emoji(entity: Entity, identifier: str) -> None:
    """TDLib: a number of 64 bits as it would be written again, and not 0."""
    written = re.fullmatch(r"-?[1-9][0-9]{0,18}", identifier)
    if written is None or not -(2**63) <= int(identifier) < 2**63:
        raise HtmlError("Invalid custom emoji identifier specified")
    entity.update(type="custom_emoji", custom_emoji_id=identifier)


def _date_time(entity: Entity, opened: _Open) -> None:
    moment = moment_entity(opened.argument, opened.time_format)
    if moment is None:
        raise HtmlError("Invalid date format used")
    entity.update(moment)
