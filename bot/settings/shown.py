"""The settings in force as they may be shown: without any secret, each with where it comes from."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import BaseModel, SecretStr

from bot.domain.text.text import shorten
from bot.settings.settings import SettingOrigin, Settings

HIDDEN = "••••••"
LONGEST = 200
"""Code points of a value: the longest are lists."""

_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60))


def shown_settings(settings: Settings) -> Iterator[tuple[str, str, str, SettingOrigin]]:
    """Return section, key, value and origin of each setting, in the order of the configuration."""
    secrets = settings.secrets()
    for section in Settings.model_fields:
        chosen = getattr(settings, section)
        assert isinstance(chosen, BaseModel), "settings come in sections"
        for key, field in type(chosen).model_fields.items():
            if not field.exclude:
                value = _without(secrets, _written(getattr(chosen, key)))
                yield section, key, shorten(value, LONGEST), settings.origin(section, key)


def _written(value: object) -> str:
    """Return *value* as it would be written in the environment."""
    match value:
        case None:
            return ""
        case SecretStr():
            return HIDDEN if value.get_secret_value() else ""
        case bool():
            return "true" if value else "false"
        case timedelta():
            return _duration(value)
        case tuple():
            return ", ".join(map(_written, value))
        case _:
            return str(value)


def _duration(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    return next(
        (f"{seconds // length}{unit}" for unit, length in _UNITS if seconds and seconds % length == 0),
        f"{seconds}s",
    )


def _without(secrets: frozenset[str], text: str) -> str:
    """Return *text* with no secret in it: an address of a database has its password inside."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
