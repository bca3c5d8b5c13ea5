"""Splitting: nothing lost, nothing too long, and cut where a reader would pause."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.message import RichText, Span, bold, length, link, plain
from bot.domain.messaging.splitting import MOST_ADDRESSES, MOST_STYLED, Paragraph, split
from bot.domain.text.text import one_line

LIMIT = 40


def words(parts: tuple[RichText, ...]) -> list[str]:
    return ["".join(span.text for span in part) for part in parts]


def test_what_fits_is_one_part_with_empty_lines_between() -> None:
    paragraphs = ((((bold("Tiêu đề"),), (plain("16/08/2017"),))), ((plain("Đoạn một."),),))

    assert words(split(paragraphs, LIMIT)) == ["Tiêu đề\n16/08/2017\n\nĐoạn một."]


def test_a_paragraph_that_does_not_fit_begins_the_next_part() -> None:
    paragraphs = ([(plain("Đoạn một có hai mươi tám chữ."),)], [(plain("Đoạn hai. Câu hai."),)])

    assert words(split(map(tuple, paragraphs), LIMIT)) == [
        "Đoạn một có hai mươi tám chữ.",
        "Đoạn hai. Câu hai.",
    ]


def test_a_long_paragraph_is_cut_at_a_sentence_end() -> None:
    text = "Ông Nguyễn V. An nói về TP. Huế. Sau đó, mọi người ra về vui vẻ."

    assert words(split((((plain(text),),),), LIMIT)) == [
        "Ông Nguyễn V. An nói về TP. Huế.",
        "Sau đó, mọi người ra về vui vẻ.",
    ]


def test_a_long_sentence_is_cut_between_words_and_a_long_word_wherever_it_must_be() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười " + "x" * 90

    assert words(split((((plain(text),),),), LIMIT)) == [
        "một hai ba bốn năm sáu bảy tám chín mười",
        "x" * 40,
        "x" * 40,
        "x" * 10,
    ]


def test_a_letter_keeps_its_marks() -> None:
    parts = words(split((((plain("q\u0302\u0301" * 30),),),), LIMIT))

    assert all(part.startswith("q") for part in parts)


def test_a_list_of_many_links_is_cut_between_its_lines() -> None:
    lines: Paragraph = tuple((link(f"Tệp {n}", "https://a.vn/"), plain(" (2 MB)")) for n in range(90))

    parts = split((lines,), 4096)

    assert [sum(span.url is not None for span in part) for part in parts] == [40, 40, 10]
    assert words(parts)[0].startswith("Tệp 0 (2 MB)\nTệp 1 (2 MB)\n")


texts = st.text(
    st.one_of(st.sampled_from("ab. \n!?…đ"), st.characters(codec="utf-8", exclude_categories=["Cf", "Cc"]))
)
spans = st.builds(Span, text=texts, bold=st.booleans(), url=st.one_of(st.none(), st.just("https://a.vn/tin")))
lines = st.lists(spans, min_size=1, max_size=3).map(tuple)
paragraphs = st.lists(st.lists(lines, min_size=1, max_size=4).map(tuple), max_size=6)


def bare(text: str) -> str:
    # What nobody sees may be gone: one_line, which sentences come from, leaves it out.
    return "".join(one_line(text).split())


@given(paragraphs, st.integers(min_value=8, max_value=120))
def test_nothing_is_lost_and_no_part_is_too_long(given_paragraphs: list[Paragraph], limit: int) -> None:
    parts = split(given_paragraphs, limit)

    said = "".join(span.text for each in given_paragraphs for line in each for span in line)
    # Sentences are composed on the way, so that both sides are.
    assert unicodedata.normalize("NFC", bare("".join(words(parts)))) == unicodedata.normalize(
        "NFC", bare(said)
    )
    assert all(0 < length(part) <= limit for part in parts)
    assert all(sum(s.bold or s.url is not None for s in part) <= MOST_STYLED for part in parts)


@given(paragraphs)
def test_no_style_reaches_from_one_part_into_the_next(given_paragraphs: list[Paragraph]) -> None:
    styles = {(span.bold, span.url) for each in given_paragraphs for line in each for span in line}

    parts = split(given_paragraphs, LIMIT)

    assert {(span.bold, span.url) for part in parts for span in part} <= styles | {(False, None)}


def utf16(text: RichText) -> int:
    return sum(len(span.text.encode("utf-16-le", "surrogatepass")) // 2 for span in text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Mn", "Mc", "Me")), max_size=300))
def test_another_measure_holds_as_well_and_nothing_is_lost(text: str) -> None:
    parts = split([((plain(text),),)], LIMIT, size=utf16)

    assert all(utf16(part) <= LIMIT for part in parts)
    assert "".join(one_line("".join(words(parts))).split()) == "".join(one_line(text).split())


def test_a_word_of_emoji_is_cut_where_it_fits() -> None:
    parts = split([((plain("😀" * 50),),)], LIMIT, size=utf16)

    assert words(parts) == ["😀" * 20, "😀" * 20, "😀" * 10]


def with_addresses(text: RichText) -> int:
    return sum(len(span.text) + len(span.url or "") for span in text)


def test_long_addresses_are_spread_over_parts_and_one_that_fills_a_part_is_left_out() -> None:
    long = "https://so.example.vn/" + "a" * 900
    line = tuple(link(f"Tệp {number}. ", f"{long}&{number}") for number in range(30))

    parts = split(((line,),), 4096)
    without = split((((link("Quyết định", long),),),), 1000, size=with_addresses)

    heaviest = max(sum(len(span.url or "") for span in part) for part in parts)
    assert (len(parts), heaviest <= MOST_ADDRESSES) == (5, True)
    assert sum(span.url is not None for part in parts for span in part) == 30
    assert without == ((plain("Quyết định"),),)


def test_words_beside_links_stay_apart_where_a_line_has_many() -> None:
    line = tuple(span for number in range(60) for span in (link(f"a{number}", "https://x.vn"), plain(" và ")))

    said = " ".join(words(split(((line,),), 4096)))

    assert " ".join(said.split()) == " ".join(f"a{number} và" for number in range(60))
