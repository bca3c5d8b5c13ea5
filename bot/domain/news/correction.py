"""Corrections: what the agency has changed in an article that was sent, and when its page is read again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.news.address import identity
from bot.domain.news.article import Article
from bot.domain.text.text import spelling

RETRY_AFTER = timedelta(minutes=15)
"""When a page that could not be had, or was gone for the first time, is read once more."""

GRACE = timedelta(hours=1)
"""For how long after the window a last reading that failed is made up for."""

REPORTED_AT = 2
"""How often in a row a page must be gone before somebody is told: portals lose pages for minutes."""

_COMPARED = 2_000
"""Code points: more than any message shows of a title or a summary."""


@dataclass(frozen=True, slots=True)
class CorrectionRules:
    """When pages are read again, counted from the first message and in order; how many edits there may be."""

    moments: tuple[timedelta, ...]
    window: timedelta
    edits: int

    def next_after(self, began_at: datetime, now: datetime) -> datetime | None:
        """Return when the page is read next, if it still is."""
        return next((began_at + after for after in self.moments if began_at + after > now), None)

    def retry_at(self, began_at: datetime, now: datetime) -> datetime | None:
        """Return when to read a page again that could not be had, if it is still worth it."""
        at = min(now + RETRY_AFTER, self.next_after(began_at, now) or now + RETRY_AFTER)
        return at if at <= began_at + self.window + GRACE else None


@dataclass(frozen=True, slots=True)
class Correction:
    """An article as its page now has it, and what of that a message shows."""

    article: Article
    has_new_words: bool
    has_new_photo: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says of an article; without a summary its first paragraph stands in."""

    title: str
    summary: str

    @classmethod
    def of(cls, article: Article) -> "Wording":
        return cls(article.title, (article.summary or next(iter(article.body), ""))[:_COMPARED])

    def has_other_title(self, article: Article) -> bool:
        return spelling(self.title[:_COMPARED]) != spelling(article.title[:_COMPARED])

    def has_other_summary(self, article: Article) -> bool:
        return spelling(self.summary) != spelling(Wording.of(article).summary)


def correction(known: Article, page: Article) -> Correction | None:
    """Return what has changed between the article as it is stored and its *page*; None if nothing has.

    What the page does not say stays as it is known. White space, case and where a tone mark is placed in
    a word make no difference.
    """
    now = replace(
        page,
        url=known.url,
        title=page.title or known.title,
        summary=page.summary or known.summary,
        body=page.body or known.body,
        photos=page.photos or known.photos,
        published=known.published or page.published,
    )
    has_new_photo = _lead(now) != _lead(known)
    has_new_words = _words(now) != _words(known)
    if not has_new_words:
        now = replace(now, title=known.title, summary=known.summary)
    if not has_new_photo and not has_new_words and now.body == known.body:
        return None
    return Correction(now, has_new_words, has_new_photo)


def _words(article: Article) -> tuple[str, str]:
    """Return what a message says of *article*: without a summary, its first paragraph stands in."""
    told = Wording.of(article)
    return spelling(told.title[:_COMPARED]), spelling(told.summary)


def _lead(article: Article) -> str:
    return identity(article.photos[0].url) if article.photos else ""
