"""Titles that are a document's own: they begin with its kind and number, and say what it is about."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.news.documents.dates import DATE_PATTERN, date_in
from bot.domain.news.documents.issuer import issuer_in
from bot.domain.text.document_kinds import KIND_PATTERN, kind_named
from bot.domain.text.document_number import BODIES, NUMBER_PATTERN, DocumentNumber, number_in
from bot.domain.text.text import fold, fold_letters

_OPENING = re.compile(
    rf"(?:toan van:? )?(?:(?P<issuer>[^,;:.\d]{{4,80}}?) (?:(?:vua|da|moi|chinh thuc) )?ban hanh )?"
    rf"(?P<kind>{KIND_PATTERN})(?: so)? ?:? ?(?=\d)"
)
_NUMBER = re.compile(NUMBER_PATTERN)
_DATED = re.compile(rf",? ?\(?(?:ky |ban hanh )?ngay (?P<date>{DATE_PATTERN})\)?")
_ISSUED_BY = re.compile(r",? cua ")
_SUBJECT = re.compile(
    r"(?:,|:| -| –)? ?(?:quy dinh|huong dan|sua doi|bo sung|bai bo|thay the|ban hanh|cong bo"
    r"|phe duyet|ve|v/v|cap"
    r"|thu hoi|bo nhiem|mien nhiem|kien toan|thanh lap|giao|dieu chinh|dinh chi|huy bo|hop nhat|cham dut"
    r"|cho phep|cong nhan|thong qua|tang cuong|xu phat|tu choi|chi dinh|tiep tuc|de nghi|thong bao|tra loi"
    r"|uy quyen|phan cong|quy che|danh muc|moi|trien khai|thuc hien|to chuc)\b"
)
_BEHIND_ISSUER = re.compile(
    r"\.?\Z|,? ngày (?=\d)|[,:–-]? ?\b(?:quy định|hướng dẫn|sửa đổi|bãi bỏ|ban hành|công bố"
    r"|phê duyệt|về(?! hưu)|v/v"
    r"|thu hồi|bổ nhiệm|thành lập)\b",
    re.IGNORECASE,
)
_BODIES = tuple(fold(each) for each in BODIES)
_ONLY_IN_SOME = frozenset({"trien khai", "thuc hien", "to chuc", "moi", "tra loi", "thong bao", "de nghi"})
_WITH_TASKS = frozenset(
    {"Kế hoạch", "Công văn", "Chỉ thị", "Quyết định", "Công điện", "Thông báo", "Chương trình", "Giấy mời"}
)
_EFFECTIVE = re.compile(rf",? co hieu luc (?:thi hanh )?(?:ke )?tu ngay (?P<date>{DATE_PATTERN})\.?\Z")
_ABOUT_IT = re.compile(
    r"\?|\b(?:diem moi|nhung noi dung|noi dung moi|noi dung co ban|hoi nghi|hoi thao|toa dam"
    r"|tap huan|pho bien"
    r"|hoi dap|giai dap|gop y|y kien|vuong mac|tim hieu|infographic|sau (?:mot|\d+) nam|luu y"
    r"|tac dong|can biet"
    r"|danh gia|ky vong|chinh sach moi|nhu the nao|the nao|vi sao|se|sap|chua)\b"
)
_NOT_YET = re.compile(
    r"\b(?:se|chua|sap|du kien|chuan bi|de nghi|phoi hop|trinh|yeu cau|kien nghi|y kien|khong|can|phai|viec"
    r"|truoc khi|sau khi|ngay|bao cao|tham muu|duoc|hoi nghi|de|thong nhat|xem xet|ho so|xay dung)\b"
)
_ON = re.compile(r"\b(?:ve viec|v/v)\b")
_DRAFT_LINE = re.compile(r"[\W_]*du thao\b")
_MOST_OF_DRAFT = 60


@dataclass(frozen=True, slots=True)
class Cited:
    """The document that a title is; *issuer*, *issued* and *effective* as far as it says so."""

    kind: str
    number: DocumentNumber
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None


def names_draft(line: str) -> bool:
    """Return whether *line* is the mark of a draft: it begins with the word, and hardly goes on."""
    return bool(_DRAFT_LINE.match(fold_letters(line[:_MOST_OF_DRAFT])))


def cited_by(title: str) -> Cited | None:
    """Return the document that *title* is, if it is one's own title rather than about one."""
    folded = fold_letters(title)
    opening = _OPENING.match(folded)
    number = _NUMBER.match(title, opening.end()) if opening else None
    if opening is None or number is None:
        return None
    read, kind = number_in(number.group()), kind_named(opening["kind"])
    by = opening["issuer"] or ""
    if read is None or not read.may_be(kind) or _NOT_YET.search(by):
        return None
    issuer = issuer_in(title[: opening.end("issuer")]) if by else ""
    if by and not issuer:
        return None
    return _continued(title, folded, number.end(), Cited(kind, read, issuer))


def _continued(title: str, folded: str, at: int, cited: Cited) -> Cited | None:
    """Return *cited* with what follows its number at *at*; None where that is no title of a document."""
    issued, issuer = None, cited.issuer
    for _ in range(2):
        if dated := _DATED.match(folded, at):
            issued, at = issued or date_in(dated["date"]), dated.end()
        elif (by := _ISSUED_BY.match(folded, at)) and not issuer:
            issuer, at = _issued_by(title, folded, by.end())
    rest = folded[at:].strip(" .")
    effective = _EFFECTIVE.match(folded, at)
    if effective:
        return Cited(cited.kind, cited.number, issuer, issued, date_in(effective["date"]))
    if rest and not _is_subject(rest, cited.kind):
        return None
    return Cited(cited.kind, cited.number, issuer, issued)


def _issued_by(title: str, folded: str, at: int) -> tuple[str, int]:
    """Return the issuer that stands at *at*, empty if it is not clear, and where the rest begins."""
    known = next((each for each in _BODIES if folded.startswith(each, at)), "")
    if known and _BEHIND_ISSUER.match(title, at + len(known)):
        return issuer_in(known), at + len(known)
    found = _BEHIND_ISSUER.search(title, at)
    end = found.start() if found else len(title)
    return ("" if known else issuer_in(title[at:end].strip())), end


def _is_subject(rest: str, kind: str) -> bool:
    found = _SUBJECT.match(rest)
    if found is None:
        return False
    verb = found.group().strip(" ,:-–")
    if verb in _ONLY_IN_SOME and kind not in _WITH_TASKS:
        return False
    # What a decision is about may be a conference; what is told about a decree may not.
    on = _ON.search(rest)
    return not _ABOUT_IT.search(rest[: on.start()] if on else rest) and not rest.endswith("?")
