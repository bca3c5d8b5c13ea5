"""Code pages that documents are in and do not name: Vietnamese ones before Unicode, Western and Korean."""

import re
import unicodedata

from bot.domain.text.text import nfc

VIETNAMESE = "cp1258"
WESTERN = "cp1252"
KOREAN = "cp949"
# RFC 1456: letters in place of six control characters, and from 128 on.
_VISCII = dict(zip((0x02, 0x05, 0x06, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True)) | dict(
    enumerate(
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
        "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        start=128,
    )
)
# A mark that follows its letter is of the word.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u0323])+")
_SYLLABLE = re.compile(
    r"(?:ngh?|[gk]h|gi|qu|ch|th|tr|nh|ph|[bcdđghklmnprstvx])?"
    r"(?:uyê|yêu|iêu|uya|uyu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|[aâ][uy]|ai|ao|eo|êu|i[aêu]|o[aăei]|oo|[ôơư]i|ư[aơu]"
    r"|u[aâêiôơy]|yê|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FEWEST = 4
_SHARE_OF_VISCII = 0.8
_SHARE_BEYOND_WESTERN = 0.3
_SHARE_OF_TONES = 0.1
_SHARE_OF_HANGUL = 0.5
_LOOKED_AT = 100_000


def viscii(body: bytes) -> str:
    return body.decode("latin-1").translate(_VISCII)


def is_viscii(body: bytes) -> bool:
    """Say whether the words of *body*, read as VISCII, are Vietnamese ones with letters that others lack."""
    words = _special_words(viscii(body[:_LOOKED_AT]))
    good = [word for word in words if _is_syllable(word)]
    own = sum(any(ord(letter) > 0xFF for letter in word) for word in good)
    is_vietnamese = len(good) >= max(_FEWEST, _SHARE_OF_VISCII * len(words))
    return is_vietnamese and own >= _SHARE_BEYOND_WESTERN * len(words)


def likeliest(body: bytes) -> str:
    """Return the code page that *body* is in, which neither is UTF-8 nor says what it is.

    Vietnamese in Windows-1258 has tones that follow their vowels, which no Western text has at their places.
    """
    head = body[:_LOOKED_AT]
    korean = head.decode("euc_kr", "replace")
    hangul = len(_HANGUL.findall(korean))
    if hangul >= max(_FEWEST, _SHARE_OF_HANGUL * len(_BEYOND_ASCII.findall(korean))):
        return KOREAN
    words = _special_words(head.decode(VIETNAMESE, "replace"))
    toned = [word for word in words if not _TONES.isdisjoint(word) and _is_syllable(word)]
    if len(words) >= _FEWEST:
        return VIETNAMESE if len(toned) >= _SHARE_OF_TONES * len(words) else WESTERN
    return VIETNAMESE if all(map(_is_syllable, words)) else WESTERN


def _special_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _is_syllable(word: str) -> bool:
    """Say whether *word* can be Vietnamese: built as its syllables are, with one tone at most.

    Capitals within a word are what letters of old fonts look like.
    """
    if not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    bare = "".join(part for part in parts if part not in _TONES)
    return len(parts) - len(bare) <= 1 and _SYLLABLE.fullmatch(nfc(bare)) is not None
