"""How long a server wishes to be left alone: Cache-Control, Retry-After, and what feeds say themselves."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "yearly": 24 * 365}


def max_age(cache_control: str) -> timedelta | None:
    """Return what Cache-Control promises will not change (RFC 9111)."""
    found = _MAX_AGE.search(cache_control)
    if found is None or _NO_CACHE.search(cache_control):
        return None
    return timedelta(seconds=int(found[1]))


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """Return how long Retry-After asks to wait: seconds, or a date (RFC 9110)."""
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return timedelta(seconds=int(text))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)


def feed_min_interval(channel: Mapping[str, Any]) -> timedelta | None:
    """Return what a parsed feed says: ttl in minutes (RSS 2.0), else sy:updatePeriod (RSS 1.0)."""
    ttl = _number(channel.get("ttl"))
    if ttl:
        return timedelta(minutes=ttl)
    period = _PERIODS.get(str(channel.get("sy_updateperiod") or "").strip().lower())
    if period is None:
        return None
    return timedelta(hours=period) / (_number(channel.get("sy_updatefrequency")) or 1)


def longest(*wishes: timedelta | None) -> timedelta | None:
    return max((wish for wish in wishes if wish is not None), default=None)


def _number(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
