"""secrets.env in the configuration folder: variables that nobody else may read.

A shell (`set -a; . secrets.env`), Docker Compose (`env_file`) and this program read the same file.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from bot.settings.problems import unreadable
from bot.settings.settings import ConfigurationError

NAME = "secrets.env"


def read_secrets(folder: Path) -> dict[str, str]:
    """Return the variables of the file in *folder*: none if it is not there, or is `distrusted`.

    Raises ConfigurationError for a line that is no variable.
    """
    file = folder / NAME
    if distrusted(folder) or not file.exists():
        return {}
    try:
        with file.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except PermissionError:
        # In a container it may belong to the user who handed its variables over already.
        return {}
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None
    for binding in bindings:
        if binding.error:
            raise ConfigurationError(f"{file}: line {binding.original.line}: write NAME='value'")
    return {binding.key: binding.value for binding in bindings if binding.key and binding.value is not None}


def distrusted(folder: Path) -> str | None:
    """Return why the file in *folder* is not read: other users of this machine can read it, too."""
    file = folder / NAME
    try:
        mode = file.stat().st_mode
    except OSError:
        return None
    if mode & stat.S_IROTH:
        return f"{file} is not used, since every user of this machine can read it: chmod 600 {file}"
    return None


def write_secrets(folder: Path, variables: Mapping[str, str]) -> None:
    """Set *variables* in the file in *folder*, whose other lines stay, and let nobody else read it.

    Raises ConfigurationError for a value that cannot be `quoted`, and for a file that cannot be written.
    """
    file = folder / NAME
    own = [f"{name}={quoted(name, value)}" for name, value in variables.items()]
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else _HEAD
        kept = [line for line in before.splitlines() if line.partition("=")[0].strip() not in variables]
        _replace(file, "\n".join([*kept, *own]) + "\n")
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file} cannot be written: {unreadable(error)}") from None


def _replace(file: Path, text: str) -> None:
    """Put *text* in the place of *file* at once: it is never half there, and never readable to others."""
    beside = file.with_name(f".{NAME}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    beside.replace(file)


def close_to_others(folder: Path) -> None:
    """Let nobody but its owner read the file in *folder*. Raises ConfigurationError."""
    file = folder / NAME
    try:
        file.chmod(0o600)
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be closed to others: {unreadable(error)}") from None


def quoted(name: str, value: str) -> str:
    """Return *value* in quotation marks that the shell, Compose and this program understand alike.

    They agree on what stands between single quotation marks, except for these themselves and for backslashes,
    and on what stands between double ones where none of them gives it a meaning. Raises ConfigurationError
    for what is left.
    """
    if value.isprintable() and not set(value) & set("'\\"):
        return f"'{value}'"
    if value.isprintable() and not set(value) & set('"\\$`'):
        return f'"{value}"'
    raise ConfigurationError(
        f"{name}: this value cannot be written to {NAME} so that every program reads it alike:"
        f" save it in a file of its own, and name that file as {name}_FILE"
    )


_HEAD = """\
# Secrets of Bản Tin. Keep this file to yourself: mode 600, never committed.
# Bản Tin reads it by itself; variables of the environment go before it.
"""
