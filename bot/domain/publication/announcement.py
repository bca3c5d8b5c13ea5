"""An announcement: what the agency writes itself, while it is being written, and when it is over."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.roles import Authority
from bot.domain.news.address import is_web_address
from bot.domain.news.article import Attachment, PreparedPhoto
from bot.domain.publication.content import Content
from bot.domain.text.text import nfc, one_line

TITLE_LENGTH = 300
"""Code points of a title: what a card shows of one in full."""

TEXT_LENGTH = 20_000
DOCUMENTS = 10
LONGEST_ADDRESS = 2_000

DESK_DRAFTS = 30
"""Drafts that one person may have in the console at a time."""

DESK_DRAFTS_KEPT = timedelta(days=30)
"""For how long one is kept in the console that nobody has changed."""

DraftId = NewType("DraftId", int)

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AROUND_A_NAME = " :;,.-–—•*"


class AtEnd(StrEnum):
    """What becomes of an announcement when its time is over: what was sent says so, or is deleted."""

    NOTE = "note"
    DELETE = "delete"


class DraftPart(StrEnum):
    """A part of an announcement that is written, or sent, when it was asked for."""

    TEXT = "t"
    PHOTO = "p"
    DOCUMENTS = "d"
    PAGE = "w"
    RELEASE = "a"
    END = "e"


class Lack(StrEnum):
    """What an announcement cannot go out without."""

    TITLE = "title"
    TOPIC = "topic"
    RELEASE = "release"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement that is being written; *key* names what it will be published as.

    *page* is the address of a page about it. It is released at *release_at*, or at once. It is over at
    *ends_at*, if at any time, and then *at_end* says what becomes of it.
    """

    key: str
    title: str = ""
    text: tuple[str, ...] = ()
    page: str = ""
    photo: str | None = None
    documents: tuple[Attachment, ...] = ()
    topics: tuple[TopicId, ...] = ()
    urgent: bool = False
    release_at: datetime | None = None
    ends_at: datetime | None = None
    at_end: AtEnd = AtEnd.NOTE

    @property
    def mark(self) -> str:
        """Return what tells this draft from what it was before a change, and from any other."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    def lacks(self, now: datetime) -> Lack | None:
        """Return what it cannot go out without, the first thing first."""
        if not self.title:
            return Lack.TITLE
        if not self.topics:
            return Lack.TOPIC
        if self.release_at is not None and self.release_at <= now:
            return Lack.RELEASE
        if self.ends_at is not None and self.ends_at <= (self.release_at or now):
            return Lack.FUTURE
        return None

    def content(self, photo: PreparedPhoto | None) -> Content:
        """Return what is published, with the *photo* that it names."""
        return Content(
            key=self.key,
            title=self.title,
            text=self.text,
            url=self.page,
            photo=photo,
            attachments=self.documents,
            urgent=self.urgent,
            release_at=self.release_at,
        )


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A draft in the console: written by *user* of *account*, and open to whoever edits in all of its topics.

    One that is *proposed* waits for somebody who publishes there.
    """

    id: DraftId
    account: AccountId
    user: str
    draft: Draft
    proposed: bool
    changed_at: datetime

    def is_open_to(self, account: AccountId, user: str, authority: Authority) -> bool:
        """Return whether somebody who may edit may see and change it."""
        is_author = (self.account, self.user) == (account, user)
        return is_author or (bool(self.draft.topics) and authority.covers(self.draft.topics))


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody has written: the first line is the title, and each line that follows a paragraph."""

    title: str
    text: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, said: str) -> "Written":
        """Read *said*; raises ValueError where a title or a text is too long, or there is no title."""
        title, *text = _lines(said) or [""]
        if not title:
            raise ValueError("no announcement")
        return cls.apart(title, "\n".join(text))

    @classmethod
    def apart(cls, title: str, text: str) -> "Written":
        """Read a title, which may be missing still, and the text; raises ValueError where one is too long."""
        title, paragraphs = one_line(nfc(title)), _lines(text)
        if len(title) > TITLE_LENGTH or sum(map(len, paragraphs)) > TEXT_LENGTH:
            raise ValueError("no announcement")
        return cls(title, tuple(paragraphs))


def _lines(said: str) -> list[str]:
    return [line for each in nfc(said).splitlines() if (line := one_line(each))]


def documents_in(said: str) -> tuple[Attachment, ...]:
    """Return the documents that *said* names, an address in each line with its name before or behind it.

    Raises ValueError where a line names none, or there are too many.
    """
    lines = _lines(said)
    if not 0 < len(lines) <= DOCUMENTS:
        raise ValueError("no documents")
    return tuple(map(_document, lines))


def _document(line: str) -> Attachment:
    address = page_in(line)
    name = one_line(line.replace(address, " ")).strip(_AROUND_A_NAME)
    return Attachment(address, name or address.rstrip("/").rpartition("/")[2])


def page_in(said: str) -> str:
    """Return the one address in *said*; raises ValueError where there are none, more, or it leads nowhere."""
    found = _ADDRESS.findall(said)
    named: str = found[0].rstrip(".,;:!?)") if len(found) == 1 else ""
    if not is_web_address(named) or len(named) > LONGEST_ADDRESS:
        raise ValueError("not one address")
    return named
