"""When so much of an article is refused as malformed that something is wrong with it, not with a chat."""

from dataclasses import dataclass

LEAST_TRIED = 20
"""So many messages at least must have been judged by the messenger: a few say nothing about the others."""


@dataclass(slots=True)
class Judged:
    """How many messages about an article the messenger has *judged*, and how many it found *malformed*."""

    judged: int = 0
    malformed: int = 0

    def note(self, *, malformed: bool) -> None:
        self.judged += 1
        self.malformed += malformed

    def exceeds(self, share: float) -> bool:
        """Return whether more than *share*, of 1, of enough messages were malformed."""
        return self.judged >= LEAST_TRIED and self.malformed > share * self.judged
