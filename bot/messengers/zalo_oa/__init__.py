"""A Zalo Official Account, whose articles everybody may read."""

from bot.messengers.zalo_oa.messenger import ZaloOaMessenger

__all__ = ["ZaloOaMessenger"]
