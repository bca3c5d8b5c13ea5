"""Settings: what is in force and where it comes from, without any secret."""

from itertools import groupby

from bot.domain.desk.roles import Right
from bot.web.console.routes import shows
from bot.web.console.visit import PageView, Visit


async def show(visit: Visit) -> PageView:
    sections = [
        (name, list(found)) for name, found in groupby(visit.console.settings, lambda each: each.section)
    ]
    return PageView("settings.html", {"sections": sections})


ROUTES = (shows("/settings", Right.SETTINGS, show),)
