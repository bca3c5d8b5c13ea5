"""Logs: structured, and without a secret in any part of a line."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.runtime import logs

TOKEN = "123456789:AAF3xKq0vT4w9mZlQyR1sU7bNcD2eGhJkLp"  # made up for this test


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_secret_is_struck_out_of_text_fields_and_tracebacks(
    capsys: pytest.CaptureFixture[str], style: str
) -> None:
    logs.set_up(level="info", style=style, secrets=["hunter2"])

    structlog.get_logger("a").info("calling", url=f"https://api/bot{TOKEN}/getMe", password="hunter2")
    try:
        raise ValueError(f"no answer from bot{TOKEN} with hunter2")
    except ValueError:
        logging.getLogger("library").exception("failed for %s", TOKEN)

    said = capsys.readouterr().err
    assert (TOKEN in said, "hunter2" in said, said.count("***") >= 4) == (False, False, True)


def test_json_lines_are_one_object_each(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(level="info", style="json", secrets=[])

    structlog.get_logger("bot.services.ingest.poller").info("polled", feed="trong-nuoc", title="Đảng ủy")

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["feed"], line["title"], line["level"]) == (
        "polled",
        "trong-nuoc",
        "Đảng ủy",
        "info",
    )


def test_words_of_others_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(level="info", style="text", secrets=[])
    forged = "Tin\x1b[31m\n2026-01-01T00:00:00Z [info] all is well\x9b2J \u202eđảo"

    structlog.get_logger("a").info(forged, title=forged, several=(forged,))
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("library").exception("failed for %s", forged)

    said = capsys.readouterr().err
    assert not {"\x1b", "\x9b", "\u202e", "\r"}.intersection(said)
    lines = said.splitlines()
    assert "  Traceback (most recent call last):" in lines
    assert not [line for line in lines if line.startswith("2026-01-01T00:00:00Z")]
