"""What is said of broken settings and arguments: one line, a status, no traceback and no secret.

The same command line as in a process of its own, but called in this one: Python needs long to start.
"""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli.main import main
from tests.cli.bantin import TOPIC, Said, feed


class Call:
    """Calls the command line in *folder*, with the settings of the environment that it was told of."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in [name for name in os.environ if name.startswith("BANTIN_")]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(folder)

    def configure(self, *, bot: str = "", feeds: str = TOPIC) -> None:
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "bot.toml").write_text(bot, encoding="utf-8")
        (self.folder / "config" / "feeds.toml").write_text(feeds, encoding="utf-8")

    def knows(self, **settings: str) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"BANTIN_{name.upper()}", value)

    def __call__(self, *arguments: str) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["bantin", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = self._capsys.readouterr()
        return Said(int(end.value.code or 0), said.out, said.err)


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield Call(tmp_path, monkeypatch, capsys)
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["prevew"], "No such command 'prevew'"),
        (["preview"], "Missing argument 'url'."),
        (["demo", "--port", "many"], "Invalid value for '--port': Input should be a valid integer"),
        (["retry"], "Invalid value: name the deliveries, or say --all"),
    ],
)
def test_a_mistyped_command_is_named(call: Call, arguments: list[str], said: str) -> None:
    answer = call(*arguments)

    assert (answer.status, answer.complaint.startswith(f"bantin: {said}")) == (2, True), answer


@pytest.mark.parametrize(
    ("bot", "feeds", "said"),
    [
        ("[telegram", TOPIC, "config/bot.toml: "),
        ('[polling]\ninterval = "soon"', TOPIC, "polling.interval: write a duration"),
        ("[telegarm]\nx = 1", TOPIC, "telegarm: there is no such setting"),
        ("telegram = 3", TOPIC, "telegram: "),
        ("", "[[topic", "config/feeds.toml: "),
        ("", feed("https://a.vn/rss"), "names the topic 'trong-nuoc', which is not defined"),
    ],
)
def test_a_broken_configuration_is_named(call: Call, bot: str, feeds: str, said: str) -> None:
    call.configure(bot=bot, feeds=feeds)

    assert said in call("poll").complaint


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("telegram", "{not json", "BANTIN_TELEGRAM names no setting"),
        ("config", "nowhere", "nowhere: there is no such configuration folder"),
        ("database__url", "oracle://scott:tiger@there/db", "its address must look like"),
        ("database__url", "sqlite:////proc/nowhere/bantin.db", "/proc/nowhere"),
    ],
)
def test_a_broken_environment_is_named(call: Call, setting: str, value: str, said: str) -> None:
    call.knows(**{setting: value})

    complaint = call("stats").complaint

    assert (said in complaint, "tiger" in complaint) == (True, False), complaint


def test_files_that_are_no_text_or_no_database_are_named(call: Call) -> None:
    call.configure()
    (call.folder / "garbage.db").write_bytes(b"no database at all " * 100)
    call.knows(database__url="sqlite:///garbage.db")
    assert call("stats").complaint == ("bantin: cannot use the database garbage.db: file is not a database")

    (call.folder / "config" / "bot.toml").write_bytes(b"\xff\xfe")
    assert call("stats").complaint == "bantin: config/bot.toml: it is not text in UTF-8"


def test_an_unknown_feed_is_named(call: Call) -> None:
    call.configure(feeds=TOPIC + feed("https://a.vn/rss", "co"))

    assert call("poll", "khong").complaint == "bantin: there is no feed 'khong'; there are co"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://localhost:1/", "localhost is not in the public internet"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("no address", "no address"),
        ("ftp://a.vn/b", "ftp://a.vn/b"),
    ],
)
def test_an_address_that_cannot_be_previewed_is_named(call: Call, url: str, said: str) -> None:
    assert said in call("preview", url).complaint
