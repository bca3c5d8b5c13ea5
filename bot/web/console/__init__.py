"""The web console: what those who manage the bot see and do in a browser, by the services of the chat."""

from bot.web.console.console import Console, ConsoleAccount, Setting, SettingsAccess
from bot.web.console.serving import console_routes

__all__ = ["Console", "ConsoleAccount", "Setting", "SettingsAccess", "console_routes"]
