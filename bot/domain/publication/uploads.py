"""Documents that are handed in: which are taken, how they are called, and where they are fetched from."""

import hashlib
import io
import re
import secrets
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.text.text import fold, nfc, one_line, shorten

PATH = "/d"
"""Below which documents are served, each as PATH/code/name."""

NAME_LENGTH = 120
"""Code points of a name; most file systems take no more of it in Vietnamese."""

PHOTO_BYTES = 10 * 2**20
"""Bytes that a photo has at most that is handed in."""

_CODE = re.compile(rf"{PATH}/([0-9a-f]{{32}})/")
_OTHERS = re.compile(r"[^a-z0-9]+")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\"*:<>?|\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Nothing that a file system refuses, nor what turns the reading direction and so hides an ending."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_LOOKED_AT = 1024


class UploadFault(StrEnum):
    """Why a file is not taken."""

    KIND = "kind"
    CONTENT = "content"
    TOO_LARGE = "large"
    TOO_MANY = "many"
    TOO_MANY_TOGETHER = "together"
    NO_ADDRESS = "address"
    PHOTO = "photo"
    LOST = "lost"


class UploadError(Exception):
    """A file is not taken: *name* says which, as it came."""

    def __init__(self, fault: UploadFault, name: str) -> None:
        super().__init__(f"{name}: {fault}")
        self.fault = fault
        self.name = name


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings)


def _is_pdf(content: bytes) -> bool:
    """ISO 32000: readers look for the header in the first 1024 bytes."""
    return b"%PDF-" in content[:_LOOKED_AT]


def _holds(part: str) -> Callable[[bytes], bool]:
    def is_package(content: bytes) -> bool:
        return part in _parts(content)

    return is_package


def _says(media_type: str) -> Callable[[bytes], bool]:
    """OpenDocument 1.3, part 2: the media type stands first, and uncompressed."""
    return lambda content: content.startswith(b"PK") and b"mimetype" + media_type.encode() in content[:256]


def _parts(content: bytes) -> frozenset[str]:
    """Return the names of what a ZIP package holds; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type, and what tells from the bytes that a file is one."""

    media_type: str
    is_one: Callable[[bytes], bool]


KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind("application/pdf", _is_pdf),
    "doc": FileKind("application/msword", _starts(_OLE)),
    "docx": FileKind(f"{_OFFICE}wordprocessingml.document", _holds("word/document.xml")),
    "xls": FileKind("application/vnd.ms-excel", _starts(_OLE)),
    "xlsx": FileKind(f"{_OFFICE}spreadsheetml.sheet", _holds("xl/workbook.xml")),
    "ppt": FileKind("application/vnd.ms-powerpoint", _starts(_OLE)),
    "pptx": FileKind(f"{_OFFICE}presentationml.presentation", _holds("ppt/presentation.xml")),
    "odt": FileKind(f"{_OPEN}text", _says(f"{_OPEN}text")),
    "ods": FileKind(f"{_OPEN}spreadsheet", _says(f"{_OPEN}spreadsheet")),
    "jpg": FileKind("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": FileKind("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": FileKind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
}
"""By the ending of a name: what an agency publishes, and nothing that runs."""


@dataclass(frozen=True, slots=True)
class UploadRules:
    """How many *files* a form may bring, of how many *bytes* each at most, and of which *kinds*."""

    files: int = 5
    bytes: int = 10_000_000
    kinds: tuple[str, ...] = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that was handed in. *key* names its bytes and its name; *code*, which nobody can guess,
    stands in its address.
    """

    key: str
    code: str
    name: str
    media_type: str
    content: bytes = field(repr=False)


def foreseen(name: str, size: int, rules: UploadRules) -> FileKind:
    """Return the kind of a file called *name* of *size* bytes; raises UploadError where it is not taken."""
    called = file_name(name)
    ending = called.rpartition(".")[2].casefold()
    kind = KINDS.get(ending) if ending in rules.kinds else None
    if kind is None:
        raise UploadError(UploadFault.KIND, called)
    if size > rules.bytes:
        raise UploadError(UploadFault.TOO_LARGE, called)
    return kind


def accepted(name: str, content: bytes, rules: UploadRules) -> Upload:
    """Return the document that came as *content*, called *name*; raises UploadError where it is not taken.

    What its ending promises, its bytes must be: whoever opens it relies on the ending.
    """
    called, kind = file_name(name), foreseen(name, len(content), rules)
    if not kind.is_one(content):
        raise UploadError(UploadFault.CONTENT, called)
    key = hashlib.sha256(called.encode() + b"\0" + content).hexdigest()
    return Upload(key, secrets.token_hex(16), called, kind.media_type, content)


def file_name(said: str) -> str:
    """Return the name of a file without its folder, and without what could mislead; its ending stays."""
    own = said.replace("\\", "/").rpartition("/")[2]
    name = one_line(nfc(_FORBIDDEN.sub(" ", own))).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return shorten(name, NAME_LENGTH)
    return f"{shorten(stem.strip('. '), NAME_LENGTH - len(ending) - 1)}.{ending}"


def address_of(public_url: str, upload: Upload) -> str:
    """Return where *upload* is fetched from, by an address without diacritics."""
    stem, _, ending = upload.name.rpartition(".")
    slug = _OTHERS.sub("-", fold(stem)).strip("-")[:80].strip("-") or "tai-lieu"
    return f"{public_url.rstrip('/')}{PATH}/{upload.code}/{slug}.{ending.casefold()}"


def code_in(address: str) -> str | None:
    """Return the code of the document that *address* leads to; None where it is none of ours."""
    found = _CODE.search(address)
    return found[1] if found else None
