from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.message import Button, bold, length, link, plain
from bot.domain.messaging.splitting import split
from bot.domain.messaging.typed_menu import as_paragraphs, read_number, spell_out

YES, NO = Button("✅ Có", action="yes"), Button("Không", action="no")
PAGE = Button("Xem trang web", url="https://agency.example/1")


def test_actions_are_numbered_and_addresses_are_written_out() -> None:
    spelled = spell_out(((YES, NO), (PAGE,)), after=0)

    assert spelled.choices == ("1. ✅ Có", "2. Không")
    assert spelled.links == ("Xem trang web:\nhttps://agency.example/1",)
    assert spelled.entries == {1: "yes", 2: "no"}


def test_numbers_go_on_behind_others() -> None:
    assert spell_out(((YES,),), after=4).entries == {5: "yes"}


def test_a_label_that_is_a_number_is_the_number_of_a_line_that_is_there_already() -> None:
    hits = tuple(Button(str(number), action=f"show {number}") for number in (6, 7))

    spelled = spell_out((hits, (YES,)), after=0)

    assert (spelled.choices, spelled.entries) == (("8. ✅ Có",), {6: "show 6", 7: "show 7", 8: "yes"})


def test_a_label_whose_number_is_taken_is_a_label_like_any_other() -> None:
    assert spell_out(((Button("2", action="x"),),), after=4).choices == ("5. 2",)


def test_numbers_are_read_as_people_type_them() -> None:
    typed = [
        "2",
        " 2. ",
        "2)",
        "#2",
        "số 2",
        "so 2",
        "Chọn số 2",
        "chon 2",
        "mục 2",
        "No 2",
        "２",
        "bài 2",
        "Bài số 2",
    ]

    assert [read_number(text) for text in typed] == [2] * len(typed)


def test_what_is_no_number_is_none() -> None:
    typed = ["", "hai", "2 3", "2017 2", "/2x", "1234", "mới nhất 5", "-1", "2.5"]

    assert [read_number(text) for text in typed] == [None] * len(typed)


def test_a_text_is_taken_apart_into_paragraphs_and_lines() -> None:
    text = (bold("Tiêu đề"), plain("\n\n"), plain("Một\nHai\n\nBa"), bold(" x"), link("\ntin", "http://a"))

    assert as_paragraphs(text) == [
        ((bold("Tiêu đề"),),),
        ((plain("Một"),), (plain("Hai"),)),
        ((plain("Ba"), bold(" x")), (link("tin", "http://a"),)),
    ]


@given(st.text("ab \n", max_size=80), st.integers(1, 30))
def test_however_a_text_is_taken_apart_it_fits_and_loses_no_letter(text: str, limit: int) -> None:
    parts = split(as_paragraphs((plain(text),)), limit)

    assert all(length(part) <= limit for part in parts)
    letters = "".join(span.text for part in parts for span in part).split()
    assert "".join(letters) == "".join(text.split())
