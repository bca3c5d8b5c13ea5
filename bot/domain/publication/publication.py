"""A publication: one article in one topic, and whether it goes out.

All publications of one article are stopped, resumed and recalled together: a chat has one message about an
article, whichever of its topics brought it, and what was stopped must not reach it by another topic.
"""

from collections.abc import Collection
from enum import StrEnum


class PublicationState(StrEnum):
    """Only what is RELEASED is sent, and found by readers. RECALLED is final.

    ENDED: it was for a time, which is over; what was sent of it says so.
    """

    RELEASED = "released"
    STOPPED = "stopped"
    ENDED = "ended"
    RECALLED = "recalled"


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
}

CAN_END = frozenset({PublicationState.RELEASED, PublicationState.STOPPED})
"""The states of what may still be over when its time is."""


def after(state: PublicationState, step: Step) -> PublicationState | None:
    """Return the state that *step* leads to; None where it cannot be taken, as it may have been before."""
    return _NEXT.get((state, step))


def possible(state: PublicationState) -> tuple[Step, ...]:
    """Return what can be done with an article whose publications are in *state*."""
    return tuple(step for step in Step if (state, step) in _NEXT)


def together(states: Collection[PublicationState]) -> PublicationState:
    """Return the state in which an article enters one more topic, beside the *states* that it has in others.

    It shares their state: another topic is no way around a stop or a recall.
    """
    for state in (PublicationState.RECALLED, PublicationState.ENDED, PublicationState.STOPPED):
        if state in states:
            return state
    return PublicationState.RELEASED
