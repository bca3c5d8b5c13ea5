"""Where articles come from: adapters that turn foreign bytes into domain data.

The readers by name: what a document lists, the article on a page, a date, and an XML document as text.
"""

from bot.domain.feed import FeedKind, SourceError
from bot.sources.listed import Elsewhere, Listed
from bot.sources.parse import Document, Markup, entries, page
from bot.sources.text.dates import parse_date
from bot.sources.text.encoding import xml_text

__all__ = [
    "Document",
    "Elsewhere",
    "FeedKind",
    "Listed",
    "Markup",
    "SourceError",
    "entries",
    "page",
    "parse_date",
    "xml_text",
]
