"""What a chat has chosen, in words."""

from bot.commands.base.context import Request
from bot.domain.chats.preferences import Preferences, Schedule, Subscription, Timing
from bot.domain.chats.time_zones import OFFERED, offset
from bot.domain.text.text import shorten
from bot.i18n import moments

DIGEST = "⏰"
FILTERED = "🔍"
"""The marks of subscriptions that do not bring everything at once."""


def timing(request: Request, schedule: Schedule) -> str:
    weekday = request.text("weekday-inside", day=schedule.weekday) if schedule.weekday else ""
    return request.text("timing", timing=schedule.timing, weekday=weekday, hour=schedule.hour)


def subscription(request: Request, chosen: Subscription, *, most: int) -> str:
    """Return when and what of a topic comes, the filter in at most *most* code points."""
    said = timing(request, chosen.schedule)
    if chosen.filter is None:
        return said
    return f"{said}; {request.text('filter', words=shorten(chosen.filter.shown, most))}"


def quiet_saved(request: Request, preferences: Preferences, *, with_mode: bool) -> str:
    """Return what is said of quiet hours that were just chosen."""
    hours = preferences.quiet
    if hours is None:
        return request.text("saved-quiet-off")
    said = moments.hours(request.context.translator, request.language, hours)
    return request.text("saved-quiet", hours=said, mode=preferences.quiet_mode if with_mode else "same")


def quiet(request: Request, preferences: Preferences) -> str:
    if preferences.quiet is None:
        return request.text("quiet", hours="", mode="none")
    hours = moments.hours(request.context.translator, request.language, preferences.quiet)
    return request.text("quiet", hours=hours, mode=preferences.quiet_mode)


def form(request: Request, preferences: Preferences, *, zone: str) -> str:
    return request.text(
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


def place(request: Request, zone: str) -> str:
    """Return a time zone as people call it."""
    offered = {iana: name for name, iana in OFFERED.items()}
    name = request.text("time-zone", zone=offered[zone]) if zone in offered else zone
    return f"{name} ({offset(zone, request.now)})"


def _yes(answer: bool) -> str:  # noqa: FBT001 - what is stored
    return "yes" if answer else "no"
