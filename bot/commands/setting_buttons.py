"""The buttons of /caidat."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.commands import setting_panels as panels
from bot.commands.callbacks import OpenSettings, Prefer, SetSchedule
from bot.commands.setting_view import choices_of, refused, save, set_schedules, show, targets, usual_quiet
from bot.commands.turn import Answer, Turn
from bot.domain.preferences import Preferences, QuietMode
from bot.domain.setting_words import Switch
from bot.domain.time_zones import OFFERED
from bot.store import chats


async def press_settings(turn: Turn, pressed: OpenSettings) -> Answer:
    """Open a panel. Whatever was asked for before is not waited for any more."""
    if answer := refused(turn):
        return answer
    await turn.unit.note(partial(chats.forget_input, address=turn.address))
    return await show(turn, pressed.panel, pressed.target)


async def press_schedule(turn: Turn, pressed: SetSchedule) -> Answer:
    schedule = panels.schedule_of(pressed.code)
    if schedule is None:
        return turn.refuse(turn.text("button-stale"))
    if answer := refused(turn):
        return answer
    wanted = [(topic.id, schedule) for topic, _ in targets(await choices_of(turn), pressed.target)]
    await set_schedules(turn, wanted)
    return await show(turn, pressed.panel, pressed.target, toast=turn.text("toast-saved"))


async def press_prefer(turn: Turn, pressed: Prefer) -> Answer:
    """Change what holds for everything that the chat gets."""
    if answer := refused(turn):
        return answer
    preferences = (await choices_of(turn)).preferences
    try:
        changed, panel = _changed(turn, preferences, (pressed.name, pressed.value), pressed.panel)
    except ValueError:
        return turn.refuse(turn.text("button-stale"))
    return await show(await save(turn, changed), panel, toast=turn.text("toast-saved"))


def _changed(
    turn: Turn, preferences: Preferences, wish: tuple[str, str], panel: str
) -> tuple[Preferences, str]:
    """Return what a button wishes for, and the panel it stood in. Raises ValueError for a foreign one."""
    name, value = wish
    quiet = preferences.quiet or usual_quiet(turn)
    if name in set(Switch) and value in ("0", "1"):
        change: dict[str, Any] = {name: value == "1"}
        return replace(preferences, **change), panels.QUIET if panel == panels.QUIET else panels.FORM
    match name:
        case "quiet":
            return replace(preferences, quiet=quiet if value == "on" else None), panels.QUIET
        case "mode":
            return replace(preferences, quiet=quiet, quiet_mode=QuietMode(value)), panels.QUIET
        case "begin" | "end":
            quiet = replace(quiet, **{name: int(value) * 60})
            return replace(preferences, quiet=quiet), panels.QUIET
        case "zone" if value in OFFERED.values():
            return replace(preferences, time_zone=value), panels.ZONE
    raise ValueError(f"no button wishes for {name}")
