"""What a page shows inside its text by an element of its own: videos, sounds, pages of others, documents."""

import re
from urllib.parse import parse_qs, urlsplit

from bot.domain.blocks.model import Block, DocumentBlock, Media, MediaKind, Rule
from bot.domain.text.text import one_line
from bot.sources.articles.files import file_name
from bot.sources.html.images import is_tiny
from bot.sources.html.tree import Element
from bot.sources.text.urls import absolute

_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data", "url")
_FRAMES_AROUND = 3
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|webm|mov|m3u8|flv|wmv|avi)$", re.IGNORECASE)
_AUDIO_FILE = re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|wma)$", re.IGNORECASE)
_VIDEO_HOST = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|tiktok\.com|sohatv\.vn)$"
)
_AUDIO_HOST = re.compile(r"(?:^|\.)(?:soundcloud\.com|spotify\.com|podcasts\.apple\.com|zingmp3\.vn)$")
_VIDEO_PATH = re.compile(r"/plugins/video\.php|/(?:video|player)s?[/.?_-]|/player$", re.IGNORECASE)
_YOUTUBE = re.compile(r"/(?:embed|v|shorts)/([A-Za-z0-9_-]{6,20})$")
# What sits in a text and tells nothing: counters, buttons to like, boxes for comments, advertisements.
_APPARATUS = re.compile(
    r"googletagmanager|google-analytics|doubleclick|googlesyndication|googleadservices|adservice|recaptcha"
    r"|/plugins/(?:like|share_button|comments|page|likebox|follow|send)|platform\.twitter\.com/widgets"
    r"|sp\.zalo\.vn|/(?:ads?|adserver|banners?|quang-?cao|delivery)[/._?-]|^about:|//ads?\.|tweetmeme",
    re.IGNORECASE,
)


def shown_by(element: Element, *, base: str) -> Block | None:
    """Return what *element*, one of the flow's MARKERS, shows; None if it shows nothing to anybody."""
    if element.tag == "hr":
        return Rule()
    if all(is_tiny(element.get(side)) for side in ("width", "height")):
        return None
    written = _source(element)
    address = absolute(written, base) if written and not _APPARATUS.search(written) else ""
    if not address:
        return None
    title = _title(element)
    if document := _document_in(address):
        return DocumentBlock(document, title or file_name(document))
    return Media(_page_of(address), title, _kind(element.tag, address))


def _source(element: Element) -> str:
    for holder in (element, *element.iter("source", "embed", "param")):
        if holder.tag == "param" and (holder.get("name") or "").lower() not in {"movie", "src", "url"}:
            continue
        names = ("value",) if holder.tag == "param" else _SOURCES
        for name in names:
            written = (holder.get(name) or "").strip()
            if written and not written.startswith(("about:", "data:", "blob:", "javascript:")):
                return written
    return ""


def _title(element: Element) -> str:
    """Return what the page calls it: by an attribute, or by the caption of the figure around it."""
    for name in ("title", "aria-label", "data-title"):
        if title := one_line(element.get(name) or ""):
            return title
    around = element.getparent()
    for _ in range(_FRAMES_AROUND):
        if around is None:
            break
        if around.tag == "figure":
            caption = around.find(".//figcaption")
            return one_line("".join(caption.itertext())) if caption is not None else ""
        around = around.getparent()
    return ""


def _document_in(address: str) -> str:
    """Return the address of the document that is shown at *address*, by itself or in a viewer; else none."""
    values = parse_qs(urlsplit(address).query)
    for name in ("url", "file", "src"):
        for value in values.get(name, ()):
            document = absolute(value, address)
            if document and file_name(document):
                return document
    return address if file_name(address) else ""


def _kind(tag: str, address: str) -> MediaKind:
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if tag == "audio" or _AUDIO_FILE.search(parts.path) or _AUDIO_HOST.search(host):
        return MediaKind.AUDIO
    is_video = _VIDEO_FILE.search(parts.path) or _VIDEO_HOST.search(host) or _VIDEO_PATH.search(parts.path)
    return MediaKind.VIDEO if tag == "video" or is_video else MediaKind.EMBED


def _page_of(address: str) -> str:
    """Return where people can watch what is shown at *address*: YouTube's frames have a page of their own."""
    parts = urlsplit(address)
    found = _YOUTUBE.search(parts.path)
    if found and "youtube" in (parts.hostname or ""):
        return f"https://www.youtube.com/watch?v={found[1]}"
    return address
