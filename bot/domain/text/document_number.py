"""The number of an official document ("65/2023/NĐ-CP"), and what its codes say: the kind and who issued it.

The shapes are those of Decree 30/2020, of the older rules, and of the Party ("36-NQ/TW").
"""

import re
from dataclasses import dataclass

from bot.domain.text.text import fold

_UPPER = "A-ZĐÂÊÔƠƯĂ"
_CODE = rf"[{_UPPER}][\w&.]{{0,14}}(?<!\.)"
_DASH = " ?[-\u2010\u2011–] ?"
NUMBER_PATTERN = (
    rf"\d{{1,5}}[a-z]? ?/ ?(?:(?:19|20)\d\d ?/ ?)?{_CODE}(?:(?:{_DASH}| ?/ ?){_CODE})*"
    rf"|\d{{1,4}}{_DASH}[{_UPPER}]\w{{0,5}} ?/ ?{_CODE}(?:{_DASH}{_CODE})*"
)
"""A number in text on one line; its letters are upper-case, so that "24/7" and "12/kg" are none."""

_NUMBER = re.compile(NUMBER_PATTERN)
_YEAR = re.compile(r"\A\d+[a-z]?/((?:19|20)\d\d)/")
_IS_PARTY = re.compile(r"\A\d+-")
_WITH_LEGISLATURE = re.compile(r"(UBTVQH|QH)\d{0,2}")

_KINDS = {
    "NĐ": "Nghị định", "ND": "Nghị định", "NQLT": "Nghị quyết liên tịch", "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định", "TB": "Thông báo",
    "HD": "Hướng dẫn", "CTR": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "TTR": "Tờ trình", "CĐ": "Công điện", "KL": "Kết luận", "GM": "Giấy mời",
    "GUQ": "Giấy ủy quyền", "TTLT": "Thông tư liên tịch", "TT": "Thông tư", "PL": "Pháp lệnh",
    "VBHN": "Văn bản hợp nhất", "L": "Lệnh",
}  # fmt: skip
_CERTAIN = frozenset({"QĐ", "NQ", "NQLT", "TTLT", "VBHN", "TTR", "CTR"})
_CERTAIN_WITH_YEAR = frozenset({"NĐ", "ND", "TT", "PL"})
"""Codes that say the kind by themselves. Others begin letters of offices as well: CT is a tax office, too."""
_OF_THE_PARTY = frozenset({"NQ", "CT", "KL", "TB", "HD", "BC", "TTR", "KH", "CTR"})
"""Codes that mean one kind in numbers of the Party, where QĐ is both "Quyết định" and "Quy định"."""

_ISSUERS = {
    "CP": "Chính phủ", "TTG": "Thủ tướng Chính phủ", "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "CTN": "Chủ tịch nước", "VPCP": "Văn phòng Chính phủ",
    "BKHCN": "Bộ Khoa học và Công nghệ", "BTC": "Bộ Tài chính", "BTP": "Bộ Tư pháp", "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng", "BNV": "Bộ Nội vụ", "BYT": "Bộ Y tế", "BXD": "Bộ Xây dựng",
    "BCT": "Bộ Công Thương", "BGTVT": "Bộ Giao thông vận tải", "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BTNMT": "Bộ Tài nguyên và Môi trường", "BNG": "Bộ Ngoại giao",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BNNMT": "Bộ Nông nghiệp và Môi trường", "BKHCNMT": "Bộ Khoa học, Công nghệ và Môi trường",
    "BDTTG": "Bộ Dân tộc và Tôn giáo", "NHNN": "Ngân hàng Nhà nước Việt Nam", "TTCP": "Thanh tra Chính phủ",
    "TANDTC": "Tòa án nhân dân tối cao", "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
}  # fmt: skip

BODIES = tuple(sorted({*_ISSUERS.values(), "Kiểm toán nhà nước"}, key=len, reverse=True))
"""The central bodies that are known by name, the longest name first."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as it is written, without spaces; *kind* and *issuer* are empty where its codes do not say.

    *coded* is the kind that its first code would mean if it is not the sign of an office.
    """

    text: str
    year: int | None
    kind: str
    coded: str
    issuer: str

    def may_be(self, kind: str) -> bool:
        """Return whether a document of *kind* can have this number."""
        return not self.coded or self.coded == kind or (not self.kind and kind == "Công văn")


def number_in(text: str) -> DocumentNumber | None:
    """Return the number that *text* is, and nothing else."""
    found = _NUMBER.fullmatch(text)
    return _read(found.group()) if found else None


def numbers_in(text: str) -> list[DocumentNumber]:
    """Return every number in *text*, in the order in which they stand there."""
    return [number for found in _NUMBER.finditer(text) if (number := _read(found.group()))]


def _read(written: str) -> DocumentNumber | None:
    number = re.sub("[\u2010\u2011–]", "-", written.replace(" ", ""))
    codes = [code for code in re.split(r"[-/]", number) if code[0].isalpha()]
    if all(len(code) == 1 for code in codes):
        return None
    year = _YEAR.match(number)
    first = codes[0].upper()
    coded, issuer = _KINDS.get(first, ""), ""
    if _IS_PARTY.match(number):
        is_certain = first in _OF_THE_PARTY
        coded = coded if is_certain else ""
    else:
        is_certain = first in _CERTAIN or (year is not None and first in _CERTAIN_WITH_YEAR)
        issuer = _issuers(codes[1:] if first in _KINDS else codes[:1])
    return DocumentNumber(number, int(year[1]) if year else None, coded if is_certain else "", coded, issuer)


def _issuers(codes: list[str]) -> str:
    """Return who the *codes* stand for, only if that is certain of every one."""
    names = []
    for code in codes:
        legislature = _WITH_LEGISLATURE.fullmatch(code)
        names.append(_ISSUERS.get(legislature[1] if legislature else code.upper(), ""))
    return ", ".join(names) if all(names) else ""


def same(one: str, other: str) -> bool:
    """Return whether two numbers are one, whichever way their letters are written."""
    return fold(one) == fold(other)
