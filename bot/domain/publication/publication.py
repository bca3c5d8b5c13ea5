"""A publication: one article in one topic, and whether it goes out.

Where a topic asks for approval it waits first, in that topic alone. Those publications of an article that
are out are stopped, resumed and recalled together: a chat has one message about an article, whichever of its
topics brought it, and what was stopped must not reach it by another topic.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId


class PublicationState(StrEnum):
    """Only what is RELEASED is sent, and found by readers. RECALLED and REJECTED are final.

    ENDED: it was for a time, which is over; what was sent of it says so.
    AWAITING: it waits for approval. SCHEDULED: it is approved, and is released when its time has come.
    """

    AWAITING = "awaiting"
    SCHEDULED = "scheduled"
    REJECTED = "rejected"
    RELEASED = "released"
    STOPPED = "stopped"
    ENDED = "ended"
    RECALLED = "recalled"


WAITING = frozenset({PublicationState.AWAITING, PublicationState.SCHEDULED})
"""The states of what may still be released, and was not yet."""

UNRELEASED = WAITING | {PublicationState.REJECTED}
"""The states of what somebody decides about, or has decided about, in a topic."""

OUT = frozenset(
    {
        PublicationState.RELEASED,
        PublicationState.STOPPED,
        PublicationState.ENDED,
        PublicationState.RECALLED,
    }
)
"""The states of what was released at some time, or belongs to an article that was."""


@dataclass(frozen=True, slots=True)
class PublicationId:
    """An article in a topic."""

    article: ArticleId
    topic: TopicId


class Step(StrEnum):
    """What somebody wants done with the publications of an article."""

    STOP = "stop"
    RESUME = "resume"
    RECALL = "recall"


_NEXT = {
    (PublicationState.RELEASED, Step.STOP): PublicationState.STOPPED,
    (PublicationState.STOPPED, Step.RESUME): PublicationState.RELEASED,
    (PublicationState.RELEASED, Step.RECALL): PublicationState.RECALLED,
    (PublicationState.STOPPED, Step.RECALL): PublicationState.RECALLED,
    (PublicationState.ENDED, Step.RECALL): PublicationState.RECALLED,
    # The agency took its page down while it waited.
    (PublicationState.AWAITING, Step.RECALL): PublicationState.RECALLED,
    (PublicationState.SCHEDULED, Step.RECALL): PublicationState.RECALLED,
}

CAN_END = frozenset({PublicationState.RELEASED, PublicationState.STOPPED})
"""The states of what may still be over when its time is."""

CAN_END_EARLY = CAN_END | WAITING
"""The states of what somebody may end before its time; what waits still is recalled then."""

_FIRST_TOLD = (
    PublicationState.RECALLED,
    PublicationState.ENDED,
    PublicationState.STOPPED,
    PublicationState.RELEASED,
    PublicationState.SCHEDULED,
    PublicationState.AWAITING,
    PublicationState.REJECTED,
)


def after(state: PublicationState, step: Step) -> PublicationState | None:
    """Return the state that *step* leads to; None where it cannot be taken, as it may have been before."""
    return _NEXT.get((state, step))


def possible(state: PublicationState) -> tuple[Step, ...]:
    """Return what can be done with an article whose publications are in *state*."""
    return tuple(step for step in Step if (state, step) in _NEXT)


def together(states: Collection[PublicationState]) -> PublicationState:
    """Return the one state of an article that has these *states* in its topics, of which there are some.

    What is out in one topic is out, whatever waits in others.
    """
    return next(state for state in _FIRST_TOLD if state in states)


def released_beside(states: Collection[PublicationState]) -> PublicationState:
    """Return the state of an article that is released in a topic, beside the *states* that it has in others.

    It shares theirs: another topic is no way around a stop or a recall.
    """
    out = OUT.intersection(states)
    return together(out) if out else PublicationState.RELEASED


def entering(states: Collection[PublicationState], *, needs_approval: bool) -> PublicationState:
    """Return the state in which an article enters a topic, beside the *states* that it has in others."""
    if needs_approval and PublicationState.RECALLED not in states:
        return PublicationState.AWAITING
    return released_beside(states)
