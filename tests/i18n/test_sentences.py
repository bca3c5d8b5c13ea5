"""Every sentence as people read it, in each form of address, with every variant that it has."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

import pytest
from fluent.syntax import ast as fluent

from bot.i18n import LANGUAGES, FormOfAddress
from bot.i18n.translator import source
from tests.i18n.checking import messages

FORMS = [("vi", form) for form in FormOfAddress] + [("en", FormOfAddress.YOU)]
AGENCY = {"vi": "Cục Sở hữu trí tuệ", "en": "IP Office"}
NUMBERS = frozenset(
    {"count", "page", "pages", "number", "left", "most", "first", "last", "minutes", "hour", "limit"}
)

FRAGMENTS = frozenset(
    {
        *("right", "timing", "filter", "filter-dropped", "failures-reasons", "feed-never", "button-hour"),
        *("saved-quiet", "saved-quiet-off", "saved-switch", "saved-zone", "saved-language", "spoken"),
    }
)
"""What stands within a sentence, or after a colon, and so begins with a small letter."""

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n)[^\w/“\"+-]*(?P<first>\w)", re.MULTILINE)


def values(expression: fluent.Pattern, language: str, form: FormOfAddress) -> Iterator[str]:
    """Return every text that *expression* can become, variant by variant."""
    parts = [list(_part(element, language, form)) for element in expression.elements]
    for combination in product(*parts):
        yield "".join(combination)


def _part(
    element: fluent.TextElement | fluent.Placeable, language: str, form: FormOfAddress
) -> Iterator[str]:
    if isinstance(element, fluent.TextElement):
        yield element.value
        return
    match element.expression:
        case fluent.TermReference(id=fluent.Identifier(name="publisher")):
            yield AGENCY[language]
        case fluent.TermReference(id=fluent.Identifier(name="addressee-start")):
            yield form.value[0].upper() + form.value[1:]
        case fluent.TermReference():
            yield form.value
        case fluent.VariableReference(id=fluent.Identifier(name=name)):
            yield "7" if name in NUMBERS else "Mẫu"
        case fluent.SelectExpression(variants=variants):
            for variant in variants:
                yield from values(variant.value, language, form)
        case other:
            raise AssertionError(f"{other} is nothing that we know")


def sentences(language: str, form: FormOfAddress) -> Iterator[tuple[str, str]]:
    for key, message in messages(source(language)).items():
        assert message.value is not None
        for text in values(message.value, language, form):
            yield key, text


@pytest.mark.parametrize(("language", "form"), FORMS)
def test_no_word_comes_twice_in_a_row(language: str, form: FormOfAddress) -> None:
    twice = [
        (key, one)
        for key, text in sentences(language, form)
        for line in text.splitlines()
        for one, other in zip(_WORD.findall(line), _WORD.findall(line)[1:], strict=False)
        if one.casefold() == other.casefold() and one != "Mẫu" and re.search(rf"\b{one}\s+{other}\b", line)
    ]

    assert twice == []


@pytest.mark.parametrize(("language", "form"), FORMS)
def test_every_sentence_begins_with_a_capital(language: str, form: FormOfAddress) -> None:
    small = [
        (key, text[max(0, start.start("first") - 20) : start.start("first") + 20])
        for key, text in sentences(language, form)
        if key not in FRAGMENTS
        for start in _SENTENCE_START.finditer(text)
        if start["first"].islower() and not _is_listed(text, start.start("first"))
    ]

    assert small == []


def _is_listed(text: str, at: int) -> bool:
    """Return whether the letter stands in an item of a list, which need not begin with a capital."""
    line = text[text.rfind("\n", 0, at) + 1 :]
    return line.startswith(("•", "/", "…"))


@pytest.mark.parametrize(("language", "form"), FORMS)
def test_spaces_and_marks_stand_where_they_belong(language: str, form: FormOfAddress) -> None:
    wrong = re.compile(r"  | [,.;:!?](?!\w)|\.\.|,,|[(“] | [)”]|(?<=[a-zà-ỹ])[.;!?](?=[A-ZÀ-Ỹ])|\s\Z")

    found = [(key, text) for key, text in sentences(language, form) if wrong.search(text)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_composed(language: str) -> None:
    """An old phone shows a letter and its mark side by side if they are two."""
    assert source(language) == unicodedata.normalize("NFC", source(language))


def test_no_vietnamese_line_is_without_diacritics() -> None:
    """Of what is longer than a few words, a third of the words at least has some in Vietnamese."""
    bare = []
    for key, text in sentences("vi", FormOfAddress.YOU):
        for line in text.splitlines():
            words = [
                word for word in _WORD.findall(re.sub(r"/\w+|“[^”]*”|\"[^\"]*\"", "", line)) if word != "Mẫu"
            ]
            marked = [word for word in words if not word.isascii()]
            if len(words) > 4 and len(marked) * 3 < len(words):
                bare.append((key, line))

    assert bare == []


def test_no_text_asks_people_to_tap() -> None:
    """Where a messenger has no buttons, one types."""
    words = re.compile(r"\b(?:chạm|bấm|nhấn|ấn nút|tap|press|click)\b", re.IGNORECASE)

    found = [
        key
        for language in LANGUAGES
        for key, text in sentences(language, FormOfAddress.YOU)
        if words.search(text)
    ]

    assert found == []


def test_every_fragment_that_is_listed_is_there() -> None:
    assert messages(source("vi")).keys() >= FRAGMENTS
