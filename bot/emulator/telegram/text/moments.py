"""Moments in a text, which each reader sees in a zone and a language of their own."""

import re
from typing import Any

_NUMBER = re.compile(r"(-?)([0-9]*)")
_FORMAT = re.compile(r"[rR]|[wWdDtT]*")


def moment_entity(unix: str, wanted: str) -> dict[str, Any] | None:
    """Return kind, time and format of a moment; nothing where it is dropped, None for an unknown format.

    TDLib: of a number the digits it begins with count, in 32 bits; what is not after 1970 is no moment.
    A format is `r`, or day of the week, date and time (`w`, `d`, `t`; long in capitals), short before long.
    """
    if _FORMAT.fullmatch(wanted) is None:
        return None
    match = _NUMBER.match(unix)
    assert match is not None
    number = int(match[2][-32:] or "0") * (-1 if match[1] else 1)
    seconds = (number + 2**31) % 2**32 - 2**31
    if seconds <= 0:
        return {}
    kept = {"type": "date_time", "unix_time": seconds}
    return {**kept, "date_time_format": _canonical(wanted)} if wanted else kept


def _canonical(wanted: str) -> str:
    if wanted in {"r", "R"}:
        return "r"
    letters = ["w" if "w" in wanted.lower() else ""]
    letters += [
        short if short in wanted else short.upper() if short.upper() in wanted else "" for short in "dt"
    ]
    return "".join(letters)
