"""Pauses: what must not be sent for now, and how much longer it is owed for that.

An article that was stopped is paused until it is resumed or recalled. A topic, an account or everything may
be paused as well. What is owed meanwhile waits in its place, and does not grow too old: the time for which
it was paused does not count.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.roles import Authority, Right
from bot.domain.news.article import ArticleId

PauseId = NewType("PauseId", int)

FOREVER = datetime.max.replace(tzinfo=UTC)


class PauseScope(StrEnum):
    """What a pause is about."""

    EVERYTHING = "everything"
    ACCOUNT = "account"
    TOPIC = "topic"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Paused:
    """What is, or may be, paused: *about* is the id of the account, topic or article."""

    scope: PauseScope
    about: str = ""


EVERYTHING = Paused(PauseScope.EVERYTHING)


def may_pause(authority: Authority, what: Paused) -> bool:
    """Return whether somebody with that *authority* may pause *what*, and let it go on.

    Somebody limited to topics may pause those alone: an account, or everything, is of all topics.
    """
    if what.scope is PauseScope.TOPIC:
        return authority.may(Right.PUBLISH) and authority.covers([TopicId(what.about)])
    return authority.may(Right.PUBLISH) and authority.topics is None


def may_see(authority: Authority, what: Paused) -> bool:
    """Return whether somebody with that *authority* is shown that *what* is paused.

    An account, or everything, holds what is of their topics as well.
    """
    return what.scope is not PauseScope.TOPIC or authority.covers([TopicId(what.about)])


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause *since* then, and *until* then once it is over.

    *automatic* is one that the service made by itself, since too much was refused as malformed.
    """

    id: PauseId
    what: Paused
    since: datetime
    until: datetime | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What there is to know of a delivery to say whether it is paused: all of it may be."""

    account: AccountId
    topic: TopicId
    article: ArticleId

    @property
    def parts(self) -> tuple[Paused, ...]:
        return (
            EVERYTHING,
            Paused(PauseScope.ACCOUNT, self.account),
            Paused(PauseScope.TOPIC, self.topic),
            Paused(PauseScope.ARTICLE, str(self.article)),
        )


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pauses that stand, and those that are over and may still count."""

    standing: dict[Paused, Pause] = field(default_factory=dict)
    over: tuple[Pause, ...] = ()
    _of_each: dict[Paused, list[Pause]] = field(default_factory=dict)

    @classmethod
    def of(cls, pauses: Iterable[Pause]) -> "Pauses":
        """Sort *pauses* into those that stand and those that are over."""
        known = tuple(pauses)
        of_each: dict[Paused, list[Pause]] = {}
        for pause in known:
            of_each.setdefault(pause.what, []).append(pause)
        standing = {pause.what: pause for pause in known if pause.until is None}
        return cls(standing, tuple(pause for pause in known if pause.until is not None), of_each)

    def __bool__(self) -> bool:
        return bool(self._of_each)

    def stops(self, account: AccountId) -> bool:
        """Return whether nothing at all is sent through *account* now."""
        return EVERYTHING in self.standing or Paused(PauseScope.ACCOUNT, account) in self.standing

    @property
    def topics(self) -> frozenset[TopicId]:
        """Return the topics of which nothing is sent now."""
        return frozenset(TopicId(what.about) for what in self.standing if what.scope is PauseScope.TOPIC)

    def holding(self, owed: Owed) -> Pause | None:
        """Return what keeps a delivery from being sent now, if anything does."""
        if not self.standing:
            return None
        return next((self.standing[part] for part in owed.parts if part in self.standing), None)

    def deadline(self, owed: Owed, *, since: datetime, expires_at: datetime) -> datetime:
        """Return when a delivery is too old that was owed *since* then and, but for pauses, to *expires_at*.

        While one of its pauses stands, it does not grow older.
        """
        if not self:
            return expires_at
        spans = [
            (max(pause.since, since), pause.until or FOREVER)
            for part in owed.parts
            for pause in self._of_each.get(part, ())
        ]
        return _later(expires_at, spans, since)


def _later(deadline: datetime, spans: Collection[tuple[datetime, datetime]], since: datetime) -> datetime:
    """Return *deadline* moved by what the *spans* take of the time before it; where they overlap, once."""
    counted_to = since
    for begin, end in sorted(spans):
        if begin >= deadline:
            break
        if end == FOREVER:
            return FOREVER
        if end > counted_to:
            deadline += end - max(begin, counted_to)
            counted_to = end
    return deadline
