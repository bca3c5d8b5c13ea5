"""Why something failed, as a person reads it in their language."""

from bot.domain.reason import Reason
from bot.domain.text.text import shorten
from bot.i18n import Translator

_LONGEST = 150
"""Code points of another program's own words."""


def worded(translator: Translator, language: str, reason: Reason, *, hours: int = 0) -> str:
    """Return *reason* in *language*; *hours* is for how long something was owed that grew too old."""
    said = reason.details.get
    return translator.text(
        language,
        "reason",
        code=reason.code.value,
        words=shorten(reason.words, _LONGEST),
        waited=hours,
        host=said("host", ""),
        status=said("status", ""),
        seconds=said("seconds", ""),
    )
