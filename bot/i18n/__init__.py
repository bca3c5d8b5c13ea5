"""Texts for people, in Vietnamese and English."""

from bot.domain.chats.form_of_address import FormOfAddress
from bot.i18n.translator import LANGUAGES, LANGUAGES_WITH_FORMS, Translator

__all__ = ["LANGUAGES", "LANGUAGES_WITH_FORMS", "FormOfAddress", "Translator"]
