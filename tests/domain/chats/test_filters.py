"""Filters: words to have and words to leave out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.filters import LONGEST, MOST_PHRASES, MOST_WORDS, Fault, FilterError, parse, prepare
from bot.domain.text.text import fold

TITLE = "Hội nghị phổ biến quy định về Sáng chế"
SUMMARY = "Đảng ủy Cục Sở hữu trí tuệ tổ chức hội nghị."
BODY = ("Sáng nay, tại Hà Nội.", "Chế phẩm sinh học, mã số HS-12, phía Nam.")
ARTICLE = prepare((TITLE, SUMMARY, *BODY))


@pytest.mark.parametrize(
    "text",
    [
        "sáng chế",
        "sang che",
        "SÁNG CHẾ",
        "nhãn hiệu, sáng chế",
        "nhãn hiệu; sáng chế",
        "nhãn hiệu hoặc sáng chế",
        "nhan hieu hoac sang che",
        "trademark or sang che",
        "nhãn hiệu\nsáng chế",
        '"nhãn hiệu" sáng chế',
        'sáng chế "nhãn hiệu"',
        "“Sáng chế”",
        '"sáng chế',
        "sáng chế -nhãn hiệu",
        "-nhãn hiệu",
        "– nhãn hiệu",
        "\u2011nhãn hiệu",
        '-"nhãn hiệu" sáng chế',
        "sáng chế -sang thang",
        "dang uy",
        "đảng uỷ",
        "HS-12",
        "phổ biến",
        "trí tuệ, -chế biến",
    ],
)
def test_passes(text: str) -> None:
    assert parse(text).passes(ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        "nhãn hiệu",
        "sáng chề",
        "sáng che",
        "phía năm",
        "sáng chế -hội nghị",
        "sáng chế -hoi nghi",
        "sáng chế - hà nội",
        "sáng chế −phia nam",
        "sán",
        "ang che",
        "nội chế",
        "sáng chế đảng ủy",
        "đang ủy",
        "-sáng chế",
    ],
)
def test_does_not_pass(text: str) -> None:
    assert not parse(text).passes(ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sáng chế,nhãn hiệu", "Nhãn  hiệu ; “SÁNG CHẾ”"),
        ("hoà bình", "hòa bình"),
        ("a, a, A", "a"),
        ("a -x", "-x, a"),
        ("Cát Linh -Hà Đông", '"cát linh", -"hà đông"'),
    ],
)
def test_filters_that_mean_the_same_are_equal(one: str, other: str) -> None:
    assert (parse(one), hash(parse(one))) == (parse(other), hash(parse(other)))


def test_a_filter_is_stored_and_shown_as_it_was_typed() -> None:
    typed = parse("Đảng ủy,  patent -Nhãn hiệu, đảng uỷ")

    assert typed.text == '"Đảng ủy", patent, -"Nhãn hiệu"'
    assert typed.shown == "“Đảng ủy”, “patent”, −“Nhãn hiệu”"


def test_a_filter_may_be_typed_as_it_is_shown() -> None:
    typed = parse("Quyết định, Đảng ủy -hội nghị")

    assert (parse(typed.shown), parse(typed.shown).text) == (typed, typed.text)


@pytest.mark.parametrize(
    ("text", "fault", "limit"),
    [
        ("", Fault.EMPTY, 0),
        ('"" , - ?!', Fault.EMPTY, 0),
        ("a" * 2_001, Fault.TOO_LONG, LONGEST),
        (", ".join(f"từ dài thứ số {number}" for number in range(19)), Fault.TOO_LONG, LONGEST),
        (", ".join(f"a{number}" for number in range(MOST_PHRASES + 1)), Fault.TOO_MANY_PHRASES, MOST_PHRASES),
        ("a " * (MOST_WORDS + 1), Fault.PHRASE_TOO_LONG, MOST_WORDS),
        ("sáng chế -sáng chế", Fault.CONTRADICTORY, 0),
        ("sáng chế, kiểu sáng chế -sang che", Fault.CONTRADICTORY, 0),
    ],
)
def test_a_filter_that_cannot_be_says_why(text: str, fault: Fault, limit: int) -> None:
    with pytest.raises(FilterError) as caught:
        parse(text)

    assert (caught.value.fault, caught.value.limit) == (fault, limit)


def parsed(text: str) -> str | None:
    """Return a filter as it is stored, or None where *text* is none."""
    try:
        return parse(text).text
    except FilterError:
        return None


@given(st.text() | st.text(alphabet='aáÁđ "“-–,;|hoặcor_İß\n'))
def test_any_text_is_a_filter_or_an_error_and_what_is_stored_is_read_as_it_was_meant(text: str) -> None:
    stored = parsed(text)

    if stored is not None:
        assert (parse(stored), parse(stored).text) == (parse(text), stored)


SYLLABLES = st.lists(
    st.sampled_from(["sáng", "chế", "hòa", "hoà", "đảng", "uỷ", "ủy", "nam", "năm"]), min_size=1, max_size=8
)


@given(SYLLABLES, SYLLABLES)
def test_a_phrase_passes_just_where_its_words_stand_in_a_row(wanted: list[str], article: list[str]) -> None:
    typed = fold(" ".join(wanted))

    passes = parse(typed).passes(prepare([" ".join(article).upper()]))

    assert passes == (f" {typed} " in f" {fold(' '.join(article))} ")


@given(SYLLABLES, SYLLABLES)
def test_what_is_left_out_is_the_opposite_of_what_is_wanted(phrase: list[str], article: list[str]) -> None:
    prepared = prepare([" ".join(article)])
    typed = " ".join(phrase)

    assert parse(f"-{typed}").passes(prepared) is not parse(typed).passes(prepared)


DECREE = prepare((TITLE, SUMMARY), "Nghị định")


@pytest.mark.parametrize(
    "text",
    [
        *("loại:nghị định", "loai: nghi dinh", "LOẠI:NGHỊ ĐỊNH", "loại:thông tư, loại:nghị định"),
        *("-loại:quyết định", "nhãn hiệu, loại:nghị định"),
    ],
)
def test_a_kind_of_document_passes(text: str) -> None:
    assert parse(text).passes(DECREE)
    assert parse(parse(text).text) == parse(text)


@pytest.mark.parametrize(
    "text", ["loại:thông tư", "-loại:nghị định", "sáng chế -loại: nghị định", "loại:nghị quyết"]
)
def test_another_kind_of_document_does_not(text: str) -> None:
    assert not parse(text).passes(DECREE)


def test_an_article_that_only_says_the_words_is_no_document() -> None:
    said = prepare(("Nghị định mới, loại nghị định nào?",))

    assert not parse("loại:nghị định").passes(said)
    with pytest.raises(FilterError):
        parse("loại:nghị định, -loại:nghị định")
