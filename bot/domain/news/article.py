"""Articles: entries that we took, clean and with an identity."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.news.address import identity

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


@dataclass(frozen=True, slots=True)
class Article:
    """One article, in plain text. *url* is canonical, and the first photo is the lead photo.

    *author* and *source* are who wrote it and where it was taken from, as far as the page says so.
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

    @property
    def key(self) -> str:
        """Return the identity of the article, whichever of its addresses led to it: a SHA-256 in hex."""
        return hashlib.sha256(identity(self.url).encode()).hexdigest()

    def led_by(self, photo: PreparedPhoto | None) -> "Article":
        """Return the article with the address that its lead *photo* was had from, a thumbnail's original."""
        if photo is None or any(each.url == photo.url for each in self.photos):
            return self
        raised = tuple(
            replace(each, url=photo.url) if each.url == photo.thumbnail else each for each in self.photos
        )
        return replace(self, photos=raised)
