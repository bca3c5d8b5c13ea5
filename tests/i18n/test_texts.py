"""The Fluent files are sound, complete and just what the code asks for; and what is not would be noticed."""

import pytest

from bot.i18n import LANGUAGES
from tests.i18n import checking


@pytest.mark.parametrize("check", checking.CHECKS, ids=lambda check: check.__name__)
def test_nothing_is_wrong_with_the_texts(check: checking.Check) -> None:
    assert list(check(checking.own_texts())) == []


def test_what_is_no_fluent_is_found_and_a_key_that_comes_twice() -> None:
    assert list(checking.unsound({"vi": "a = b\na = c\nlỗi { \n"})) == [
        "vi.ftl: a comes twice",
        "vi.ftl: this is no Fluent: 'lỗi {'",
    ]


@pytest.mark.parametrize(
    ("vi", "en", "problem"),
    [
        ("a = b\nc = d", "a = b", "en.ftl: c is missing"),
        ("a = b", "a = b\nc = d", "vi.ftl: c is missing"),
        ("a = { $count }", "a = { $number }", "en.ftl: a has other placeholders than in vi.ftl"),
        (
            "a = { $x ->\n    [yes] có\n   *[no] không\n}",
            "a = { $x ->\n   *[no] no\n}",
            "en.ftl: a has other variants than in vi.ftl",
        ),
    ],
)
def test_languages_that_differ_are_found(vi: str, en: str, problem: str) -> None:
    assert list(checking.unlike({"vi": vi, "en": en})) == [problem]


def test_languages_may_have_plurals_of_their_own() -> None:
    english = "a = { $count ->\n    [one] a topic\n   *[other] topics\n}"

    assert list(checking.unlike({"vi": "a = { $count ->\n   *[other] chuyên mục\n}", "en": english})) == []


def test_a_reference_to_nothing_is_found() -> None:
    assert list(checking.dangling({"vi": "a = { -addressee } { -nobody }"})) == [
        "vi.ftl: a refers to -nobody, which is not there"
    ]


def test_a_text_that_is_missing_or_gets_other_arguments_is_found() -> None:
    found = list(checking.misused(dict.fromkeys(LANGUAGES, "start-identity = Mã số")))

    assert any(line.endswith("start-identity takes [] and gets ['user']") for line in found)
    assert any(line.endswith("there is no text start-title") for line in found)


def test_a_text_that_nothing_names_is_found() -> None:
    assert list(checking.unused({"vi": "hint = Gợi ý\nnobody-says-this = ?"})) == [
        "nobody-says-this is unused"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "a = Xin chào bạn!",
        "a = Xin chào Quý vị!",
        "a = Xin chào { -addressee-start }!",
        "a = Xong. { -addressee } có thể tiếp tục.",
    ],
)
def test_a_reader_who_is_addressed_wrongly_is_found(line: str) -> None:
    assert len(list(checking.misaddressed({"vi": f"## Lời chào\n{line}"}))) == 1
