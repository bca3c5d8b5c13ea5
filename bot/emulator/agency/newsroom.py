"""The sample agency's articles: what is published, and what is written and waits to be."""

import hashlib
import itertools
import re
import tomllib
import unicodedata
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

VIETNAM = timezone(timedelta(hours=7), "+07:00")
FOLDER = Path(__file__).parent
PHOTOS = tuple(sorted(path.stem for path in (FOLDER / "photos").glob("*.jpg")))
"""The names of the photos that an article can show."""

SLUG_LENGTH = 100
SAPO_LENGTH = 150
FIRST_ASSET_ENTRY = 151_800


class UnknownChoiceError(ValueError):
    """A section, photo or form that the agency does not have."""


class PhotoForm(StrEnum):
    """How a page shows its first photo; the portal's editors used all of these."""

    LEAD = "lead"
    TABLE = "table"
    CENTRED = "centred"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site with a listing; *instance* is Liferay's id of the portlet that lists it."""

    id: str
    name: str
    path: str
    instance: str


SECTIONS = (
    Section("trong-nuoc", "Hoạt động trong nước", "hoat-ong-trong-nuoc", "kTn4sVmQ2bXd"),
    Section("quoc-te", "Hoạt động quốc tế", "hoat-ong-quoc-te", "pQ7tGz1LhWcy"),
)


@dataclass(frozen=True, slots=True)
class Illustration:
    """One of the shipped photos, with its caption."""

    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is written and not yet published; {day} and {year} still stand in its text."""

    section: Section
    title: str
    paragraphs: tuple[str, ...]
    photos: tuple[Illustration, ...] = ()
    form: PhotoForm = PhotoForm.LEAD
    sapo: str = ""

    def dated(self, at: datetime) -> tuple[str, ...]:
        """Return the paragraphs as they read when published at that moment."""
        # Decree 30/2020: days below 10, and January and February, are written with a nought.
        month = f"{at.month:02}" if at.month <= 2 else str(at.month)
        day = f"{at.day:02} tháng {month} năm {at.year}"
        return tuple(text.replace("{day}", day).replace("{year}", str(at.year)) for text in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Published:
    """An article on the site; *id* is what Liferay calls its asset entry."""

    id: int
    slug: str
    section: Section
    title: str
    sapo: str
    paragraphs: tuple[str, ...]
    photos: tuple[Illustration, ...]
    form: PhotoForm
    at: datetime


@dataclass(slots=True)
class Newsroom:
    """Everything that the agency has written. *now* tells the time, aware."""

    now: Callable[[], datetime]
    _articles: list[Published] = field(default_factory=list)
    _drafts: deque[Draft] = field(default_factory=deque)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(FIRST_ASSET_ENTRY, 7))

    def __post_init__(self) -> None:
        """Fill the site with the articles that come with it."""
        written = tomllib.loads((FOLDER / "articles.toml").read_text(encoding="utf-8"))
        self._drafts.extend(_draft(item) for item in written["prepared"])
        today = self.now().astimezone(VIETNAM)
        for item in reversed(written["published"]):
            at = _workday_before(today, item["workdays_ago"], item["time"])
            draft = _draft(item)
            self._release(replace(draft, paragraphs=draft.dated(at)), at)

    @property
    def draft(self) -> Draft:
        """What would be published next if nobody said otherwise."""
        return self._drafts[0]

    def articles(self, section: Section | None = None) -> tuple[Published, ...]:
        """Return what is published, the newest first."""
        chosen = (item for item in self._articles if section in (None, item.section))
        return tuple(sorted(chosen, key=lambda item: (item.at, item.id), reverse=True))

    def find(self, section: Section, name: str) -> Published | None:
        """Return the article whose slug, or whose id as `id/123`, is *name*."""
        return next((item for item in self.articles(section) if name in (item.slug, f"id/{item.id}")), None)

    def revision(self, section: Section) -> str:
        """Return a name for the section's present content: it changes with every article in it."""
        listed = "\n".join(
            f"{item.id} {item.slug} {item.at} {item.title} {item.sapo}" for item in self.articles(section)
        )
        return hashlib.sha256(listed.encode()).hexdigest()[:24]

    def publish(
        self,
        *,
        title: str | None = None,
        sapo: str | None = None,
        paragraphs: Sequence[str] | None = None,
        photo: str | None = None,
        section: str | None = None,
    ) -> Published:
        """Publish an article now; what is left out comes from the next draft, unless a title is given.

        An article with a title of its own has no photo unless *photo* names one; "" means none in any case.
        Raises UnknownChoiceError for a section or photo that there is not.
        """
        at = self.now().astimezone(VIETNAM)
        base = self.draft
        if title and title != base.title:
            base = Draft(base.section, title, ())
            paragraphs = paragraphs or [sapo or title]
        wanted = replace(
            base,
            section=base.section if section is None else section_of(section),
            paragraphs=base.dated(at) if paragraphs is None else tuple(paragraphs),
            photos=base.photos if photo is None else _photos(photo, base),
            sapo=sapo or "",
        )
        if base is self.draft:
            self._drafts.rotate(-1)
        return self._release(wanted, at)

    def correct(
        self, number: int, *, title: str | None = None, sapo: str | None = None, photo: str | None = None
    ) -> Published:
        """Change what is given in an article that is published; its addresses and its date stay."""
        article = self._numbered(number)
        photos = article.photos
        if photo is not None:
            photos = _photos(photo, Draft(article.section, article.title, (), article.photos))
        corrected = replace(article, title=title or article.title, sapo=sapo or article.sapo, photos=photos)
        self._articles[self._articles.index(article)] = corrected
        return corrected

    def take_down(self, number: int) -> None:
        """Take an article off the site."""
        self._articles.remove(self._numbered(number))

    def rebuild(self, *, redate: bool = False) -> None:
        """Give every article a new number and slug, as a portal that was moved does; *redate* it, too."""
        moved = []
        for article in self._articles:
            at = article.at + timedelta(minutes=1) if redate else article.at
            moved.append(replace(article, id=next(self._ids), slug=f"{article.slug}-ban-moi", at=at))
        self._articles = moved

    def _numbered(self, number: int) -> Published:
        found = next((item for item in self._articles if item.id == number), None)
        if found is None:
            raise UnknownChoiceError(f"no article {number}")
        return found

    def _release(self, draft: Draft, at: datetime) -> Published:
        article = Published(
            id=next(self._ids),
            slug=self._free_slug(draft.title),
            section=draft.section,
            title=draft.title,
            sapo=draft.sapo or cut(draft.paragraphs[0]),
            paragraphs=draft.paragraphs,
            photos=draft.photos,
            form=draft.form,
            at=at,
        )
        self._articles.append(article)
        return article

    def _free_slug(self, title: str) -> str:
        taken = {article.slug for article in self._articles}
        wanted = slug(title)
        numbered = (f"{wanted}-{number}" for number in itertools.count(1))
        return next(name for name in itertools.chain((wanted,), numbered) if name not in taken)


def section_of(name: str) -> Section:
    """Return the section with this id or path."""
    for section in SECTIONS:
        if name in (section.id, section.path):
            return section
    raise UnknownChoiceError(
        f"no section {name!r}; there are {', '.join(section.id for section in SECTIONS)}"
    )


def slug(title: str) -> str:
    """Return the address part that Liferay makes of a title: it drops đ, and cuts without regard to words."""
    plain = unicodedata.normalize("NFD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-") or "bai-viet"


def cut(text: str) -> str:
    """Return the start of *text* as the portal prints a sapo: cut at a word, with three dots."""
    if len(text) <= SAPO_LENGTH:
        return text
    return text[:SAPO_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–.") + "..."


def portal_date(at: datetime) -> str:
    """Return a date as the portal prints it: a 24-hour clock, and SA or CH after it all the same."""
    local = at.astimezone(VIETNAM)
    weekday = "CN" if local.isoweekday() == 7 else f"Th {local.isoweekday() + 1}"
    return f"{weekday}, {local:%d/%m/%Y | %H:%M} {'SA' if local.hour < 12 else 'CH'}"


def _draft(item: Mapping[str, Any]) -> Draft:
    return Draft(
        section=section_of(item["section"]),
        title=item["title"],
        paragraphs=tuple(item["paragraphs"]),
        photos=tuple(Illustration(**photo) for photo in item["photos"]),
        form=PhotoForm(item["form"]),
    )


def _photos(name: str, base: Draft) -> tuple[Illustration, ...]:
    if not name:
        return ()
    if name not in PHOTOS:
        raise UnknownChoiceError(f"no photo {name!r}; there are {', '.join(PHOTOS)}")
    if base.photos and base.photos[0].name == name:
        return base.photos
    return (Illustration(name, base.title),)


def _workday_before(today: datetime, count: int, time: str) -> datetime:
    """Return *time* on the day that lies *count* working days before *today*."""
    hour, minute = map(int, time.split(":"))
    day = today.replace(hour=hour, minute=minute, second=0, microsecond=0)
    while count:
        day -= timedelta(days=1)
        count -= day.isoweekday() <= 5
    return day
