"""Articles: entries that we took, clean and with an identity."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.address import identity

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
class PreparedPhoto:
    """A photo that any messenger takes: a JPEG of known size. *key* is the SHA-256 of its bytes, in hex."""

    key: str
    url: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article, in plain text. *url* is canonical, and the first photo is the lead photo."""

    url: str
    title: str
    summary: str = ""
    body: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    published: Published | None = None

    @property
    def key(self) -> str:
        """Return the identity of the article, whichever of its addresses led to it: a SHA-256 in hex."""
        return hashlib.sha256(identity(self.url).encode()).hexdigest()
