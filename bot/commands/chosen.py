"""What a chat has chosen, in words."""

from bot.commands.turn import Turn
from bot.domain.filters import Filter
from bot.domain.preferences import Preferences, Schedule, Subscription, Timing
from bot.domain.text import shorten
from bot.domain.time_zones import OFFERED, offset

NO_BREAK_HYPHEN = "\u2011"
DIGEST = "⏰"
FILTERED = "🔍"
"""The marks of subscriptions that do not bring everything at once."""


def timing(turn: Turn, schedule: Schedule) -> str:
    weekday = turn.text("weekday", day=schedule.weekday) if schedule.weekday else ""
    return turn.text("timing", timing=schedule.timing, weekday=weekday, hour=schedule.hour)


def subscription(turn: Turn, chosen: Subscription, *, most: int) -> str:
    """Return when and what of a topic comes, the filter in at most *most* code points."""
    said = timing(turn, chosen.schedule)
    if chosen.filter is None:
        return said
    return f"{said}; {turn.text('filter', words=shorten(words(chosen.filter), most))}"


def words(wanted: Filter) -> str:
    """Return a filter as it is shown: no line ends behind its dashes."""
    return wanted.text.replace("-", NO_BREAK_HYPHEN)


def clock(turn: Turn, minute: int) -> str:
    """Return a *minute* of the day as a time of the clock."""
    hours, minutes = divmod(minute, 60)
    return turn.text("clock", hour=str(hours), minute=f"{minutes:02}", whole=_yes(minutes == 0))


def quiet_saved(turn: Turn, preferences: Preferences, *, with_mode: bool) -> str:
    """Return what is said of quiet hours that were just chosen."""
    hours = preferences.quiet
    if hours is None:
        return turn.text("saved-quiet-off")
    begin, end = clock(turn, hours.begin), clock(turn, hours.end)
    mode = preferences.quiet_mode if with_mode else "same"
    return turn.text("saved-quiet", begin=begin, end=end, mode=mode)


def quiet(turn: Turn, preferences: Preferences) -> str:
    hours = str(preferences.quiet) if preferences.quiet else ""
    return turn.text("quiet", hours=hours, mode=preferences.quiet_mode if preferences.quiet else "none")


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
