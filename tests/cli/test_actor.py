"""Who is at the command line."""

import os
import pwd

import pytest

from bot.cli.base.actor import actor


def test_nobody_is_another_person_by_saying_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")

    assert actor().user == pwd.getpwuid(os.getuid()).pw_name


def test_a_login_without_a_name_is_called_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)

    assert actor().user == "uid 4000000000"
