"""How rows are printed, and that nothing in them can command the terminal."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.cli.base.output import columns, print_json
from bot.domain.errors import reason_of
from bot.domain.text.text import printable

HANOI = timezone(timedelta(hours=7))
ROW = {
    "title": "Tin \x1b]0;mine\x07 mới\u202e\x9b31m",
    "at": datetime(2026, 3, 2, 20, 30, tzinfo=UTC),
    "no": None,
}


def test_people_read_their_own_time_and_no_character_that_a_terminal_obeys() -> None:
    heads, line = columns([ROW], HANOI).splitlines()

    assert heads.split() == ["title", "at", "no"]
    assert line == "Tin ?]0;mine? mới??31m  2026-03-03 03:30:00  –"


def test_machines_read_all_of_it_escaped_and_the_offset_of_a_moment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_json([ROW])

    printed = capsys.readouterr().out
    assert json.loads(printed) == [{**ROW, "at": "2026-03-02T20:30:00+00:00"}]
    assert printed.replace("\n", "").isprintable()


@pytest.mark.parametrize("text", ["Cục Sở hữu trí tuệ", "một\nhai", "🙂 – “ngoặc kép”"])
def test_words_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)"), "Connection refused"),
        (
            OSError("Multiple exceptions: [Errno 111] Connect call failed ('::1', 1), [Errno 111] x"),
            "Connection refused",
        ),
        (OSError(-2, "Name or service not known"), "Name or service not known"),
        (TimeoutError(), "no answer in time"),
        (OSError("what a library says"), "what a library says"),
    ],
)
def test_what_the_system_refuses_is_said_in_words_without_its_number(error: OSError, words: str) -> None:
    assert reason_of(error) == words
