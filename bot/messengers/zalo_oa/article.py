"""A page as an article of an Official Account: the JSON that creates it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from bot.domain.chats.page import Page, PageImage, PageText
from bot.domain.messaging.messenger import PageLimits
from bot.domain.text.text import encodable, nfc

LIMITS = PageLimits(title=150, author=50, description=300, images=10)
"""Zalo: characters of title, author and description. The number of pictures is our own choice."""

LARGEST_PHOTO = 1_000_000
"""Bytes: Zalo takes pictures up to 1 MB."""


def article_json(page: Page, cover: str, *, with_images: bool, comments: bool) -> dict[str, Any]:
    """Return *page* as Zalo creates an article of it, with the photo at the address *cover* above it."""
    return {
        "type": "normal",
        "title": _clean(page.title),
        "author": _clean(page.author),
        "cover": {"cover_type": "photo", "photo_url": cover, "status": "show"},
        "description": _clean(page.description),
        "body": [part for block in page.blocks for part in _parts(block, with_images=with_images)],
        "status": "show",
        "comment": "show" if comments else "hide",
    }


def has_images(page: Page) -> bool:
    return any(isinstance(block, PageImage) for block in page.blocks)


def _parts(block: PageText | PageImage, *, with_images: bool) -> Sequence[dict[str, Any]]:
    match block:
        case PageText(text=text, url=None):
            return (_paragraph(escape(_clean(text), quote=False).replace("\n", "<br>")),)
        case PageText(text=text, url=url):
            address = escape(_clean(url or ""))
            return (_paragraph(f'<a href="{address}">{escape(_clean(text), quote=False)}</a>'),)
        case PageImage(url=url, caption=caption):
            if not with_images:
                return ()
            below = (_paragraph(f"<i>{escape(_clean(caption), quote=False)}</i>"),) if caption else ()
            return ({"type": "image", "url": _clean(url)}, *below)


def _paragraph(html: str) -> dict[str, Any]:
    return {"type": "text", "content": f"<p>{html}</p>"}


def _clean(text: str) -> str:
    return nfc(encodable(text))
