"""Reading a file in TOML, and saying in which line one is broken."""

import re
import tomllib
from pathlib import Path
from typing import Any

from bot.settings.problems import unreadable
from bot.settings.settings import ConfigurationError

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_toml(file: Path) -> dict[str, Any]:
    """Return what *file* says. Raises FileNotFoundError, and ConfigurationError for one that is no TOML."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file}: {unreadable(error)}") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_broken(file, str(error), lines=text.count("\n") + 1)) from None


def _broken(file: Path, message: str, *, lines: int) -> str:
    """Return what is wrong and where; of the end of a file Python does not say which line it is."""
    position = _POSITION.search(message)
    line = (position and position[1]) or lines
    problem = _POSITION.sub("", message)
    return f"{file}: line {line}: {problem[:1].lower()}{problem[1:]}"
