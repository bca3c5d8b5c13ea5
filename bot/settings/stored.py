"""The settings that owners change while the service runs: which these are, and how they lie over bot.toml.

What they set lies in the database, written as in the environment. It goes before bot.toml, and secrets.env
and the environment go before it. A value that is none, perhaps since an older version stored it, is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.text.text import one_line
from bot.settings.contact import HOW, is_reachable
from bot.settings.problems import did_you_mean, wrong_value
from bot.settings.settings import SettingOrigin, Settings
from bot.settings.values import Section

LONGEST = 200
"""Code points of a value."""

EDITABLE: tuple[tuple[str, str], ...] = (
    ("agency", "name"),
    ("agency", "name_en"),
    ("agency", "contact"),
    ("language", "address"),
    ("subscribers", "quiet_hours"),
    ("subscribers", "quiet_mode"),
    ("subscribers", "whole_text"),
    ("topics", "approval"),
    ("topics", "unanswered"),
    ("topics", "unanswered_after"),
    ("delivery", "malformed_percent"),
    ("alerts", "feed_after"),
    ("alerts", "silent_after"),
    ("alerts", "account_after"),
    ("alerts", "backlog_after"),
    ("alerts", "remind_every"),
    ("alerts", "weekly_figures"),
)
"""Section and key of each; all of them take effect in a service that runs."""

_MAY_BE_EMPTY = frozenset({("agency", "name_en"), ("subscribers", "quiet_hours")})
_NAMES = {f"{section}.{key}": (section, key) for section, key in EDITABLE}


@dataclass(frozen=True, slots=True)
class Layered:
    """The settings in force, *stored* values among them, and what is wrong with those that are left out."""

    settings: Settings
    stored: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def layered(configured: Settings, stored: Mapping[str, str]) -> Layered:
    """Lay what is stored over what is *configured*."""
    settings, problems = configured, {}
    for name, text in stored.items():
        if problem := problem_of(name, text):
            problems[name] = problem
            continue
        section, key = _NAMES[name]
        if configured.origin(section, key) in (SettingOrigin.SECRETS, SettingOrigin.ENVIRONMENT):
            continue
        value = getattr(_section(section).model_validate({key: text}), key)
        changed = getattr(settings, section).model_copy(update={key: value})
        settings = settings.model_copy(update={section: changed})
        settings.from_places({(section, key): SettingOrigin.STORED})
    return Layered(settings, stored, problems)


def written(text: str) -> str:
    """Return what somebody has typed as it is stored."""
    return one_line(text).strip()


def problem_of(name: str, text: str) -> str | None:
    """Return in English why *text* cannot be the value of the setting called *name*; None if it can."""
    if name not in _NAMES:
        known = sorted(_NAMES)
        return f"there is no such setting that can be changed here{did_you_mean(name, known)}"
    section, key = _NAMES[name]
    if not text and (section, key) not in _MAY_BE_EMPTY:
        return "it cannot be empty"
    if len(text) > LONGEST:
        return f"write at most {LONGEST} characters"
    if name == "agency.contact" and not is_reachable(text):
        return HOW
    try:
        _section(section).model_validate({key: text})
    except ValidationError as error:
        return wrong_value(error)
    return None


def choices(section: str, key: str) -> tuple[str, ...]:
    """Return the values that a setting can have, where these are few; else none."""
    kind: Any = _section(section).model_fields[key].annotation
    if kind is bool:
        return ("true", "false")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(kind)
    return tuple(each for each in get_args(kind) if isinstance(each, str))


def _section(name: str) -> type[Section]:
    kind = Settings.model_fields[name].annotation
    assert isinstance(kind, type), "settings come in sections"
    assert issubclass(kind, Section), "settings come in sections"
    assert issubclass(kind, BaseModel)
    return kind
