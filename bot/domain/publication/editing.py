"""Editing before a release: what somebody changes about what waits, and what the source itself says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.blocks.model import Blocks, of_paragraphs
from bot.domain.chats.chat import TopicId
from bot.domain.news.article import Article, Attachment, Photo, PreparedPhoto
from bot.domain.publication.announcement import TITLE_LENGTH
from bot.domain.publication.content import SUMMARY_LENGTH
from bot.domain.text.text import one_line


class EditedPart(StrEnum):
    """A part that is typed."""

    TITLE = "t"
    SUMMARY = "s"


class Flaw(StrEnum):
    """Why words cannot be what they were typed for, or a choice cannot be made."""

    EMPTY = "empty"
    TITLE_TOO_LONG = "title-too-long"
    SUMMARY_TOO_LONG = "summary-too-long"
    NO_TOPIC = "no-topic"


class EditError(ValueError):
    """What was typed or chosen cannot stand in an article; *flaw* says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Edit:
    """What is changed about what waits; what is None stays as it is.

    *photo* becomes the lead photo; *without_photo* says that there is to be none. It waits in
    *topics* alone from then on.
    """

    title: str | None = None
    summary: str | None = None
    photo: PreparedPhoto | None = None
    without_photo: bool = False
    urgent: bool | None = None
    topics: tuple[TopicId, ...] | None = None

    @classmethod
    def into(cls, topics: Iterable[TopicId]) -> "Edit":
        """Return the edit that has an article wait in *topics* alone; raises EditError if there are none."""
        chosen = tuple(sorted(set(topics)))
        if not chosen:
            raise EditError(Flaw.NO_TOPIC)
        return cls(topics=chosen)

    @classmethod
    def of_words(
        cls,
        *,
        title: str | None = None,
        summary: str | None = None,
        urgent: bool | None = None,
        without_photo: bool = False,
    ) -> "Edit":
        """Return the edit with *title* and *summary* as they were typed; raises EditError.

        An empty summary is none: a card shows the first paragraph in its place.
        """
        if title is not None:
            title = one_line(title)
            if not title:
                raise EditError(Flaw.EMPTY)
            if len(title) > TITLE_LENGTH:
                raise EditError(Flaw.TITLE_TOO_LONG)
        if summary is not None:
            summary = one_line(summary)
            if len(summary) > SUMMARY_LENGTH:
                raise EditError(Flaw.SUMMARY_TOO_LONG)
        return cls(title, summary, without_photo=without_photo, urgent=urgent)

    def applied(self, article: Article) -> Article:
        """Return *article* as it is edited; a photo that is chosen comes first."""
        edited = replace(
            article,
            title=article.title if self.title is None else self.title,
            summary=article.summary if self.summary is None else self.summary,
        )
        if self.photo is None:
            return edited
        led, address = edited.led_by(self.photo), self.photo.url
        return replace(led, photos=tuple(sorted(led.photos, key=lambda each: each.url != address)))

    def photo_key(self, key: str | None) -> str | None:
        """Return the key of the lead photo after the edit, where it was *key*."""
        if self.without_photo:
            return None
        return self.photo.key if self.photo else key


@dataclass(frozen=True, slots=True)
class SourceText:
    """What the source says of an article that was edited; *photo_key* names its prepared lead photo.

    *version* counts how often it has changed since. It is *undecided* while nobody has said whether the
    article, which is out, takes over the change.
    """

    title: str
    summary: str
    body: tuple[str, ...]
    photos: tuple[Photo, ...]
    attachments: tuple[Attachment, ...]
    photo_key: str | None
    version: int = 0
    undecided: bool = False
    blocks: Blocks = ()

    @classmethod
    def of(cls, article: Article, photo_key: str | None) -> "SourceText":
        return cls(
            article.title,
            article.summary,
            article.body,
            article.photos,
            article.attachments,
            photo_key,
            blocks=article.blocks,
        )

    @property
    def layout(self) -> Blocks:
        """Return the body as blocks, whether it came as such or as plain paragraphs."""
        return self.blocks or of_paragraphs(self.body)

    def within(self, article: Article) -> Article:
        """Return *article* as the source has it."""
        return replace(
            article,
            title=self.title,
            summary=self.summary,
            body=self.body,
            photos=self.photos,
            attachments=self.attachments,
            blocks=self.blocks,
        )
