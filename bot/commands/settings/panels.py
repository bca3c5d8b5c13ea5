"""The message of /caidat: how things stand, and the buttons that change them, panel by panel."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from bot.commands.base import group_keeper, settings_text
from bot.commands.base.callbacks import (
    BringDigest,
    EditFilter,
    FilterAction,
    OpenSettings,
    Prefer,
    SetSchedule,
    SettingsPanel,
    ShowChannel,
)
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request
from bot.commands.base.keyboards import CHOSEN, language_buttons, topics_button
from bot.commands.settings.parse import Switch
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.message import Button, Keyboard, RichText, bold, plain
from bot.domain.chats.preferences import (
    AT_ONCE,
    EVERY_MORNING,
    USUAL_HOUR,
    Preferences,
    QuietHours,
    QuietMode,
    Schedule,
    Subscription,
    Timing,
)
from bot.domain.chats.time_zones import OFFERED
from bot.domain.news.feed import Topic
from bot.domain.text.text import shorten
from bot.i18n import LANGUAGES_WITH_FORMS
from bot.services.rendering.card import paragraphs
from bot.services.subscribers.settings import ChatSettings

ALL = "*"
"""What stands in an action for every subscribed topic."""

EVENING = 19
USUAL_WEEKDAY = 1

_HOURS = (6, 7, 8, 11, 12, 17, 19, 20)
_BEGINS = (21, 22)
_ENDS = (5, 6)
"""What is offered to tap; every other hour can be typed."""
_NO_FORM = "usual"
_NAME = 30
_FILTER = 80
_OTHER_WORDS = 1_500
"""Code points that the main panel needs besides its list of topics."""

Panel = tuple[RichText, Keyboard]


def main_panel(request: Request, choices: ChatSettings) -> Panel:
    """Show everything that can be chosen, with what most people want in the first rows."""
    preferences = choices.preferences
    zone = settings_text.place(request, preferences.time_zone)
    text = paragraphs(
        bold(_title(request)),
        plain(_topics(request, choices)),
        plain(
            f"{settings_text.quiet(request, preferences)}\n"
            f"{settings_text.form(request, preferences, zone=zone)}"
        ),
        _typed(request, "settings-choose", "settings-how"),
    )
    keyboard = (
        *_usual_timings(request, choices),
        *((_topic_button(request, *each),) for each in choices.subscriptions),
        *(((_all_button(request),),) if len(choices.subscriptions) > 1 else ()),
        (open_button(_quiet_label(request, preferences), SettingsPanel.QUIET),),
        (open_button(request.text("button-form"), SettingsPanel.FORM),),
        (open_button(request.text("button-zone"), SettingsPanel.ZONE), *_languages(request)),
        *_address_row(request),
        *group_keeper.rows(request),
        (_way_out(request),),
    )
    return text, keyboard


def _usual_timings(request: Request, choices: ChatSettings) -> Keyboard:
    """Return the rows that time every subscribed topic in one tap."""
    schedules = {each.schedule for _, each in choices.subscriptions}
    if not schedules:
        return ()
    labels = {
        request.text("button-every-morning", hour=USUAL_HOUR): EVERY_MORNING,
        request.text("button-every-evening", hour=EVENING): Schedule(Timing.DAILY, EVENING),
        request.text("button-at-once"): AT_ONCE,
    }
    buttons = (
        Button(
            _marked(label, is_chosen=schedules == {schedule}),
            action=SetSchedule(schedule, ALL, SettingsPanel.MAIN).pack(),
        )
        for label, schedule in labels.items()
    )
    return in_rows(buttons, 2)


def form_panel(request: Request, preferences: Preferences) -> Panel:
    """Show how news looks and sounds."""
    takes = takes_whole_texts(request)
    text = paragraphs(
        bold(request.text("button-form")),
        plain(request.text("settings-form-how")),
        plain(request.text("settings-whole-text-how") if takes else ""),
    )
    switches = (switch for switch in Switch if takes or switch is not Switch.WHOLE_TEXT)
    return text, (*((_switch(request, preferences, switch),) for switch in switches), _back(request))


def takes_whole_texts(request: Request) -> bool:
    """Say whether a full text can be one message here: it is read in private chats."""
    capabilities = request.context.messenger.capabilities
    return request.is_private and not request.managed and capabilities.whole_texts


def _title(request: Request) -> str:
    title = request.text("settings-title")
    return (
        f"{title}: {request.chat.title or request.chat.address.chat}"
        if request.managed and request.chat
        else title
    )


def _typed(request: Request, said: str, how: str) -> RichText:
    """Return what is said, and how to type it, which does not go for a channel that is managed from here."""
    if request.managed:
        return (plain(request.text(said)),)
    return plain(f"{request.text(said)} "), *request.examples(how, command=request.spoken(Command.SETTINGS))


def _languages(request: Request) -> tuple[Button, ...]:
    """Return the buttons to the other languages: those that are not spoken in the chat that this is about."""
    speaking = (
        replace(request, language=request.chat.language) if request.managed and request.chat else request
    )
    return language_buttons(speaking, Command.SETTINGS)


def _way_out(request: Request) -> Button:
    if request.managed and request.chat:
        return Button(request.text("button-back"), action=ShowChannel(request.chat.id).pack())
    return topics_button(request)


def _topics(request: Request, choices: ChatSettings) -> str:
    if not choices.subscriptions:
        return request.text("settings-no-topics")
    return "\n".join([request.text("settings-topics"), *_lines(request, choices.subscriptions)])


def _lines(request: Request, subscribed: Iterable[tuple[Topic, Subscription]]) -> list[str]:
    """Return what is chosen for each topic, as far as that fits in a message: the buttons name them all."""
    lines = [
        f"• {topic.name(request.language)}: {settings_text.subscription(request, each, most=_FILTER)}"
        for topic, each in subscribed
    ]
    room = request.context.messenger.capabilities.text_length - _OTHER_WORDS
    taken = accumulate(len(line) + 1 for line in lines)
    return [line for line, end in zip(lines, taken, strict=True) if end <= room]


def topic_panel(request: Request, subscribed: Iterable[tuple[Topic, Subscription]], target: str) -> Panel:
    """Show when and what of a topic comes, or of all topics that are subscribed to if *target* is ALL."""
    found = tuple(subscribed)
    schedules = {each.schedule for _, each in found}
    filters = {each.filter for _, each in found}
    schedule = schedules.pop() if len(schedules) == 1 else None
    wanted = filters.pop() if len(filters) == 1 else None
    if target == ALL:
        text = paragraphs(
            bold(request.text("settings-all-topics")),
            plain("\n".join(_lines(request, found))),
            plain(request.text("settings-all-how")),
            plain(request.text("settings-topic-how")),
        )
    else:
        text = paragraphs(
            bold(found[0][0].name(request.language)),
            plain(f"🕰 {settings_text.timing(request, schedule or AT_ONCE)}"),
            plain(request.text("filter-now", words=wanted.shown) if wanted else ""),
            plain(request.text("settings-topic-how")),
        )
    has_filter = any(each.filter for _, each in found)
    return text, (
        *_timings(request, schedule, target),
        *_filters(request, target, has_filter=has_filter),
        _back(request),
    )


def _timings(request: Request, now: Schedule | None, target: str) -> Keyboard:
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
        _timing_button(
            request.text(key), each, target, is_chosen=now is not None and now.timing is each.timing
        )
        for key, each in kinds.items()
    )
    moments = () if now == AT_ONCE else (*_moments(request, now, target), _digest_now(request, target))
    return (at_once,), tuple(digests), *moments


def _moments(request: Request, now: Schedule | None, target: str) -> Keyboard:
    """Return the rows of the hours at which a digest comes, and of the weekdays of a weekly one."""
    weekday = now.weekday if now else None
    hours = (
        _timing_button(
            request.text("button-hour", hour=each),
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
            request.text("button-weekday", day=day),
            Schedule(Timing.WEEKLY, now.hour, day),
            target,
            is_chosen=day == weekday,
        )
        for day in range(1, 8)
    )
    return *in_rows(hours, 4), *in_rows(days, 4)


def _digest_now(request: Request, target: str) -> tuple[Button, ...]:
    return (Button(request.text("button-digest-now"), action=BringDigest(target).pack()),)


def _timing_button(label: str, schedule: Schedule, target: str, *, is_chosen: bool) -> Button:
    action = SetSchedule(schedule, target).pack()
    return Button(_marked(label, is_chosen=is_chosen), action=action)


def _filters(request: Request, target: str, *, has_filter: bool) -> Keyboard:
    label = request.text("button-filter-change" if has_filter else "button-filter")
    row = [Button(label, action=EditFilter(FilterAction.ASK, target).pack())]
    if has_filter:
        row.append(
            Button(request.text("button-filter-drop"), action=EditFilter(FilterAction.DROP, target).pack())
        )
    return (tuple(row),)


def quiet_panel(request: Request, preferences: Preferences) -> Panel:
    quiet = preferences.quiet
    text = paragraphs(
        bold(request.text("button-quiet")),
        plain(settings_text.quiet(request, preferences)),
        _typed(request, "settings-quiet-how", "settings-quiet-type"),
    )
    on = Button(_quiet_label(request, preferences), action=Prefer("quiet", "off" if quiet else "on").pack())
    modes = (
        _prefer_button(
            request.text("button-quiet-mode", mode=mode),
            ("mode", mode),
            is_chosen=mode is preferences.quiet_mode,
        )
        for mode in QuietMode
    )
    urgent = _switch(request, preferences, Switch.URGENT, panel=SettingsPanel.QUIET)
    hours = (tuple(modes), *_quiet_hours(request, quiet)) if quiet else ()
    return text, ((on,), *hours, (urgent,), _back(request))


def _quiet_label(request: Request, preferences: Preferences) -> str:
    return request.text("button-quiet-state", on="yes" if preferences.quiet else "no")


def _quiet_hours(request: Request, quiet: QuietHours) -> Keyboard:
    begins = (
        _prefer_button(
            request.text("button-quiet-begin", hour=hour),
            ("begin", str(hour)),
            is_chosen=quiet.begin == hour * 60,
        )
        for hour in _BEGINS
    )
    ends = (
        _prefer_button(
            request.text("button-quiet-end", hour=hour),
            ("end", str(hour)),
            is_chosen=quiet.end == hour * 60,
        )
        for hour in _ENDS
    )
    return tuple(begins), tuple(ends)


def zone_panel(request: Request, preferences: Preferences) -> Panel:
    text = paragraphs(
        bold(request.text("button-zone")),
        plain(request.text("settings-zone", zone=settings_text.place(request, preferences.time_zone))),
        _typed(request, "settings-zone-how", "settings-zone-type"),
    )
    places = [
        _prefer_button(
            request.text("time-zone", zone=name), ("zone", zone), is_chosen=zone == preferences.time_zone
        )
        for name, zone in OFFERED.items()
    ]
    return text, (*in_rows(places, 2), _back(request))


def _address_row(request: Request) -> Keyboard:
    """Return the row that leads to the forms of address, in a language that has any."""
    if request.managed or request.language not in LANGUAGES_WITH_FORMS:
        return ()
    form = request.context.translator.form
    return ((open_button(request.text("button-address", form=form), SettingsPanel.ADDRESS),),)


def address_panel(request: Request) -> Panel:
    """Show how the reader is addressed; without a choice the configuration decides, or a topic of its own."""
    now = request.context.translator.form
    command = request.spoken(Command.SETTINGS)
    typing = request.examples("settings-address-type", command=command, form=FormOfAddress.COMRADE)
    text = paragraphs(
        bold(request.text("settings-address-title")),
        plain(request.text("settings-address", form=now)),
        (plain(f"{request.text('settings-address-how')} "), *typing),
    )
    forms = [
        _prefer_button(_start(form), ("address", form.name.lower()), is_chosen=form is request.form)
        for form in FormOfAddress
    ]
    usual = _prefer_button(
        request.text("button-address-usual"), ("address", _NO_FORM), is_chosen=request.form is None
    )
    return text, (*in_rows(forms, 2), (usual,), _back(request))


def form_of(code: str) -> FormOfAddress | None:
    """Return the form of address that a button names; None is the usual one. Raises ValueError."""
    if code == _NO_FORM:
        return None
    found = next((form for form in FormOfAddress if form.name.lower() == code), None)
    if found is None:
        raise ValueError(f"there is no form of address {code}")
    return found


def _start(form: FormOfAddress) -> str:
    return form[0].upper() + form[1:]


def in_rows(buttons: Iterable[Button], width: int) -> Keyboard:
    found = tuple(buttons)
    return tuple(found[start : start + width] for start in range(0, len(found), width))


def _topic_button(request: Request, topic: Topic, subscribed: Subscription) -> Button:
    label = f"{shorten(topic.name(request.language), _NAME)}{settings_text.marks(subscribed)}"
    return open_button(f"⚙️ {label}", SettingsPanel.TOPIC, topic.id)


def _all_button(request: Request) -> Button:
    return open_button(f"⚙️ {request.text('button-all-topics')}", SettingsPanel.TOPIC, ALL)


def open_button(label: str, panel: SettingsPanel, target: str = "") -> Button:
    return Button(label, action=OpenSettings(panel, target).pack())


def _back(request: Request) -> tuple[Button, ...]:
    return (open_button(request.text("button-back"), SettingsPanel.MAIN),)


def _switch(
    request: Request,
    preferences: Preferences,
    switch: Switch,
    *,
    panel: SettingsPanel = SettingsPanel.MAIN,
) -> Button:
    on = bool(getattr(preferences, switch))
    label = request.text("button-switch", switch=switch, on="yes" if on else "no")
    return Button(label, action=Prefer(switch, "0" if on else "1", panel).pack())


def _prefer_button(label: str, wish: tuple[str, str], *, is_chosen: bool) -> Button:
    return Button(_marked(label, is_chosen=is_chosen), action=Prefer(*wish).pack())


def _marked(label: str, *, is_chosen: bool) -> str:
    return f"{CHOSEN} {label}" if is_chosen else label
