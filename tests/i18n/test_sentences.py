"""Every sentence as people read it, in each form of address, with every variant that it has."""

import re
import unicodedata
from functools import cache

import pytest

from bot.i18n import LANGUAGES, FormOfAddress
from bot.i18n.translator import source
from tests.i18n.checking import messages
from tests.i18n.rendering import FORMS, rendered

FRAGMENTS = frozenset(
    [
        *(
            "right",
            "timing",
            "forecast-minutes",
            "forecast-hours",
            "filter",
            "filter-dropped",
            "failures-reasons",
            "feed-never",
            "button-hour",
        ),
        *("weekday-inside", "span-of-hours", "reason"),
        *("saved-quiet", "saved-quiet-off", "saved-switch", "saved-zone", "saved-language"),
        *("saved-address", "spoken"),
        *("audit-who", "audit-what", "audit-every", "audit-field", "audit-word", "audit-state"),
        *("audit-change", "audit-value", "role-name", "admin-topics-all"),
        *("figures-failed-reason", "figures-ended-reason"),
        # Their first word is an argument, which is capital or small as it is given.
        *("card-date-minute", "card-date-day"),
        *("card-document-issued", "card-document-effective", "card-document-signer"),
        *("corrected-part", "corrected-added", "corrected-removed"),
    ]
)
"""What stands within a sentence, or after a colon, and so begins with a small letter."""

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n)[^\w/“\"+-]*(?P<first>\w)", re.MULTILINE)


@cache
def sentences(language: str, form: FormOfAddress) -> tuple[tuple[str, str], ...]:
    """Return the texts, each once, with their keys."""
    return tuple(dict.fromkeys((key, text) for key, _, text in rendered(language, form)))


@pytest.mark.parametrize(("language", "form"), FORMS)
def test_no_word_comes_twice_in_a_row(language: str, form: FormOfAddress) -> None:
    twice = [
        (key, one)
        for key, text in sentences(language, form)
        for line in text.splitlines()
        for one, other in zip(_WORD.findall(line), _WORD.findall(line)[1:], strict=False)
        if one.casefold() == other.casefold() and re.search(rf"\b{one}\s+{other}\b", line)
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
            words = _WORD.findall(re.sub(r"/\w+|“[^”]*”", "", line))
            marked = [word for word in words if not word.isascii()]
            if len(words) > 5 and len(marked) * 3 < len(words):
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


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("start-subscribed", ("one topic", "2 topics")),
        ("photos-lacking", ("One photo", "2 photos")),
        ("hold-question", ("one new article", "2 new articles")),
        ("filter-tried", ("The latest article matches", "None of the latest 2 articles match")),
        ("digest-title", ("one new article", "2 new articles")),
        ("failures-group", ("one chat", "2 chats")),
        ("alert", ("One message is due", "2 messages are due")),
    ],
)
def test_english_tells_one_from_several(key: str, numbers: tuple[str, str]) -> None:
    said = "\n".join(text for each, text in sentences("en", FormOfAddress.YOU) if each == key)

    assert [number in said for number in numbers] == [True, True]


def test_english_never_has_one_of_several() -> None:
    several = "articles|topics|photos|files|chats|members|days|people|messages"
    one_of_several = re.compile(rf"\b1 (?:new |more |other |latest )?(?:{several})\b")
    # Their number is never one: how much a list holds, and more than which is found.
    limits = {"saved-full", "search-found", "public-found"}

    found = [
        text
        for key, text in sentences("en", FormOfAddress.YOU)
        if key not in limits and one_of_several.search(text)
    ]

    assert found == []


def test_every_fragment_that_is_listed_is_there() -> None:
    assert messages(source("vi")).keys() >= FRAGMENTS
