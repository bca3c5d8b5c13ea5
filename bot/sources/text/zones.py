"""Time zones as dates name them: an offset, a short name, or a place."""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {
    "ict": 7, "vnt": 7, "wib": 7, "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "bst": 1,
    "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "pkt": 5, "mmt": 6.5, "sgt": 8,
    "myt": 8,
    "pht": 8, "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "acdt": 10.5, "aedt": 11,
    "nzst": 12, "nzdt": 13, "hst": -10, "akst": -9, "akdt": -8, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "brt": -3, "art": -3,
}  # fmt: skip
"""Hours ahead of Greenwich of the names that mean one zone; CST, EST … are RFC 822's American ones."""
_NAMED_OFFSET = re.compile(
    r"(?:gmt|utc)\s*(?P<sign>[+-])\s*(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?![0-9:/])"
)
_BARE_OFFSET = re.compile(
    r"\s*(?:(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})|(?P<short>[+-][0-9]{2}|\+[0-9]))"
    r"(?![0-9:/.-])"
)
_NAME = re.compile(rf"(?<![^\W\d])(?P<name>{'|'.join(_HOURS)})(?!\w)")
_PLACE = re.compile(r"(?<![\w/])[A-Z][A-Za-z]{2,12}(?:/[A-Z][A-Za-z_+-]{1,20}){1,2}(?![\w/])")
# All but a few of them end in T, for 'time'.
_ANY_NAME = re.compile(r"(?<=[0-9])(?:\s?[AP]M)?\s([A-Z]{2,4}T)(?!\w)")


def place_in(text: str) -> tuple[tzinfo | None, str]:
    """Return the zone that *text* names by a place, as in 'Europe/Brussels', and *text* without it."""
    for found in _PLACE.finditer(text):
        try:
            return ZoneInfo(found[0]), text[: found.start()] + " " + text[found.end() :]
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None, text


def names_unknown(text: str) -> bool:
    """Say whether a short name stands behind a time in *text* that is a zone's, and not known here."""
    return any(found[1].lower() not in _HOURS for found in _ANY_NAME.finditer(text))


def named_offset(line: str) -> tuple[tzinfo, re.Match[str]] | None:
    """Return the zone that *line*, in small letters, gives as 'gmt+7', and where."""
    found = _NAMED_OFFSET.search(line)
    return (_offset(found), found) if found else None


def zone_after(line: str, position: int) -> tuple[tzinfo, re.Match[str]] | None:
    """Return the zone that stands in *line*, in small letters, behind the time that ends at *position*."""
    if offset := _BARE_OFFSET.match(line, position):
        return _offset(offset), offset
    if name := _NAME.search(line, position):
        return timezone(timedelta(hours=_HOURS[name["name"]])), name
    return None


def _offset(found: re.Match[str]) -> tzinfo:
    parts = found.groupdict()
    short = parts.get("short") or ""
    hours, minutes = int(parts["hours"] or short[1:]), int(parts["minutes"] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(found.group())
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if "-" in {parts["sign"], short[:1]} else span)
