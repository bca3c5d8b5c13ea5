"""The buttons of /caidat."""

from dataclasses import replace
from typing import Any

from bot.commands import setting_panels as panels
from bot.commands.actions import Action
from bot.commands.setting_view import choices_of, refused, save, set_schedules, show, targets, usual_quiet
from bot.commands.turn import Answer, Turn
from bot.domain.preferences import Preferences, QuietMode
from bot.domain.setting_words import Switch
from bot.domain.time_zones import OFFERED
from bot.store import chats


async def press_settings(turn: Turn, pressed: Action) -> Answer:
    """Open a panel. Whatever was asked for before is not waited for any more."""
    if answer := await refused(turn):
        return answer
    async with turn.context.database.write() as tx:
        if here := await chats.find(tx, turn.address):
            await chats.take_input(tx, here.id)
    panel, target = pressed.arguments(2)
    return await show(turn, panel, target)


async def press_schedule(turn: Turn, pressed: Action) -> Answer:
    code, target = pressed.arguments(2)
    schedule = panels.schedule_of(code)
    if schedule is None:
        return turn.refuse(turn.text("button-stale"))
    if answer := await refused(turn):
        return answer
    wanted = [(topic.id, schedule) for topic, _ in targets(await choices_of(turn), target)]
    await set_schedules(turn, wanted)
    return await show(turn, panels.TOPIC, target, toast=turn.text("toast-saved"))


async def press_prefer(turn: Turn, pressed: Action) -> Answer:
    """Change what holds for everything that the chat gets."""
    name, value, panel = pressed.arguments(3)
    if answer := await refused(turn):
        return answer
    preferences = (await choices_of(turn)).preferences
    try:
        changed, panel = _changed(turn, preferences, (name, value), panel)
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
        return replace(preferences, **change), panels.QUIET if panel == panels.QUIET else panels.MAIN
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
