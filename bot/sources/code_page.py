"""Windows-1258, which Vietnamese pages were written in before UTF-8, and often under a Western name."""

import re

VIETNAMESE = "cp1258"
_TONE_AS_LETTER = re.compile(r"[aeiouyâêôãõý][ìòÌÒÞ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
_SHARE = 0.2
_LOOKED_AT = 100_000


def really_1258(text: str, body: bytes) -> str:
    """Return *text*, which *body* was read as, or what it is if that is Windows-1258 after all.

    The tones of that code page follow their vowels, at the places of Western letters: 'Cuòc', 'kêìt', 'tôÒ'.
    """
    looked_at = text[:_LOOKED_AT]
    found = len(_TONE_AS_LETTER.findall(looked_at))
    if found >= _FEWEST and found >= _SHARE * len(_WORD.findall(looked_at)):
        return body.decode(VIETNAMESE, "replace")
    return text
