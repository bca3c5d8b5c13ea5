"""Bytes to text, whatever the server and the document claim about their encoding: feeds and pages alike."""

import codecs
import re
from collections.abc import Iterator

from bot.sources.text.code_pages import KOREAN, VIETNAMESE, is_viscii, likeliest, viscii

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE
)
_KNOWN = re.compile(
    r"(?:windows-?|cp|iso[-_]?|latin|(?:us-)?ascii|koi8|gb|big5|shift|s?jis|euc|ks_c|mac|tis"
    r"|ibm)[\w-]*",
    re.IGNORECASE,
)
"""Encodings that are tried where they are declared. UTF-16 shows by its zeros; no document is in others."""
_STRAY = 4
"""One in so many bytes beyond ASCII may be a stray one in UTF-8; of other code pages nearly all are."""
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]{0,200}\?>")
# XML 1.0 knows none of these, and one of them makes a whole feed unreadable; in HTML they say nothing.
_FORBIDDEN = bytes((*range(9), 11, 12, *range(14, 32), 127))
_FORBIDDEN_WIDE = dict.fromkeys((*_FORBIDDEN, 0xFFFE, 0xFFFF))
_C1 = re.compile("[\x80-\x9f]")
# HTML and feedparser alike: these stand for what Windows-1252 has in their places, if it has anything.
_WESTERN = {code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));")

_ASIAN = {
    "euc-kr": KOREAN, "euckr": KOREAN, "ks_c_5601-1987": KOREAN, "shift_jis": "cp932", "shift-jis": "cp932",
    "sjis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc-jp": "euc_jp",
}  # fmt: skip
"""What is meant by names of Asian code pages: what browsers read, with the signs that came later."""
_TONE_AS_LETTER = re.compile(r"[aeiouyâêôãõý][ìòÌÒÞ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
_SHARE = 0.2
_LOOKED_AT = 100_000


def decoded(body: bytes, charset: str | None) -> str:
    """Return *body* as text without control characters; *charset* is what the server declares.

    A byte-order mark counts most, and text that is valid UTF-8 is UTF-8 whatever is declared: servers that
    declare it wrongly are common (.NET says utf-16), and bytes that fit it by chance are not. So is text with
    a few stray bytes, which other code pages would not make sense of. Then what is declared is tried, unless
    it is Vietnamese as it was written before Unicode, and at last what the text looks like.
    """
    text = _decoded(body, charset)
    return text.translate(_WESTERN) if _C1.search(text) else text


def _decoded(body: bytes, charset: str | None) -> str:
    if wide := _wide(body):
        mark, encoding = wide
        return body[len(mark) :].decode(encoding, "replace").translate(_FORBIDDEN_WIDE)
    raw, body = body, body.translate(None, _FORBIDDEN)
    lenient = body.decode("utf-8-sig", "replace")
    if _is_utf8(body, lenient):
        return lenient
    names = [*_declared(body, charset)]
    if not _ASIAN.keys() & {name.lower() for name in names} and is_viscii(raw):
        return viscii(raw).translate(_FORBIDDEN_WIDE)
    for name in names:
        try:
            return _really_1258(body.decode(_ASIAN.get(name.lower(), name), "replace"), body)
        except (LookupError, ValueError):
            continue
    return body.decode(likeliest(body), "replace")


def xml_text(body: bytes, charset: str | None) -> str:
    """Return an XML document as text that begins with its first tag and needs no declaration.

    *charset* is what the server declares. Characters that XML forbids are left out.
    """
    text = decoded(body, charset)
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


def _wide(body: bytes) -> tuple[bytes, str] | None:
    """Return the mark that *body* begins with and its encoding; none is needed for UTF-16."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            # What is marked as UTF-8 may be something else behind it, and is looked at like the rest.
            return None if encoding == "utf-8" else (mark, encoding)
    head = body[:_HEAD]
    for encoding, zeros in (("utf-16-be", head[::2]), ("utf-16-le", head[1::2])):
        if zeros.count(0) > max(2, len(head) // 8):
            return b"", encoding
    return None


def _is_utf8(body: bytes, lenient: str) -> bool:
    """Say whether *body*, leniently read as UTF-8, is that, but for a few bytes or a letter cut in half."""
    bad = lenient.count("\ufffd")
    if not bad:
        return True
    try:
        # Not final: what was cut at a size limit may end inside a letter.
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return bad * _STRAY <= len(body) - len(body.translate(None, bytes(range(128, 256))))
    return True


def _declared(body: bytes, charset: str | None) -> Iterator[str]:
    found = _DECLARED.search(body[:_HEAD])
    for name in (charset, found[1].decode("ascii", "replace") if found else None):
        if name and _KNOWN.fullmatch(name.strip()):
            yield name.strip()


def _really_1258(text: str, body: bytes) -> str:
    """Return *text*, which *body* was read as, or what it is if that is Windows-1258 after all.

    The tones of that code page follow their vowels, at the places of Western letters: 'Cuòc', 'kêìt', 'tôÒ'.
    """
    looked_at = text[:_LOOKED_AT]
    found = len(_TONE_AS_LETTER.findall(looked_at))
    if found >= _FEWEST and found >= _SHARE * len(_WORD.findall(looked_at)):
        return body.decode(VIETNAMESE, "replace")
    return text
