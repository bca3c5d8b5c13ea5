"""The form of an announcement: what somebody has typed, and the draft that it makes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import (
    AtEnd,
    Draft,
    DraftPart,
    Written,
    documents_in,
    page_in,
)
from bot.domain.publication.approval import may_release_at
from bot.domain.publication.ending import SeriesError, end_of, release_of
from bot.web.console.visit import FormFields

SERIES = "series"
"""The fault of a date that is to come again and again."""

_ReadMoment = Callable[[str, datetime, tzinfo], datetime]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What the fields hold, as it was typed: moments are those of Viet Nam."""

    title: str
    text: str
    page: str
    documents: str
    topics: Sequence[str]
    urgent: bool
    release_at: str
    ends_at: str
    at_end: str

    @classmethod
    def of_draft(cls, draft: Draft) -> "DraftForm":
        return cls(
            title=draft.title,
            text="\n".join(draft.text),
            page=draft.page,
            documents="\n".join(f"{each.name}: {each.url}" for each in draft.documents),
            topics=draft.topics,
            urgent=draft.urgent,
            release_at=local(draft.release_at),
            ends_at=local(draft.ends_at),
            at_end=draft.at_end,
        )

    @classmethod
    def of_fields(cls, form: FormFields) -> "DraftForm":
        """Read what was typed; several dates in one field stand there one behind the other."""
        return cls(
            title=form.value("title"),
            text=form.value("text"),
            page=form.value("page"),
            documents=form.value("documents"),
            topics=form.all("topic"),
            urgent=form.value("urgent") == "yes",
            release_at=" ".join(form.all("release_at")).strip(),
            ends_at=" ".join(form.all("ends_at")).strip(),
            at_end=form.value("at_end"),
        )

    def applied(self, draft: Draft, offered: Sequence[Topic], now: datetime) -> tuple[Draft, list[str]]:
        """Return *draft* as the form has it, and what of it is not understood: parts, and SERIES.

        Topics that are not *offered* to whoever typed it stay as they are.
        """
        faults: list[str] = []
        known = [topic.id for topic in offered]
        others = tuple(each for each in draft.topics if each not in known)
        changed = replace(
            draft,
            topics=(*others, *(TopicId(each) for each in known if each in self.topics)),
            urgent=self.urgent,
            at_end=AtEnd(self.at_end) if self.at_end in set(AtEnd) else AtEnd.NOTE,
        )
        try:
            written = Written.apart(self.title, self.text)
            changed = replace(changed, title=written.title, text=written.text)
        except ValueError:
            faults.append(DraftPart.TEXT)
        try:
            changed = replace(changed, page=page_in(self.page) if self.page else "")
        except ValueError:
            faults.append(DraftPart.PAGE)
        try:
            changed = replace(changed, documents=documents_in(self.documents) if self.documents else ())
        except ValueError:
            faults.append(DraftPart.DOCUMENTS)
        release_at, more = _moment(self.release_at, release_of, DraftPart.RELEASE, now)
        ends_at, most = _moment(self.ends_at, end_of, DraftPart.END, now)
        return replace(changed, release_at=release_at, ends_at=ends_at), [*faults, *more, *most]


def local(at: datetime | None) -> str:
    """Return *at* as fields for a local time have it; empty where there is none."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M") if at else ""


def _moment(
    said: str, read: _ReadMoment, part: DraftPart, now: datetime
) -> tuple[datetime | None, list[str]]:
    """Return the moment in a field, and what is wrong with it.

    Browsers send it in one form; where one has no such field, people write it as in the chat.
    """
    if not said:
        return None, []
    at = FormFields({"at": [said]}).moment("at")
    if at is not None:
        return (at, []) if may_release_at(at, now) else (None, [part])
    try:
        return read(said, now, VIETNAM), []
    except SeriesError:
        return None, [SERIES]
    except ValueError:
        return None, [part]
