"""Moving what waits: out of some topics, and into others under the rules that hold there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import Approval
from bot.domain.publication.approval import Waiting
from bot.domain.publication.publication import WAITING, PublicationState


class RejectedThereError(ValueError):
    """Somebody has rejected the article in a topic: whoever edits cannot have it wait there again."""


@dataclass(frozen=True, slots=True)
class Move:
    """The topics that an article leaves, and those in which it waits from then on."""

    left: tuple[TopicId, ...] = ()
    entered: tuple[TopicId, ...] = ()


def move(
    states: Mapping[TopicId, PublicationState], moved: Collection[TopicId], wanted: Collection[TopicId]
) -> Move:
    """Return what it takes until an article waits in *wanted* alone, which are some, and has these *states*.

    It was *moved* out of topics before: into those it may come back. Raises RejectedThereError.
    """
    waits = {topic for topic, state in states.items() if state in WAITING}
    entered = sorted(set(wanted) - waits)
    if any(topic in states and topic not in moved for topic in entered):
        raise RejectedThereError
    return Move(tuple(sorted(waits - set(wanted))), tuple(entered))


def waiting_there(waited: Collection[Waiting], asked_for: Approval, *, asked: int = 1) -> Waiting:
    """Return how an article waits in a topic that it is moved to, which asks for so much approval.

    It keeps the time of its release. Where it *waited* for somebody, somebody approves it there too, whatever
    the topic asks for: a move is no way around that. *asked* is the round of asking.
    """
    is_free = asked_for is Approval.NONE and all(each.approval is Approval.NONE for each in waited)
    release_at = next((each.release_at for each in waited if each.release_at), None)
    is_scheduled = is_free and release_at is not None
    return Waiting(
        state=PublicationState.SCHEDULED if is_scheduled else PublicationState.AWAITING,
        approval=asked_for if is_free or asked_for.votes else Approval.ONE,
        round=asked,
        release_at=release_at,
    )
