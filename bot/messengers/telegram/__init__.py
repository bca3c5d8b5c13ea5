"""Telegram, through the Bot API."""

from bot.messengers.telegram.messenger import TelegramMessenger

__all__ = ["TelegramMessenger"]
