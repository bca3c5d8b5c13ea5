import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.message import RichText, Span, bold, italic, link, plain, with_examples
from bot.domain.messaging.splitting import split
from bot.domain.messaging.typed_menu import as_paragraphs
from bot.messengers.zalo.text import LONGEST, StyledText, size, units, written_out

ADDRESS = "https://ipvietnam.gov.vn/tin-tuc/quyet-dinh-so-1234?trang=1"


def styled(text: str, style: dict[str, Any]) -> str:
    """Return the part of *text* that a style is for."""
    start, end = 2 * style["start"], 2 * (style["start"] + style["len"])
    return text.encode("utf-16-le")[start:end].decode("utf-16-le")


def messages(text: RichText) -> list[StyledText]:
    """Return *text* in as many messages as it takes."""
    return [written_out(part) for part in split(as_paragraphs(text), LONGEST, size=size)]


def test_a_title_is_bold_by_its_place_in_utf16_units() -> None:
    title = "Họp báo 🎉 thường kỳ"

    part = written_out((plain("🗓 Tin mới\n"), bold(title), italic("\nẢnh: A")))

    assert [styled(part.text, style) for style in part.styles] == [title, "Ảnh: A"]
    assert [style["st"] for style in part.styles] == [["b"], ["i"]]


def test_what_may_be_typed_is_bold() -> None:
    part = written_out(with_examples("Cũng có thể gửi: `tin mới` · `trợ giúp`"))

    assert part.text == "Cũng có thể gửi: tin mới · trợ giúp"
    assert [(styled(part.text, style), style["st"]) for style in part.styles] == [
        ("tin mới", ["b"]),
        ("trợ giúp", ["b"]),
    ]


def test_what_looks_like_markup_is_left_alone() -> None:
    title = "Giá *vàng* tăng 5% <b>_hôm nay_</b> #tin"

    assert written_out((plain(title),)) == StyledText(title)


def test_an_address_stands_bare_on_a_line_of_its_own() -> None:
    text = (plain("• "), link("Nghị định mới", ADDRESS), plain("\nTóm tắt. Xem "), link(ADDRESS, ADDRESS))

    part = written_out((*text, plain(" để biết thêm.")))

    assert part.text == f"• Nghị định mới\n{ADDRESS}\nTóm tắt. Xem\n{ADDRESS}\nđể biết thêm."


def test_a_text_is_composed_before_it_is_measured() -> None:
    decomposed = unicodedata.normalize("NFD", "Báo giá đã duyệt")

    part = written_out((bold(decomposed),))

    assert part == StyledText("Báo giá đã duyệt", ({"start": 0, "len": 16, "st": ["b"]},))


def test_what_no_encoding_can_carry_is_replaced() -> None:
    assert written_out((plain("Tin \ud83d mới"),)) == StyledText("Tin \ufffd mới")


def test_a_long_text_is_cut_between_paragraphs_then_sentences_then_words() -> None:
    sentence = "Cục Sở hữu trí tuệ thông báo kết quả xét nghiệm đơn đăng ký. "
    first, second = sentence * 20, sentence * 40

    parts = messages((plain(f"{first}\n\n{second}"),))

    assert [part.text[-1] for part in parts] == ["."] * len(parts)
    assert " ".join(part.text for part in parts).split() == (first + second).split()


def test_an_address_is_never_cut() -> None:
    words = "tin " * 490

    parts = messages((plain(words), link("Xem thêm", ADDRESS)))

    assert [ADDRESS in part.text.split("\n") for part in parts][-1]
    assert sum(part.text.count("https://") for part in parts) == 1


def test_an_emoji_at_the_boundary_stays_whole() -> None:
    parts = messages((plain("😀" * 1001),))

    assert [units(part.text) for part in parts] == [LONGEST, 2]


def test_nothing_is_nothing() -> None:
    assert [written_out(each) for each in ((), (plain(" \n "),))] == [StyledText("")] * 2


SPANS = st.lists(
    st.builds(
        Span,
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Mn")), max_size=1500),
        bold=st.booleans(),
        url=st.sampled_from([None, ADDRESS]),
    ),
    max_size=5,
)


@given(SPANS)
def test_each_part_fits_and_is_styled_within(spans: list[Span]) -> None:
    for part in messages(tuple(spans)):
        assert 0 < units(part.text) <= LONGEST
        assert unicodedata.is_normalized("NFC", part.text)
        assert all(style["start"] + style["len"] <= units(part.text) for style in part.styles)


@pytest.mark.parametrize(
    "text",
    [
        (plain("Tin"), link("Tin", ADDRESS), link(ADDRESS, ADDRESS), plain("tức")),
        (link("a", ADDRESS), link("b", ADDRESS)),
        (bold("😀" * 900),),
        (plain("\u0958" * 900),),
        tuple(each for number in range(60) for each in (bold(f"Bài {number}"), plain("\n"))),
    ],
)
def test_what_is_said_to_fit_takes_one_message(text: RichText) -> None:
    part = written_out(text)

    assert units(part.text) <= size(text) <= LONGEST
