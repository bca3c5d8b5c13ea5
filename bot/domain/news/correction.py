"""Corrections: what the agency has changed in an article that was sent, and when its page is read again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.news.address import identity
from bot.domain.news.article import Article, Attachment
from bot.domain.text.rewording import is_small
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
    has_new_files: bool
    has_new_photo: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What a message shows of an article at one time; without a summary its first paragraph stands in.

    *photo* is the key of its lead photo, empty where there is none. It and the *files* are None where nobody
    has kept them.
    """

    title: str
    summary: str
    files: tuple[Attachment, ...] | None = None
    photo: str | None = None

    @classmethod
    def of(cls, article: Article, photo: str | None) -> "Version":
        """Return *article* as it is shown with the *photo* of that key, or with none."""
        summary = (article.summary or next(iter(article.body), ""))[:_COMPARED]
        return cls(article.title, summary, article.attachments, photo or "")

    @property
    def words(self) -> tuple[str, str]:
        """Return title and summary as they are compared: what readers would not notice is no change."""
        return spelling(self.title[:_COMPARED]), spelling(self.summary)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed in an article since a message told of it, for people to be told.

    *title* is the one before, if it has another now; so many files were *added* and *removed*.
    """

    title: str = ""
    has_new_summary: bool = False
    added: int = 0
    removed: int = 0
    has_new_photo: bool = False

    def shown(self, *, summary: bool, photo: bool) -> "Changes":
        """Return what of them a message shows that has a *summary*, or a *photo*, or has none."""
        return replace(
            self,
            has_new_summary=self.has_new_summary and summary,
            has_new_photo=self.has_new_photo and photo,
        )


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What a card says of the last correction that is worth saying."""

    at: datetime
    what: Changes


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it is kept: what the article showed *before* and then, and when that changed.

    *at* is None where nobody has kept it.
    """

    revision: int
    at: datetime | None
    before: Version
    now: Version

    @property
    def what(self) -> Changes:
        """Return what has changed, without what is too small to be said."""
        return changes(self.before, self.now)

    @property
    def note(self) -> CorrectionNote | None:
        """Return what a card says of it; None if that is nothing."""
        return CorrectionNote(self.at, self.what) if self.at and self.what != Changes() else None


def changes(before: Version, now: Version) -> Changes:
    """Return what has changed from *before* to *now*, for people to be told.

    Nothing is said of what was not kept before, and of another spelling, space or mark alone.
    """
    added, removed = _exchanged(before.files, now.files)
    return Changes(
        title="" if is_small(before.title, now.title) else before.title,
        has_new_summary=not is_small(before.summary, now.summary),
        added=added,
        removed=removed,
        has_new_photo=before.photo is not None and bool(now.photo) and before.photo != now.photo,
    )


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
        attachments=page.attachments or known.attachments,
    )
    has_new_photo = _lead(now) != _lead(known)
    has_new_files = any(_exchanged(known.attachments, now.attachments))
    has_new_words = Version.of(now, None).words != Version.of(known, None).words
    if not has_new_words:
        now = replace(now, title=known.title, summary=known.summary)
    if not has_new_files:
        now = replace(now, attachments=known.attachments)
    if not (has_new_words or has_new_files or has_new_photo) and now.body == known.body:
        return None
    return Correction(now, has_new_words, has_new_files, has_new_photo)


def _exchanged(before: tuple[Attachment, ...] | None, now: tuple[Attachment, ...] | None) -> tuple[int, int]:
    """Return how many files of an article are new and how many are gone; none, where they were not kept."""
    if before is None or now is None:
        return 0, 0
    return _lacking(now, among=before), _lacking(before, among=now)


def _lacking(files: tuple[Attachment, ...], *, among: tuple[Attachment, ...]) -> int:
    """Return how many of *files* are not *among* others: portals give one another address now and then."""
    known = {name for each in among for name in _names(each)}
    return sum(known.isdisjoint(_names(each)) for each in files)


def _names(file: Attachment) -> set[str]:
    return {identity(file.url), *filter(None, [spelling(file.name)])}


def _lead(article: Article) -> str:
    return identity(article.photos[0].url) if article.photos else ""
