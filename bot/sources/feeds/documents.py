"""The documents that a feed gives with an entry: enclosures, media, and links in its text."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.news.article import Attachment
from bot.domain.text.text import one_line
from bot.sources.articles.attachments import MOST, attachments_of_html
from bot.sources.articles.files import file_name, size_of
from bot.sources.text.urls import absolute

_NAMES = {
    "application/pdf": "PDF",
    "application/x-pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "Word",
    "application/rtf": "Word",
    "text/rtf": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.spreadsheet": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/zip": "ZIP",
    "application/x-rar-compressed": "RAR",
    "application/vnd.rar": "RAR",
    "application/x-7z-compressed": "7z",
}
"""What a document is called whose address does not say: its kind."""


def files_of(entry: Mapping[str, Any], *, texts: Iterable[str], base: str) -> tuple[Attachment, ...]:
    """Return the documents of an *entry* that feedparser has read, and those that its *texts* link to."""
    enclosed = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    given = [
        document(
            address=str(each.get("href") or each.get("url") or ""),
            kind=str(each.get("type") or ""),
            title=str(each.get("title") or ""),
            size=each.get("length") or each.get("filesize"),
            base=base,
        )
        for each in (*enclosed, *entry.get("media_content", ()))
    ]
    linked = [each for text in texts for each in attachments_of_html(text, base=base)]
    return first_of_each((*filter(None, given), *linked))


def document(*, address: str, kind: str, title: str, size: object, base: str) -> Attachment | None:
    """Return what a feed attaches as a document, by its type or by its name; None for anything else."""
    url = absolute(address, base)
    kind = kind.partition(";")[0].strip().lower()
    if not url or kind.startswith(("image/", "audio/", "video/", "text/html")):
        return None
    name = one_line(title) or file_name(url) or _NAMES.get(kind, "")
    is_document = kind in _NAMES or bool(file_name(url))
    return Attachment(url, name, size_of(size)) if is_document else None


def first_of_each(found: Iterable[Attachment]) -> tuple[Attachment, ...]:
    by_url: dict[str, Attachment] = {}
    for each in found:
        by_url.setdefault(each.url, each)
    return tuple(by_url.values())[:MOST]
