"""Zalo, through the Bot Platform."""

from bot.messengers.zalo.messenger import ZaloMessenger

__all__ = ["ZaloMessenger"]
