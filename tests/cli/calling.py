"""The same command line as in a process of its own, but called in this one: Python needs long to start."""

import os
import sys
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.cli.bantin import TOPIC, Said


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
