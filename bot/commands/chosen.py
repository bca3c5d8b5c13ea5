"""What a chat has chosen, in words."""

from bot.commands.turn import Turn
from bot.domain.preferences import Preferences, Schedule, Subscription, Timing
from bot.domain.text import shorten
from bot.domain.time_zones import OFFERED, offset
from bot.i18n import moments

DIGEST = "⏰"
FILTERED = "🔍"
"""The marks of subscriptions that do not bring everything at once."""


def timing(turn: Turn, schedule: Schedule) -> str:
    weekday = turn.text("weekday-inside", day=schedule.weekday) if schedule.weekday else ""
    return turn.text("timing", timing=schedule.timing, weekday=weekday, hour=schedule.hour)


def subscription(turn: Turn, chosen: Subscription, *, most: int) -> str:
    """Return when and what of a topic comes, the filter in at most *most* code points."""
    said = timing(turn, chosen.schedule)
    if chosen.filter is None:
        return said
    return f"{said}; {turn.text('filter', words=shorten(chosen.filter.shown, most))}"


def quiet_saved(turn: Turn, preferences: Preferences, *, with_mode: bool) -> str:
    """Return what is said of quiet hours that were just chosen."""
    hours = preferences.quiet
    if hours is None:
        return turn.text("saved-quiet-off")
    said = moments.hours(turn.context.translator, turn.language, hours)
    return turn.text("saved-quiet", hours=said, mode=preferences.quiet_mode if with_mode else "same")


def quiet(turn: Turn, preferences: Preferences) -> str:
    if preferences.quiet is None:
        return turn.text("quiet", hours="", mode="none")
    hours = moments.hours(turn.context.translator, turn.language, preferences.quiet)
    return turn.text("quiet", hours=hours, mode=preferences.quiet_mode)


def form(turn: Turn, preferences: Preferences, *, zone: str) -> str:
    return turn.text(
        "form",
        silent=_yes(preferences.silent),
        photo=_yes(preferences.photo),
        brief=_yes(preferences.brief),
        urgent=_yes(preferences.urgent),
        zone=zone,
    )


def marks(chosen: Subscription) -> str:
    """Return what a button says about a subscription, beside its topic."""
    digest = "" if chosen.schedule.timing is Timing.AT_ONCE else f" {DIGEST}"
    return digest + (f" {FILTERED}" if chosen.filter else "")


def place(turn: Turn, zone: str) -> str:
    """Return a time zone as people call it."""
    offered = {iana: name for name, iana in OFFERED.items()}
    name = turn.text("time-zone", zone=offered[zone]) if zone in offered else zone
    return f"{name} ({offset(zone, turn.now)})"


def _yes(answer: bool) -> str:  # noqa: FBT001 - what is stored
    return "yes" if answer else "no"
