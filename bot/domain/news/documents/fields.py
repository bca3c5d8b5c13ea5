"""The fields of an official document, as an article that publishes one states them.

They are read by rule, and what is not certain is left empty: an article that merely mentions a document,
a draft, or a list of several documents has no fields.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.news.documents.dates import DATE_PATTERN, date_in
from bot.domain.news.documents.issuer import issuer_in
from bot.domain.news.documents.labels import Field, Labelled, labelled
from bot.domain.news.documents.title import Cited, cited_by, names_draft
from bot.domain.text.document_kinds import issuer_term, kind_named, kind_term, number_term
from bot.domain.text.document_number import DocumentNumber, number_in, same
from bot.domain.text.text import fold, fold_letters, one_line

_PARAGRAPHS, _LAST_PARAGRAPHS, _LENGTH = 120, 20, 600
"""How much of an article is looked at: its beginning, its end, and so many code points of each paragraph."""

_HEAD = 12
"""Paragraphs in which a document's own head stands: number, place and date, its kind."""

_SEALED = re.compile(r"\(?(?:da ky|ky ten|da ky va dong dau|ky ten, dong dau)\)?")
_SEALED_NAME = re.compile(r"\((?:da ky|da ky va dong dau)\) ?")
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,4}")
_POSITION = re.compile(
    r"(?:(?:kt|tl|q|tm|tuq)\. )?(?:pho |thu |quyen )?"
    r"(?:bo truong|thu tuong|cuc truong|tong cuc truong|vu truong|giam doc|chu tich|vien truong"
    r"|chanh van phong|thong doc|truong phong|thu truong)(?: chinh phu)?[ :,]+(?=\S)"
)
_DEGREE = re.compile(r"(?:(?:GS|PGS|TSKH|TS|ThS|Ths|Ông|Bà|ông|bà)\.? ?){1,6}(?=[A-ZĐÂÊÔƠƯĂÀ-Ỹ])")
_PLACE_AND_DATE = re.compile(rf"(?:[^\W\d_][^,|:]{{1,40}}, ?)?ngay (?P<date>{DATE_PATTERN})")
_OWN_NUMBER = re.compile(r"so ?: ?(?P<number>\S.*)")
_ABOUT = re.compile(r"(?:v/v|ve viec)\b")
_FROM = r"co hieu luc (?:thi hanh )?(?:ke )?tu ngay "


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """Number, kind, who issued and who signed a document, and when; what is not known is empty, or None."""

    number: str = ""
    kind: str = ""
    issuer: str = ""
    signer: str = ""
    issued: date | None = None
    effective: date | None = None

    @property
    def name(self) -> str:
        """Return what the document is called: its kind and its number, as far as they are known."""
        return " ".join(filter(None, (self.kind, self.number)))

    @property
    def is_empty(self) -> bool:
        return self == DocumentFields()


NO_FIELDS = DocumentFields()


def search_terms(fields: DocumentFields) -> frozenset[str]:
    """Return the terms by which the document of these *fields* itself is found, before its mentions."""
    terms = (number_term(fields.number), kind_term(fields.kind), issuer_term(fields.issuer))
    return frozenset(filter(None, terms))


def read_fields(title: str, paragraphs: Iterable[str]) -> DocumentFields:
    """Return the fields of the document that the article of this *title* and *paragraphs* publishes."""
    line = one_line(title[:_LENGTH])
    body = _looked_at(tuple(paragraphs))
    rows = labelled(body)
    if rows is None or names_draft(line) or any(names_draft(each) for each in body[:_HEAD]):
        return NO_FIELDS
    cited, head = cited_by(line), _head(body, line)
    found = (cited.number if cited else None, _labelled_number(rows), head.number if head else None)
    numbers = [each for each in found if each]
    if not numbers:
        return _without_number(rows)
    first = numbers[0]
    if not all(same(first.text, each.text) for each in numbers):
        return NO_FIELDS
    kind = _kind(first, cited, rows, head)
    if kind is None:
        return NO_FIELDS
    return _complete(first, kind, _Evidence(cited, rows, head, body))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands at the head of a document's own text."""

    number: DocumentNumber
    kind: str
    issued: date | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    cited: Cited | None
    rows: Labelled
    head: _Head | None
    body: tuple[str, ...]


def _looked_at(paragraphs: Sequence[str]) -> tuple[str, ...]:
    chosen = paragraphs
    if len(paragraphs) > _PARAGRAPHS + _LAST_PARAGRAPHS:
        chosen = (*paragraphs[:_PARAGRAPHS], *paragraphs[-_LAST_PARAGRAPHS:])
    return tuple(one_line(line[:_LENGTH]) for each in chosen for line in each.split("\n") if line.strip())


def _labelled_number(rows: Labelled) -> DocumentNumber | None:
    return number_in(rows.get(Field.NUMBER, ""))


def _head(body: Sequence[str], title: str) -> _Head | None:
    """Return the head of the document that the article's text is, if it is one."""
    cells = [cell.strip() for each in body[:_HEAD] for cell in each.split(" | ")]
    folded = [fold_letters(cell) for cell in cells]
    own = [
        number
        for cell, alike in zip(cells, folded, strict=True)
        if (found := _OWN_NUMBER.fullmatch(alike)) and (number := number_in(cell[found.start("number") :]))
    ]
    if len(own) != 1:
        return None
    kinds = {kind for cell in cells if (kind := kind_named(cell))}
    if not kinds and not own[0].coded and any(_ABOUT.match(each) for each in folded):
        kinds = {"Công văn"}
    if not kinds and not own[0].kind and (kind := _opening_kind(title)) and own[0].may_be(kind):
        kinds = {kind}
    dates = {found["date"] for each in folded if (found := _PLACE_AND_DATE.fullmatch(each))}
    issued = date_in(dates.pop()) if len(dates) == 1 else None
    return _Head(own[0], kinds.pop() if len(kinds) == 1 else "", issued)


def _opening_kind(title: str) -> str:
    """Return the kind that *title* begins with, where it goes on with what the document is about."""
    folded = fold_letters(title)
    found = re.match(r"([a-z ]+?) (?:v/v|ve viec)\b", folded)
    return kind_named(found[1]) if found else ""


def _kind(number: DocumentNumber, cited: Cited | None, rows: Labelled, head: _Head | None) -> str | None:
    """Return the kind that all evidence agrees on, empty if there is none; None where it disagrees."""
    labelled_kind = kind_named(rows.get(Field.KIND, ""))
    said = {number.kind, cited.kind if cited else "", head.kind if head else "", labelled_kind} - {""}
    if len(said) > 1 or not all(number.may_be(each) for each in said):
        return None
    return next(iter(said), "")


def _complete(number: DocumentNumber, kind: str, evidence: _Evidence) -> DocumentFields:
    mentions = list(_own_mentions(number, kind, evidence.body))
    issued = _agreed(
        evidence.cited.issued if evidence.cited else None,
        date_in(evidence.rows.get(Field.ISSUED, "")),
        evidence.head.issued if evidence.head else None,
        *(date_in(each["issued"]) for each in mentions if each["issued"]),
    )
    if issued and number.year and issued.year != number.year:
        issued = None
    effective = _effective(kind, evidence, mentions, issued)
    if issued and effective and effective < issued:
        effective = None
    return DocumentFields(
        number=number.text,
        kind=kind,
        issuer=_issuer(number, evidence),
        signer=_signer(evidence),
        issued=issued,
        effective=effective,
    )


def _without_number(rows: Labelled) -> DocumentFields:
    """Return the fields of a document whose labels name its kind and who issued it, or when."""
    kind = kind_named(rows.get(Field.KIND, ""))
    issuer = issuer_in(rows.get(Field.ISSUER, ""))
    issued = date_in(rows.get(Field.ISSUED, ""))
    if Field.NUMBER in rows or not kind or not (issuer or issued):
        return NO_FIELDS
    effective = date_in(rows.get(Field.EFFECTIVE, ""))
    if issued and effective and effective < issued:
        effective = None
    return DocumentFields("", kind, issuer, _name(rows.get(Field.SIGNER, "")), issued, effective)


def _own_mentions(number: DocumentNumber, kind: str, body: Sequence[str]) -> Iterable[dict[str, str]]:
    """Yield what is said right beside the document's own number: when it was issued, and takes effect."""
    if not kind:
        return
    pattern = re.compile(
        rf"(?:\bngay (?P<before>{DATE_PATTERN}), (?:[^,.;:]{{2,60}} )?(?:da )?ban hanh )?"
        rf"\b{re.escape(fold(kind))} (?:so )?(?P<number>\S+?)(?P<end>[,;.]?(?= |\Z))"
        rf"(?:,? (?:ky |ban hanh )?ngay (?P<after>{DATE_PATTERN}))?"
        rf"(?:,? {_FROM}(?P<effective>{DATE_PATTERN}))?"
    )
    for paragraph in body:
        for found in pattern.finditer(fold_letters(paragraph)):
            if found["number"] == fold(number.text):
                yield {
                    "issued": found["before"] or found["after"] or "",
                    "effective": found["effective"] or "",
                }


def _effective(
    kind: str, evidence: _Evidence, mentions: Iterable[dict[str, str]], issued: date | None
) -> date | None:
    said = [
        date_in(evidence.rows.get(Field.EFFECTIVE, "")),
        evidence.cited.effective if evidence.cited else None,
    ]
    said += [date_in(each["effective"]) for each in mentions if each["effective"]]
    if kind:
        from_then = re.compile(
            rf"\b{re.escape(fold(kind))} nay {_FROM}(?:(?P<date>{DATE_PATTERN})|ky(?: ban hanh)?(?=[.,;]|\Z))"
        )
        for paragraph in evidence.body:
            for found in from_then.finditer(fold_letters(paragraph)):
                said.append(date_in(found["date"]) if found["date"] else issued)
    return _agreed(*said)


def _agreed(*said: date | None) -> date | None:
    """Return the one date that is *said*; None where none is, or several are."""
    dates = {each for each in said if each}
    return dates.pop() if len(dates) == 1 else None


def _issuer(number: DocumentNumber, evidence: _Evidence) -> str:
    """Return who issued the document, if all that is said of it agrees."""
    said = [issuer_in(evidence.rows.get(Field.ISSUER, "")), evidence.cited.issuer if evidence.cited else ""]
    named = {fold(each): each for each in (number.issuer, *said) if each}
    return next(iter(named.values())) if len(named) == 1 else ""


def _signer(evidence: _Evidence) -> str:
    said = {name for name in (_name(evidence.rows.get(Field.SIGNER, "")), _sealed(evidence.body)) if name}
    return said.pop() if len(said) == 1 else ""


def _sealed(body: Sequence[str]) -> str:
    """Return the name below "(Đã ký)" at the end of a document, if there is one such place."""
    end = [cell.strip() for each in body[-_LAST_PARAGRAPHS:] for cell in each.split(" | ")]
    names = set()
    for at, line in enumerate(end):
        alike = fold_letters(line)
        if _SEALED.fullmatch(alike):
            names.add(_name(end[at + 1]) if at + 1 < len(end) else "")
        elif found := _SEALED_NAME.match(alike):
            names.add(_name(line[found.end() :]))
    return names.pop() if len(names) == 1 else ""


def _name(text: str) -> str:
    """Return the name of a person that *text* is, without position and degree; empty if it is none."""
    found = _POSITION.match(fold_letters(text))
    bare = text[found.end() :] if found else text
    bare = _DEGREE.sub("", bare, count=1).strip()
    if not _NAME.fullmatch(bare) or issuer_in(bare) or kind_named(bare):
        return ""
    words = bare.split(" ")
    if bare.isupper():
        return " ".join(word.capitalize() for word in words)
    return bare if all(word[0].isupper() and word[1:].islower() for word in words if len(word) > 1) else ""
