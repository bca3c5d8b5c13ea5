"""Making a configuration folder: the shipped bot.toml and feeds.toml, and values set in them."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.settings.problems import unreadable
from bot.settings.settings import ConfigurationError

BOT, FEEDS = "bot.toml", "feeds.toml"
_SHIPPED = files("bot.settings") / "shipped"
"""The same files as in config/ of the source, in the package: an installation has no other."""


def shipped(name: str) -> str:
    return (_SHIPPED / name).read_text(encoding="utf-8")


def make_folder(folder: Path, values: Mapping[tuple[str, str], str]) -> None:
    """Make *folder* with the shipped files, where there are none, and set *values* in its bot.toml.

    *values* are texts by section and key. All else in there stays, comments too. Raises ConfigurationError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (BOT, FEEDS):
            if not (folder / name).exists():
                (folder / name).write_text(shipped(name), encoding="utf-8")
        _set(folder / BOT, values)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{folder} cannot be written: {unreadable(error)}") from None


def _set(file: Path, values: Mapping[tuple[str, str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    try:
        document = tomlkit.parse(before)
    except TOMLKitError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    for (section, key), value in values.items():
        document.setdefault(section, tomlkit.table())[key] = value
    after = tomlkit.dumps(document)
    if after != before:
        file.write_text(after, encoding="utf-8")
