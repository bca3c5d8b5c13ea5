"""Documents that do not say which code page they are in, or name it by halves."""

import unicodedata

import pytest

from bot.sources.text.code_pages import is_viscii, likeliest, viscii
from bot.sources.text.encoding import decoded, xml_text

VIETNAMESE = (
    "Ủy ban nhân dân tỉnh vừa ban hành kế hoạch kiểm soát thủ tục hành chính; các sở, ngành phải rà soát,"
    " cắt giảm ít nhất một phần ba thời gian giải quyết. Đề nghị người dân góp ý về những điểm còn vướng mắc."
)
KOREAN = "특허청은 베트남 지식재산청과 업무 협약을 체결하였다고 밝혔다"
WESTERN = {
    "pt": "As eleições serão realizadas em março; a comissão divulgará as informações à população.",
    "fr": "Le président a déclaré que les accords signés à l'été seraient appliqués dès la rentrée.",
    "de": "Die Behörde prüft die Anträge und veröffentlicht die Gebühren für das nächste Jahr im März.",
    "it": "La città ospiterà però più di venti delegazioni; lunedì verrà così presentato il nuovo piano.",
}
TABLE = {letter: code for code, letter in enumerate(viscii(bytes(range(256))))}


def in_viscii(text: str) -> bytes:
    return bytes(TABLE[letter] for letter in unicodedata.normalize("NFC", text))


def feed(title: str) -> str:
    return f"<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.mark.parametrize("charset", [None, "viscii", "iso-8859-1", "windows-1252", "utf-8"])
def test_viscii_is_read_whatever_is_declared(charset: str | None) -> None:
    assert xml_text(in_viscii(feed(VIETNAMESE)), charset) == feed(VIETNAMESE)


def test_the_capitals_that_stand_for_control_characters_are_letters() -> None:
    text = feed(f"{VIETNAMESE} BẨN, BẪN, KỸ THUẬT")

    assert xml_text(in_viscii(text), None) == text


@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN)
def test_a_western_text_that_declares_nothing_is_read_as_such(text: str) -> None:
    assert decoded(text.encode("cp1252"), None) == text


@pytest.mark.parametrize("title", ["Simulações", "Prisão é mantida", "Gebühren"])
def test_a_short_western_text_is_read_as_such(title: str) -> None:
    assert decoded(title.encode("cp1252"), None) == title


def test_korean_that_declares_nothing_is_read_and_not_taken_for_an_old_font() -> None:
    assert xml_text(feed(KOREAN).encode("euc_kr"), None) == feed(KOREAN)


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("euc-kr", "cp949", "똠방각하의 소식"),
        ("shift_jis", "cp932", "髙島屋①の知らせ"),
        ("gb2312", "gbk", "朱镕基總理"),
    ],
)
def test_a_sign_of_the_larger_code_page_costs_nothing(charset: str, encoding: str, text: str) -> None:
    assert xml_text(feed(text).encode(encoding), charset) == feed(text)


@pytest.mark.parametrize(
    "text",
    [
        "C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, \xa7\xe9c l\xcbp",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
        *WESTERN.values(),
    ],
)
def test_neither_old_fonts_nor_western_texts_are_viscii(text: str) -> None:
    assert not is_viscii(text.encode("latin-1"))


def test_vietnamese_without_a_tone_of_its_own_stays_windows_1258() -> None:
    assert likeliest("Thông báo".encode("cp1258")) == "cp1258"
    assert likeliest(b"plain") == "cp1258"
