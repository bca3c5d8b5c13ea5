"""Texts for people, in Vietnamese and English."""

from bot.i18n.translator import LANGUAGES, FormOfAddress, Translator

__all__ = ["LANGUAGES", "FormOfAddress", "Translator"]
