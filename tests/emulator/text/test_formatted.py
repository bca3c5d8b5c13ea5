from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.text.formatted import Formatted, caption_text, message_text
from bot.emulator.telegram.text.html import utf16_length

BOLD = {"type": "bold", "offset": 0, "length": 1}


@pytest.mark.parametrize(
    ("text", "mode", "refusal"),
    [
        ("", "HTML", "message text is empty"),
        (" \n ", "", "text must be non-empty"),
        ("<b> </b>", "html", "text must be non-empty"),
        ("x" * 4097, "", "message is too long"),
        ("x" * 40_000, "", "text is too long"),
        ("đ" * 17_000, "", "text is too long"),
        ("x", "BBCode", "unsupported parse_mode"),
        ("<p>", "HTML", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ],
)
def test_a_text_that_telegram_refuses_is_refused(text: str, mode: str, refusal: str) -> None:
    with pytest.raises(ApiError) as refused:
        message_text(text, mode, None)

    assert refused.value.description == f"Bad Request: {refusal}"


def test_lengths_count_code_points_after_parsing() -> None:
    widest = message_text("<b>" + "😀" * 4096 + "</b>", "HTML", None)

    assert (len(widest.text), widest.entities[0]["length"]) == (4096, 8192)


def test_a_caption_has_1024_code_points_and_may_be_empty() -> None:
    with pytest.raises(ApiError) as refused:
        caption_text("đ" * 1025, "HTML", None)

    assert (refused.value.description, caption_text("", "HTML", None)) == (
        "Bad Request: message caption is too long",
        Formatted(),
    )


def test_blanks_around_a_text_go_and_entities_move_along() -> None:
    formatted = message_text("\n  a <b>x </b>\n", "HTML", None)

    assert formatted == Formatted("a x", [{"type": "bold", "offset": 2, "length": 1}])


def test_control_characters_become_blanks_and_direction_marks_vanish() -> None:
    formatted = message_text("a\tb\r\u202ec<b>d</b>", "HTML", None)

    assert formatted == Formatted("a bcd", [{"type": "bold", "offset": 4, "length": 1}])


def test_the_same_style_in_a_row_is_one_entity() -> None:
    formatted = message_text("<b>a</b><b>b</b><i>c</i>", "HTML", None)

    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == [
        ("bold", 0, 2),
        ("italic", 2, 1),
    ]


def test_nothing_is_styled_inside_code_and_no_quotation_stands_in_another() -> None:
    formatted = message_text(
        "<code><b>a</b></code><blockquote>b<blockquote>c</blockquote></blockquote>", "HTML", None
    )

    assert [e["type"] for e in formatted.entities] == ["code", "blockquote"]


def test_the_hundred_and_first_entity_is_ignored() -> None:
    formatted = message_text("<b>x</b> " * 120, "HTML", None)

    assert len(formatted.entities) == 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#TinTức và #2024 #a_1", [("hashtag", 0, 7), ("hashtag", 17, 4)]),
        ("xem https://cand.com.vn/a-b?c=1.", [("url", 4, 27)]),
        ("baochinhphu.vn/x nhé", [("url", 0, 16)]),
        ("PGS.TS. Nguyễn", []),
        ("gửi tin@coquan.gov.vn", [("email", 4, 17)]),
        ("@tin_bot /start 16/08/2017", [("mention", 0, 8), ("bot_command", 9, 6)]),
        ("😀 #tin", [("hashtag", 3, 4)]),
    ],
)
def test_telegram_finds_hashtags_addresses_and_commands(text: str, found: list[tuple[str, int, int]]) -> None:
    entities = message_text(text, "", None).entities

    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


@pytest.mark.parametrize(
    ("entities", "refusal"),
    [
        ([1], "can't parse MessageEntity: expected an Object"),
        ([{"offset": 0, "length": 1}], "can't parse MessageEntity: Can't find field \"type\""),
        ([{**BOLD, "type": "huge"}], "can't parse MessageEntity: Unsupported type specified"),
        ([{**BOLD, "type": "text_link"}], "can't parse MessageEntity: Can't find field \"url\""),
        ([{**BOLD, "offset": 9}], "entity begins after the end of the text at UTF-16 offset 9"),
        (
            [{**BOLD, "length": 9}],
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        ([{**BOLD, "offset": 2}], "entity begins in a middle of a UTF-16 symbol at byte offset 5"),
        ([{**BOLD, "offset": -1}], "receive an entity with incorrect offset -1"),
    ],
)
def test_wrong_entities_are_refused(entities: Any, refusal: str) -> None:
    with pytest.raises(ApiError) as refused:
        message_text("a😀b", "", entities)

    assert refused.value.description == f"Bad Request: {refusal}"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "HTML"]))
def test_any_text_is_formatted_or_refused_and_entities_lie_inside(text: str, mode: str) -> None:
    with suppress(ApiError):
        formatted = message_text(text, mode, None)

        length = utf16_length(formatted.text)
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= length for e in formatted.entities)
