"""Where articles come from: adapters that turn foreign bytes into domain data.

The readers by name: what a document lists, the article on a page, a date, and an XML document as text.
"""

from bot.domain.news.feed import FeedKind, SourceError
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.html.document import Document, Markup
from bot.sources.tasks import entries, page
from bot.sources.text.dates import parse_date
from bot.sources.text.encoding import xml_text

__all__ = [
    "Document",
    "Elsewhere",
    "FeedKind",
    "Markup",
    "ParsedFeed",
    "SourceError",
    "entries",
    "page",
    "parse_date",
    "xml_text",
]
