"""Time zones as people name them: a few to choose from, any city that a zone is called after, an offset."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.text.text import fold

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

_PLACES = {
    "vietnam": (
        "việt nam", "vn", "hà nội", "hanoi", "thủ đô hà nội", "sài gòn", "sg", "hồ chí minh",
        "tp hồ chí minh", "thành phố hồ chí minh", "tphcm", "tp hcm", "hcm", "hồ chí minh city", "hcmc",
        "đà nẵng", "huế", "thừa thiên huế", "cần thơ", "hải phòng", "nha trang", "đà lạt", "vũng tàu",
        "quảng ninh", "hạ long",
        "nghệ an", "vinh", "thanh hóa", "đồng nai", "biên hòa", "bình dương", "buôn ma thuột", "quy nhơn",
    ),
    "japan": ("nhật", "nhật bản", "japan"),
    "korea": ("hàn", "hàn quốc", "nam hàn", "korea", "south korea"),
    "taiwan": ("đài loan", "đài bắc", "taiwan"),
    "australia": ("úc", "nước úc", "australia"),
    "russia": ("nga", "nước nga", "mát xcơ va", "matxcova", "moskva", "moscow", "russia"),
    "germany": ("đức", "nước đức", "germany"),
    "czechia": ("séc", "tiệp", "cộng hòa séc", "czechia", "czech republic"),
    "britain": ("anh", "nước anh", "anh quốc", "luân đôn", "england", "britain", "great britain", "uk"),
    "america-east": (
        "mỹ", "mĩ", "hoa kỳ", "hoa kì", "nước mỹ", "hoa kỳ bờ đông", "mỹ bờ đông", "miền đông nước mỹ", "usa",
        "us", "america", "united states", "washington", "washington dc",
    ),
    "america-west": ("hoa kỳ bờ tây", "mỹ bờ tây", "miền tây nước mỹ", "california", "cali"),
}  # fmt: skip
"""What else people call the places that are offered."""

_ELSEWHERE = {
    "Europe/Paris": ("pháp", "nước pháp", "france"),
    "Europe/Rome": ("ý", "italia", "italy"),
    "Europe/Madrid": ("tây ban nha", "spain"),
    "Europe/Warsaw": ("ba lan", "poland"),
    "Europe/Amsterdam": ("hà lan", "netherlands", "holland"),
    "Europe/Zurich": ("thụy sĩ", "thụy sỹ", "switzerland"),
    "Europe/Stockholm": ("thụy điển", "sweden"),
    "Europe/Kyiv": ("ukraina", "ukraine"),
    "Asia/Shanghai": ("trung quốc", "bắc kinh", "thượng hải", "china", "beijing"),
    "Asia/Hong_Kong": ("hồng kông", "hương cảng"),
    "Asia/Bangkok": ("thái lan", "băng cốc", "thailand"),
    "Asia/Vientiane": ("lào", "viêng chăn", "laos"),
    "Asia/Phnom_Penh": ("campuchia", "phnôm pênh", "cambodia"),
    "Asia/Kuala_Lumpur": ("malaysia", "mã lai"),
    "Asia/Kolkata": ("ấn độ", "india"),
    "America/Toronto": ("canada", "ca na đa"),
}

_OFFSET = re.compile(r"(?:(?:gmt|utc) ?)?([+-]) ?(\d{1,2})(?::?00)?")
_PARTS = re.compile(r"[_\-/., ]+")


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
    if known := _called().get(wanted) or _known().get(wanted):
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


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    zones = {**{OFFERED[name]: called for name, called in _PLACES.items()}, **_ELSEWHERE}
    return {_plain(name): zone for zone, called in zones.items() for name in called}


def _plain(name: str) -> str:
    return " ".join(_PARTS.split(fold(name))).strip()


def _city(zone: str) -> str:
    return _plain(zone.rpartition("/")[2])
