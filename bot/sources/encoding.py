"""Bytes to text, whatever the server and the document claim about their encoding."""

import codecs
import re

from bot.sources.code_page import VIETNAMESE, really_1258

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]{0,200}\?>")
# XML 1.0 knows none of these, and one of them makes a whole feed unreadable.
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_FORBIDDEN_WIDE = dict.fromkeys((*_FORBIDDEN, 0xFFFE, 0xFFFF))
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_STRAY = 0.05


def xml_text(body: bytes, charset: str | None) -> str:
    """Return an XML document as text that begins with its first tag and needs no declaration.

    *charset* is what the server declares. Characters that XML forbids are left out.
    """
    text = _decoded(body, charset)
    if "\ufffe" in text or "\uffff" in text:
        text = text.translate(_FORBIDDEN_WIDE)
    if "&#" in text:
        text = _REFERENCE.sub(_allowed, text).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    # Some portals let a byte order mark, empty lines or a warning slip in front (moc.gov.vn).
    start = text.find("<")
    return _DECLARATION.sub("", text[start:], count=1) if start >= 0 else ""


def _allowed(found: re.Match[str]) -> str:
    """Return a reference as it is, half a surrogate pair as such, and nothing for what XML forbids.

    Java and .NET write an emoji as two references, one to each half.
    """
    code = int(found[1], 16) if found[1] else int(found[2])
    if 0xD800 <= code <= 0xDFFF:
        return chr(code)
    return "" if code in _FORBIDDEN_WIDE or code > 0x10FFFF else str(found[0])


def _decoded(body: bytes, charset: str | None) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace").translate(_FORBIDDEN_WIDE)
    if wide := _unmarked_wide(body):
        return body.decode(wide, "replace").translate(_FORBIDDEN_WIDE)
    body = body.translate(None, _FORBIDDEN)
    # Text that happens to be good UTF-8 is UTF-8: .NET declares utf-16 for what it then writes as UTF-8.
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _not_clean_utf8(body, charset)


def _unmarked_wide(body: bytes) -> str | None:
    """Return the UTF-16 of *body* if every other of its first bytes is zero."""
    first = body.lstrip()[:4]
    if first[:1] == b"<" and first[1:2] == b"\0" and first[3:4] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if first[:2] == b"\0<" and first[2:3] == b"\0" else None


def _not_clean_utf8(body: bytes, charset: str | None) -> str:
    lenient = body.decode("utf-8-sig", "replace")
    foreign = sum(1 for character in lenient if character > "\x7f")
    if lenient.count("\ufffd") <= foreign * _STRAY + 1:
        # A few stray bytes, or a last letter cut in half.
        return lenient
    declared = _DECLARED.match(body)
    for encoding in (charset, declared and declared[1].decode("ascii")):
        if encoding and (text := _try(body, encoding)) is not None:
            return really_1258(text, body)
    return body.decode(VIETNAMESE, "replace")


def _try(body: bytes, encoding: str) -> str | None:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:  # noqa: SLF001 - there is no public way to ask
            return None
        return body.decode(encoding)
    except (LookupError, ValueError):
        return None
