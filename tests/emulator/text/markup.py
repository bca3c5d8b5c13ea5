"""Texts as people, programs and accidents write Telegram's HTML, made from a seed."""

import random
from collections.abc import Iterator

_WORDS = (
    "Thông báo", "về việc", "sở hữu trí tuệ", "Cục", "x", "A", "0", " ", "  ", "\n", "\t", "\v",
    "\r", "\0", "😀", "👨‍👩‍👧", "🇻🇳", "\U0001f3fb", "\u200b", "\u202e", "e\u0302\u0323", "ệ", "Đ",
    "İ", "ſ", "ё", "中文", "#tag", "@ten_dai", "/lenh", "moc.vn", "https://x.vn/a?b=1&c=2", ".", "…",
    "'", '"', "=", "/", ">", ";", "-",
)  # fmt: skip
_REFERENCES = (
    "&lt;", "&gt;", "&amp;", "&quot;", "&lt", "&amp", "&nbsp;", "&apos;", "&", "&;", "&#", "&#;",
    "&#x", "&#x;", "&#65;", "&#65", "&#0;", "&#00065;", "&#x42;", "&#X42;", "&#x1F600;",
    "&#128512;", "&#x1F600", "&#xD83D;", "&#xDE00;", "&#xD83D;&#xDE00;", "&#x10FFFF;", "&#x110000;",
    "&#x10FFFE;", "&#99999999;", "&#999999;", "&#x0000041;", "&LT;", "&ltx;",
)  # fmt: skip
_TAGS = (
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler",
    "blockquote", "a", "span", "tg-emoji", "tg-time", "B", "Strong", "TG-SPOILER",
)  # fmt: skip
_UNKNOWN = (
    "p", "br", "br/", "div", "h1", "ul", "li", "img", "details", "!--", "", "b/", "á", "İ",
    "tg-thinking", "b=",
)  # fmt: skip
_LINKS = (
    "https://ipvietnam.gov.vn/vi/thong-bao?a=1&amp;b=2", "http://X.VN", "x.vn", "x.vn/Ẩn",
    "HTTPS://x.vn#y", "x.vn?q", "javascript:x", "mailto:a@x.vn", "tel:19001900",
    "tg://resolve?domain=abcd", "tg:resolve?domain=abcd", "tg://user?id=5", "tg://user?id=x",
    "tg://emoji?id=5", "tg://emoji?id=x", "tg://time?unix=150", "ftp://x.vn/a", "ton://x",
    "localhost", "http://localhost:80/a", "http://127.0.0.1/", "x", "", " x.vn", "x.vn ", "x y.vn",
    "http://", "//x.vn", "/a", "http://x.vn:99999/", "http://x.vn:0", "http://x.vn:8080/a b",
    "http://a@x.vn/", "http://a:b@x.vn", "http://.x.vn", "http://x.vn.", "http://x..vn",
    "http://x_y.vn", "http://-x.vn", "http://bộ.vn/a", 'http://x.vn/"y', "http://x.vn/\n",
    "x.vn&#10;", "http://[::1]/", "http://x.vn\\a", "?", "#", "@x.vn", "t.me/abcd?start=x",
    "http:x.vn", "x.vn:80", "x.vn:a", "http://x.vn//", "http://x.vn/<b>", "http:///x.vn", "tg:",
    "tg://", "https://😀.vn/😀",
)  # fmt: skip
_TIMES = (
    "150", "1502884320", "0", "-1", "", "x", "1.5", "99999999999", "2147483647", "2147483648",
    "015", " 5", "5 ", "1e3",
)  # fmt: skip
_FORMATS = (
    "wDT", "r", "R", "t", "T", "d", "D", "w", "W", "wdt", "dt", "td", "tw", "tT", "dD", "rr", "rt",
    "x", "", "ww", "dw",
)  # fmt: skip
_EMOJI = (
    "5368324170671202286", "5", "0", "", "x", "-1", "99999999999999999999", "5x", " 5", "05",
    "9223372036854775808",
)  # fmt: skip
_CLASSES = (
    "tg-spoiler", "tg-", "tg-x", "spoiler", "language-python", "language-", "language-C++ x", "",
    "language-&lt;",
)  # fmt: skip
_NAMES = (
    "href", "class", "unix", "format", "emoji-id", "expandable", "HREF", "Class", "cite", "x",
    "data-x", "", "1", "đ",
)  # fmt: skip
_SPACES = (
    "", "", "", "", " ", "  ", "\n", "\t", "\r", "\v", "\f", "\u00a0", "\0",
)  # fmt: skip
_VALUES = {"href": _LINKS, "class": _CLASSES, "unix": _TIMES, "format": _FORMATS, "emoji-id": _EMOJI}
_USUAL: dict[str, tuple[str, ...]] = {
    "a": ("href",),
    "span": ("class",),
    "code": ("class",),
    "tg-emoji": ("emoji-id",),
    "tg-time": ("unix", "format"),
    "blockquote": ("expandable",),
}


def texts(seed: int, count: int) -> Iterator[str]:
    """Yield *count* texts, always the same of one *seed*; about half of them are well formed."""
    chance = random.Random(seed)
    for number in range(count):
        made = _Maker(chance).text()
        yield made if number % 2 else _damaged(made, chance)


def _damaged(text: str, chance: random.Random) -> str:
    """Cut, double or replace something."""
    for _ in range(chance.randint(1, 2)):
        at = chance.randint(0, len(text))
        end = min(len(text), at + chance.choice((0, 1, 1, 2, 5)))
        inserted = chance.choice(
            ("", "", "<", ">", "</", "&", '"', "'", "=", " ", "\0", "</b>", "<b>", chance.choice(_WORDS))
        )
        text = text[:at] + inserted + text[end:]
    return text


class _Maker:
    """Writes one text; how deep and how wild depends on chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.wild = chance.random() < 0.4

    def text(self) -> str:
        return "".join(self._part(0) for _ in range(self.chance.randint(1, 4)))

    def _part(self, depth: int) -> str:
        kind = self.chance.random()
        if kind < 0.35 or depth > 5:
            return self._one_of(_WORDS)
        if kind < 0.45:
            return self._one_of(_REFERENCES if self.wild else _REFERENCES[:16])
        return self._element(depth)

    def _element(self, depth: int) -> str:
        tag = self._one_of(_UNKNOWN if self.wild and self.chance.random() < 0.05 else _TAGS)
        inside = "".join(self._part(depth + 1) for _ in range(self.chance.choice((0, 1, 1, 1, 2, 3))))
        end = self.chance.random()
        closing = tag if end < 0.85 else "" if end < 0.95 or not self.wild else self._one_of(_TAGS)
        return f"<{tag}{self._attributes(tag)}>{inside}</{closing}{self._space()}>"

    def _attributes(self, tag: str) -> str:
        named = _USUAL.get(tag.lower(), ())
        given = "".join(self._attribute(name) for name in named if self.chance.random() < 0.9)
        if self.wild and self.chance.random() < 0.3:
            given += self._attribute(self._one_of(_NAMES))
        return given + self._space()

    def _attribute(self, name: str) -> str:
        if name == "expandable" and self.chance.random() < 0.5:
            return " expandable"
        value = self._one_of(_VALUES.get(name, _WORDS))
        if not self.wild:
            return f' {name}="{value}"'
        quote = self._one_of(('"', '"', "'", ""))
        before = self._one_of((" ", " ", self._space()))
        return f"{before}{name}{self._space()}={self._space()}{quote}{value}{quote}"

    def _space(self) -> str:
        return self._one_of(_SPACES) if self.wild else ""

    def _one_of(self, choices: tuple[str, ...]) -> str:
        return self.chance.choice(choices)
