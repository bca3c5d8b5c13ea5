import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.text.encoding import xml_text

TEXT = "<rss>Đảng ủy Cục Sở hữu trí tuệ</rss>"


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{TEXT}'


@pytest.mark.parametrize("charset", [None, "utf-8", "utf-16", "iso-8859-1", "nonsense", "rot13", "hex"])
@pytest.mark.parametrize("claimed", ["utf-8", "utf-16", "windows-1252", "nonsense"])
def test_good_utf_8_is_read_as_such_whatever_is_claimed(charset: str | None, claimed: str) -> None:
    assert xml_text(declared(claimed).encode(), charset) == TEXT


@pytest.mark.parametrize("padding", ["", " "])
def test_utf_16_that_is_utf_8_is_read_at_an_even_and_an_odd_length(padding: str) -> None:
    body = (declared("utf-16") + padding).encode()

    assert xml_text(body, "utf-16").strip() == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_text_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert xml_text(declared(encoding).encode(encoding), None) == TEXT


def test_two_byte_order_marks_and_junk_in_front_are_left_out() -> None:
    body = b"\xef\xbb\xbf\xef\xbb\xbf\r\n\tWarning: x\n" + declared("utf-8").encode()

    assert xml_text(body, None) == TEXT


def test_windows_1258_is_read_as_the_server_declares() -> None:
    # This character set writes a tone after its letter.
    text = "<rss>Hô\u0323i đô\u0300ng</rss>"

    assert xml_text(text.encode("cp1258"), "windows-1258") == text
    assert xml_text(text.encode("cp1258"), None) == text


def test_the_documents_own_declaration_counts_where_the_server_is_silent() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-1"?><rss>Café Français</rss>'.encode("latin-1")

    assert xml_text(body, None) == "<rss>Café Français</rss>"


def test_a_letter_cut_in_half_does_not_spoil_the_rest() -> None:
    assert xml_text(TEXT.encode()[:-7], None) == "<rss>Đảng ủy Cục Sở hữu trí tu\ufffd"


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert xml_text(b"<rss>a\x00b\x0bc&#11;d&#x1F;e&#0;f&#10;g&#31;h&#32;</rss>", None) == (
        "<rss>abcdef&#10;gh&#32;</rss>"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#55357;&#56832;", "\N{GRINNING FACE}"),
        ("&#xD83D;&#xde00;", "\N{GRINNING FACE}"),
        ("&#128512;", "&#128512;"),
        ("&#xD83D;", ""),
        ("&#9999999;", ""),
    ],
)
def test_an_emoji_may_be_written_as_two_halves(written: str, read: str) -> None:
    assert xml_text(f"<rss>{written}a</rss>".encode(), None) == f"<rss>{read}a</rss>"


def test_what_has_no_tag_is_nothing() -> None:
    assert xml_text(b"404", None) == ""


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "base64", "cp1258", "\0", "é"]))
def test_any_bytes_become_text_that_can_be_written(body: bytes, charset: str | None) -> None:
    assert xml_text(body, charset).encode() is not None
