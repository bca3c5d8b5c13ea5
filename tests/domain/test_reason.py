"""Reasons as they are stored: a code, a few details, and the words of whoever said so."""

import pytest

from bot.domain.reason import Reason, ReasonCode

TROUBLE = Reason(
    ReasonCode.SITE_TROUBLE,
    "https://office.example/ answered 503",
    {"status": "503", "host": "office.example"},
)


def test_a_reason_comes_back_as_it_was_stored() -> None:
    stored = TROUBLE.stored()

    assert stored == "[site-trouble status=503 host=office.example] https://office.example/ answered 503"
    assert Reason.of(stored) == TROUBLE
    assert str(TROUBLE) == TROUBLE.words


@pytest.mark.parametrize(
    "stored",
    ["", "HTTP 503", "[site] x", "[no-code status=1] x", "[Errno 111] refused", "[] [site-trouble]"],
)
def test_what_was_stored_without_a_code_keeps_its_words(stored: str) -> None:
    assert Reason.of(stored) == Reason(ReasonCode.OTHER, stored)
    assert Reason.of(stored).stored() == stored


@pytest.mark.parametrize("value", ["", "a b", "a]b", "a=b", "a\u00a0b", "a\nb", "x" * 101])
def test_a_detail_that_does_not_fit_is_left_out(value: str) -> None:
    reason = Reason(ReasonCode.NO_ANSWER, "words", {"host": value, "seconds": "20"})

    assert Reason.of(reason.stored()) == Reason(ReasonCode.NO_ANSWER, "words", {"seconds": "20"})
