"""Time zones as people name them: a few to choose from, any city that a zone is called after, an offset."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.text import fold

OFFERED = {
    "vietnam": "Asia/Ho_Chi_Minh",
    "japan": "Asia/Tokyo",
    "korea": "Asia/Seoul",
    "taiwan": "Asia/Taipei",
    "singapore": "Asia/Singapore",
    "australia": "Australia/Sydney",
    "russia": "Europe/Moscow",
    "germany": "Europe/Berlin",
    "czechia": "Europe/Prague",
    "britain": "Europe/London",
    "america-east": "America/New_York",
    "america-west": "America/Los_Angeles",
}
"""Where Vietnamese people live, by what the texts call it."""

_OFFSET = re.compile(r"(?:(?:gmt|utc) ?)?([+-]) ?(\d{1,2})(?::?00)?")
_PARTS = re.compile(r"[_\-/ ]+")


def named(words: str, places: Iterable[tuple[str, str]]) -> str | None:
    """Return the IANA name of the zone that *words* mean; *places* are names of zones, and the zones."""
    wanted = _plain(words)
    if not wanted:
        return None
    if match := _OFFSET.fullmatch(fold(words)):
        return _of_offset(match[1], int(match[2]))
    by_name = {_plain(name): zone for name, zone in places}
    if wanted in by_name:
        return by_name[wanted]
    if known := _known().get(wanted):
        return known
    return next((zone for name, zone in by_name.items() if wanted in name), None)


def offset(zone: str, now: datetime) -> str:
    """Return how far *zone* is from Greenwich now, for example "GMT+7"."""
    away = now.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = round(away.total_seconds() / 60) if away else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _of_offset(sign: str, hours: int) -> str | None:
    # In these names alone, east of Greenwich is minus.
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "Etc/GMT"
    return name if name in _known().values() else None


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return every zone by its name and by its city, in plain letters; finding them out reads many files."""
    zones = sorted(available_timezones(), reverse=True)
    return {_city(zone): zone for zone in zones} | {_plain(zone): zone for zone in zones}


def _plain(name: str) -> str:
    return " ".join(_PARTS.split(fold(name))).strip()


def _city(zone: str) -> str:
    return _plain(zone.rpartition("/")[2])
