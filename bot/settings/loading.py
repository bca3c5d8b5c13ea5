"""Where settings come from: bot.toml, then secrets.env beside it, then the environment, and secret files."""

import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.settings.problems import Location, did_you_mean, explain, unreadable
from bot.settings.secrets_file import NAME, read_secrets
from bot.settings.settings import ConfigurationError, SettingOrigin, Settings
from bot.settings.toml_file import read_toml

PREFIX = "BANTIN_"
SECTION_SEPARATOR = "__"
_FILE = "_FILE"
_FOLDER = "BANTIN_CONFIG"
ENVIRONMENT = "the environment"

# Kubernetes sets these by itself where a service is called "bantin".
_OF_KUBERNETES = re.compile(r"BANTIN_(SERVICE_(HOST|PORT)(_\w+)?|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)")


def load_settings(folder: Path | None) -> Settings:
    """Return the settings of *folder*, or without one the defaults. Raises ConfigurationError."""
    if folder and not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such configuration folder")
    given = _Given(folder / "bot.toml" if folder else None)
    if folder:
        given.take(read_secrets(folder), SettingOrigin.SECRETS, place=str(folder / NAME))
    given.take(os.environ, SettingOrigin.ENVIRONMENT, place=ENVIRONMENT)
    return given.settings()


class _Given:
    """The values that somebody has set, and where; what is taken later goes before what was taken earlier."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        self._origins: dict[tuple[str, str], SettingOrigin] = {}
        self._names: dict[tuple[str, str], str] = {}
        if file and file.exists():
            self._values = read_toml(file)
            tables = {name: found for name, found in self._values.items() if isinstance(found, dict)}
            self._origins = {
                (section, key): SettingOrigin.FILE for section, found in tables.items() for key in found
            }

    def take(self, variables: Mapping[str, str], origin: SettingOrigin, *, place: str) -> None:
        """Take what *variables* set; one that a file is named for goes before its plain twin."""
        own = [name for name in variables if name.startswith(PREFIX)]
        _refuse_unknown(own, place)
        for name in sorted(own, key=lambda name: name.endswith(_FILE)):
            value = variables[name]
            if name.endswith(_FILE):
                value = _read(f"{place}: {name}", value)
            section, _, key = (
                name.removeprefix(PREFIX).removesuffix(_FILE).lower().partition(SECTION_SEPARATOR)
            )
            values = self._values.setdefault(section, {}) if key else None
            if isinstance(values, dict):
                values[key] = value
                self._names[section, key] = f"{place}: {name}"
                self._origins[section, key] = origin

    def settings(self) -> Settings:
        try:
            return Settings.model_validate(self._values).from_places(self._origins)
        except ValidationError as error:
            raise ConfigurationError(explain(error, named=self._named, known=_known)) from None

    def _named(self, location: Location) -> str:
        section, key, *item = (*location, "")
        name = self._names.get((str(section), str(key)))
        place = name or f"{self._file}: {section}{f'.{key}' if key else ''}"
        return f"{place}, item {item[0] + 1}" if item and isinstance(item[0], int) else place


def variable(section: str, key: str) -> str:
    """Return the name that a setting has in the environment."""
    return f"{PREFIX}{section}{SECTION_SEPARATOR}{key}".upper()


def named_files(folder: Path | None) -> tuple[Path, ...]:
    """Return the files that variables in secrets.env or in the environment name in place of a value."""
    variables = {**(read_secrets(folder) if folder else {}), **os.environ}
    names = sorted(name for name in variables if name.startswith(PREFIX) and name.endswith(_FILE))
    return tuple(Path(variables[name]) for name in names)


def _known(location: Location) -> Collection[str]:
    keys = Settings.known_keys()
    return keys if len(location) == 1 else keys.get(str(location[0]), ())


def _refuse_unknown(names: Collection[str], place: str) -> None:
    """Raise ConfigurationError for variables that name no setting: they would do nothing, in silence."""
    settings = {variable(section, key) for section, keys in Settings.known_keys().items() for key in keys}
    known = settings | {f"{name}{_FILE}" for name in settings} | {_FOLDER}
    unknown = [name for name in sorted(set(names) - known) if not _OF_KUBERNETES.fullmatch(name)]
    if unknown:
        raise ConfigurationError(
            "\n".join(
                f"{place}: {name} names no setting"
                f"{did_you_mean(name.upper(), known) or '; bot.toml lists them all, BANTIN_<SECTION>__<KEY>'}"
                for name in unknown
            )
        )


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name}: the file {path} cannot be read: {unreadable(error)}") from None
