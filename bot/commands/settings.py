"""/caidat: what a chat can choose, shown, or changed by typing."""

from dataclasses import replace
from typing import Any

from bot.commands import basics, chosen, subscribe
from bot.commands import setting_panels as panels
from bot.commands.names import Command
from bot.commands.setting_panels import ALL
from bot.commands.setting_view import (
    choices_of,
    refused,
    said,
    save,
    saved,
    set_schedules,
    show,
    targets,
    usual_quiet,
)
from bot.commands.topic_filters import ask_filter, set_filter
from bot.commands.turn import Answer, Turn
from bot.domain.message import RichText
from bot.domain.preferences import Schedule, Timing
from bot.domain.setting_words import (
    FilterWish,
    LanguageWish,
    QuietWish,
    Switch,
    SwitchWish,
    TimingWish,
    Wish,
    ZoneWish,
    read,
)
from bot.domain.text import shorten
from bot.domain.time_zones import OFFERED, named
from bot.i18n import LANGUAGES
from bot.services.settings import Choices
from bot.services.subscriptions import find_topic, listed

_SHOWN_WORDS = 60


async def settings(turn: Turn, words: str) -> Answer:
    """Show what is chosen, or change what *words* say."""
    if answer := refused(turn):
        return answer
    if not words:
        return await show(turn)
    if wish := read(words):
        return await _grant(turn, wish)
    return await show(turn, before=_unclear(turn, words))


async def _grant(turn: Turn, wish: Wish) -> Answer:
    match wish:
        case TimingWish():
            return await _retime(turn, wish)
        case FilterWish():
            return await _filter(turn, wish)
        case QuietWish():
            return await _quieten(turn, wish)
        case SwitchWish():
            return await _switch(turn, wish.switch, on=wish.on)
        case ZoneWish():
            return await _move(turn, wish.place)
        case LanguageWish():
            turn = await basics.speak(turn, wish.language)
            return await show(turn, before=saved(turn, turn.text("saved-language")))


def _named(choices: Choices, words: str) -> str | None:
    """Return what typed words are about: a topic's id, ALL if they name none, None if nobody knows it."""
    if not words:
        only = choices.topics[0].id if len(choices.topics) == 1 else None
        return only or ALL
    topic = find_topic(choices.topics, words)
    return topic.id if topic else None


async def _retime(turn: Turn, wish: TimingWish) -> Answer:
    choices = await choices_of(turn)
    target = _named(choices, wish.topic)
    if target is None:
        return await _unknown(turn, choices, wish.topic)
    found = targets(choices, target)
    if not found:
        return await show(turn)
    wanted = [(topic.id, _wished(each.schedule, wish)) for topic, each in found]
    await set_schedules(turn, wanted)
    names = listed((topic for topic, _ in found), turn.language)
    changed = turn.text("settings-changed", topics=names, what=chosen.timing(turn, wanted[0][1]))
    rounded = f" {turn.text('settings-whole-hours', hour=wanted[0][1].hour)}" if wish.is_rounded else ""
    return await show(turn, before=said(changed + rounded))


def _wished(now: Schedule, wish: TimingWish) -> Schedule:
    """Return the schedule that is wished for; what was not said stays as it is, or is what is usual."""
    timing = wish.timing or (Timing.DAILY if now.timing is Timing.AT_ONCE else now.timing)
    if timing is Timing.AT_ONCE:
        return Schedule(Timing.AT_ONCE)
    hour = now.hour if now.timing is not Timing.AT_ONCE else panels.USUAL_HOUR
    weekday = wish.weekday or now.weekday or panels.USUAL_WEEKDAY
    return Schedule(
        timing,
        hour if wish.hour is None else wish.hour,
        weekday if timing is Timing.WEEKLY else None,
    )


async def _filter(turn: Turn, wish: FilterWish) -> Answer:
    choices = await choices_of(turn)
    target = _named(choices, wish.topic)
    if target is None:
        return await _unknown(turn, choices, wish.topic)
    found = [topic for topic, _ in targets(choices, target)]
    if not found:
        return await show(turn)
    if wish.words == "":
        return await ask_filter(turn, found, target)
    return await set_filter(turn, found, target, wish.words)


async def _quieten(turn: Turn, wish: QuietWish) -> Answer:
    if wish.unclear:
        return await show(turn, panels.QUIET, before=_unclear(turn, wish.unclear))
    if wish == QuietWish():
        return await show(turn, panels.QUIET)
    preferences = (await choices_of(turn)).preferences
    quiet = preferences.quiet
    if wish.is_on is False:
        quiet = None
    elif wish.hours or wish.is_on or wish.mode:
        quiet = wish.hours or quiet or usual_quiet(turn)
    mode = wish.mode or preferences.quiet_mode
    changed = replace(preferences, quiet=quiet, quiet_mode=mode)
    turn = await save(turn, changed)
    what = chosen.quiet_saved(turn, changed, with_mode=wish.mode is not None)
    return await show(turn, panels.QUIET, before=saved(turn, what))


async def _switch(turn: Turn, switch: Switch, *, on: bool) -> Answer:
    change: dict[str, Any] = {switch: on}
    turn = await save(turn, replace((await choices_of(turn)).preferences, **change))
    what = turn.text("saved-switch", switch=switch, on="yes" if on else "no")
    return await show(turn, before=saved(turn, what))


async def _move(turn: Turn, place: str) -> Answer:
    if not place:
        return await show(turn, panels.ZONE)
    translator = turn.context.translator
    places = [
        (translator.text(language, "time-zone", zone=name), zone)
        for language in LANGUAGES
        for name, zone in OFFERED.items()
    ]
    zone = named(place, places)
    if zone is None:
        unknown = turn.text("settings-zone-unknown", words=shorten(place, _SHOWN_WORDS))
        return await show(turn, panels.ZONE, before=said(unknown))
    turn = await save(turn, replace((await choices_of(turn)).preferences, time_zone=zone))
    what = turn.text("saved-zone", zone=chosen.place(turn, zone))
    return await show(turn, panels.ZONE, before=saved(turn, what))


async def _unknown(turn: Turn, choices: Choices, words: str) -> Answer:
    """Say that *words* name no topic, above the list of those that are subscribed to, or that there are."""
    if choices.subscriptions:
        return await show(turn, before=subscribe.unknown(turn, words))
    return await subscribe.menu(turn, Command.SUBSCRIBE, before=subscribe.unknown(turn, words))


def _unclear(turn: Turn, words: str) -> RichText:
    return said(turn.text("settings-unclear", words=shorten(words, _SHOWN_WORDS)))
