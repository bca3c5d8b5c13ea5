"""A content: what somebody publishes through the bot itself, and no feed has brought."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.news import address
from bot.domain.news.article import (
    Article,
    Attachment,
    DatePrecision,
    Photo,
    PreparedPhoto,
    Published,
    hashed,
    without_page,
)
from bot.domain.text.text import shorten

SUMMARY_LENGTH = 1000
"""Code points of the text that stand for all of it in a card, which shows as many as it has room for."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be published: *text* has a paragraph in each item.

    *key* is what its author calls it: what has the same one is the same content, and is published once.
    *url* is the page of its own that it has, if any, and *published* what that says; else it is published
    now. Without a *summary* the text is one. One that is *urgent* is so in every topic; else the topic and
    the words decide, as they do about what feeds bring. It is released at *release_at*, or at once.
    """

    key: str
    title: str
    text: tuple[str, ...] = ()
    url: str = ""
    photo: PreparedPhoto | None = None
    attachments: tuple[Attachment, ...] = ()
    urgent: bool = False
    release_at: datetime | None = None
    summary: str = ""
    published: Published | None = None

    @property
    def name(self) -> str:
        """Return the name under which it is found again, whatever address it has."""
        return hashed(without_page(self.key))

    def as_article(self, at: datetime) -> Article:
        """Return the article that it is, published *at* that time if nothing else says when."""
        return Article(
            url=address.canonical(self.url) if self.url else without_page(self.key),
            title=self.title,
            summary=self.summary or shorten(" ".join(self.text), SUMMARY_LENGTH),
            body=self.text,
            photos=(Photo(self.photo.url),) if self.photo else (),
            published=self.published or Published(at, DatePrecision.MINUTE),
            attachments=self.attachments,
        )
