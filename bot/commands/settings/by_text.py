"""/caidat: what a chat can choose, shown, or changed by typing."""

from dataclasses import replace
from typing import Any

from bot.commands.base import settings_text
from bot.commands.base.callbacks import SettingsPanel
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.reader import subscribe
from bot.commands.reader.language import speak
from bot.commands.settings import panels
from bot.commands.settings.filters import ask_filter, set_filter
from bot.commands.settings.panels import ALL
from bot.commands.settings.parse import (
    AddressChange,
    FilterChange,
    ImpossibleWish,
    LanguageChange,
    QuietChange,
    Switch,
    SwitchChange,
    TimingChange,
    Wish,
    WishProblem,
    ZoneChange,
    read,
)
from bot.commands.settings.view import (
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
from bot.domain.chats.message import RichText
from bot.domain.chats.preferences import USUAL_HOUR, Schedule, Timing
from bot.domain.chats.time_zones import OFFERED, named
from bot.domain.text.text import shorten
from bot.i18n import LANGUAGES
from bot.services.subscribers.settings import ChatSettings
from bot.services.subscribers.subscriptions import find_topic, listed

handlers = Handlers()

_SHOWN_WORDS = 60


async def _takes(request: Request, words: str) -> bool:
    del request
    return read(words) is not None


@handlers.command(Command.SETTINGS, GROUP_ADMINISTRATORS_ONLY, takes=_takes)
async def settings(request: Request, words: str) -> Response:
    """Show what is chosen, or change what *words* say."""
    if answer := refused(request):
        return answer
    if not words:
        return await show(request)
    if wish := read(words):
        return await _grant(request, wish)
    return await show(request, before=_unclear(request, words))


async def _grant(request: Request, wish: Wish) -> Response:
    match wish:
        case TimingChange():
            answer = _retime(request, wish)
        case FilterChange():
            answer = _filter(request, wish)
        case QuietChange():
            answer = _quieten(request, wish)
        case SwitchChange(switch=Switch.WHOLE_TEXT) if not panels.takes_whole_texts(request):
            answer = show(request, before=said(request.text("settings-whole-text-none")))
        case SwitchChange():
            answer = _switch(request, wish.switch, on=wish.on)
        case ZoneChange():
            answer = _move(request, wish.place)
        case LanguageChange():
            answer = _speak(request, wish.language)
        case AddressChange():
            answer = _readdress(request, wish)
        case ImpossibleWish():
            panel = SettingsPanel.QUIET if wish.problem is WishProblem.SAME_HOURS else SettingsPanel.MAIN
            text = request.text("settings-impossible", problem=wish.problem)
            answer = show(request, panel, before=said(text))
    return await answer


async def _speak(request: Request, language: str) -> Response:
    request = await speak(request, language)
    return await show(request, before=saved(request, request.text("saved-language")))


def _named(choices: ChatSettings, words: str) -> str | None:
    """Return what typed words are about: a topic's id, ALL if they name none, None if nobody knows it."""
    if not words:
        only = choices.topics[0].id if len(choices.topics) == 1 else None
        return only or ALL
    topic = find_topic(choices.topics, words)
    return topic.id if topic else None


async def _retime(request: Request, wish: TimingChange) -> Response:
    choices = await choices_of(request)
    target = _named(choices, wish.topic)
    if target is None:
        return await _unknown(request, choices, wish.topic)
    found = targets(choices, target)
    if not found:
        return await show(request)
    wanted = [(topic.id, _wished(each.schedule, wish)) for topic, each in found]
    await set_schedules(request, wanted)
    names = listed((topic for topic, _ in found), request.language)
    changed = request.text("settings-changed", topics=names, what=settings_text.timing(request, wanted[0][1]))
    rounded = f" {request.text('settings-whole-hours', hour=wanted[0][1].hour)}" if wish.is_rounded else ""
    return await show(request, before=said(changed + rounded))


def _wished(now: Schedule, wish: TimingChange) -> Schedule:
    """Return the schedule that is wished for; what was not said stays as it is, or is what is usual."""
    timing = wish.timing or (Timing.DAILY if now.timing is Timing.AT_ONCE else now.timing)
    if timing is Timing.AT_ONCE:
        return Schedule(Timing.AT_ONCE)
    hour = now.hour if now.timing is not Timing.AT_ONCE else USUAL_HOUR
    weekday = wish.weekday or now.weekday or panels.USUAL_WEEKDAY
    return Schedule(
        timing,
        hour if wish.hour is None else wish.hour,
        weekday if timing is Timing.WEEKLY else None,
    )


async def _filter(request: Request, wish: FilterChange) -> Response:
    choices = await choices_of(request)
    target = _named(choices, wish.topic)
    if target is None:
        return await _unknown(request, choices, wish.topic)
    found = [topic for topic, _ in targets(choices, target)]
    if not found:
        return await show(request)
    if wish.words == "":
        return await ask_filter(request, found, target)
    return await set_filter(request, found, target, wish.words)


async def _quieten(request: Request, wish: QuietChange) -> Response:
    if wish.unclear:
        return await show(request, SettingsPanel.QUIET, before=_unclear(request, wish.unclear))
    if wish == QuietChange():
        return await show(request, SettingsPanel.QUIET)
    preferences = (await choices_of(request)).preferences
    quiet = preferences.quiet
    if wish.is_on is False:
        quiet = None
    elif wish.hours or wish.is_on or wish.mode:
        quiet = wish.hours or quiet or usual_quiet(request)
    mode = wish.mode or preferences.quiet_mode
    changed = replace(preferences, quiet=quiet, quiet_mode=mode)
    request = await save(request, changed)
    what = settings_text.quiet_saved(request, changed, with_mode=wish.mode is not None)
    return await show(request, SettingsPanel.QUIET, before=saved(request, what))


async def _switch(request: Request, switch: Switch, *, on: bool) -> Response:
    change: dict[str, Any] = {switch: on}
    request = await save(request, replace((await choices_of(request)).preferences, **change))
    what = request.text("saved-switch", switch=switch, on="yes" if on else "no")
    return await show(request, before=saved(request, what))


async def _readdress(request: Request, wish: AddressChange) -> Response:
    if wish.unclear:
        return await show(request, SettingsPanel.ADDRESS, before=_unclear(request, wish.unclear))
    if wish == AddressChange():
        return await show(request, SettingsPanel.ADDRESS)
    preferences = (await choices_of(request)).preferences
    request = await save(request, replace(preferences, address=wish.form))
    what = request.text("saved-address", form=request.context.translator.form)
    return await show(request, SettingsPanel.ADDRESS, before=saved(request, what))


async def _move(request: Request, place: str) -> Response:
    if not place:
        return await show(request, SettingsPanel.ZONE)
    translator = request.context.translator
    places = [
        (translator.text(language, "time-zone", zone=name), zone)
        for language in LANGUAGES
        for name, zone in OFFERED.items()
    ]
    zone = named(place, places)
    if zone is None:
        unknown = request.text("settings-zone-unknown", words=shorten(place, _SHOWN_WORDS))
        return await show(request, SettingsPanel.ZONE, before=said(unknown))
    request = await save(request, replace((await choices_of(request)).preferences, time_zone=zone))
    what = request.text("saved-zone", zone=settings_text.place(request, zone))
    return await show(request, SettingsPanel.ZONE, before=saved(request, what))


async def _unknown(request: Request, choices: ChatSettings, words: str) -> Response:
    """Say that *words* name no topic, above the list of those that are subscribed to, or that there are."""
    if choices.subscriptions:
        return await show(request, before=subscribe.unknown(request, words))
    return await subscribe.menu(request, Command.SUBSCRIBE, before=subscribe.unknown(request, words))


def _unclear(request: Request, words: str) -> RichText:
    return said(request.text("settings-unclear", words=shorten(words, _SHOWN_WORDS)))
