"""The kinds of official documents, and the terms that stand for what is known of one."""

import re

from bot.domain.text.text import fold, fold_letters

NAMES = (
    *("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị định", "Nghị quyết liên tịch", "Nghị quyết"),
    *("Thông tư liên tịch", "Thông tư", "Quyết định", "Chỉ thị", "Văn bản hợp nhất", "Quy chế", "Quy định"),
    *("Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án"),
    *("Báo cáo", "Tờ trình", "Công điện", "Công văn", "Kết luận", "Bản ghi nhớ", "Bản thỏa thuận"),
    *("Giấy mời", "Giấy ủy quyền"),
)
"""The kinds of Decree 30/2020, of the law on legal documents and of the Party, as they are written out."""

_BY_FOLDED = {fold(name): name for name in NAMES}
_LONGEST_FIRST = sorted(_BY_FOLDED, key=len, reverse=True)
KIND_PATTERN = "|".join(_LONGEST_FIRST)
"""Any kind in folded text, the longest first: a joint circular is no circular."""

_ASKED = re.compile(rf"\b(?:loai(?: van ban)?|kind) ?: ?\"?(?P<kind>{KIND_PATTERN})\b\"?")
_ITSELF = re.compile(rf"(?:(?P<kind>{KIND_PATTERN}) (?:cua|do) )(?P<issuer>.{{4,}})")
_NUMBERED = re.compile(
    rf"(?:(?:{KIND_PATTERN}) )?(?:so(?: ky)?(?: hieu)? ?:? ?)?"
    r"(?P<number>\d{1,6}[a-z]?[-/]\S{0,40}[a-z]{2}\S{0,40})"
)
_KIND, _NUMBER, _ISSUER = "~loai", "~so", "~cq"
"""How the terms begin, as no term does that is made of words."""


def kind_named(text: str) -> str:
    """Return the kind that *text* names, with whichever diacritics, as it is written; empty if none."""
    return _BY_FOLDED.get(fold(text), "")


def kind_term(kind: str) -> str:
    """Return the term by which documents of a *kind* are found; empty for none."""
    return _term(_KIND, kind)


def number_term(number: str) -> str:
    return _term(_NUMBER, number)


def issuer_term(issuer: str) -> str:
    return _term(_ISSUER, issuer)


def _term(opening: str, text: str) -> str:
    letters = "".join(letter for letter in fold(text) if letter.isascii() and letter.isalnum())
    return opening + letters if letters else ""


def terms_of_itself(line: str) -> tuple[str, ...]:
    """Return the terms of the document that *line* names and nothing else: "nghị định số 65/2023/NĐ-CP",
    "quyết định của Cục Sở hữu trí tuệ".
    """
    folded = fold(line)
    if numbered := _NUMBERED.fullmatch(folded):
        return tuple(filter(None, [number_term(numbered["number"])]))
    if by := _ITSELF.fullmatch(folded):
        return (kind_term(by["kind"]), issuer_term(by["issuer"]))
    return ()


def asked_kind(text: str) -> tuple[str, int, int] | None:
    """Return the kind that "loại:…" in *text* asks for, and where that stands; None if it asks for none."""
    found = _ASKED.search(fold_letters(text))
    return (_BY_FOLDED[found["kind"]], found.start(), found.end()) if found else None
