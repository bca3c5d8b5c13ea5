"""Approval: whom it takes until a publication is released, and what becomes of one that nobody answers.

Votes are about what a card says: whatever changes that ends them, and a new round of asking begins. The time
of a release is no part of it; the last person who names one has the say.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.chats.chat import AccountId
from bot.domain.desk.approval_rule import Approval, ApprovalRule, Unanswered
from bot.domain.publication.publication import PublicationState

LONGEST_AHEAD = timedelta(days=366)
"""A release is scheduled for within so long."""


@dataclass(frozen=True, slots=True)
class Voter:
    """A person who answers: a user of an account, or with no account the login of a command line.

    An owner is one person like everybody else. Somebody may have an account on each platform: those of one
    *name*, as whoever appointed them has written it down, are one person.
    """

    user: str
    account: AccountId | None = None
    name: str = field(default="", compare=False)

    @property
    def person(self) -> object:
        """Return what tells one person from another."""
        return " ".join(self.name.casefold().split()) or self


class Answer(StrEnum):
    """What somebody says to the question whether a publication may be released.

    TAKE_BACK is for what is scheduled: it waits again, and nobody has approved it.
    """

    APPROVE = "approve"
    REJECT = "reject"
    TAKE_BACK = "take-back"


@dataclass(frozen=True, slots=True)
class Given:
    """An *answer*, perhaps with the time of the release, to the question of this *round*; a rejection perhaps
    with its *reason*.

    Without a round it answers the question as it stands.
    """

    answer: Answer
    release_at: datetime | None = None
    round: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a publication stands that is AWAITING or SCHEDULED, and how it stands after an answer.

    *round* counts how often it was asked about: anew with each change. *release_at* is when it is released
    once it is approved, if not at once; a time that has passed is at once.
    """

    state: PublicationState
    approval: Approval
    round: int = 1
    voters: frozenset[Voter] = frozenset()
    release_at: datetime | None = None

    @property
    def lacking(self) -> int:
        """Return how many votes are missing."""
        return max(0, self.approval.votes - len({each.person for each in self.voters}))


def answered(waiting: Waiting, given: Given, voter: Voter, now: datetime) -> Waiting | None:
    """Return how a publication stands when *voter* has given an answer; None where that changes nothing.

    It is None, too, where the question has changed since: who answered it has not seen how it stands.
    """
    if given.round not in (None, waiting.round):
        return None
    match given.answer:
        case Answer.REJECT:
            return replace(waiting, state=PublicationState.REJECTED)
        case Answer.TAKE_BACK:
            is_scheduled = waiting.state is PublicationState.SCHEDULED
            return _put_back(replace(waiting, release_at=None)) if is_scheduled else None
        case Answer.APPROVE if waiting.state is PublicationState.SCHEDULED:
            # It is approved: what may be said is when it is released, and without a time that is now.
            return _approved(replace(waiting, release_at=given.release_at, round=waiting.round + 1), now)
        case Answer.APPROVE:
            return _voted(waiting, given, voter, now)


def _voted(waiting: Waiting, given: Given, voter: Voter, now: datetime) -> Waiting | None:
    is_counted = voter.person in {each.person for each in waiting.voters}
    if is_counted and given.release_at in (None, waiting.release_at):
        return None
    voters = waiting.voters | {voter}
    voted = replace(waiting, voters=voters, release_at=given.release_at or waiting.release_at)
    return voted if voted.lacking else _approved(replace(voted, round=waiting.round + 1), now)


def _approved(waiting: Waiting, now: datetime) -> Waiting:
    is_later = waiting.release_at is not None and waiting.release_at > now
    return replace(waiting, state=PublicationState.SCHEDULED if is_later else PublicationState.RELEASED)


def may_release_at(at: datetime, now: datetime) -> bool:
    """Return whether a release can be scheduled for *at*."""
    return now < at < now + LONGEST_AHEAD


def asked_anew(waiting: Waiting) -> Waiting:
    """Return how a publication stands whose card says something else now: nobody has approved that.

    What needs nobody's approval, and merely waits for its time, goes on waiting for it.
    """
    is_free = waiting.approval is Approval.NONE and waiting.state is PublicationState.SCHEDULED
    return replace(waiting, round=waiting.round + 1) if is_free else _put_back(waiting)


def _put_back(waiting: Waiting) -> Waiting:
    state = PublicationState.AWAITING
    return replace(waiting, state=state, voters=frozenset(), round=waiting.round + 1)


def unanswered(waiting: Waiting, rule: ApprovalRule, now: datetime) -> Waiting:
    """Return how a publication stands that was not answered in time: as before, if people are reminded."""
    match rule.unanswered:
        case Unanswered.REMIND:
            return waiting
        case Unanswered.RELEASE:
            return _approved(waiting, now)
        case Unanswered.DROP:
            return replace(waiting, state=PublicationState.REJECTED)


def come_due(waiting: Waiting, now: datetime) -> Waiting | None:
    """Return a scheduled publication as released, if its time has come."""
    if waiting.state is not PublicationState.SCHEDULED:
        return None
    approved = _approved(waiting, now)
    return approved if approved.state is PublicationState.RELEASED else None
