"""Reasons as people read them: every code has a sentence of its own in every language."""

import pytest

from bot.domain.reason import Reason, ReasonCode
from bot.i18n import LANGUAGES, FormOfAddress
from bot.services.rendering.reasons import worded
from tests.commands.stage import texts

TEXTS = texts(FormOfAddress.YOU)
RAW = "Bad Request: something odd"
DETAILS = {"host": "office.example", "status": "503", "seconds": "20"}
QUOTING = frozenset({ReasonCode.MESSAGE_REFUSED, ReasonCode.DATABASE, ReasonCode.OTHER})
"""What is said in the words of the other program, for want of better ones."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_few_quote_the_other_program(language: str) -> None:
    said = {
        code: worded(TEXTS, language, Reason(code, RAW, DETAILS), hours=72)
        for code in ReasonCode
        if code is not ReasonCode.OTHER
    }
    other = worded(TEXTS, language, Reason(ReasonCode.OTHER, RAW))

    assert len({*said.values(), other}) == len(ReasonCode)
    assert {code for code, words in said.items() if RAW in words} | {ReasonCode.OTHER} == QUOTING
    assert RAW in other


def test_a_long_reason_of_another_program_is_cut() -> None:
    assert len(worded(TEXTS, "vi", Reason(ReasonCode.OTHER, "x" * 5_000))) < 250


def test_a_vietnamese_reads_no_english_about_a_server_in_trouble() -> None:
    stored = "[site-trouble status=503 host=office.example] https://office.example/ answered 503"

    assert worded(TEXTS, "vi", Reason.of(stored)) == (
        "máy chủ của trang nguồn đang gặp sự cố (mã 503), bot sẽ tự thử lại"
    )
