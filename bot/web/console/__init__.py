"""The web console: what those who manage the bot see and do in a browser, by the services of the chat."""

from bot.web.console.console import (
    AnnouncingTools,
    Console,
    ConsoleAccount,
    DeskMeans,
    Setting,
    SettingsAccess,
)
from bot.web.console.serving import console_routes

__all__ = [
    "AnnouncingTools",
    "Console",
    "ConsoleAccount",
    "DeskMeans",
    "Setting",
    "SettingsAccess",
    "console_routes",
]
