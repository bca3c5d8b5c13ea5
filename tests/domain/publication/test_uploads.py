"""Documents that are handed in: what is one, what it is called, and where it is fetched."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.publication.uploads import (
    KINDS,
    NAME_LENGTH,
    UploadError,
    UploadFault,
    UploadRules,
    accepted,
    address_of,
    code_in,
    file_name,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*names: str, mimetype: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return written.getvalue()


OF_KIND = {
    "pdf": b"\xef\xbb\xbf%PDF-1.4",
    "doc": OLE,
    "xls": OLE,
    "ppt": OLE,
    "docx": package("word/document.xml"),
    "xlsx": package("xl/workbook.xml"),
    "pptx": package("ppt/presentation.xml"),
    "odt": package(mimetype="application/vnd.oasis.opendocument.text"),
    "ods": package(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "jpg": b"\xff\xd8\xff\xe0",
    "jpeg": b"\xff\xd8\xff\xe0",
    "png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_taken_if_its_bytes_are_what_its_ending_says(kind: str) -> None:
    upload = accepted(f"Tệp.{kind}", OF_KIND[kind], UploadRules())
    with pytest.raises(UploadError) as refused:
        accepted(f"Tệp.{kind}", b"MZ" + OF_KIND["pdf"][3:4] + b"\0" * 2000, UploadRules())

    assert (upload.name, upload.media_type) == (f"Tệp.{kind}", KINDS[kind].media_type)
    assert refused.value.fault is UploadFault.CONTENT


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("C:\\thu muc\\Công văn.pdf", "Công văn.pdf"),
        ("../../etc/passwd", "passwd"),
        ("hóa\u202efdp.exe", "hóa fdp.exe"),
        ('a"b\n.pdf', "a b.pdf"),
    ],
)
def test_a_name_has_no_folder_and_nothing_that_misleads(said: str, called: str) -> None:
    assert file_name(said) == called


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_its_name_and_address_are_sound(said: str) -> None:
    upload = accepted(f"{said}.pdf", b"%PDF-", UploadRules())
    address = address_of("https://tin.example.vn/", upload)

    assert len(upload.name) <= NAME_LENGTH
    assert (address.isascii(), " " in address, code_in(address)) == (True, False, upload.code)
