"""The line of a message that says which official document an article publishes."""

from bot.domain.news.documents.fields import DocumentFields
from bot.domain.text.text import shorten
from bot.i18n import Translator, moments

LENGTH = 250
"""Code points; the longest of real ones stay below it."""


def document_line(document: DocumentFields, translator: Translator, language: str) -> str:
    """Return, for example, "📜 Nghị định 65/2023/NĐ-CP · Chính phủ · ban hành 23/08/2023"; empty for none."""
    if document.is_empty:
        return ""
    dated = (("card-document-issued", document.issued), ("card-document-effective", document.effective))
    dates = (
        translator.text(language, key, date=moments.date(translator, language, day))
        for key, day in dated
        if day
    )
    signer = document.signer and translator.text(language, "card-document-signer", name=document.signer)
    return shorten("📜 " + " · ".join(filter(None, (document.name, document.issuer, *dates, signer))), LENGTH)
