"""Articles: entries that we took, clean and with an identity."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.blocks.model import Blocks, of_paragraphs
from bot.domain.news.address import identity
from bot.domain.news.documents.fields import NO_FIELDS, DocumentFields, read_fields

ArticleId = NewType("ArticleId", int)


class DatePrecision(StrEnum):
    """How exactly a publication date is known; a day is held as its midnight in Viet Nam."""

    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Published:
    """When something was published, as far as it said so."""

    at: datetime
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an article, by its absolute address; the caption may be empty."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that an article comes with; *size* is as the page writes it, and may be empty."""

    url: str
    name: str
    size: str = ""


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo that any messenger takes: a JPEG of known size. *key* is the SHA-256 of its bytes, in hex.

    *thumbnail* is the address that the article gave, where *url* is that of its original.
    """

    key: str
    url: str
    content: bytes
    width: int
    height: int
    thumbnail: str = ""


_WITHOUT_PAGE = "urn:bantin:content:"


def without_page(key: str) -> str:
    """Return what stands in the place of the address of an article that has none, and that *key* names."""
    return f"{_WITHOUT_PAGE}{hashed(key)}"


def hashed(text: str) -> str:
    """Return the SHA-256 of *text*, in hex."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One article, in plain text. *url* is canonical, and the first photo is the lead photo.

    One that has no page of its own has a name in place of the *url*: see `without_page`.
    *author* and *source* are who wrote it and where it was taken from, as far as the page says so.
    *blocks* are the body as it is laid out; where there are none, *body* is all there is: plain paragraphs.
    *document* has the fields of the official document that it publishes, if they have been read.
    """

    url: str
    title: str
    summary: str = ""
    body: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    published: Published | None = None
    attachments: tuple[Attachment, ...] = ()
    author: str = ""
    source: str = ""
    blocks: Blocks = ()
    document: DocumentFields = NO_FIELDS

    @property
    def layout(self) -> Blocks:
        """Return the body as blocks, whether it came as such or as plain paragraphs."""
        return self.blocks or of_paragraphs(self.body)

    @property
    def key(self) -> str:
        """Return the identity of the article, whichever of its addresses led to it: a SHA-256 in hex."""
        return hashed(identity(self.url))

    @property
    def page(self) -> str | None:
        """Return the address of its page; None where it has none."""
        return None if self.url.startswith(_WITHOUT_PAGE) else self.url

    def as_document(self) -> "Article":
        """Return the article with the fields that its text states of the document that it publishes."""
        return replace(self, document=read_fields(self.title, (self.summary, *self.body)))

    def led_by(self, photo: PreparedPhoto | None) -> "Article":
        """Return the article with the address that its lead *photo* was had from, a thumbnail's original."""
        if photo is None or any(each.url == photo.url for each in self.photos):
            return self
        raised = tuple(
            replace(each, url=photo.url) if each.url == photo.thumbnail else each for each in self.photos
        )
        return replace(self, photos=raised)
