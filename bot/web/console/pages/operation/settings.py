"""Settings: what is in force and where it comes from, without any secret; some are changed here.

What is set here lies in the database, over bot.toml: see `bot.settings.stored`.
"""

from dataclasses import replace
from itertools import groupby

from bot.domain.desk.roles import Right
from bot.services.administration import stored_settings as service
from bot.store.runtime import stored_settings
from bot.web.console.console import Setting
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit, gone

_PATH = "/settings"


async def show(visit: Visit) -> PageView:
    return await _page(visit)


async def put(visit: Visit) -> PageView | Redirect:
    """Set one; what cannot be its value is shown once more, with what is expected there."""
    setting = await _editable(visit)
    text = visit.console.settings.written(visit.form.value("value"))
    if visit.console.settings.problem(setting.name, text):
        return replace(await _page(visit, wrong=(setting.name, text)), status=422)
    await service.put(visit.tx, setting.name, text, visit.actor, now=visit.now)
    return _changed(visit, "setting-changed")


async def reset(visit: Visit) -> Redirect:
    """Let the configuration say what it is."""
    # What an older version has stored may be no setting any more.
    if not await service.reset(visit.tx, visit.form.value("setting"), visit.actor, now=visit.now):
        raise gone()
    return _changed(visit, "setting-reset")


def _changed(visit: Visit, notice: str) -> Redirect:
    return Redirect(_PATH, notice, afterwards=visit.console.settings.refresh)


async def _page(visit: Visit, wrong: tuple[str, str] = ("", "")) -> PageView:
    shown = await _shown(visit)
    known = {each.name for each in shown}
    values = {
        "editable": [each for each in shown if each.is_editable],
        "unknown": sorted((await stored_settings.every(visit.tx)).keys() - known),
        "sections": [(name, list(found)) for name, found in groupby(shown, lambda each: each.section)],
        "wrong": wrong[0],
        "typed": wrong[1],
    }
    return PageView("settings.html", values)


async def _shown(visit: Visit) -> list[Setting]:
    return list(visit.console.settings.shown(await stored_settings.every(visit.tx)))


async def _editable(visit: Visit) -> Setting:
    named = visit.form.value("setting")
    found = next((each for each in await _shown(visit) if each.is_editable and each.name == named), None)
    if found is None:
        raise gone()
    return found


ROUTES = (
    shows(_PATH, Right.SETTINGS, show),
    acts(f"{_PATH}/put", Right.SETTINGS, put),
    acts(f"{_PATH}/reset", Right.SETTINGS, reset),
)
