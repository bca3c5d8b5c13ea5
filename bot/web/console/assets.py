"""The style sheet, the script and the icon of the console."""

from functools import cache

from bot.web.assets import Assets, load
from bot.web.console.console import PATH


@cache
def assets() -> Assets:
    """Return each file by its name."""
    return load("bot.web.console", PATH)
