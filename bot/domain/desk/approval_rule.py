"""What a topic asks for before anything is released in it: how many approve, and what if nobody answers."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Approval(StrEnum):
    """How many different persons must approve what comes into a topic before it is released."""

    NONE = "none"
    ONE = "one"
    TWO = "two"

    @property
    def votes(self) -> int:
        return list(Approval).index(self)


class Unanswered(StrEnum):
    """What becomes of a publication that nobody has answered in time."""

    REMIND = "remind"
    RELEASE = "release"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """What a topic asks for: how many approve, and what happens if they have not after a while."""

    approval: Approval = Approval.NONE
    unanswered: Unanswered = Unanswered.REMIND
    after: timedelta = timedelta(hours=24)

    @property
    def is_asked(self) -> bool:
        return self.approval is not Approval.NONE


NO_APPROVAL = ApprovalRule()
