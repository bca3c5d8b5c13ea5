"""A page: an article in full, for a platform that shows articles of its own instead of messages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageText:
    """One paragraph, raw. *url* makes a link of it."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture at a public address, with its caption, which may be empty."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a page; its cover is the photo of the message that it is in.

    *key* is the identity of the article (`Article.key`): the same article has the same one for ever.
    """

    key: str
    title: str
    author: str
    description: str
    blocks: tuple[PageText | PageImage, ...]
