"""secrets.env: written once, read alike by the shell and by us, and by nobody else."""

import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.secrets_file import NAME, distrusted, quoted, read_secrets, write_secrets
from bot.settings.settings import ConfigurationError


def read_by_the_shell(file: Path) -> dict[str, str]:
    """Return what `set -a; . secrets.env` makes of the file."""
    script = f'set -a; . "{file}"; env -0'
    said = subprocess.run(["/bin/sh", "-c", script], env={}, capture_output=True, check=True).stdout
    lines = [line.partition(b"=") for line in said.split(b"\0") if line]
    return {name.decode(): value.decode() for name, _, value in lines if name.startswith(b"V")}


@settings(deadline=None)  # the shell is a process, which takes as long as the machine makes it
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=30))
def test_whatever_can_be_written_is_read_alike_by_the_shell_and_by_us(values: list[str]) -> None:
    written = {}
    for number, value in enumerate(values):
        try:
            quoted("V", value)
        except ConfigurationError:
            assert not value.isprintable() or set(value) & set("'\\")
        else:
            written[f"V{number}"] = value

    with tempfile.TemporaryDirectory() as folder:
        write_secrets(Path(folder), written)

        assert read_by_the_shell(Path(folder, NAME)) == written == read_secrets(Path(folder))


def test_a_value_that_programs_would_read_differently_is_refused_with_a_way_out() -> None:
    with pytest.raises(ConfigurationError, match="name that file as BANTIN_HTTP__PROXY_FILE") as error:
        quoted("BANTIN_HTTP__PROXY", "a'b$c-very-secret")

    assert "very-secret" not in str(error.value)


def test_the_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_secrets(tmp_path, {"A": "1"})
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert (distrusted(tmp_path), list(tmp_path.iterdir())) == (None, [tmp_path / NAME])


def test_other_lines_stay_and_a_variable_stands_there_once(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("# mine\nA=old\nB=kept\n", encoding="utf-8")

    write_secrets(tmp_path, {"A": "new", "C": "more"})

    assert (tmp_path / NAME).read_text(encoding="utf-8") == "# mine\nB=kept\nA='new'\nC='more'\n"


def test_a_file_that_others_can_read_is_distrusted_with_what_to_do(tmp_path: Path) -> None:
    write_secrets(tmp_path, {"A": "1"})
    (tmp_path / NAME).chmod(0o604)

    assert distrusted(tmp_path) == (
        f"{tmp_path}/secrets.env is not used, since every user of this machine can read it:"
        f" chmod 600 {tmp_path}/secrets.env"
    )
    assert read_secrets(tmp_path) == {}
