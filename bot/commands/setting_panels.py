"""The message of /caidat: how things stand, and the buttons that change them, panel by panel."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from bot.commands import chosen
from bot.commands.callbacks import EditFilter, FilterWish, OpenSettings, Prefer, SetSchedule, ShowChannel
from bot.commands.menus import CHOSEN, language_buttons, topics_button
from bot.commands.names import Command
from bot.commands.turn import Turn
from bot.domain.feed import Topic
from bot.domain.message import Button, Keyboard, RichText, bold, plain
from bot.domain.preferences import AT_ONCE, Preferences, QuietHours, QuietMode, Schedule, Subscription, Timing
from bot.domain.setting_words import Switch
from bot.domain.text import shorten
from bot.domain.time_zones import OFFERED
from bot.services.compose import paragraphs
from bot.services.settings import Choices

MAIN, TOPIC, QUIET, ZONE, FORM = "", "t", "q", "z", "f"
"""The panels, as actions call them."""
ALL = "*"
"""What stands in an action for every subscribed topic."""

USUAL_HOUR = 7
EVENING = 19
USUAL_WEEKDAY = 1

_HOURS = (6, 7, 8, 11, 12, 17, 19, 20)
_BEGINS = (21, 22)
_ENDS = (5, 6)
"""What is offered to tap; every other hour can be typed."""
_NAME = 30
_FILTER = 80
_OTHER_WORDS = 1_500
"""Code points that the main panel needs besides its list of topics."""

Panel = tuple[RichText, Keyboard]


def main_panel(turn: Turn, choices: Choices) -> Panel:
    """Show everything that can be chosen, with what most people want in the first rows."""
    preferences = choices.preferences
    zone = chosen.place(turn, preferences.time_zone)
    text = paragraphs(
        bold(_title(turn)),
        plain(_topics(turn, choices)),
        plain(f"{chosen.quiet(turn, preferences)}\n{chosen.form(turn, preferences, zone=zone)}"),
        _typed(turn, "settings-choose", "settings-how"),
    )
    keyboard = (
        *_usual_timings(turn, choices),
        *((_topic_button(turn, *each),) for each in choices.subscriptions),
        *(((_all_button(turn),),) if len(choices.subscriptions) > 1 else ()),
        (open_button(_quiet_label(turn, preferences), QUIET),),
        (open_button(turn.text("button-form"), FORM),),
        (open_button(turn.text("button-zone"), ZONE), *_languages(turn)),
        (_way_out(turn),),
    )
    return text, keyboard


def _usual_timings(turn: Turn, choices: Choices) -> Keyboard:
    """Return the rows that time every subscribed topic in one tap."""
    schedules = {each.schedule for _, each in choices.subscriptions}
    if not schedules:
        return ()
    labels = {
        turn.text("button-every-morning", hour=USUAL_HOUR): Schedule(Timing.DAILY, USUAL_HOUR),
        turn.text("button-every-evening", hour=EVENING): Schedule(Timing.DAILY, EVENING),
        turn.text("button-at-once"): AT_ONCE,
    }
    buttons = (
        Button(
            _marked(label, is_chosen=schedules == {schedule}),
            action=SetSchedule(code_of(schedule), ALL, MAIN).pack(),
        )
        for label, schedule in labels.items()
    )
    return in_rows(buttons, 2)


def form_panel(turn: Turn, preferences: Preferences) -> Panel:
    """Show how news looks and sounds."""
    text = paragraphs(bold(turn.text("button-form")), plain(turn.text("settings-form-how")))
    return text, (*((_switch(turn, preferences, switch),) for switch in Switch), _back(turn))


def _title(turn: Turn) -> str:
    title = turn.text("settings-title")
    return f"{title}: {turn.chat.title or turn.chat.address.chat}" if turn.managed and turn.chat else title


def _typed(turn: Turn, said: str, how: str) -> RichText:
    """Return what is said, and how to type it, which does not go for a channel that is managed from here."""
    if turn.managed:
        return (plain(turn.text(said)),)
    return plain(f"{turn.text(said)} "), *turn.examples(how, command=turn.spoken(Command.SETTINGS))


def _languages(turn: Turn) -> tuple[Button, ...]:
    """Return the buttons to the other languages: those that are not spoken in the chat that this is about."""
    speaking = replace(turn, language=turn.chat.language) if turn.managed and turn.chat else turn
    return language_buttons(speaking, Command.SETTINGS)


def _way_out(turn: Turn) -> Button:
    if turn.managed and turn.chat:
        return Button(turn.text("button-back"), action=ShowChannel(turn.chat.id).pack())
    return topics_button(turn)


def _topics(turn: Turn, choices: Choices) -> str:
    if not choices.subscriptions:
        return turn.text("settings-no-topics")
    return "\n".join([turn.text("settings-topics"), *_lines(turn, choices.subscriptions)])


def _lines(turn: Turn, subscribed: Iterable[tuple[Topic, Subscription]]) -> list[str]:
    """Return what is chosen for each topic, as far as that fits in a message: the buttons name them all."""
    lines = [
        f"• {topic.name(turn.language)}: {chosen.subscription(turn, each, most=_FILTER)}"
        for topic, each in subscribed
    ]
    room = turn.context.messenger.capabilities.text_length - _OTHER_WORDS
    taken = accumulate(len(line) + 1 for line in lines)
    return [line for line, end in zip(lines, taken, strict=True) if end <= room]


def topic_panel(turn: Turn, subscribed: Iterable[tuple[Topic, Subscription]], target: str) -> Panel:
    """Show when and what of a topic comes, or of all topics that are subscribed to if *target* is ALL."""
    found = tuple(subscribed)
    schedules = {each.schedule for _, each in found}
    filters = {each.filter for _, each in found}
    schedule = schedules.pop() if len(schedules) == 1 else None
    wanted = filters.pop() if len(filters) == 1 else None
    if target == ALL:
        text = paragraphs(
            bold(turn.text("settings-all-topics")),
            plain("\n".join(_lines(turn, found))),
            plain(turn.text("settings-all-how")),
            plain(turn.text("settings-topic-how")),
        )
    else:
        text = paragraphs(
            bold(found[0][0].name(turn.language)),
            plain(f"🕰 {chosen.timing(turn, schedule or AT_ONCE)}"),
            plain(turn.text("filter-now", words=wanted.shown) if wanted else ""),
            plain(turn.text("settings-topic-how")),
        )
    has_filter = any(each.filter for _, each in found)
    return text, (
        *_timings(turn, schedule, target),
        *_filters(turn, target, has_filter=has_filter),
        _back(turn),
    )


def _timings(turn: Turn, now: Schedule | None, target: str) -> Keyboard:
    """Return the rows that choose when news comes; each hour and each weekday is one tap.

    No more stands in a row than a narrow phone shows without cutting it off, and nothing that has no use yet.
    """
    hour = now.hour if now and now != AT_ONCE else USUAL_HOUR
    weekday = (now.weekday if now else None) or USUAL_WEEKDAY
    kinds = {
        "button-at-once": AT_ONCE,
        "button-daily": Schedule(Timing.DAILY, hour),
        "button-weekly": Schedule(Timing.WEEKLY, hour, weekday),
    }
    at_once, *digests = (
        _timing_button(turn.text(key), each, target, is_chosen=now is not None and now.timing is each.timing)
        for key, each in kinds.items()
    )
    moments = () if now == AT_ONCE else _moments(turn, now, target)
    return (at_once,), tuple(digests), *moments


def _moments(turn: Turn, now: Schedule | None, target: str) -> Keyboard:
    """Return the rows of the hours at which a digest comes, and of the weekdays of a weekly one."""
    weekday = now.weekday if now else None
    hours = (
        _timing_button(
            turn.text("button-hour", hour=each),
            Schedule(Timing.WEEKLY, each, weekday) if weekday else Schedule(Timing.DAILY, each),
            target,
            is_chosen=now is not None and now.hour == each,
        )
        for each in _HOURS
    )
    if now is None or weekday is None:
        return in_rows(hours, 4)
    days = (
        _timing_button(
            turn.text("button-weekday", day=day),
            Schedule(Timing.WEEKLY, now.hour, day),
            target,
            is_chosen=day == weekday,
        )
        for day in range(1, 8)
    )
    return *in_rows(hours, 4), *in_rows(days, 4)


def _timing_button(label: str, schedule: Schedule, target: str, *, is_chosen: bool) -> Button:
    action = SetSchedule(code_of(schedule), target).pack()
    return Button(_marked(label, is_chosen=is_chosen), action=action)


def code_of(schedule: Schedule) -> str:
    """Return a schedule in a few characters: "n", "d07", "w107"."""
    match schedule.timing:
        case Timing.AT_ONCE:
            return "n"
        case Timing.DAILY:
            return f"d{schedule.hour:02}"
        case Timing.WEEKLY:
            return f"w{schedule.weekday}{schedule.hour:02}"


def schedule_of(code: str) -> Schedule | None:
    """Return the schedule that *code* was made of, or None if it is foreign."""
    hour, day = code[-2:], code[1:2]
    try:
        match code[:1], len(code):
            case "n", 1:
                return AT_ONCE
            case "d", 3:
                return Schedule(Timing.DAILY, int(hour))
            case "w", 4:
                return Schedule(Timing.WEEKLY, int(hour), int(day))
    except ValueError:
        pass
    return None


def _filters(turn: Turn, target: str, *, has_filter: bool) -> Keyboard:
    label = turn.text("button-filter-change" if has_filter else "button-filter")
    row = [Button(label, action=EditFilter(FilterWish.ASK, target).pack())]
    if has_filter:
        row.append(Button(turn.text("button-filter-drop"), action=EditFilter(FilterWish.DROP, target).pack()))
    return (tuple(row),)


def quiet_panel(turn: Turn, preferences: Preferences) -> Panel:
    quiet = preferences.quiet
    text = paragraphs(
        bold(turn.text("button-quiet")),
        plain(chosen.quiet(turn, preferences)),
        _typed(turn, "settings-quiet-how", "settings-quiet-type"),
    )
    on = Button(_quiet_label(turn, preferences), action=Prefer("quiet", "off" if quiet else "on").pack())
    modes = (
        _prefer_button(
            turn.text("button-quiet-mode", mode=mode),
            ("mode", mode),
            is_chosen=mode is preferences.quiet_mode,
        )
        for mode in QuietMode
    )
    urgent = _switch(turn, preferences, Switch.URGENT, panel=QUIET)
    hours = (tuple(modes), *_quiet_hours(turn, quiet)) if quiet else ()
    return text, ((on,), *hours, (urgent,), _back(turn))


def _quiet_label(turn: Turn, preferences: Preferences) -> str:
    return turn.text("button-quiet-state", on="yes" if preferences.quiet else "no")


def _quiet_hours(turn: Turn, quiet: QuietHours) -> Keyboard:
    begins = (
        _prefer_button(
            turn.text("button-quiet-begin", hour=hour),
            ("begin", str(hour)),
            is_chosen=quiet.begin == hour * 60,
        )
        for hour in _BEGINS
    )
    ends = (
        _prefer_button(
            turn.text("button-quiet-end", hour=hour),
            ("end", str(hour)),
            is_chosen=quiet.end == hour * 60,
        )
        for hour in _ENDS
    )
    return tuple(begins), tuple(ends)


def zone_panel(turn: Turn, preferences: Preferences) -> Panel:
    text = paragraphs(
        bold(turn.text("button-zone")),
        plain(turn.text("settings-zone", zone=chosen.place(turn, preferences.time_zone))),
        _typed(turn, "settings-zone-how", "settings-zone-type"),
    )
    places = [
        _prefer_button(
            turn.text("time-zone", zone=name), ("zone", zone), is_chosen=zone == preferences.time_zone
        )
        for name, zone in OFFERED.items()
    ]
    return text, (*in_rows(places, 2), _back(turn))


def in_rows(buttons: Iterable[Button], width: int) -> Keyboard:
    found = tuple(buttons)
    return tuple(found[start : start + width] for start in range(0, len(found), width))


def _topic_button(turn: Turn, topic: Topic, subscribed: Subscription) -> Button:
    label = f"{shorten(topic.name(turn.language), _NAME)}{chosen.marks(subscribed)}"
    return open_button(f"⚙️ {label}", TOPIC, topic.id)


def _all_button(turn: Turn) -> Button:
    return open_button(f"⚙️ {turn.text('button-all-topics')}", TOPIC, ALL)


def open_button(label: str, panel: str, target: str = "") -> Button:
    return Button(label, action=OpenSettings(panel, target).pack())


def _back(turn: Turn) -> tuple[Button, ...]:
    return (open_button(turn.text("button-back"), MAIN),)


def _switch(turn: Turn, preferences: Preferences, switch: Switch, *, panel: str = MAIN) -> Button:
    on = bool(getattr(preferences, switch))
    label = turn.text("button-switch", switch=switch, on="yes" if on else "no")
    return Button(label, action=Prefer(switch, "0" if on else "1", panel).pack())


def _prefer_button(label: str, wish: tuple[str, str], *, is_chosen: bool) -> Button:
    return Button(_marked(label, is_chosen=is_chosen), action=Prefer(*wish).pack())


def _marked(label: str, *, is_chosen: bool) -> str:
    return f"{CHOSEN} {label}" if is_chosen else label
