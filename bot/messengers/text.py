"""Styled text in the markup of a messenger, and without any."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from bot.domain.chats.message import RichText, Span
from bot.domain.text.text import encodable

MOMENT_FORMAT = "wdt"
"""Bot API, date_time: the day of the week, the date and the time of day, all of them short."""


@lru_cache(maxsize=64)
def to_html(text: RichText) -> str:
    """Return *text* in the HTML that Telegram reads.

    Bot API: the tags b, i, a and tg-time, which may nest, and code.
    """
    return encodable("".join(_tagged(span) for span in text))


def to_plain(text: Iterable[Span]) -> str:
    """Return *text* without style; the address of a link that does not show it follows in brackets."""
    return encodable("".join(_spelled_out(span) for span in text))


def is_plain(text: Iterable[Span]) -> bool:
    return not any(span.bold or span.italic or span.url or span.code or span.moment for span in text)


def _tagged(span: Span) -> str:
    html = escape(span.text, quote=False)
    if not span.text.strip():
        # An entity around nothing is dropped by Telegram anyway.
        return html
    if span.code:
        # Bot API: no other entity may stand in it.
        return f"<code>{html}</code>"
    if span.bold:
        html = f"<b>{html}</b>"
    if span.italic:
        html = f"<i>{html}</i>"
    if span.moment:
        html = f'<tg-time unix="{span.moment}" format="{MOMENT_FORMAT}">{html}</tg-time>'
    if span.url:
        html = f'<a href="{escape(span.url)}">{html}</a>'
    return html


def _spelled_out(span: Span) -> str:
    return f"{span.text} ({span.url})" if span.url and span.url != span.text else span.text
