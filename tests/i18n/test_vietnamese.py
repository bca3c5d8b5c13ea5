"""Vietnamese as an office writes it: Decree 30/2020, one term for one thing, and no English."""

import re
import unicodedata

import pytest

from bot.i18n import FormOfAddress
from tests.i18n.test_sentences import sentences

_QUOTED = re.compile(r"“[^”]*”")
_COPIED = re.compile(r"`[^`]*`")
"""What is copied by a tap."""
_NO_PROSE = re.compile(r"/\w+|\S+\.vn\b|\S*@\S+|“[^”]*”|\(Change language\)|\(Đổi ngôn ngữ\)")
"""Commands, addresses, examples, and what tells in one language how to come to the other."""
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_NO_SYLLABLES = frozenset(
    [
        "cn",
        "t",
        "h",
        "gmt",
        "pdf",
        "jpeg",
        "png",
        "webp",
        "mb",
        "qr",
        "cookie",
        "atom",
        "web",
        "telegram",
        "paris",
        "moskva",
        "singapore",
        "sydney",
        "css",
        "rss",
        "json",
        "ms",
    ]
)
"""Abbreviations, names, and the only foreign word that every reader knows."""
_IN_BOTH_LANGUAGES = frozenset(
    [
        "a",
        "an",
        "bot",
        "cookie",
        "in",
        "qr",
        "paris",
        "do",
        "nam",
        "gmt",
        "pdf",
        "jpeg",
        "png",
        "webp",
        "mb",
        "telegram",
        "singapore",
        "sydney",
        "css",
        "rss",
        "atom",
        "json",
        "ms",
    ]
)

Faults = list[tuple[str, str]]


def vietnamese() -> tuple[tuple[str, str], ...]:
    return sentences("vi", FormOfAddress.HONOURED)


def having(pattern: str, *, but: frozenset[str] = frozenset()) -> Faults:
    """Return the texts in which *pattern* is found, except for those *but*."""
    fault = re.compile(pattern)
    return [(key, text) for key, text in vietnamese() if key not in but and fault.search(text)]


def test_weekdays_have_a_capital_within_a_sentence_only_where_the_decree_has_one() -> None:
    assert having(r"[^\W\d_][,;]? Thứ ") == []
    assert having(r"Chủ Nhật|chủ nhật") == []


def test_dates_and_hours_are_written_out() -> None:
    assert having(r"giờ chẵn") == []
    assert having(r"\d{1,2}(?::\d\d|h|h\d\d| giờ)? ?[-–] ?\d{1,2}(?::\d\d|h| giờ)") == []
    assert having(r"\d\d:\d\d \d\d?/") == []
    assert having(r"(?:ngày|đến|từ) [1-9]/") == []


def test_quotation_marks_are_those_of_print() -> None:
    assert having(r"[\"'«»„]") == []


def test_no_clause_has_two_colons() -> None:
    clauses = [
        (key, clause)
        for key, text in vietnamese()
        for line in text.splitlines()
        for clause in re.split(r"[.;?!] |$", _QUOTED.sub("", _COPIED.sub("", line)))
    ]

    assert [(key, clause) for key, clause in clauses if len(re.findall(r":(?: |$)", clause)) > 1] == []


@pytest.mark.parametrize(
    "other",
    [
        # dừng nhận tin, hủy đăng ký, tạm dừng
        *("ngừng gửi", "ngừng nhận", "Hủy tất cả", "bỏ đăng ký", "ngưng"),
        # quản trị viên, người phụ trách
        *("người quản lý", "quản lý bot", "chủ sở hữu"),
        # hệ thống thông báo tự động, đăng ký lại, trang web
        *("kênh thông báo", "kênh tự động", "[Hh]oàn tác", "trang gốc", "[Tt]hẻ tin"),
        # chính sách bảo vệ dữ liệu cá nhân
        *("quyền riêng tư", "được gửi về", "đã gửi về"),
    ],
)
def test_one_thing_has_one_name(other: str) -> None:
    assert having(other) == []


def test_no_english_word_is_left() -> None:
    english = {
        word.lower()
        for key, text in sentences("en", FormOfAddress.YOU)
        if key != "language-choose"  # it is asked in both
        for word in _WORD.findall(_NO_PROSE.sub("", text))
    }
    found = {
        (key, word)
        for key, text in vietnamese()
        if key != "language-choose"
        for word in map(str.lower, _WORD.findall(_NO_PROSE.sub("", text)))
        if (word in english and word not in _IN_BOTH_LANGUAGES)
        or not (word in _NO_SYLLABLES or _SYLLABLE.fullmatch(_plain(word)))
    }

    assert found == set()


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.parametrize("form", FormOfAddress)
def test_each_form_of_address_stands_in_the_same_texts(form: FormOfAddress) -> None:
    """Whatever the form, the rest of a text is the same: nothing else says "bạn"."""

    def without_it(each: FormOfAddress) -> list[str]:
        address = re.compile(rf"\b{each.value}\b", re.IGNORECASE)
        return [address.sub("…", text) for _, text in sentences("vi", each)]

    assert without_it(form) == without_it(FormOfAddress.HONOURED)


@pytest.mark.parametrize(
    ("form", "start", "inside"),
    [
        (FormOfAddress.YOU, "Bạn", "bạn"),
        (FormOfAddress.HONOURED, "Quý vị", "Quý vị"),
        (FormOfAddress.CITIZEN, "Ông/Bà", "Ông/Bà"),
        (FormOfAddress.COMRADE, "Đồng chí", "đồng chí"),
    ],
)
def test_a_form_of_address_has_a_capital_where_a_sentence_begins(
    form: FormOfAddress, start: str, inside: str
) -> None:
    for _, text in sentences("vi", form):
        for found in re.finditer(rf"\b{form.value}\b", text, re.IGNORECASE):
            before = text[: found.start()]
            begins = before == "" or before.endswith((". ", "? ", "\n", "! "))
            assert found[0] == (start if begins else inside), text


def test_one_article_is_never_spoken_of_as_several() -> None:
    assert having(r"[Cc]ả 1 |[Cc]ác 1 ") == []
    one = [text for key, text in vietnamese() if key == "hold-question" and "một bài mới" in text]
    assert [("Các bài" in text, "Bài này" in text) for text in one] == [(False, True)]
