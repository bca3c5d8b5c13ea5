"""How often something is done, in words."""

from datetime import timedelta

from bot.i18n import Translator


def polled_every(translator: Translator, language: str, interval: timedelta) -> str:
    """Say how often a feed is polled, in the largest unit that says it exactly."""
    seconds = round(interval.total_seconds())
    for size, unit in ((3600, "hours"), (60, "minutes")):
        if seconds and seconds % size == 0:
            return translator.text(language, "feed-interval", unit=unit, count=seconds // size)
    return translator.text(language, "feed-interval", unit="seconds", count=seconds)
