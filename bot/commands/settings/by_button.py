"""The buttons of /caidat."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.commands.base.callbacks import BringDigest, OpenSettings, Prefer, SetSchedule, SettingsPanel
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.settings.panels import form_of
from bot.commands.settings.parse import Switch
from bot.commands.settings.view import choices_of, refused, save, set_schedules, show, targets, usual_quiet
from bot.domain.chats.preferences import Preferences, QuietMode
from bot.domain.chats.time_zones import OFFERED
from bot.domain.desk.audit import AuditAction, of_channel
from bot.services.subscribers import settings as service
from bot.store.chats import chats

handlers = Handlers()


@handlers.button(OpenSettings, GROUP_ADMINISTRATORS_ONLY)
async def press_settings(request: Request, pressed: OpenSettings) -> Response:
    """Open a panel. Whatever was asked for before is not waited for any more."""
    if answer := refused(request):
        return answer
    await request.unit.note(partial(chats.forget_input, address=request.address))
    return await show(request, pressed.panel, pressed.target)


@handlers.button(SetSchedule, GROUP_ADMINISTRATORS_ONLY, writes=True)
async def press_schedule(request: Request, pressed: SetSchedule) -> Response:
    if answer := refused(request):
        return answer
    wanted = [(topic.id, pressed.schedule) for topic, _ in targets(await choices_of(request), pressed.target)]
    await set_schedules(request, wanted)
    return await show(request, pressed.panel, pressed.target, toast=request.text("toast-saved"))


@handlers.button(BringDigest, GROUP_ADMINISTRATORS_ONLY, writes=True)
async def press_digest_now(request: Request, pressed: BringDigest) -> Response:
    """Send what waits for the digest of a topic, so that nobody need wait for the hour to see one."""
    if answer := refused(request):
        return answer
    chat = request.chat
    topics = [topic.id for topic, _ in targets(await choices_of(request), pressed.target)]
    count = await service.bring_digests(request.write_tx, chat, topics, now=request.now) if chat else 0
    if chat and count and request.managed:
        await request.record(
            AuditAction.CHANNEL_DIGEST_BROUGHT, of_channel(chat.address), after={"articles": count}
        )
    toast = request.text("digest-coming", count=count)
    return await show(request, SettingsPanel.TOPIC, pressed.target, toast=toast)


@handlers.button(Prefer, GROUP_ADMINISTRATORS_ONLY, writes=True)
async def press_prefer(request: Request, pressed: Prefer) -> Response:
    """Change what holds for everything that the chat gets."""
    if answer := refused(request):
        return answer
    preferences = (await choices_of(request)).preferences
    try:
        changed, panel = _changed(request, preferences, (pressed.name, pressed.value), pressed.panel)
    except ValueError:
        return request.refuse(request.text("button-stale"))
    return await show(await save(request, changed), panel, toast=request.text("toast-saved"))


def _changed(
    request: Request, preferences: Preferences, wish: tuple[str, str], panel: SettingsPanel
) -> tuple[Preferences, SettingsPanel]:
    """Return what a button wishes for, and the panel it stood in. Raises ValueError for a foreign one."""
    name, value = wish
    quiet = preferences.quiet or usual_quiet(request)
    if name in set(Switch) and value in ("0", "1"):
        change: dict[str, Any] = {name: value == "1"}
        here = SettingsPanel.QUIET if panel is SettingsPanel.QUIET else SettingsPanel.FORM
        return replace(preferences, **change), here
    match name:
        case "quiet":
            return replace(preferences, quiet=quiet if value == "on" else None), SettingsPanel.QUIET
        case "mode":
            return replace(preferences, quiet=quiet, quiet_mode=QuietMode(value)), SettingsPanel.QUIET
        case "begin" | "end":
            quiet = replace(quiet, **{name: int(value) * 60})
            return replace(preferences, quiet=quiet), SettingsPanel.QUIET
        case "address":
            return replace(preferences, address=form_of(value)), SettingsPanel.ADDRESS
        case "zone" if value in OFFERED.values():
            return replace(preferences, time_zone=value), SettingsPanel.ZONE
    raise ValueError(f"no button wishes for {name}")
